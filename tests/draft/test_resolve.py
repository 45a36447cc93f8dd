"""What a draft cites → the library's papers, and never a guess."""

from pathlib import Path
from typing import Any

import pytest

from assistant.draft import Entry
from assistant.draft.resolve import Shelf, read_with_entries, resolved
from assistant.errors import ReadError
from assistant.types import Paper, Source


def paper(key: str, title: str | None = None, *authors: str, **known: Any) -> Paper:
    return Paper("text", 0, Source("f.txt", 0, 4), title, key=key, authors=authors, **known)


PAPERS = [
    paper(
        "brookOtters",
        "How Otters {Dive}: A Study",
        "Brook, Ada",
        "Rill, Per",
        year=2021,
        doi="10.1234/Otter.1",
    ),
    paper("brookNotes", "Notes", "Ada Brook", "Per Rill", "Mia Sand", year=2023, arxiv="2301.00001v2"),
    paper("brookMore", "More Notes on the Diving of Otters", "Brook, A.", "Rill, P.", "Sand, M.", year=2023),
    paper("tanakaTides", "Tides and Otters in Winter", "Jun Tanaka Jr."),
    paper("lezo"),
    paper("twinA", "One and the Same Title"),
    paper("twinB", "One and the same title."),
    paper("bergBees", "Bees", "Pieter van den Berg", "Ines Carvalho", year=2019),
]
SHELF = Shelf(PAPERS)


@pytest.mark.parametrize(
    ("key", "entry", "found"),
    [
        ("brookOtters", None, "brookOtters"),
        ("nobody", None, ""),
        ("x", Entry(doi="https://doi.org/10.1234/OTTER.1", title="Another title"), "brookOtters"),
        ("x", Entry(arxiv="2301.00001"), "brookNotes"),
        ("x", Entry(title="how {Otters} dive — a study."), "brookOtters"),
        ("x", Entry(title="How Otters Dive"), ""),
        ("x", Entry(title="One and the Same Title"), "twinA twinB"),
        ("lezo", Entry(title="A title that the library does not know"), "lezo"),
        ("tanakaTides", Entry(title="Something else"), ""),
        ("tanakaTides", Entry(), "tanakaTides"),
    ],
)
def test_by_key_and_entry(key: str, entry: Entry | None, found: str) -> None:
    assert SHELF.find(key, entry) == tuple(found.split())


@pytest.mark.parametrize(
    ("names", "others", "year", "found"),
    [
        (("Brook", "Rill"), False, 2021, "brookOtters"),
        (("Brook",), True, 2021, "brookOtters"),
        (("Brook",), True, 2023, "brookNotes brookMore"),
        (("Brook",), False, 2021, ""),
        (("Brook", "Rill"), False, 2020, ""),
        (("Tanaka",), False, 1999, "tanakaTides"),
        (("van den Berg", "Carvalho"), False, 2019, "bergBees"),
        (("Berg",), True, 2019, "bergBees"),
        (("Rill",), True, 2021, ""),
    ],
)
def test_by_authors_and_year(names: tuple[str, ...], others: bool, year: int, found: str) -> None:
    assert SHELF.find("x", Entry(names=names, others=others, year=year)) == tuple(found.split())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A. Brook, P. Rill. How otters dive: a study. Journal, 2021.", "brookOtters"),
        ("A. Brook. More notes on the diving of otters. 2023.", "brookMore"),
        ("Anon. Old. doi:10.1234/otter.1", "brookOtters"),
        ("Anon. Old. doi:10.1234/otter.12", ""),
        ("Anon. arXiv:2301.00001", "brookNotes"),
        ("Bees, notes and tides.", ""),
    ],
)
def test_by_an_item_of_a_reference_list(text: str, found: str) -> None:
    assert SHELF.find("3", Entry(text=text)) == tuple(found.split())


def test_a_draft_with_its_bibliography(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(
        "@article{own, title={Tides and Otters in Winter}}\n@article{bad, title={open\n@misc{more, title={Bees}}\n"
    )
    (tmp_path / "extra.bib").write_text("@article{own2, doi={10.1234/otter.1}}")
    draft = tmp_path / "draft.tex"
    draft.write_text("A \\cite{own,own2,lezo,gone}. B \\cite{more,bad}.\n\\bibliography{refs,missing}")
    whole = read_with_entries(draft, False, [tmp_path / "extra.bib"])
    meant, warnings = resolved(whole, PAPERS), whole.warnings
    assert meant == {
        "own": ("tanakaTides",), "own2": ("brookOtters",), "lezo": ("lezo",), "gone": (),
        "more": ("bergBees",), "bad": (),
    }  # fmt: skip
    assert [warning.partition(": ")[0] for warning in warnings] == [f"{tmp_path}/refs.bib:2", f"{draft}:1"]
    assert "missing.bib cannot be read" in warnings[1]


def test_a_list_that_latex_has_made_stands_in_for_a_bib_file(tmp_path: Path) -> None:
    (tmp_path / "draft.bbl").write_text(
        "\\begin{thebibliography}{9}\n\\bibitem[{Tanaka(2022)}]{own}\nJun Tanaka.\n\\newblock Tides and Otters\n"
        "in {W}inter. 2022.\n\\bibitem{other} Nobody. Nothing at all of it.\n\\end{thebibliography}\n"
    )
    draft = tmp_path / "draft.tex"
    draft.write_text("A \\cite{own,other}.\n\\bibliography{gone}")
    whole = read_with_entries(draft, False, [])
    assert (resolved(whole, PAPERS), whole.warnings) == ({"own": ("tanakaTides",), "other": ()}, ())
    (tmp_path / "gone.bib").write_text("@misc{own, title={Bees}}")
    assert resolved(read_with_entries(draft, False, []), PAPERS)["own"] == ("bergBees",)


def test_a_list_that_biber_has_made(tmp_path: Path) -> None:
    (tmp_path / "draft.bbl").write_text(
        "\\entry{own}{article}{}{}\n\\field{title}{Tides and {Otters} in Winter}\n\\endentry\n"
        "\\entry{two}{misc}{}{}\n\\verb{eprint}\n\\verb 2301.00001\n\\endverb\n\\endentry\n"
        "\\entry{three}{misc}{}{}\n\\verb{doi}\n\\verb 10.1234/otter.1\n\\endverb\n\\endentry\n"
    )
    (tmp_path / "draft.tex").write_text("A \\cite{own,two,three}.")
    assert resolved(read_with_entries(tmp_path / "draft.tex", False, []), PAPERS) == {
        "own": ("tanakaTides",), "two": ("brookNotes",), "three": ("brookOtters",),
    }  # fmt: skip


def test_a_bib_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "draft.md").write_text("A [@a].")
    with pytest.raises(ReadError, match=r"none\.bib cannot be read"):
        read_with_entries(tmp_path / "draft.md", False, [tmp_path / "none.bib"])
