import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.show import bibtex
from assistant.types import Answer, Paper
from tests.show.samples import ABSTAINED, MIXED, TIDES, hostile_answers, paper

Entry = tuple[str, str, dict[str, str]]


def parse(text: str) -> list[Entry]:
    """A strict reader of the part of BibTeX that is written here; braces count even behind a backslash."""
    entries, rest = [], text.lstrip()
    while rest:
        head = re.match(r"@(\w+)\{([^\s{}(),=\"#%~'\\]+),\s*", rest)
        assert head, rest[:80]
        rest, fields = rest[head.end() :], {}
        while not rest.startswith("}"):
            name = re.match(r"(\w+) = \{", rest)
            assert name, rest[:80]
            end = _closing(rest, name.end())
            fields[name[1]] = rest[name.end() : end]
            rest = rest[end + 1 :].removeprefix(",").lstrip()
        entries.append((head[1], head[2], fields))
        rest = rest[1:].lstrip()
    return entries


def _closing(text: str, start: int) -> int:
    depth = 1
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise AssertionError("unbalanced braces")


def only(known: Paper) -> Entry:
    (entry,) = parse(bibtex.entries([known]))
    return entry


def test_the_cited_papers() -> None:
    assert parse(bibtex.answer(MIXED)) == [
        (
            "article",
            "brookOtters",
            {
                "title": r"{Pebbles \& Otters}",
                "author": "Brook, Ada and Lindqvist, Per and Sørensen, Mia and Tanaka, Jun",
                "year": "2021",
                "journal": "Journal of Invented Zoology",
                "doi": "10.1234/otter_1",
            },
        ),
        ("misc", "rillTide", {"note": "untitled; cited as RillTide"}),
    ]
    assert bibtex.answer(ABSTAINED) == bibtex.entries([]) == ""


def test_a_title_is_never_made_up() -> None:
    assert "title" not in only(TIDES)[2]
    assert only(paper("noName", "Text."))[2] == {"note": "untitled; cited as noName"}


def test_the_venue_decides_the_type() -> None:
    def kind(venue: str | None) -> tuple[str, list[str]]:
        entry = only(paper("k", "x", title="T", venue=venue))
        return entry[0], [name for name in entry[2] if name != "title"]

    assert kind(None) == ("misc", [])
    assert kind("Proceedings of the Pebble Conference") == ("inproceedings", ["booktitle"])
    assert kind("arXiv.org Artificial Intelligence") == ("misc", ["howpublished"])
    assert kind("Annals of Shells") == ("article", ["journal"])


def test_an_arxiv_number() -> None:
    fields = only(paper("k", "x", title="T", arxiv="arXiv:2501.00001"))[2]
    assert (fields["eprint"], fields["archiveprefix"]) == ("2501.00001", "arXiv")


def test_special_characters() -> None:
    fields = only(
        paper("k", "x", title=r"50 % of $x_1$ & {a} #2 ~ ^ \ ü", url="https://e.org/a_b?c={d}&e=f%20g")
    )
    assert fields[2]["title"] == (
        r"{50 \% of \$x\_1\$ \& \textbraceleft{}a\textbraceright{} \#2"
        r" \textasciitilde{} \textasciicircum{} \textbackslash{} ü}"
    )
    assert fields[2]["url"] == "https://e.org/a_b?c=%7Bd%7D&e=f%20g"


def test_names_that_bibtex_would_take_apart_are_braced() -> None:
    names = ("Wei Shi", "Shi, Wei", "Centre for Research and Development", "A, B, C, D", "Anderson, Sandy")
    assert only(paper("k", "x", authors=names))[2]["author"] == (
        "Wei Shi and Shi, Wei and {Centre for Research and Development} and {A, B, C, D} and Anderson, Sandy"
    )


@given(hostile_answers(), st.text(max_size=8))
def test_any_paper_parses_and_its_text_is_escaped(answer: Answer, key: str) -> None:
    for reference in answer.references:
        kind, _, fields = only(reference.paper)
        assert kind in {"article", "inproceedings", "misc"}
        for name in fields.keys() - {"doi", "url", "eprint"}:
            assert not re.search(r"(?<!\\)[&%$#_]|[~^]", fields[name])
    only(paper(key, "x"))
