"""The reader of two texts: its file, its parts, and what it says of plain cases."""

from pathlib import Path

import numpy as np
import pytest

from assistant.embed import reader as module
from assistant.embed.reader import FIRST, PairReader, changed, differences
from assistant.embed.weights import Weights
from assistant.errors import WeightsError

SAID = "The model was trained on German news and tested on Dutch novels."


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> PairReader:
    return PairReader(Weights(None, tmp_path_factory.mktemp("cache")))


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (SAID, 0),
        ("The model was trained on French news and tested on Dutch novels.", 2),
        ("The model was never trained on German news.", 1),
    ],
)
def test_plain_cases(reader: PairReader, claim: str, outcome: int) -> None:
    (shares,) = reader.shares([(claim, SAID)])
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert shares[0] > 0.9 if outcome == 0 else shares[0] < 0.05
    assert outcome == 2 or shares.argmax() == outcome


def test_the_weights_bytes_are_let_go(tmp_path: Path) -> None:
    weights = Weights(None, tmp_path)
    assert weights.tensors
    PairReader(weights).shares([(SAID, SAID)])
    assert "tensors" not in vars(weights)


def test_pairs_are_read_alike_in_any_company(reader: PairReader) -> None:
    pairs = [(SAID, SAID), ("Otters dive.", SAID * 4), ("Dutch novels were read.", SAID)]
    alone = np.concatenate([reader.shares([pair]) for pair in pairs])
    assert np.abs(reader.shares(pairs) - alone).max() < 1e-4
    assert reader.shares([]).shape == (0, 3)


def test_long_and_odd_texts_are_cut_and_read(reader: PairReader) -> None:
    long = "otters dive " * 400
    shares = reader.shares([(long, long), ("", ""), ("\ud800", SAID), (SAID, "")])
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)
    ids, second = reader._encoded(long, long)
    assert (len(ids), second) == (module.BOTH, FIRST + 2)


def test_an_altered_file_is_refused(
    reader: PairReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(module.FILE.read_bytes())
    content[1000] ^= 1
    (tmp_path / "reader.npz").write_bytes(content)
    monkeypatch.setattr(module, "FILE", tmp_path / "reader.npz")
    with pytest.raises(WeightsError, match=r"reader\.npz is altered; install the program again"):
        changed({})


def test_what_training_changed_comes_back_but_for_rounding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(0)
    base = {"a": chance.normal(size=(4, 6)).astype(np.float32)}
    trained = {
        "a": base["a"] + chance.normal(0, 0.01, (4, 6)).astype(np.float32),
        "b": np.ones(3, np.float32),
    }
    np.savez(tmp_path / "reader.npz", **differences(trained, base))  # type: ignore[arg-type]
    monkeypatch.setattr(module, "FILE", tmp_path / "reader.npz")
    monkeypatch.setattr(module, "SHA256", module.sha256((tmp_path / "reader.npz").read_bytes()).hexdigest())
    found = changed(base)
    assert set(found) == {"a", "b"}
    for name, tensor in trained.items():
        assert (
            np.abs(found[name] - tensor).max() <= np.abs(tensor - base.get(name, np.float32(0))).max() / 127
        )
