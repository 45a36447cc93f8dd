"""Products in 8 bits: what is lost, that no text's vector depends on its company, and which processors do them."""

from pathlib import Path

import numpy as np
import pytest

from assistant.embed import eightbit
from assistant.embed.eightbit import in_8_bits, is_faster
from assistant.embed.minilm import MiniLM
from tests.embed.test_minilm import TEXTS

here = pytest.mark.skipif(not is_faster(), reason="this processor has no instructions for it")


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> MiniLM:
    return MiniLM(None, tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("model name\t: EPYC\nflags\t\t: fpu avx2 avx512_vnni vmx\n", True),
        ("flags\t\t: fpu avx_vnni\n", True),
        ("flags\t\t: fpu avx2 avx512f\n", False),
        ("model name\t: avx_vnni\nflags\t\t: fpu\n", False),
        ("Features\t: fp asimd asimddp\n", False),
        (None, False),
    ],
)
def test_the_processor_is_asked(
    told: str | None, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if told is not None:
        (tmp_path / "cpuinfo").write_text(told)
    monkeypatch.setattr(eightbit, "_PROCESSOR", tmp_path / "cpuinfo")
    assert is_faster() is expected


def test_each_output_of_a_product_has_its_own_scale() -> None:
    weight = np.array([[1.0, -0.5, 0.25], [100.0, 30.0, -7.0]], np.float32)
    given = {"encoder.a.weight": weight, "encoder.norm.weight": weight[0], "embeddings.weight": weight}
    found = in_8_bits(given)
    assert found["encoder.a.weight"].dtype == np.int8
    assert found["encoder.a.weight"].T.tolist() == [[127, -64, 32], [127, 38, -9]]
    assert np.allclose(found["encoder.a.scale"], [1 / 127, 100 / 127])
    assert set(found) == {*given, "encoder.a.scale"}
    assert all(found[name] is given[name] for name in ("encoder.norm.weight", "embeddings.weight"))


def test_without_instructions_the_exact_one_serves(exact: MiniLM, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.embed.minilm.is_faster", lambda: False)
    assert exact.quick is exact


@here
def test_little_is_lost(exact: MiniLM) -> None:
    quick = exact.quick
    texts = [text for text in TEXTS if text]  # of nothing, .986
    cosines = (exact.embed(texts) * quick.embed(texts)).sum(axis=1)
    assert cosines.min() > 0.995 and cosines.mean() > 0.997
    assert cosines.max() < 0.99999  # it is another one
    assert quick.name == exact.name and quick.weights is exact.weights


@here
def test_the_files_bytes_are_let_go(exact: MiniLM) -> None:
    assert exact.weights.tensors
    exact.quick.embed(["Otters dive."])
    assert "tensors" not in vars(exact.weights) and exact.weights.tensors


@here
def test_a_text_is_read_alike_in_any_company(exact: MiniLM) -> None:
    together = exact.quick.embed(TEXTS)
    for vector, text in zip(together, TEXTS, strict=True):
        assert np.abs(exact.quick.embed([text])[0] - vector).max() < 1e-5
