"""A draft's .bib files, odd ones among them."""

import re
from pathlib import Path

import pytest

from assistant.draft.bib import entries

ODD = """\
% a remark with an @
@string{jiz = "Journal of Invented Zoology"}
@article{brook, title={{Otters} at
  Rest}, journal = jiz # " 2", doi = {10.1234/Otter_1}, }
@inproceedings{twice, title="First"}
@inproceedings{twice, title="Second"}
@article{broken, title = {Never closed, year = 2020
@misc{after, title = {Fine}, eprint={2501.01234v2}, archivePrefix={arXiv}}
@article(round, title={In round brackets})
@misc{elsewhere, note = undefined, journal= {arXiv preprint arXiv:2310.06825}}
@misc{old, url = {https://arxiv.org/abs/hep-th/9901001}}
"""
ODD_KEYS = "brook twice broken after round elsewhere old".split()


def test_odd_entries(capsys: pytest.CaptureFixture[str]) -> None:
    found, unread = entries(ODD, ODD_KEYS)
    assert found["brook"].title == "{Otters} at Rest"
    assert found["brook"].doi == "10.1234/Otter_1"
    assert found["twice"].title == "First"
    assert [found[key].arxiv for key in ("after", "elsewhere", "old")] == [
        "2501.01234", "2310.06825", "hep-th/9901001",
    ]  # fmt: skip
    assert found["round"].title == "In round brackets"
    assert [line for line, _ in unread] == [6, 7]
    assert capsys.readouterr() == ("", "")


def test_what_is_not_asked_for_is_not_read() -> None:
    found, unread = entries(ODD, ["brook", "nobody"])
    assert (list(found), unread) == (["brook"], [])
    assert entries("@string{t = {Otters}}\n@misc{a, title = t}\n@misc{b}", ["a"])[0]["a"].title == "Otters"


@pytest.mark.parametrize("text", ["", "no entry", "@", "@article{", "@article{,}", "\0", "{" * 1000])
def test_no_file_is_too_odd(text: str) -> None:
    found, _ = entries(text, ["article", ""])
    assert not any(entry.title for entry in found.values())


def test_files_in_real_use() -> None:
    folder = Path(__file__).resolve().parents[3] / "shared" / "data" / "formats" / "bibtex"
    if not folder.is_dir():
        pytest.skip("the data folder is not beside this checkout")
    for path in folder.glob("*.bib"):
        text = path.read_text(encoding="utf-8")
        found, unread = entries(text, set(re.findall(r"@\w+\s*[{(]\s*([^,\s]+)", text)))
        assert len(found) > 10 and not unread
        assert sum(bool(e.title) for e in found.values()) >= 0.9 * len(found)
        assert sum(bool(e.doi or e.arxiv) for e in found.values()) > 5
