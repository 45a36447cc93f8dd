"""A comparison and disagreements in every format: nothing of a paper leaves its place."""

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.show import disagreements as pairs
from assistant.show import table
from assistant.show.table_html import html
from assistant.show.table_latex import latex
from assistant.show.table_text import text
from assistant.types import Cell, Comparison, Disagreement, Disagreements, Reference, Row
from tests.show.samples import FIRST, OTTERS, SECOND, TIDES, cite, paper

HOSTILE = paper("evil", "=HYPERLINK() | <script>\x1b[2J & 50% of_it {x} end.", title="<b>&")


def compared(*rows: Row, **more: object) -> Comparison:
    known = {each.key: each for each in (OTTERS, TIDES, HOSTILE)}
    references = tuple(Reference(n, known[row.key]) for n, row in enumerate(rows, 1))
    return Comparison("", ("task", "size"), rows, references, **more)  # type: ignore[arg-type]


TABLE = compared(
    Row("brookOtters", (
        Cell("task", "sort pebbles", (cite(OTTERS, 1, FIRST),)),
        Cell("size", "40 dives", (cite(OTTERS, 1, SECOND),)),
    )),
    Row("rillTide", (Cell("task", "when otters dive", (cite(TIDES, 2, TIDES.text),)), Cell("size"))),
    Row("evil", (Cell("task", HOSTILE.text, (cite(HOSTILE, 3, HOSTILE.text),)), Cell("size"))),
)  # fmt: skip
NOTHING = compared(Row("rillTide", (Cell("task"), Cell("size"))))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_window_holds_the_table_and_the_quotes(width: int) -> None:
    shown = text(TABLE, width, False)
    assert all(len(line) <= width for line in shown.splitlines())
    flat = " ".join(shown.split())
    assert "brookOtters" in shown and "(p. 2)" in flat and "\x1b" not in shown
    assert f"task: “{FIRST}”" in flat and f"size: “{SECOND}”" in flat


def test_a_narrow_window_gets_a_block_a_paper() -> None:
    narrow, wide = text(TABLE, 30, False), text(TABLE, 80, False)
    assert "  task  sort pebbles\n  size  40 dives\n\n[2] rillTide" in narrow
    assert wide.startswith("paper") and "size  40" not in wide


def test_a_column_takes_what_it_needs() -> None:
    shown = text(compared(TABLE.rows[0]), 80, False).splitlines()
    assert shown[:2] == ["paper            task          size", "[1] brookOtters  sort pebbles  40 dives"]


@pytest.mark.parametrize(("width", "opens"), [(46, "paper"), (45, "[1]")])
def test_a_column_that_needs_more_gets_enough(width: int, opens: str) -> None:
    long = Cell("task", "sort pebbles and " * 3, (cite(OTTERS, 1, FIRST),))
    shown = text(compared(Row("brookOtters", (long, replace(long, aspect="size")))), width, False)
    assert shown.startswith(opens)


def test_colour_changes_nothing_else() -> None:
    painted = text(TABLE, 80, True)
    assert "\x1b[" in painted
    plain = text(TABLE, 80, False)
    assert " ".join(re.sub(r"\x1b\[\d*m", "", painted).split()) == " ".join(plain.split())


def test_one_quote_for_two_aspects_is_shown_once() -> None:
    cells = (
        Cell("task", "sort pebbles", (cite(OTTERS, 1, FIRST),)),
        Cell("size", "weight", (cite(OTTERS, 1, FIRST),)),
    )
    shown = text(compared(Row("brookOtters", cells)), 200, False)
    assert shown.count(FIRST) == 1 and "task, size: “" in shown


@pytest.mark.parametrize("form", [lambda found: text(found, 80, False), html])
def test_an_empty_table_says_so(form: object) -> None:
    assert table.EMPTY in form(NOTHING)  # type: ignore[operator]
    assert table.NONE in form(compared())  # type: ignore[operator]


def test_markdown_escapes_what_would_break_a_row() -> None:
    shown = table.markdown(TABLE)
    rows = [line for line in shown.splitlines() if line.startswith("|")]
    assert len(rows) == 5 and all(line.replace(r"\|", "").count("|") == 4 for line in rows)
    assert "<script>" not in shown.replace(r"\<", "") and f"> size: {SECOND[:11]}" in shown


def test_csv_reads_back_and_runs_no_formula() -> None:
    head, *rows = csv.reader(io.StringIO(table.as_csv(TABLE)))
    assert head == ["paper", "title", "task", "task quote", "size", "size quote"]
    assert rows[0] == ["brookOtters", "Pebbles & Otters", "sort pebbles", FIRST, "40 dives", SECOND]
    assert rows[1][4:] == ["", ""] and rows[2][2].startswith("'=HYPERLINK")


def test_latex_cites_each_row_and_has_their_entries_alone() -> None:
    shown = latex(TABLE)
    body, _, bibliography = shown.partition("% bibliography")
    assert [line.strip().split("}")[0] for line in body.splitlines() if "\\cite" in line] == [
        "\\cite{brookOtters", "\\cite{rillTide", "\\cite{evil",
    ]  # fmt: skip
    assert all(f"{{{key}," in bibliography for key in ("brookOtters", "rillTide", "evil"))
    assert bibliography.count("@") == 3 and r"50\% of\_it \textbraceleft{}x" in body
    assert "\\toprule" in body and r"\usepackage{array,booktabs}" in body


def test_latex_gives_room_to_what_needs_it_and_breaks_addresses() -> None:
    link, words = "https://example.org/otters-of/the_north.jl", "otters " * 30
    found = Comparison("", ("code", "task", "size"), (
        Row("k", (Cell("code", link), Cell("task", words), Cell("size"))),), (Reference(1, OTTERS),))  # fmt: skip
    shown = latex(found)
    paper, code, task, size = (float(each) for each in re.findall(r"p\{([.\d]+)", shown))
    assert paper == size < code < task and 0.85 < paper + code + task + size < 0.95
    assert r"https://\hspace{0pt}example.\hspace{0pt}org/\hspace{0pt}otters-\hspace{0pt}of/" in shown


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())


def test_html_shows_the_quote_under_each_value_and_runs_nothing() -> None:
    read = _Cells()
    read.feed(html(TABLE))
    assert "script" not in read.tags and read.tags.count("td") == 6 and read.tags.count("blockquote") == 4
    assert read.texts.index("sort pebbles") + 1 == read.texts.index(FIRST)
    assert read.tags.count("th") == 3 + 3 and "–" in read.texts


def test_json_has_null_for_what_is_not_said() -> None:
    found = table.comparison_dict(TABLE)
    assert found["aspects"] == ["task", "size"] and found["topic"] is None
    assert found["rows"][1]["cells"][1] == {"aspect": "size", "value": None, "citations": []}
    assert found["rows"][0]["cells"][0]["citations"][0]["quote"] == FIRST


def test_the_footer_counts_cells_and_what_was_left_out() -> None:
    assert table.footer(TABLE) == "3 papers · 4 of 6 cells filled · 0.00 s"
    assert "2 farther papers left out" in table.footer(compared(left_out=2))


PAIR = Disagreement(
    "number", 0.9, "one says 31, the other 40", (cite(OTTERS, 1, SECOND), cite(TIDES, 2, TIDES.text))
)
FOUND = Disagreements("", (PAIR,), (Reference(1, OTTERS), Reference(2, TIDES)), 2, 5)


@pytest.mark.parametrize("width", [40, 100])
def test_a_pair_shows_both_quotes_and_where_they_stand(width: int) -> None:
    shown = pairs.disagreements(FOUND, width, False)
    assert all(len(line) <= width for line in shown.splitlines())
    flat = " ".join(shown.split())
    assert f"“{SECOND}”" in flat and f"“{TIDES.text}”" in flat and "p. 2" in flat
    assert flat.startswith("1. number · one says 31, the other 40 · 0.90 [1] brookOtters")


def test_finding_none_is_no_agreement() -> None:
    none = Disagreements("", (), (), 2, 5)
    shown = " ".join(pairs.disagreements(none, 80, False).split())
    assert (
        shown.startswith("No disagreement was found among 5 sentences of 2 papers") and pairs.NO_SIGN in shown
    )


def test_pairs_as_json() -> None:
    found = pairs.disagreements_dict(FOUND)
    assert [side["quote"] for side in found["pairs"][0]["sides"]] == [SECOND, TIDES.text]
    assert found["pairs"][0]["kind"] == "number" and [each["key"] for each in found["references"]] == [
        "brookOtters",
        "rillTide",
    ]
