"""The page of a run: it needs nothing else, escapes what papers say, and shows failures beside their gold."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from eval import plots, report
from eval.run import Run
from eval.scorers import Outcome, outcome
from eval.suite import Case
from eval.told import Quoted, Said, Told

EVIL = "<script>alert(1)</script> sorts pebbles."


def case(id: str, split: str = "dev", **more: object) -> Case:
    given = Case(
        id,
        split,
        "fact",
        f"What of {id}?",
        ("p",),
        (("pebbles",),),
        (("p", 0, 9),),
        wanted=("Gold & pebbles.",),
    )
    return replace(given, **more)  # type: ignore[arg-type]


def told(id: str, text: str, paper: str = "p", start: int = 0) -> Told:
    quote = Quoted(paper, start, start + 9, text, True, True, False)
    return Told(
        id, "answered", (Said(text, "supported", 1.0, True, (quote,)),), (paper,), seconds=0.2, chance=0.8
    )


def run() -> Run:
    unanswerable = case("c", kind="unanswerable", papers=(), facts=(), gold=(), wanted=(), why="swapped")
    found: list[Outcome] = [
        outcome(case("a"), told("a", "Otters sort pebbles.")),
        outcome(case("b"), told("b", EVIL, "q")),
        outcome(case("t", "test"), told("t", "A test case of otters.", "q")),
        outcome(unanswerable, Told("c", "answered", told("c", "Otters do.").said, ("p",), chance=0.4)),
        outcome(case("d"), Told("d", "abstained", text="The papers do not say.", chance=0.1)),
    ]
    return Run("seeds", "c0ffee", tuple(found))


class Tags(HTMLParser):
    """What is opened and closed, in pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_reaches_for_nothing() -> None:
    page = report.page(run())
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert "<script" not in page and not re.search(r"(?:src|href)=", page) and "@import" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "default-src 'none'" in page


def test_failures_of_dev_are_shown_with_answer_quote_and_gold() -> None:
    page = report.page(run())
    failures = page[page.index("Failures, of dev (3)") :]
    for said in (
        "What of b?",
        "What of c?",
        "What of d?",
        "Gold &amp; pebbles.",
        "The papers do not say.",
        "swapped",
    ):
        assert said in failures
    assert "What of a?" not in failures and "What of t?" not in page


def test_what_fails() -> None:
    good, bad, _, shown, refused = run().outcomes
    assert [report.fails(each) for each in (good, bad, shown, refused)] == [False, True, True, True]
    half = outcome(case("l", kind="which-papers", papers=("p", "q")), told("l", "Otters sort pebbles."))
    assert report.fails(half) and half.values["list recall"] == 0.5
    more = outcome(case("l", kind="which-papers"), replace(told("l", "Otters sort."), cited=("p", "q")))
    assert report.fails(more) and more.values["list recall"] == 1


def test_the_curves_are_there_where_the_engine_gives_a_chance() -> None:
    page = report.page(run())
    assert all(f'aria-label="{name}"' in page for name in ("Reliability", "Refusals", "Time"))
    without = [replace(each, told=replace(each.told, chance=None)) for each in run().outcomes]
    page = report.page(replace(run(), outcomes=tuple(without)))
    assert 'aria-label="Reliability"' not in page and 'aria-label="Time"' in page


def test_a_plot_puts_more_higher_and_further_right() -> None:
    low, high = (plots.dots([point]) for point in ((0.1, 0.2), (0.9, 0.8)))

    def place(dot: str, name: str) -> float:
        return float(re.search(f'{name}="([0-9.]+)"', dot)[1])  # type: ignore[index]

    assert place(low, "cx") < place(high, "cx") and place(low, "cy") > place(high, "cy")
