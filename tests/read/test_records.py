"""JSON lines with a title and a text each."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ReadError
from assistant.read import read, records

DATA = Path(__file__).parents[3] / "shared" / "data"
JSONL = Path("a.jsonl")


def lines(*records: Any) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def test_title_and_text() -> None:
    data = lines(
        {"_id": "7", "title": "Coasts", "text": "They are long."}, {"_id": 8, "title": "", "text": "So."}
    )
    coasts, so = read(data, JSONL)
    assert (coasts.title, coasts.text, coasts.abstract) == (
        "Coasts",
        "Coasts\n\nThey are long.",
        "They are long.",
    )
    assert (so.title, so.text) == (None, "So.")
    assert [paper.source.record for paper in (coasts, so)] == ["7", "8"]
    text = data.decode()
    assert [json.loads(text[p.source.start : p.source.end])["_id"] for p in (coasts, so)] == ["7", 8]


@pytest.mark.parametrize(
    ("given", "authors", "line"),
    [
        (["Anna Berg", "Li Wei"], ("Anna Berg", "Li Wei"), "Anna Berg, Li Wei"),
        (["Berg, Anna", "Wei, Li"], ("Berg, Anna", "Wei, Li"), "Berg, Anna; Wei, Li"),
        ("Anna Berg and Li Wei", ("Anna Berg", "Li Wei"), "Anna Berg, Li Wei"),
        (
            [{"first": "Anna", "last": "Berg"}, {"name": "Li Wei"}, {}],
            ("Anna Berg", "Li Wei"),
            "Anna Berg, Li Wei",
        ),
        (None, (), ""),
    ],
)
def test_authors(given: object, authors: tuple[str, ...], line: str) -> None:
    (paper,) = read(lines({"title": "Coasts", "abstract": "Long.", "authors": given}), JSONL)
    assert paper.authors == authors
    assert paper.text == "\n".join(filter(None, ["Coasts", line])) + "\n\nLong."


def test_what_else_is_known() -> None:
    record = {
        "title": "Coasts",
        "abstract": "Long.",
        "year": 2020,
        "booktitle": "ACL",
        "doi": "10/1",
        "id": "c1",
    }
    (paper,) = read(lines(record), JSONL)
    assert (paper.year, paper.venue, paper.doi, paper.source.record) == (2020, "ACL", "10/1", "c1")


def test_sentences_wrapped_and_marked_up_text_become_prose() -> None:
    (listed,) = read(lines({"title": "T", "abstract": ["One.", "Two."]}), JSONL)
    assert listed.abstract == "One. Two."
    (wrapped,) = read(lines({"title": "T", "summary": "A large-\nscale study\nof $10^2$ coasts."}), JSONL)
    assert wrapped.abstract == "A large-scale study of 10² coasts."


def test_a_title_alone_is_kept() -> None:
    (paper,) = read(lines({"title": "Coasts", "abstract": None}), JSONL)
    assert (paper.title, paper.text, paper.abstract) == ("Coasts", "Coasts", None)


def test_half_a_surrogate_pair_can_be_stored() -> None:
    (paper,) = read(b'{"title": "T \\ud83d", "text": "x \\udc00 y"}', JSONL)
    assert paper.text.encode()


def test_metadata_of_another_type_is_passed_over_and_what_is_no_number_is_nothing() -> None:
    record = b'{"title": 1984, "text": NaN, "abstract": "x", "year": 2020.0, "venue": {"a": 1}, "doi": "10/\\ud800"}'
    (paper,) = read(record, JSONL)
    assert (paper.title, paper.abstract, paper.year, paper.venue) == ("1984", "x", 2020, None)
    assert (paper.doi or "").encode()


def test_an_archive_is_not_unpacked_without_end() -> None:
    bomb = gzip.compress(bytes(records.LARGEST + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(ReadError, match="too large: at most 100 MB are unpacked"):
        read(bomb, Path("a.jsonl.gz"))


def test_gzip() -> None:
    (paper,) = read(gzip.compress(lines({"title": "T", "text": "x"})), Path("a.jsonl.gz"))
    assert paper.text == "T\n\nx"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"title": "T", "text": "x"}\nnot json', "line 2 is not JSON"),
        (b"[1, 2]", "line 1 is not a JSON object"),
        (b'{"name": "x"}', "neither a title nor a text"),
        (b'{"title": "", "text": "  "}', "neither a title nor a text"),
        (b'{"title": {"en": "T"}, "text": "x"}', "line 1 gives its title neither as text nor as a list"),
        (b'{"title": "T", "text": true}', "line 1 gives its text neither as text nor as a list"),
        (b'{"title": "T", "text": 1' + b"0" * 5000 + b"}", "line 1 is not JSON"),
        (b"[" * 100_000, "line 1 is not JSON"),
    ],
)
def test_a_line_that_is_no_record_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data, JSONL)


@pytest.mark.parametrize(
    "damage", [b"garbage", gzip.compress(b"x" * 999)[:-9], b"\x1f\x8b\x08" + b"\xff" * 40]
)
def test_a_damaged_archive_is_refused(damage: bytes) -> None:
    with pytest.raises(ReadError, match="gzip"):
        read(damage, Path("a.jsonl.gz"))


@pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here (data beside the checkout)")
def test_scifact_and_arxiv_listings_are_read() -> None:
    corpus = DATA / "scifact" / "corpus.jsonl"
    data = b"\n".join(corpus.read_bytes().split(b"\n")[:200])
    papers = read(data, corpus)
    assert len(papers) == 200
    assert all(paper.title and paper.abstract and paper.source.record for paper in papers)
    listing = DATA / "formats" / "arxiv_listing" / "2025-03-19.jsonl"
    papers = read(listing.read_bytes(), listing)
    assert len(papers) > 100
    assert all(paper.title and paper.authors and "\n" not in (paper.abstract or "") for paper in papers)
