"""The catalog is the truth: nothing added is lost, nothing removed is found, keys stay."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import LibraryError, NoLibrary, UnknownPaper
from assistant.store.catalog import Catalog
from assistant.store.checksums import SENTENCES, TRUTH, altered
from assistant.store.schema import CATALOG
from tests.store.samples import BEES, ICE, TIDES, entry, paper, paper_at, put, state, vector

BERG = ["Anna Berg", "Li Wei"]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path / "library", create=True)
    yield opened
    is_consistent(opened)
    opened.close()


def is_consistent(catalog: Catalog) -> None:
    """Full text, vectors and foreign keys agree with papers and passages."""
    db = catalog._db
    db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert catalog.words_health() == "ok"
    assert not db.in_transaction
    assert [name for table in (*TRUTH, SENTENCES) for name in altered(db, table)] == []
    ids = catalog.passage_ids()
    assert {i for batch, _, _ in catalog.vectors() for i in batch} == ids
    assert {passage.id for found in catalog.papers() for passage in catalog.passages_of(found.key)} == ids
    assert db.execute(
        "SELECT count(*) FROM papers WHERE n NOT IN (SELECT paper FROM file_papers)"
    ).fetchone() == (0,)


def texts(catalog: Catalog) -> list[str]:
    return [found.text for found in catalog.papers()]


def hits(catalog: Catalog, query: str) -> set[str]:
    return {catalog.passages([i])[i].paper for i, _ in catalog.words(query, 10)}


# --- storing and reading ---------------------------------------------------------------------------------


def test_a_paper_comes_back_as_it_went_in(catalog: Catalog) -> None:
    about = {"year": 2020, "venue": "ACL", "doi": "10/1", "url": "https://example.org", "arxiv": "2401.1"}
    places = {"page_starts": (0, 30), "references": (90, 95), "abstract_end": 60}
    given = paper(TIDES, "Tides of the Dee", BERG, **about, **places)
    (key,) = put(catalog, "a.txt", given)
    assert catalog.paper(key) == replace(paper_at(given, "a.txt", 0), key=key)
    assert list(catalog.papers()) == [catalog.paper(key)]
    first, second = catalog.passages_of(key)
    assert (first.text, first.page, second.page) == (given.text[: first.end], 1, 2)
    assert given.text[second.start : second.end] == second.text
    assert catalog.passages([second.id, "p_unknown"]) == {second.id: second}
    assert catalog.counts() == (1, 2)
    assert catalog.passage_counts() == {key: 2}


def test_vectors_come_back_as_they_went_in(catalog: Catalog) -> None:
    put(catalog, "a.txt", paper(TIDES), paper(ICE))
    for ids, keys, rows in catalog.vectors():
        found = catalog.passages(ids)
        assert keys == [found[i].paper for i in ids]
        assert np.array_equal(rows, np.array([vector(found[i].text) for i in ids]))
    some = sorted(catalog.passage_ids())[:1]
    assert [ids for ids, _, _ in catalog.vectors([*some, "p_unknown"])] == [some]
    assert list(catalog.vectors([])) == []
    assert len(catalog.probes()) == 3


def test_an_empty_catalog_answers(catalog: Catalog) -> None:
    assert (catalog.counts(), list(catalog.papers()), catalog.words('"x"', 5), catalog.probes()) == (
        (0, 0),
        [],
        [],
        [],
    )
    assert (list(catalog.vectors()), catalog.passages(["p"]), catalog.files(), catalog.generation) == (
        [],
        {},
        {},
        0,
    )


def test_full_text_is_ranked_and_folded(catalog: Catalog) -> None:
    tides, ice = put(catalog, "a.txt", paper(TIDES, "Tides of the Dee"), paper(ICE, "Snow"))
    assert hits(catalog, '"tide"') == {tides}  # stems
    assert hits(catalog, '"12705"') == {tides}
    assert hits(catalog, '"dc2"') == {tides}
    assert hits(catalog, '"snow" OR "gauge"') == {tides, ice}
    assert catalog.passages_with("Gauges") == catalog.passages_with("12,705") == 1
    assert catalog.passages_with('"') == catalog.passages_with("?") == 0
    assert "gaug" in catalog.stems_from("ga") and "gaug" not in catalog.stems_from("h")
    found = catalog.words('"snow"', 10)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert found[0][1] > 0
    assert catalog.words('"snow"', 1) == found[:1]
    assert catalog.words("", 5) == []


def test_only_some_papers_are_searched(catalog: Catalog) -> None:
    tides, ice = put(catalog, "a.txt", paper(TIDES), paper(ICE))
    query = '"snow" OR "gauge"'
    assert {catalog.passages([i])[i].paper for i, _ in catalog.words(query, 10, [ice])} == {ice}
    assert catalog.words(query, 10, []) == []
    assert len(catalog.words(query, 10, [tides, ice, "none"])) == len(catalog.words(query, 10))


def test_papers_by_an_author(catalog: Catalog) -> None:
    keys = put(
        catalog,
        "a.txt",
        paper(TIDES, "Tides", ["Anna Müller", "Li Wei"]),
        paper(ICE, "Ice", ["Berg, Anna"]),
        paper(BEES),
    )
    assert [found.key for found in catalog.papers_by("anna")] == keys[:2]
    assert [found.key for found in catalog.papers_by("Muller")] == keys[:1]
    assert [found.key for found in catalog.papers_by("BERG")] == keys[1:2]
    assert catalog.papers_by("ann") == catalog.papers_by("%") == catalog.papers_by('"') == []


def test_an_unknown_paper_is_told_with_the_nearest(catalog: Catalog) -> None:
    put(catalog, "a.txt", paper(TIDES, "Tides", BERG))
    with pytest.raises(UnknownPaper, match="did you mean bergTides"):
        catalog.paper("bergtide")
    with pytest.raises(UnknownPaper, match="assistant papers"):
        catalog.paper("zzzz")
    with pytest.raises(UnknownPaper):
        catalog.remove(["zzzz"])


@pytest.mark.parametrize(
    "name",
    ["10.1234/LAKES.5", "doi:10.1234/lakes.5", "https://doi.org/10.1234/lakes.5", "2401.00001", "arXiv:2401.00001v2",
     "https://arxiv.org/abs/2401.00001v1", "https://arxiv.org/pdf/2401.00001", "10.48550/arXiv.2401.00001",
     "BERGtides"],
)  # fmt: skip
def test_a_paper_is_found_by_its_numbers_as_by_its_key(catalog: Catalog, name: str) -> None:
    put(catalog, "a.txt", paper(TIDES, "Tides", BERG, doi="10.1234/lakes.5", arxiv="2401.00001"))
    assert catalog.spelt(name) == catalog.paper(name).key == "bergTides"


def test_a_number_that_no_paper_has_names_the_nearest_of_its_kind(catalog: Catalog) -> None:
    put(catalog, "a.txt", paper(TIDES, "Tides", BERG, doi="10.1234/lakes.5", arxiv="2401.00001"))
    with pytest.raises(UnknownPaper, match=r"the DOI '10.1234/lakes.6'; did you mean 10.1234/lakes.5\?"):
        catalog.paper("10.1234/lakes.6")
    with pytest.raises(UnknownPaper, match=r"the arXiv number 'arXiv:2401.00002'; did you mean 2401.00001\?"):
        catalog.paper("arXiv:2401.00002")
    with pytest.raises(UnknownPaper, match=r"the key 'tides of 2401\.00001'"):
        catalog.paper("tides of 2401.00001")


# --- files -----------------------------------------------------------------------------------------------


def test_files_and_their_states(catalog: Catalog) -> None:
    put(catalog, "b.txt", paper(TIDES))
    catalog.touch(state("a.txt", state="failed", error="no text in it"))
    assert list(catalog.files()) == ["a.txt", "b.txt"]
    assert catalog.files()["a.txt"] == state("a.txt", state="failed", error="no text in it")
    catalog.touch(state("b.txt", state="failed", error="gone bad"))
    assert len(catalog.keys_of("b.txt")) == 1  # a file that fails keeps the papers it had
    assert catalog.keys_of("none.txt") == []


def test_one_transaction_a_file(catalog: Catalog) -> None:
    put(catalog, "a.txt", paper(TIDES))
    before = (texts(catalog), catalog.files(), catalog.generation)
    good, bad = entry(paper(ICE)), entry(paper(BEES, start=200))
    with pytest.raises(ValueError, match="zip"):
        entries = [good, replace(bad, vectors=bad.vectors[:1])]
        catalog.store(state("a.txt"), [each.paper for each in entries], lambda due: entries)
    assert (texts(catalog), catalog.files(), catalog.generation) == before
    is_consistent(catalog)


def test_another_connection_sees_what_is_committed(catalog: Catalog, tmp_path: Path) -> None:
    reader = Catalog(tmp_path / "library")
    put(catalog, "a.txt", paper(TIDES))
    assert (texts(reader), reader.generation) == ([TIDES], 1)
    with pytest.raises(RuntimeError), catalog._transaction():
        catalog._db.execute("DELETE FROM file_papers")
        assert len(texts(reader)) == 1
        raise RuntimeError
    assert len(texts(catalog)) == 1
    reader.close()


def test_the_same_text_in_two_files_is_one_paper(catalog: Catalog) -> None:
    (key,) = put(catalog, "a.txt", paper(TIDES))
    assert put(catalog, "b.txt", paper(ICE), paper(TIDES))[1] == key
    assert catalog.counts()[0] == 2
    assert catalog.paper(key).source.file == "a.txt"
    put(catalog, "a.txt", paper(BEES))
    assert catalog.paper(key).source.file == "b.txt"
    put(catalog, "b.txt")
    with pytest.raises(UnknownPaper):
        catalog.paper(key)
    assert texts(catalog) == [BEES]


def test_the_same_text_twice_in_a_file_is_one_paper(catalog: Catalog) -> None:
    keys = put(catalog, "a.txt", paper(TIDES), paper(ICE), paper(TIDES))
    assert len(keys) == len(list(catalog.papers())) == 2
    assert catalog.keys_of("a.txt") == keys


def test_storing_again_changes_nothing_but_the_generation(catalog: Catalog) -> None:
    papers = [paper(TIDES, "Tides", BERG), paper(ICE)]
    keys = put(catalog, "a.txt", *papers)
    ids, generation = catalog.passage_ids(), catalog.generation
    assert put(catalog, "a.txt", *papers) == keys
    assert catalog.passage_ids() == ids
    assert catalog.generation > generation


def test_what_a_newer_reader_finds_in_the_same_text_is_kept(catalog: Catalog) -> None:
    body = f"Tides of the Dee\n\n{TIDES}"
    (key,) = put(catalog, "a.txt", paper(body))
    found = replace(paper(body), title="Tides of the Dee", year=2020, body=18)
    assert put(catalog, "a.txt", found) == [key]
    assert (catalog.paper(key).title, catalog.paper(key).year, catalog.paper(key).body) == (
        found.title,
        2020,
        18,
    )
    assert catalog.counts() == (1, 2)
    assert [score for _, score in catalog.words('"dee"', 5)]


# --- keys ------------------------------------------------------------------------------------------------


def test_collisions_get_letters(catalog: Catalog) -> None:
    papers = [paper(f"{body} {n}", f"Tides {n}", BERG) for n, body in enumerate([TIDES] * 28)]
    keys = put(catalog, "a.txt", *papers)
    assert keys[:3] + keys[26:] == ["bergTides", "bergTidesa", "bergTidesb", "bergTidesz", "bergTidesaa"]


def test_a_key_stays_when_the_abstract_changes(catalog: Catalog) -> None:
    keys = put(catalog, "a.txt", paper(TIDES, "Tides", BERG), paper(ICE, "Ice", BERG), paper(BEES))
    changed = [
        paper("A wholly new abstract of tides.", "Tides", BERG),
        paper(ICE, "Ice", BERG),
        paper(BEES + " No more."),
    ]
    assert put(catalog, "a.txt", *changed) == keys
    assert hits(catalog, '"gauge"') == set()
    assert hits(catalog, '"abstract"') == {keys[0]}


def test_a_key_stays_when_the_title_changes(catalog: Catalog) -> None:
    keys = put(catalog, "a.txt", paper(TIDES, "Tides", BERG), paper(ICE, "Ice", BERG))
    assert (
        put(catalog, "a.txt", paper(ICE, "Ice", BERG), paper(TIDES, "Tides of the Dee", BERG)) == keys[::-1]
    )


def test_another_paper_in_the_same_place_gets_another_key(catalog: Catalog) -> None:
    (tides,) = put(catalog, "a.txt", paper(TIDES))
    (ice,) = put(catalog, "a.txt", paper(ICE))
    assert ice != tides
    assert put(catalog, "a.txt", paper(TIDES)) == [tides]


def test_a_key_stays_with_its_text_wherever_that_goes(catalog: Catalog) -> None:
    (key,) = put(catalog, "a.txt", paper(TIDES, "Tides", BERG))
    other = put(catalog, "b.txt", paper(ICE, "Tides of ice", BERG))
    catalog.remove([key, key])
    assert catalog.keys_of("a.txt") == []
    assert catalog.files()["a.txt"].sha256 == ""
    assert put(catalog, "c.txt", paper(BEES, "Tides of bees", BERG)) == ["bergTidesb"]
    assert put(catalog, "d.txt", paper(TIDES, "Tides", BERG)) == [key]
    assert catalog.keys_of("b.txt") == other


def test_a_key_survives_a_change_and_its_undoing(catalog: Catalog) -> None:
    old, new = paper(TIDES, "Tides", BERG), paper(TIDES + " Or not.", "Tides", BERG)
    (key,) = put(catalog, "a.txt", old)
    assert put(catalog, "a.txt", new) == [key]
    catalog.remove([key])
    assert put(catalog, "a.txt", old) == [key]
    assert put(catalog, "a.txt", new) == [key]


def test_two_versions_at_once_are_one_paper_if_they_say_so_and_two_if_they_do_not(catalog: Catalog) -> None:
    for title, same in (("Tides", True), (None, False)):
        old, new = paper(TIDES, title, BERG), paper(TIDES + " Or not.", title, BERG)
        (key,) = put(catalog, "a.txt", old)
        put(catalog, "b.txt", old)
        (other,) = put(catalog, "a.txt", new)
        assert (other == key) is same
        assert catalog.paper(key).text == (new if same else old).text
        assert put(catalog, "b.txt", new) == [other]


def test_removing_takes_all_or_none(catalog: Catalog) -> None:
    keys = put(catalog, "a.txt", paper(TIDES), paper(ICE))
    with pytest.raises(UnknownPaper):
        catalog.remove([keys[0], "zzzz"])
    assert len(texts(catalog)) == 2
    catalog.remove(keys[:1])
    assert texts(catalog) == [ICE]
    assert "a.txt" in catalog.files()


BODIES = [TIDES, TIDES + " Or not.", ICE, BEES, "Short one here."]
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["a.txt", "b.txt"]),
        st.lists(st.tuples(st.sampled_from(BODIES), st.booleans()), max_size=3),
    )
    | st.integers(0, 4),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(ACTIONS)
def test_any_story_leaves_a_consistent_catalog(
    tmp_path_factory: pytest.TempPathFactory, actions: list[object]
) -> None:
    catalog = Catalog(tmp_path_factory.mktemp("story"), create=True)
    holds: dict[str, set[str]] = {}
    first_key: dict[str, str] = {}
    for action in actions:
        if isinstance(action, tuple):
            path, given = action
            papers = [paper(body, "A title" if titled else None) for body, titled in given]
            put(catalog, path, *papers)
            holds[path] = {found.text for found in papers}
        else:
            known = [found.key for found in catalog.papers()]
            if action < len(known):  # type: ignore[operator]
                gone = catalog.paper(known[action]).text  # type: ignore[call-overload]
                catalog.remove([known[action]])  # type: ignore[call-overload]
                holds = {path: held - {gone} for path, held in holds.items()}
        assert set(texts(catalog)) == set().union(*holds.values())
        for found in catalog.papers():
            if found.text not in first_key:
                first_key[found.text] = found.key
    is_consistent(catalog)
    catalog.close()


# --- what is derived, and other people's files -----------------------------------------------------------


def test_vectors_are_replaced_at_once(catalog: Catalog) -> None:
    put(catalog, "a.txt", paper(TIDES))
    catalog.replace_vectors([(i, np.ones(3, np.float32)) for i in catalog.passage_ids()], "another")
    assert [rows.tolist() for _, _, rows in catalog.vectors()] == [[[1, 1, 1]] * 2]
    assert catalog.meta("embedder") == "another"


def test_the_full_text_can_be_rebuilt(catalog: Catalog) -> None:
    put(catalog, "a.txt", paper(TIDES))
    found = catalog.words('"tides"', 5)
    catalog._db.execute("INSERT INTO words (words) VALUES ('delete-all')")
    assert catalog.words('"tides"', 5) == []
    assert catalog.words_health() == "holds 0 of 2 passages"
    catalog.rebuild_words()
    assert catalog.words('"tides"', 5) == found


def test_no_library(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary, match="add PATH"):
        Catalog(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"garbage" * 500, b"\0" * 5000])
def test_a_file_that_is_no_catalog_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CATALOG).write_bytes(content)
    with pytest.raises(LibraryError) as refused:
        Catalog(tmp_path, create=True)
    assert "\n" not in str(refused.value)
    assert (tmp_path / CATALOG).read_bytes() == content


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / CATALOG)
    db.execute("CREATE TABLE notes (x)")
    db.commit()
    with pytest.raises(LibraryError, match="another program"):
        Catalog(tmp_path, create=True)
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("notes",)]
    db.close()


def test_a_newer_catalog_is_refused(tmp_path: Path) -> None:
    Catalog(tmp_path, create=True).close()
    db = sqlite3.connect(tmp_path / CATALOG)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LibraryError, match="newer version"):
        Catalog(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError):
        Catalog(tmp_path / "file" / "library", create=True)


# --- sentences -------------------------------------------------------------------------------------------


def test_sentences_come_back_as_they_went_in(catalog: Catalog) -> None:
    key, other = put(catalog, "a.txt", paper(TIDES + " They rise.", "Tides of the Dee"), paper(ICE))
    found = catalog.sentences_of(key)
    assert [(each.number, each.kind) for each in found] == [(0, "title"), (1, "sentence"), (2, "sentence")]
    text = catalog.paper(key).text
    assert all(text[each.start : each.end] == each.text and each.paper == key for each in found)
    assert catalog.sentences_of(key, found[1].end - 1, found[2].start) == found[1:2]
    assert catalog.sentences_of(key, found[1].start, found[2].start + 1) == found[1:]
    assert catalog.sentences_of("none") == [] and len(catalog.sentences_of(other)) == 1
    rows = catalog.sentence_vectors(key, [2, 0, 1])
    assert np.allclose(rows[[0, 2]], [vector(found[2].text), vector(found[1].text)], atol=0.01)
    assert not rows[1].any() and np.allclose(np.linalg.norm(rows[[0, 2]], axis=1), 1, atol=1e-5)


def test_sentences_go_with_their_paper(catalog: Catalog) -> None:
    (key,) = put(catalog, "a.txt", paper(TIDES))
    put(catalog, "a.txt", paper(ICE))
    assert catalog.sentences_of(key) == []
    assert catalog._db.execute("SELECT count(*) FROM sentences").fetchone() == (1,)
