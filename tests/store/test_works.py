"""One work, one paper: in whatever order its sources come, change and go, and as the user says."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import UnknownPaper
from assistant.store import sync, works
from assistant.store.catalog import Catalog
from assistant.store.files import FileState
from assistant.store.index import VectorIndex
from assistant.store.keys import paper_id
from assistant.types import Paper, Source
from tests.store.samples import BEES, ICE, TIDES, entry, paper, paper_at, put, state
from tests.store.test_catalog import is_consistent

TITLE = "Tides of the river Dee"


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path / "library", create=True)
    yield opened
    finish(opened)
    is_consistent(opened)
    opened.close()


def finish(catalog: Catalog) -> None:
    catalog.make_findable(lambda due: map(entry, due))
    assert not catalog.due()


def pdf(**fields: Any) -> Paper:
    return paper(f"{TIDES} {ICE}", TITLE, ["Anna Berg"], **fields)


def bib(key: str = "dee20", title: str = TITLE, year: int | None = 2020) -> tuple[Paper, str]:
    """A record without text, and its key."""
    bare = paper("", title, ["Berg, Anna"], year=year)
    return replace(bare, text=title, body=0, id=paper_id(title)), key


def listing() -> Paper:
    return paper(TIDES, TITLE, ["A. Berg"], year=2019, venue="arXiv", arxiv="2401.00001")


def put_bib(
    catalog: Catalog, *entries: tuple[Paper, str], path: str = "refs.bib", tells_only: bool = False
) -> list[str]:
    placed = []
    for start, (given, key) in enumerate(entries):
        placed.append(replace(given, source=Source(path, start, start + 1, key)))
    known = FileState(path, "sha", 1, 1, 1, tells_only=tells_only)
    return catalog.store(known, placed, lambda due: map(entry, due)).keys


def put_all(catalog: Catalog, order: tuple[str, ...]) -> None:
    for name in order:
        {
            "bib": lambda: put_bib(catalog, bib()),
            "pdf": lambda: put(catalog, "a.pdf", pdf()),
            "listing": lambda: put(catalog, "list.txt", listing()),
        }[name]()


@pytest.mark.parametrize("order", list(permutations(["bib", "pdf", "listing"])))
def test_the_fullest_text_is_quoted_and_the_bib_names_it(catalog: Catalog, order: tuple[str, ...]) -> None:
    put_all(catalog, order)
    (found,) = catalog.papers()
    assert (found.key, found.text, found.source.file) == ("dee20", pdf().text, "a.pdf")
    assert (found.authors, found.year, found.venue, found.arxiv) == (
        ("Berg, Anna",),
        2020,
        "arXiv",
        "2401.00001",
    )
    assert catalog.counts() == (1, 2) and len(catalog.sentences_of("dee20")) > 2
    assert catalog.passage_counts() == {"dee20": 2}
    for path in ("refs.bib", "a.pdf", "list.txt"):
        assert catalog.keys_of(path) == ["dee20"]
    origins = catalog.origins("dee20")
    assert [source.is_text for source in origins.sources] == [True, False, False]
    fields = {field.name: field for field in origins.fields}
    assert (fields["year"].source, fields["venue"].source) == ("refs.bib", "list.txt")
    assert fields["year"].conflicts == ((2019, "list.txt"),) and fields["authors"].conflicts == ()


@pytest.mark.parametrize("order", list(permutations(["bib", "pdf", "listing"])))
@pytest.mark.parametrize("leaving", ["bib", "pdf", "listing"])
def test_a_source_that_goes_leaves_the_others(catalog: Catalog, order: tuple[str, ...], leaving: str) -> None:
    put_all(catalog, order)
    put(catalog, {"bib": "refs.bib", "pdf": "a.pdf", "listing": "list.txt"}[leaving])
    (found,) = catalog.papers()
    assert found.text == (listing() if leaving == "pdf" else pdf()).text
    assert found.year == (2019 if leaving == "bib" else 2020)
    assert found.key == "dee20" and catalog.counts() == (1, 2)


def test_a_file_that_changes_brings_its_paper_along(catalog: Catalog) -> None:
    put_all(catalog, ("pdf", "bib"))
    catalog.edit("dee20", {"venue": "Sea"})
    changed = paper(f"{TIDES} {ICE} And more.", TITLE, ["Anna Berg"])
    assert put(catalog, "a.pdf", changed) == ["dee20"]
    assert (catalog.paper("dee20").text, catalog.paper("dee20").venue) == (changed.text, "Sea")
    assert put_bib(catalog, bib(year=2021)) == ["dee20"]
    assert catalog.paper("dee20").year == 2021


def test_the_key_of_a_bib_follows_it_and_the_old_one_still_finds_the_paper(catalog: Catalog) -> None:
    (first,) = put(catalog, "a.pdf", pdf())
    put_bib(catalog, bib())
    assert catalog.paper(first).key == "dee20"
    put_bib(catalog, (bib()[0], "dee2020"))
    assert catalog.paper("dee20").key == catalog.paper(first).key == "dee2020"


def test_a_key_of_another_paper_is_not_taken(catalog: Catalog) -> None:
    other = paper(BEES, "Dee bees", ["Li Wei"])
    (taken,) = put(catalog, "b.pdf", other)
    put(catalog, "a.pdf", pdf())
    assert put_bib(catalog, bib(taken)) == [f"{taken}a"]
    assert catalog.paper(taken).text == other.text
    assert put_bib(catalog, bib(taken)) == [f"{taken}a"]


def test_the_index_has_the_new_key(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, "a.pdf", pdf())
    index = VectorIndex(tmp_path / "library")
    sync.heal(catalog, index)
    put_bib(catalog, bib())
    sync.heal(catalog, index)
    ids, keys, vectors = next(catalog.vectors())
    assert {row[0] for row in index.rows(ids).values()} == set(keys) == {"dee20"}
    assert len(index.nearest(vectors[0], 5, ["dee20"])) == 2 and not catalog.stale()
    index.close()


def test_a_bibliography_that_only_tells_adds_no_paper(catalog: Catalog) -> None:
    entries = (bib(), bib("bees", "Bees and robots that tend them"))
    assert put_bib(catalog, *entries, tells_only=True) == []
    assert catalog.counts() == (0, 0) and list(catalog.papers()) == []
    with pytest.raises(UnknownPaper):
        catalog.paper("bees")
    assert put(catalog, "a.pdf", pdf()) == ["dee20"]
    assert catalog.keys_of("refs.bib") == ["dee20"] and catalog.files()["refs.bib"].tells_only
    put(catalog, "a.pdf")
    assert list(catalog.papers()) == []
    put_bib(catalog, *entries)
    assert {found.key for found in catalog.papers()} == {"dee20", "bees"}
    put_bib(catalog, *entries, tells_only=True)
    assert list(catalog.papers()) == []


def test_the_title_of_the_bib_is_found(catalog: Catalog) -> None:
    put(catalog, "a.pdf", paper(TIDES, "Tides of", ["Anna Berg"], doi="10.1/a"))
    record, key = bib("dee20", "Estuaries of the Dee")
    put_bib(catalog, (replace(record, doi="10.1/a"), key))
    assert catalog.words('"estuaries"', 5)
    put(catalog, "refs.bib")
    assert not catalog.words('"estuaries"', 5) and catalog.paper("dee20").title == "Tides of"


def test_what_is_split_stays_so(catalog: Catalog) -> None:
    put_all(catalog, ("pdf", "bib", "listing"))
    keys = catalog.split("dee20")
    finish(catalog)
    assert len(keys) == 3 == catalog.counts()[0] and "dee20" in keys
    assert catalog.paper("dee20").text == TITLE
    assert catalog.passages_of(next(key for key in keys if catalog.paper(key).text == listing().text))
    put(catalog, "a.pdf", pdf())
    put(catalog, "list.txt", paper(TIDES + " They rise.", TITLE, ["A. Berg"], year=2019))
    assert catalog.counts()[0] == 3
    catalog.merge(keys)
    assert catalog.counts()[0] == 1


def test_what_is_merged_stays_so(catalog: Catalog) -> None:
    tides, bees = put(catalog, "a.pdf", pdf()) + put(catalog, "b.pdf", paper(BEES, "Bees", doi="10.1/b"))
    kept = catalog.merge([tides, bees])
    assert catalog.counts()[0] == 1 and catalog.paper(bees).key == catalog.paper(tides).key == kept
    put(catalog, "b.pdf", paper(BEES + " So it is.", "Bees", doi="10.1/b"))
    assert catalog.counts()[0] == 1 and catalog.paper(kept).doi == "10.1/b"
    catalog.split(kept)
    finish(catalog)
    assert {found.key for found in catalog.papers()} == {tides, bees}


def test_an_edit_wins_and_is_taken_back(catalog: Catalog) -> None:
    put_all(catalog, ("pdf", "bib"))
    catalog.edit("dee20", {"year": 1999, "title": "Mudflats", "authors": ("A B", "C D")})
    put_all(catalog, ("bib", "listing", "pdf"))
    found = catalog.paper("dee20")
    assert (found.year, found.title, found.authors) == (1999, "Mudflats", ("A B", "C D"))
    assert catalog.words('"mudflats"', 5)
    assert {f.name for f in catalog.origins("dee20").fields if not f.source} == {"year", "title", "authors"}
    catalog.remove(["dee20"])
    assert catalog.counts() == (0, 0)
    put_all(catalog, ("pdf",))
    assert catalog.paper("dee20").year == 1999
    catalog.edit("dee20", dict.fromkeys(("year", "title", "authors")))
    assert (catalog.paper("dee20").year, catalog.paper("dee20").title) == (None, TITLE)


@pytest.mark.parametrize("path", ["refs.zip", "refs.bib.gz", "REFS.TGZ"])
def test_a_bibliography_in_an_archive_is_one(catalog: Catalog, path: str) -> None:
    put(catalog, "a.pdf", pdf())
    assert put_bib(catalog, bib("in/refs.bib:dee:20", year=1999), path=path) == ["dee:20"]
    put(catalog, "list.txt", listing())
    assert (catalog.paper("dee:20").year, catalog.paper("dee:20").text) == (1999, pdf().text)
    assert put_bib(catalog, bib("notes.md", "Bees and hives", year=1998), path="b.zip") == ["berg1998Bees"]


def test_an_interrupted_add_leaves_the_work_as_it_was(catalog: Catalog) -> None:
    put_all(catalog, ("listing", "bib"))
    before = list(catalog.papers()), catalog.passage_ids(), catalog.generation

    def interrupted(due: object) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalog.store(state("a.pdf"), [paper_at(pdf(), "a.pdf", 0)], interrupted)
    assert (list(catalog.papers()), catalog.passage_ids(), catalog.generation) == before


def test_what_stands_behind_another_is_not_embedded(catalog: Catalog) -> None:
    put(catalog, "a.pdf", pdf())
    asked: list[Paper] = []
    stored = catalog.store(
        state("list.txt"),
        [paper_at(listing(), "list.txt", 0)],
        lambda due: map(entry, asked.extend(due) or due),
    )
    assert asked == [] and (stored.added, stored.updated, stored.step) == (0, 1, (0, 0, 0))


def test_a_library_that_was_made_by_other_rules_is_put_in_order(catalog: Catalog) -> None:
    put_all(catalog, ("pdf", "listing"))
    (key,) = (found.key for found in catalog.papers())
    catalog.split(key)
    finish(catalog)
    catalog._db.execute("DELETE FROM decisions")
    catalog._db.execute("DELETE FROM names")
    catalog.set_meta("identity", "0")
    finish(catalog)
    assert [found.text for found in catalog.papers()] == [pdf().text]


def test_a_record_without_a_text_tells_the_year_and_the_venue(catalog: Catalog) -> None:
    title = f"{TITLE} and of the sea"
    put(catalog, "/dee.pdf", paper(f"{TIDES} {ICE}", title, ["Anna Berg"], year=2019))
    deposit = replace(paper("", title, [], year=2020, venue="Rivers"), text=title, body=0, id=paper_id(title))
    put(catalog, "/dee.xml", deposit)
    (found,) = catalog.papers()
    assert (found.year, found.venue, found.authors) == (
        2020,
        "Rivers",
        ("Anna Berg",),
    ) and TIDES in found.text


def test_rows_are_named_in_blocks(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(works, "_TOGETHER", 2)
    for place, text in (("/parts.jsonl", TIDES), ("/again.jsonl", ICE)):
        parts = [paper(f"{text} {n}", f"{TITLE}, part {n} of it", ["Anna Berg"], year=2020) for n in range(5)]
        put(catalog, place, *parts)
    assert catalog.counts()[0] == 5


LISTING = Path(__file__).resolve().parents[3] / "shared" / "data" / "formats" / "arxiv_listing"


@pytest.mark.skipif(not LISTING.exists(), reason="the data folder is not beside the checkout")
def test_a_paper_that_is_listed_on_two_days_is_one(catalog: Catalog) -> None:
    numbers = []
    for path in sorted(LISTING.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        found = [
            paper(f"{row['summary']} {path.stem}", row["title"], row["authors"], arxiv=row["id"])
            for row in rows
        ]
        put(catalog, str(path), *found)
        numbers += [row["id"] for row in rows]
    assert catalog.counts()[0] == len(set(numbers))
