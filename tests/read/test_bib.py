"""BibTeX and biblatex, odd entries and all."""

from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.read import read
from assistant.types import Paper

DATA = Path(__file__).parents[3] / "shared" / "data"
REFS = Path("refs.bib")


def papers(text: str) -> tuple[list[Paper], list[str]]:
    warnings: list[str] = []
    return read(text.encode(), REFS, warnings.append), warnings


ENTRY = r"""
@string{jiz = "Journal of Invented Zoology"}
@article{brook2019,
  title = {{Otters} at Rest: {$10^2$} Hours \& 5\% More},
  author = {Brook, Anna~M. and {Otter Survey and Rescue} and M. G{\"o}{\u g}{\"u}{\c s} and others},
  journal = jiz # ", Series B",
  year = 2019, doi = {https://doi.org/10.1234/Otter\_1}, eprint = {2501.01234v2}, archivePrefix = {arXiv},
  abstract = {We watched otters at
    rest --- for 3~hours. They sleep.

    Then they eat.},
}
"""


def test_an_entry() -> None:
    (paper,), warnings = papers(ENTRY)
    assert paper.title == "Otters at Rest: 10² Hours & 5% More"
    assert paper.authors == ("Brook, Anna M.", "Otter Survey and Rescue", "M. Göğüş")
    assert paper.abstract == "We watched otters at rest — for 3 hours. They sleep.\n\nThen they eat."
    assert (paper.year, paper.venue) == (2019, "Journal of Invented Zoology, Series B")
    assert (paper.doi, paper.arxiv, paper.source.record) == ("10.1234/Otter_1", "2501.01234", "brook2019")
    assert ENTRY[paper.source.start : paper.source.end] == ENTRY[ENTRY.index("@article") :].strip()
    assert warnings == []


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (r"Gro{\ss}wendt, Anna", "Großwendt, Anna"),
        (r"Kovalevskait{\.{e}}, J", "Kovalevskaitė, J"),
        (r"Nguy{\~{\^e}}n, X", "Nguyễn, X"),
        (r"Dvo\v r\'ak, A", "Dvořák, A"),
        (r"\'{I}sfeld and Berg", "Ísfeld"),
        (r"Ma{\'\i}z, B", "Maíz, B"),
        (r"{\L}uk, {\O}yvind", "Łuk, Øyvind"),
        (r"{{R and D} Group} AND Li, B", "R and D Group"),
    ],
)
def test_names(written: str, read_as: str) -> None:
    (paper,), _ = papers(f"@misc{{a, title={{T}}, author={{{written}}}}}")
    assert paper.authors[0] == read_as
    assert "{" not in paper.text and "\\" not in paper.text


def test_biblatex_fields_and_what_a_volume_says_for_its_papers() -> None:
    found, _ = papers(
        "@inproceedings{a, title={Tides}, subtitle={A Study}, crossref={Vol}, date={2020-05}, abstract={Long.}}\n"
        "@inproceedings{b, title={Ebbs}, crossref={vol}, journaltitle={Seas}}\n"
        "@proceedings{vol, title={Papers on Seas}, year={2018}, editor={Li, B}}"
    )
    assert [(p.title, p.year, p.venue) for p in found] == [
        ("Tides: A Study", 2018, "Papers on Seas"), ("Ebbs", 2018, "Seas"), ("Papers on Seas", 2018, None),
    ]  # fmt: skip
    assert [p.authors for p in found] == [(), (), ("Li, B",)]
    assert [p.abstract for p in found] == ["Long.", None, None]


def test_what_is_broken_costs_itself() -> None:
    found, warnings = papers(
        "@misc{a, title={First}}\n@article{broken, title = {Never closed, year = 2020\n@misc{none, year={2001}}\n"
        "@misc{a, title={Second}, year={1999}}\n@misc{twice, title={Third}, title={Fourth}}"
    )
    assert [p.title for p in found] == ["First", "Second", "Third"]
    assert [warning.split(":")[0] for warning in warnings] == ["line 2", "line 3"]
    assert warnings[1] == "line 3: none has neither a title nor an abstract; this entry was not read"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("% no entry", "no entry in it"),
        ("@misc{a, year={2001}}", "line 1: a has neither a title nor an abstract"),
        ("\n@misc{a, title={x", "line 2: an entry that does not end"),
    ],
)
def test_nothing_to_read(text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        papers(text)


def test_two_entries_on_a_line_have_their_own_places() -> None:
    found, _ = papers("@misc{a, title={A b}} @misc{b, title={C d}}")
    assert [(p.source.start, p.source.end) for p in found] == [(0, 21), (22, 43)]


@pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here (data beside the checkout)")
def test_files_in_real_use() -> None:
    for path in (DATA / "formats" / "bibtex").glob("*.bib"):
        found, warnings = papers(path.read_text(encoding="utf-8"))
        assert len(found) > 10 and not warnings
        assert all(paper.title and not set("{}\\") & set(paper.title) for paper in found)
        assert sum(bool(paper.authors and paper.year) for paper in found) >= 0.9 * len(found)
    accents = (DATA / "cases" / "readers" / "accents.bib").read_text(encoding="utf-8")
    (paper,), _ = papers(accents)
    assert [name.split()[-1] for name in paper.authors[:3]] == ["Großwendt", "Kovalevskaitė", "Nguyễn"]
    assert paper.authors[3:] == ("M. Göğüş", "Lake Survey Group") and paper.venue == "Química Nova"


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        ("journal={J}, booktitle={B}", "J"), ("journaltitle={J}", "J"), ("booktitle={B}, publisher={P}", "B"),
        ("school={S}", "S"), ("institution={I}", "I"), ("publisher={P}", "P"), ("howpublished={H}", "H"),
    ],
)  # fmt: skip
def test_where_it_was_published(fields: str, venue: str) -> None:
    assert papers(f"@misc{{a, title={{T}}, {fields}}}")[0][0].venue == venue


@pytest.mark.parametrize(
    "field", ["eprint={2501.01234}", "note={arXiv:2501.01234}", "url={https://arxiv.org/abs/2501.01234v3}",
              "journal={arXiv preprint arXiv:2501.01234}", "howpublished={arXiv 2501.01234}",
              "doi={10.48550/arXiv.2501.01234}"]
)  # fmt: skip
def test_its_arxiv_number(field: str) -> None:
    assert papers(f"@misc{{a, title={{T}}, {field}}}")[0][0].arxiv == "2501.01234"
    assert papers("@misc{a, title={T}, note={2501.01234}}")[0][0].arxiv is None


def test_its_address_and_a_book_title_of_the_volume() -> None:
    found, _ = papers(
        "@misc{a, title={T}, url={https://example.org/~anna/a_b}, crossref={v}}\n@book{v, title={V}, booktitle={W}}"
    )
    assert (found[0].url, found[0].venue) == ("https://example.org/~anna/a_b", "W")
