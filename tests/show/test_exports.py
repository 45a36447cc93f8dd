"""What is exported reads back without loss: by bibtexparser, and by the readers here."""

import json
from pathlib import Path
from typing import Any

import pytest
from bibtexparser import parse_string
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.read import read
from assistant.read.record import Record, paper_of
from assistant.show import bibtex, csl, ris
from assistant.text.people import family_and_given
from assistant.types import Paper

FORMS = {
    ".bib": lambda papers: bibtex.entries(papers, abstracts=True),
    ".ris": ris.entries,
    ".json": csl.entries,
}
FIELDS = ("title", "year", "venue", "doi", "arxiv", "url", "abstract")


def made(key: str = "liangSparse", **known: Any) -> Paper:
    """A paper as a reader makes it."""
    from dataclasses import replace

    return replace(paper_of(Record(0, 0, **known), "a.bib"), key=key)


def facts(paper: Paper) -> dict[str, Any]:
    """What must not be lost; a name is the same whichever of its two comes first."""
    found = {name: getattr(paper, name) for name in FIELDS}
    found["abstract"] = " ".join((paper.abstract or "").split())
    return found | {"authors": [family_and_given(name) for name in paper.authors]}


WHOLE = {
    "title": "Sparse Codes: 100% of {Deep} Nets_2 & more",
    "authors": ("Liang, Tao", "Ming Zhang", "Pieter de Vries", "Team for Research and Development", "Plato"),
    "year": 2024,
    "venue": "Proceedings of the 3rd Workshop on Nets",
    "doi": "10.1234/a_b(c)<1>",
    "arxiv": "2401.01234",
    "url": "https://example.org/~tao/a_b?c=1&d=%20#e",
    "abstract": "We pay $5 -- or 5% -- for x_1^2 ~ {y}. C:\\Temp \"quotes\" ''two'' [a]_{b} end.",
}
CASES: dict[str, dict[str, Any]] = {
    "all fields": WHOLE,
    "a title alone": {"title": "Tides"},
    "two paragraphs": {"title": "Tides", "abstract": "One wave is high.\n\nThe next wave is low."},
    "a journal": {"title": "Tides", "venue": "Journal of Waves & Tides", "year": 1987},
    "a preprint": {"title": "Tides", "venue": "arXiv preprint arXiv:2401.01234", "arxiv": "2401.01234"},
    "an old arXiv number": {"title": "Tides", "arxiv": "cs.CL/0401001"},
    "other scripts": {
        "title": "Über die Gezeiten ø 潮汐の研究",
        "authors": ("Müller, Jürgen", "山田太郎"),
        "abstract": "Ångström, naïve, Łódź: 潮汐。",
    },
    "what looks like another tag": {"title": "TY  - JOUR", "abstract": "AB  - ER  - @article{a, b = {c}}"},
    "an initial behind": {"title": "Tides", "authors": ("Smith J.", "J. R. R. Tolkien", "Maria Lopez")},
    "names with particles": {"title": "Tides", "authors": ("Ludwig van Beethoven", "van den Berg, Jan")},
}


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("case", CASES)
def test_a_paper_reads_back(suffix: str, case: str) -> None:
    known = made(**CASES[case])
    (back,) = read(FORMS[suffix]([known]).encode(), Path(f"all{suffix}"))
    assert facts(back) == facts(known)
    assert back.source.record == known.key


@pytest.mark.parametrize("suffix", FORMS)
def test_many_papers_read_back_in_their_order(suffix: str) -> None:
    known = [made(f"key{n}", **case) for n, case in enumerate(CASES.values())]
    warnings: list[str] = []
    back = read(FORMS[suffix](known).encode(), Path(f"all{suffix}"), warnings.append)
    assert list(map(facts, back)) == list(map(facts, known)) and warnings == []


AWKWARD = st.text(st.sampled_from("ab -'`\"\\{}%$&#_~^<>,.;:!?@()=\n\té√") | st.characters(), max_size=30)


@given(AWKWARD, AWKWARD)
@example("a--b", "''c'' ``d``")
@example("?`!`", "---")
def test_any_text_is_one_entry_of_each_form(title: str, abstract: str) -> None:
    known = made(title=f"Tides {title} z", abstract=f"Waves {abstract} z")
    library = parse_string(FORMS[".bib"]([known, made("other", title="Other")]))
    assert [entry.key for entry in library.entries] == ["liangSparse", "other"]
    assert not library.failed_blocks and "abstract" in library.entries[0].fields_dict
    for suffix in (".ris", ".json"):
        back = read(FORMS[suffix]([known]).encode("utf-8", "replace"), Path(f"a{suffix}"))
        assert [paper.source.record for paper in back] == ["liangSparse"]


def test_bibtexparser_reads_every_field() -> None:
    library = parse_string(FORMS[".bib"]([made(**WHOLE)]))
    (entry,) = library.entries
    assert not library.failed_blocks and entry.entry_type == "inproceedings"
    fields = {"title", "author", "year", "booktitle", "doi", "eprint", "archiveprefix", "url", "abstract"}
    assert entry.fields_dict.keys() == fields
    assert entry["author"].startswith("Liang, Tao and Ming Zhang and Pieter de Vries and {Team for")


def test_ris_is_tagged_lines() -> None:
    lines = ris.entries([made(**WHOLE)]).splitlines()
    assert lines[:2] == ["TY  - CPAPER", "ID  - liangSparse"] and lines[-1] == "ER  - "
    assert all(line[2:6] == "  - " for line in lines)
    assert "DO  - 10.1234/a_b(c)<1>" in lines and "PY  - 2024" in lines


def test_csl_has_the_names_in_their_parts() -> None:
    (item,) = json.loads(csl.entries([made(**WHOLE)]))
    assert item["author"] == [
        {"family": "Liang", "given": "Tao"},
        {"family": "Zhang", "given": "Ming"},
        {"family": "de Vries", "given": "Pieter"},
        {"literal": "Team for Research and Development"},
        {"literal": "Plato"},
    ]
    assert (item["type"], item["issued"]) == ("paper-conference", {"date-parts": [[2024]]})
    assert (item["archive"], item["archive_location"]) == ("arXiv", "2401.01234")
    assert csl.entries([]) == "[]"
