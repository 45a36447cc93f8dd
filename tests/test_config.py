"""The settings file: what it may hold, and where its paths count from."""

from pathlib import Path

import pytest

from assistant.config import Config, Fields, cache_folder, load
from assistant.errors import UsageError

FIELDS: Fields = {
    "library": str, "weights": str, "threads": int, "colour": bool, "names": list,
    "ask": {"passages": int, "model": str},
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "assistant.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_it_holds_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, 'threads = 2\ncolour = true\nnames = []\n[ask]\npassages = 3\nmodel = "m"')
    ask = {"passages": 3, "model": "m"}
    assert load(path, FIELDS) == {"threads": 2, "colour": True, "names": [], "ask": ask}


def test_places_count_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    path = written(tmp_path, 'library = "papers"\nweights = "~/w"')
    assert load(path, FIELDS) == {
        "library": str(tmp_path / "papers"),
        "weights": str(tmp_path / "home" / "w"),
    }
    assert load(written(tmp_path, 'library = "/else"'), FIELDS) == {"library": "/else"}


def test_the_file_of_the_current_folder_is_found_and_may_be_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load(None, FIELDS) == {}
    written(tmp_path, "threads = 2")
    assert load(None, FIELDS) == {"threads": 2}


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "assistant.toml"
    path.write_bytes(b"\xef\xbb\xbfthreads = 2")
    assert load(path, FIELDS) == {"threads": 2}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("thread = 2", "no setting 'thread'; did you mean threads"),
        ("[ask]\npassage = 2", r"\[ask\]: there is no setting 'passage'"),
        ('threads = "2"', "threads must be a whole number"),
        ("threads = true", "threads must be a whole number"),
        ("threads = 2.0", "threads must be a whole number"),
        ("colour = 1", "colour must be true or false"),
        ("library = 1", "library must be text in quotes"),
        ("ask = 1", "ask must be a table"),
        ("[library]", "library must be text in quotes"),
        ("threads =", "cannot be read as TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError, match=says) as error:
        load(path, FIELDS)
    assert str(path) in str(error.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        load(tmp_path / "nowhere.toml", FIELDS)
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path, FIELDS)
    (tmp_path / "latin.toml").write_bytes(b'library = "caf\xe9"')
    with pytest.raises(UsageError, match="cannot be read"):
        load(tmp_path / "latin.toml", FIELDS)


def test_the_cache_is_where_the_system_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "assistant" == Config().cache
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "assistant"
    assert Config().threads >= 1
