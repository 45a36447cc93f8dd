"""A suite's lines, its gold sentences found in papers, and what an answer is worth beside them; assistants that are
sabotaged are caught by the measure that should catch them."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Answer, Citation, Library
from eval import run
from eval.suite import FOLDER, Case, cases

OTTERS = """Otters at Sea

Otters dive deep in winter. They sort pebbles in 31 of 40 dives. The colour of a pebble plays no part. Gravel is lost to
the tide in autumn. We thank the harbour for its boats.
"""
BREAD = """Bread and Salt

Dough rises in nine hours at 20 degrees. Salt slows the yeast of the dough by a third. A crust forms at 180 degrees. We
thank the miller.
"""
ROWS = [
    {
        "id": "a", "split": "dev", "kind": "number", "question": "In how many dives do otters sort pebbles?",
        "papers": ["otters"], "facts": [["31 of 40"]], "gold": [["otters", "They sort pebbles in … of 40 dives."]],
        "relevant": [["otters", "The colour of a … plays no part."]],
    },
    {
        "id": "b", "split": "dev", "kind": "why", "question": "What slows the yeast of dough?",
        "papers": ["bread"], "facts": [["Salt"]], "gold": [["bread", "Salt slows the yeast … by a third."]],
    },
    {
        "id": "c", "split": "dev", "kind": "unanswerable", "question": "Who won the chess match in Reykjavik?",
        "papers": [], "facts": [], "gold": [], "why": "other-field",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("suite")
    for name, text in (("otters", OTTERS), ("bread", BREAD), ("long", f"Otters {'dive. ' * 500}gulls.")):
        (folder / f"{name}.txt").write_text(text)
    library = Library.open(folder / "library", create=True)
    library.add(folder.glob("*.txt"))
    return library


@pytest.fixture
def asked(library: Library, tmp_path: Path) -> list[Case]:
    return written(tmp_path / "suite.jsonl", library, *ROWS)


def written(path: Path, library: Library, *rows: dict[str, object]) -> list[Case]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return cases(path, library)


def test_gold_sentences_are_found_by_their_first_and_last_words(asked: list[Case], library: Library) -> None:
    ((key, start, end),) = asked[0].gold
    assert library.paper(key).text[start:end] == "They sort pebbles in 31 of 40 dives"
    assert [case.lost for case in asked] == [0, 0, 0]


def test_what_is_not_in_the_paper_is_counted_as_lost(library: Library, tmp_path: Path) -> None:
    (case,) = written(tmp_path / "s", library, {**ROWS[0], "gold": [["otters", "They fly over … the sea."]]})
    assert case.gold == () and case.lost == 1
    (too_long,) = written(tmp_path / "s", library, {**ROWS[0], "gold": [["long", "Otters … gulls"]]})
    assert too_long.gold == () and too_long.lost == 1


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**ROWS[0], "papers": ["gulls"]}], "s:1: 'gulls'"),
        ([ROWS[0], ROWS[0]], "s:2: a stands twice"),
        ([ROWS[0], {"id": "x"}], "s:2: lacks facts, gold, kind, papers, question, split"),
        ([[]], "s:1: "),
    ],
)
def test_a_malformed_line_is_named(
    rows: list[dict[str, object]], said: str, library: Library, tmp_path: Path
) -> None:
    with pytest.raises(ValueError) as caught:
        written(tmp_path / "s", library, *rows)
    assert said in str(caught.value)


Change = Callable[[Answer], Answer]


def values(asked: list[Case], library: Library, change: Change = lambda answer: answer) -> dict[str, float]:
    found = [run.outcome(case, change(library.ask(case.question)), library) for case in asked]
    return {name: sum(of) / len(of) for name, of in run.measures(found).items()}


def test_the_assistant_itself(asked: list[Case], library: Library) -> None:
    found = values(asked, library)
    assert found.pop("seconds") == 0 and found.pop("readable") > 0.5
    assert found.pop("shown is relevant") > 0.3
    assert found.pop("refused, answerable") == 0
    assert found and all(value == 1 for value in found.values()), found


def emptied(answer: Answer) -> Answer:
    return replace(answer, status="abstained", claims=(), references=())


def reversed_claims(answer: Answer) -> Answer:
    return replace(answer, claims=answer.claims[::-1])


def altered(answer: Answer) -> Answer:
    def change(citation: Citation) -> Citation:
        return replace(citation, quote=replace(citation.quote, text=f"{citation.quote.text}!"))

    claims = [replace(claim, citations=tuple(map(change, claim.citations))) for claim in answer.claims]
    return replace(answer, claims=tuple(claims))


@pytest.mark.parametrize(
    ("change", "caught_by", "value"),
    [
        (emptied, "refused, answerable", 1),
        (emptied, "some sentence answers", 0),
        (altered, "quotes exact", 0),
    ],
)
def test_sabotage_is_caught(
    change: Change, caught_by: str, value: float, asked: list[Case], library: Library
) -> None:
    assert values(asked, library, change)[caught_by] == value


def test_an_answer_that_is_never_refused_or_is_of_another_paper_is_caught(
    asked: list[Case], library: Library
) -> None:
    other = library.ask(ROWS[1]["question"])  # type: ignore[arg-type]
    found = values(asked[::2], library, lambda _: other)
    assert (found["refused, unanswerable"], found["right paper first"], found["some sentence answers"]) == (
        0,
        0,
        0,
    )


def test_filler_and_a_wrong_order_are_caught(asked: list[Case], library: Library) -> None:
    right = library.ask(asked[0].question)
    filler = library.ask("What do they thank the harbour for?").claims
    assert filler and not run.outcome(asked[0], replace(right, claims=(*filler, *right.claims)), library).values[
        "first sentence answers"
    ]  # fmt: skip
    fewer = replace(right, claims=(right.claims[0], *filler))
    assert run.outcome(asked[0], fewer, library).values["shown is relevant"] == 0.5


def test_what_is_listed_as_relevant_counts_as_such_and_does_not_answer(
    asked: list[Case], library: Library
) -> None:
    answer = library.ask("What part does the colour of a pebble play?")
    assert answer.claims[0].text.startswith("The colour")
    found = run.outcome(asked[0], replace(answer, claims=answer.claims[:1]), library).values
    assert (found["first sentence answers"], found["shown is relevant"]) == (0, 1)


def outcome(id: str, value: float, **fields: object) -> run.Outcome:
    return run.Outcome(id, "dev", "fact", f"{id}?", "answered", {"some sentence answers": value}, **fields)  # type: ignore[arg-type]


def test_two_runs_beside_each_other() -> None:
    before, after = [outcome("a", 0), outcome("b", 1)], [outcome("a", 1), outcome("b", 1), outcome("c", 1)]
    first, _, *flips = run.compared(before, after).splitlines()
    assert "+0.500" in first and "better 1, worse 0, n=2" in first and flips == ["+ a: a?"]


def test_an_interval_holds_the_mean_and_narrows_with_n() -> None:
    few, many = run.interval([0, 1] * 5), run.interval([0, 1] * 500)
    assert few[0] < many[0] < 0.5 < many[1] < few[1]
    assert many[1] - many[0] == pytest.approx(
        4 * 0.5 / 1000**0.5, rel=0.1
    )  # two standard errors to each side


def test_wordings_of_one_question_agree_or_not() -> None:
    found = [
        outcome("a", 1, group="g"),
        outcome("b", 1, group="g"),
        outcome("c", 0, group="g"),
        outcome("d", 0),
    ]
    assert run.measures(found)["wordings of one question agree"] == [pytest.approx(2 / 3)]


def test_the_suites_lines() -> None:
    """Ids once, every paper in one half, and facts and gold for what has an answer."""
    rows = [json.loads(line) for path in FOLDER.glob("*.jsonl") for line in path.read_text().splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) > 900
    halves: dict[str, set[str]] = {}
    for row in rows:
        for paper in row["papers"]:
            halves.setdefault(paper, set()).add(row["split"])
        assert (
            bool(row["facts"]) == bool(row["gold"]) == (row["kind"] != "unanswerable") == bool(row["papers"])
        ), row["id"]
        assert all(len(words.split()) <= 9 for _, words in row["gold"] + row["relevant"]), row["id"]
    assert all(len(splits) == 1 for splits in halves.values())
    assert len(halves) >= 40


@pytest.mark.parametrize(
    ("first", "last", "met"), [(0, 10, True), (5, 20, True), (6, 20, False), (2, 3, True), (10, 20, False)]
)
def test_stretches_meet_that_share_half_of_either(first: int, last: int, met: bool) -> None:
    assert run.meet(0, 10, first, last) is met


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("They sort pebbles in 31 of 40 dives.", 1),
        ("sort pebbles in 31 of 40 dives, and they lose them.", 0),
        ("However, they sort pebbles in 31 of 40 dives.", 0),
        ("This is lost to the tide in autumn.", 0),
        ("0.31 0.42 17 8.5", 0),
    ],
)
def test_what_is_readable_alone(text: str, readable: float, asked: list[Case], library: Library) -> None:
    answer = library.ask(asked[0].question)
    shown = replace(answer, claims=(replace(answer.claims[0], text=text),))
    assert run.outcome(asked[0], shown, library).values["readable"] == readable


def test_facts_in_a_quote_of_another_paper_do_not_answer(asked: list[Case], library: Library) -> None:
    """A short fact may stand anywhere, and so may the place of a gold sentence."""
    answer = library.ask(asked[1].question)
    case = replace(asked[1], papers=asked[0].papers, gold=())
    assert run.outcome(case, answer, library).values["some sentence answers"] == 0
    (key,) = asked[0].papers
    quote = answer.claims[0].citations[0].quote
    elsewhere = replace(asked[1], facts=(("no such words",),), gold=((key, quote.start, quote.end),))
    assert run.outcome(elsewhere, answer, library).values["some sentence answers"] == 0


def test_a_list_is_scored_by_its_papers(asked: list[Case], library: Library) -> None:
    answer = library.ask(asked[0].question)
    both = replace(asked[0], kind="which-papers", papers=asked[0].papers | asked[1].papers)
    found = run.outcome(both, answer, library).values
    assert (found["list recall"], found["list precision"]) == (0.5, 1.0)
    assert "some sentence answers" not in found


def test_a_follow_up_is_asked_after_what_was_before(asked: list[Case], library: Library) -> None:
    case = replace(asked[1], question="who wrote it?", before=(asked[0].question, asked[1].question))
    alone = replace(case, before=())
    assert run.answered(library, case).asked != run.answered(library, alone).asked
