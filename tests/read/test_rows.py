"""JSON, JSON lines, CSV and TSV with a title and a text each."""

import csv
import gzip
import io
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ReadError, UnknownKind
from assistant.read import read, rows

gzipped = partial(gzip.compress, mtime=0)
"""The same whenever it is packed, so that tests that show it are called the same in each process of a run."""

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
    bomb = gzipped(bytes(rows.LARGEST + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(ReadError, match="too large: at most 100 MB are unpacked"):
        read(bomb, Path("a.jsonl.gz"))


def test_gzip() -> None:
    (paper,) = read(gzipped(lines({"title": "T", "text": "x"})), Path("a.jsonl.gz"))
    assert paper.text == "T\n\nx"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\nnot json", "line 2 is not JSON"),
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


@pytest.mark.parametrize("damage", [b"garbage", gzipped(b"x" * 999)[:-9], b"\x1f\x8b\x08" + b"\xff" * 40])
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
    assert all(paper.arxiv and paper.arxiv == paper.source.record for paper in papers)


def test_a_broken_line_costs_itself() -> None:
    warnings: list[str] = []
    data = b'{"title": "One"}\n{"title": \n\n{"title": "Two"}\n{"year": 2001}\n'
    assert [paper.title for paper in read(data, JSONL, warnings.append)] == ["One", "Two"]
    assert [warning[:16] for warning in warnings] == ["line 2 is not JS", "line 5 has neith"]
    assert all(warning.endswith("; this line was not read") for warning in warnings)


CSL = """[
 {"id": "brook", "type": "article-journal", "title": "Otters, at \\"rest\\"", "container-title": "Invented Zoology",
  "author": [{"family": "Brook", "given": "Anna"}, {"literal": "Otter Group"},
             {"non-dropping-particle": "van", "family": "Berg", "given": "C."}],
  "issued": {"date-parts": [[2019, 3]]}, "DOI": "10.1234/a", "URL": "https://example.org/a",
  "abstract": "<jats:p>We watched.</jats:p>"}, {"id": "two", "title": "Tides"}, 7
]"""


def test_csl_json() -> None:
    brook, tides = read(CSL.encode(), Path("refs.json"))
    assert (brook.title, brook.year, brook.venue) == ('Otters, at "rest"', 2019, "Invented Zoology")
    assert brook.authors == ("Brook, Anna", "Otter Group", "van Berg, C.")
    assert (brook.abstract, brook.doi, brook.url) == ("We watched.", "10.1234/a", "https://example.org/a")
    assert [json.loads(CSL[p.source.start : p.source.end])["id"] for p in (brook, tides)] == ["brook", "two"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ('{"title": "One", "refs": [{"title": "Not this"}]}', ["One"]),
        ('{"n": [1], "hits": [{"Title": "One"}, {"year": 1}, {"title": "Two"}]}', ["One", "Two"]),
        ('{"title": "One"}\n{"title": "Two"}', ["One", "Two"]),
        ("[]", None),
        ("7", None),
        ('{"name": "package", "version": "1"}', None),
        ("{ // settings", None),
    ],
)
def test_json_as_it_comes(text: str, titles: list[str] | None) -> None:
    if titles is None:
        with pytest.raises(UnknownKind):
            read(text.encode(), Path("a.json"))
    else:
        assert [paper.title for paper in read(text.encode(), Path("a.json"))] == titles


def test_broken_json_of_records_is_an_error() -> None:
    with pytest.raises(ReadError, match="not JSON") as error:
        read(b'[{"title": "One"},', Path("a.json"))
    assert not isinstance(error.value, UnknownKind)


TABLE = """Key,Publication Year,Author,Title,Publication Title,Abstract Note,DOI,Url
K1,2019,"Brook, Anna; Li, B","Otters, at rest",Zoology,"They sleep.
Then they eat.",10.1/a,http://example.org
,,,,,,,
K2,,,,,,,
K3,2020,,Tides,,,,https://arxiv.org/abs/2501.01234v1
"""


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_tables(mark: str) -> None:
    table = io.StringIO()
    csv.writer(table, delimiter=mark, lineterminator="\r\n").writerows(csv.reader(io.StringIO(TABLE)))
    warnings: list[str] = []
    text = "\ufeff" + table.getvalue()
    otters, tides = read(text.encode(), Path("a.tsv" if mark == "\t" else "a.csv"), warnings.append)
    assert (otters.title, otters.year, otters.venue) == ("Otters, at rest", 2019, "Zoology")
    assert otters.authors == ("Brook, Anna", "Li, B")
    assert otters.abstract == "They sleep. Then they eat."
    assert (otters.doi, otters.url, otters.source.record) == ("10.1/a", "http://example.org", "K1")
    assert (tides.title, tides.year, tides.arxiv) == ("Tides", 2020, "2501.01234")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    assert text[tides.source.start : tides.source.end].startswith("K3")
    assert tides.source.record == "K3"
    assert [warning[:14] for warning in warnings] == ["line 5 has nei"]


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"x\n", b"\n1,2"])
def test_a_table_of_something_else_is_of_an_unknown_kind(data: bytes) -> None:
    with pytest.raises(UnknownKind):
        read(data, Path("a.csv"))


def test_what_has_no_id_is_told_by_its_line() -> None:
    assert read(b'\n{"title": "T"}', JSONL)[0].source.record == "line 2"
    assert read(b"title\nT\nU\n", Path("a.csv"))[1].source.record == "line 3"
    assert read(b'[{"title": "T"}, {"title": "U"}]', Path("a.json"))[1].source.record == "record 2"


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ('"published": "2019-05-01"', "year", 2019),
        ('"issued": {"raw": "May 2019"}', "year", 2019),
        ('"date": 2019', "year", 2019),
        ('"issued": {"date-parts": [[2019]]}', "year", 2019),
        ('"venue": "V"', "venue", "V"),
        ('"journal": "V"', "venue", "V"),
        ('"journal_ref": "V"', "venue", "V"),
        ('"Source Title": "V"', "venue", "V"),
        ('"link": "http://a"', "url", "http://a"),
        ('"arxiv_id": "2501.01234v2"', "arxiv", "2501.01234"),
        ('"creators": [{"firstName": "A", "lastName": "B"}]', "authors", ("A B",)),
        ('"Author full names": "Berg, A.; Li, B."', "authors", ("Berg, A.", "Li, B.")),
        ('"summary": "S."', "abstract", "S."),
    ],
)
def test_names_of_fields(field: str, name: str, value: object) -> None:
    (paper,) = read(f'{{"title": "T", {field}}}'.encode(), JSONL)
    assert getattr(paper, name) == value


def test_lists_in_lists_in_lists_are_no_title() -> None:
    nested = '{"title": ' + "[" * 600 + '"a"' + "]" * 600 + ', "abstract": "Otters sort."}'
    with pytest.raises(ReadError, match="line 1 gives its title neither as text nor as a list of texts"):
        read(nested.encode(), JSONL)
    (paper,) = read(lines({"title": [["Otters"], "sort"], "text": "So."}), JSONL)
    assert paper.title == "Otters sort"


def test_a_head_longer_than_the_csv_module_would_have_it() -> None:
    (found,) = read(f"title,abstract,{'x' * 200_000}\nOtters at rest,They sleep.\n".encode(), Path("a.csv"))
    assert (found.title, found.abstract) == ("Otters at rest", "They sleep.")
