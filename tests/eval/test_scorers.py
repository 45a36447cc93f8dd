"""What an answer is worth beside its case; assistants that are sabotaged are caught by the measure that should."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import Answer, Citation, Claim, Library
from eval import scorers
from eval.readable import faults
from eval.scorers import Outcome, outcome
from eval.statistics import measures
from eval.suite import Case
from eval.told import told

Change = Callable[[Answer], Answer]


def scored(case: Case, answer: Answer, library: Library) -> Outcome:
    return outcome(case, told(case.id, answer, library, library.search(case.question, limit=10)))


def means(asked: list[Case], library: Library, change: Change = lambda answer: answer) -> dict[str, float]:
    found = [scored(case, change(library.ask(case.question)), library) for case in asked]
    return {name: sum(of) / len(of) for name, of in measures(found).items()}


def test_the_assistant_itself(asked: list[Case], shelf: Library) -> None:
    found = means(asked, shelf)
    assert found.pop("seconds") == 0 and found.pop("words shown") > 5 and found.pop("readable") > 0.5
    assert found.pop("shown is relevant") > 0.3
    assert found.pop("refused, answerable") == 0
    assert found.pop("retrieval recall@1") > 0.4
    assert found.pop("retrieval nDCG@10") > 0.6
    assert len(found) >= 10 and all(value == 1 for value in found.values()), found


def always_refusing(answer: Answer) -> Answer:
    return replace(answer, status="abstained", claims=(), references=())


def quotes_altered(answer: Answer) -> Answer:
    def change(citation: Citation) -> Citation:
        return replace(citation, quote=replace(citation.quote, text=citation.quote.text.replace("e", "o")))

    claims = [replace(claim, citations=tuple(map(change, claim.citations))) for claim in answer.claims]
    return replace(answer, claims=tuple(claims))


def claims_altered(answer: Answer) -> Answer:
    """What is said is not what is quoted."""
    made = "Whales sing in 12 of 15 summers near the northern ice."
    return replace(answer, claims=tuple(replace(claim, text=made) for claim in answer.claims))


@pytest.mark.parametrize(
    ("change", "caught_by", "value"),
    [
        (always_refusing, "refused, answerable", 1),
        (always_refusing, "some sentence answers", 0),
        (quotes_altered, "quotes exact", 0),
        (claims_altered, "citation recall", 0),
        (claims_altered, "citation precision", 0),
    ],
)
def test_sabotage_is_caught(
    change: Change, caught_by: str, value: float, asked: list[Case], shelf: Library
) -> None:
    assert means(asked, shelf, change)[caught_by] == value


def test_never_refusing_and_another_papers_answers_are_caught(asked: list[Case], shelf: Library) -> None:
    other = shelf.ask(asked[1].question)
    found = means(asked[::2], shelf, lambda _: other)
    caught = ("refused, unanswerable", "right paper first", "some sentence answers", "all facts shown")
    assert [found[name] for name in caught] == [0, 0, 0, 0]


def test_shuffled_answers_are_caught(asked: list[Case], shelf: Library) -> None:
    answers = {case.question: shelf.ask(case.question) for case in asked[:2]}
    turned = dict(zip(answers, reversed(answers.values()), strict=True))
    found = means(asked[:2], shelf, lambda answer: turned[answer.question])
    assert (found["right paper first"], found["first sentence answers"]) == (0, 0)


def test_filler_and_a_wrong_order_are_caught(asked: list[Case], shelf: Library) -> None:
    right = shelf.ask(asked[0].question)
    filler = shelf.ask("What do they thank the harbour for?").claims
    first = scored(asked[0], replace(right, claims=(*filler, *right.claims)), shelf).values
    assert filler and (first["first sentence answers"], first["some sentence answers"]) == (0, 1)
    one, two = (
        scored(asked[0], replace(right, claims=claims), shelf).values
        for claims in (right.claims[:1], (right.claims[0], *filler))
    )
    assert (one["shown is relevant"], two["shown is relevant"]) == (1, 0.5)
    assert two["words shown"] > one["words shown"]


def test_what_is_listed_as_relevant_counts_as_such_and_does_not_answer(
    asked: list[Case], shelf: Library
) -> None:
    answer = shelf.ask("What part does the colour of a pebble play?")
    assert answer.claims[0].text.startswith("The colour")
    found = scored(asked[0], replace(answer, claims=answer.claims[:1]), shelf).values
    assert (found["first sentence answers"], found["shown is relevant"]) == (0, 1)


def cited(shelf: Library, text: str, *quotes: Citation) -> Answer:
    return Answer("", "answered", (Claim(text, "supported", 1.0, "", quotes),))


def test_a_citation_that_adds_nothing_costs_precision_alone(asked: list[Case], shelf: Library) -> None:
    """ALCE: a citation is of use if it supports the claim, or the others do not without it."""
    right = shelf.ask(asked[0].question).claims[0]
    idle = shelf.ask("At how many degrees does a crust form?").claims[0].citations[0]
    answer = cited(shelf, right.text, right.citations[0], idle)
    found = scored(asked[0], answer, shelf).values
    assert (found["citation recall"], found["citation precision"]) == (1, 0.5)


def test_facts_in_a_quote_of_another_paper_do_not_answer(asked: list[Case], shelf: Library) -> None:
    """A short fact may stand anywhere, and so may the place of a gold sentence."""
    answer = shelf.ask(asked[1].question)
    case = replace(asked[1], papers=asked[0].papers, gold=())
    assert scored(case, answer, shelf).values["some sentence answers"] == 0
    (key,) = asked[0].papers
    quote = answer.claims[0].citations[0].quote
    elsewhere = replace(asked[1], facts=(("no such words",),), gold=((key, quote.start, quote.end),))
    assert scored(elsewhere, answer, shelf).values["some sentence answers"] == 0


def test_gold_without_facts_is_enough_and_without_either_only_papers_count(
    asked: list[Case], shelf: Library
) -> None:
    answer = shelf.ask(asked[0].question)
    found = scored(replace(asked[0], facts=()), answer, shelf).values
    assert found["some sentence answers"] == 1 and "all facts shown" not in found
    other = scored(replace(asked[0], facts=(), gold=()), answer, shelf).values
    assert other["right paper first"] == 1 and "some sentence answers" not in other


def test_a_list_is_scored_by_its_papers(asked: list[Case], shelf: Library) -> None:
    answer = shelf.ask(asked[0].question)
    both = replace(asked[0], kind="which-papers", papers=asked[0].papers + asked[1].papers)
    found = scored(both, answer, shelf).values
    assert (found["list recall"], found["list precision"]) == (0.5, 1.0)
    assert "some sentence answers" not in found
    pair = scored(replace(both, kind="chain"), answer, shelf).values
    assert pair["every paper cited"] == 0


def test_retrieval_is_scored_by_papers_and_passages(asked: list[Case], shelf: Library) -> None:
    case, (otters,), (bread,) = asked[0], asked[0].papers, asked[1].papers
    ((key, _, end),) = case.gold
    found = told(case.id, shelf.ask(case.question), shelf)
    second = replace(found, found=(bread, otters), passages=((key, end, end + 9),))
    values = scorers.values(case, second)
    assert (values["retrieval recall@1"], values["retrieval recall@5"]) == (0, 1)
    assert values["retrieval nDCG@10"] == pytest.approx(0.6309, abs=1e-4)  # 1 / log2(3)
    assert values["gold among 12 passages"] == 0
    first = scorers.values(case, replace(second, passages=((key, end - 1, end + 9),)))
    assert first["gold among 12 passages"] == 1
    both = scorers.values(replace(case, papers=(otters, bread)), second)
    assert (both["retrieval recall@1"], both["retrieval nDCG@10"]) == (1, 1)
    assert "retrieval recall@1" not in scorers.values(replace(case, before=("What?",)), second)


@pytest.mark.parametrize(
    ("first", "last", "met"), [(0, 10, True), (5, 20, True), (6, 20, False), (2, 3, True), (10, 20, False)]
)
def test_stretches_meet_that_share_half_of_either(first: int, last: int, met: bool) -> None:
    assert scorers.meet(0, 10, first, last) is met


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("They sort pebbles in 31 of 40 dives.", ["leans"]),
        ("Otters sort pebbles in 31 of 40 dives.", []),
        ("(Otters) sort pebbles in 31 of 40 dives.", []),
        ("sort pebbles in 31 of 40 dives, and they lose them.", ["fragment"]),
        ("Otters sort pebbles in the autumn and", ["fragment"]),
        ("However, otters sort pebbles in 31 of 40 dives.", ["leans"]),
        ("Figure 3: Otters sort pebbles in 31 of 40 dives.", ["caption"]),
        ("Table 2. Otters sort pebbles in most of their dives.", ["caption"]),
        ("Figure 3 shows that otters sort pebbles in winter.", []),
        ("The function sort(pebbles); is called in each of the dives.", ["code"]),
        ("Otters sort peb�bles in most of their long dives.", ["glyphs"]),
        ("Otters sort (cid:12) pebbles in most of their long dives.", ["glyphs"]),
        ("Otters 31 of pebbles 40 and gravel 12 in the autumn 7.", ["figures"]),
        ("0.31 0.42 17 8.5", ["fragment", "figures"]),
        (f"Otters {'sort pebbles ' * 45}in winter.", ["long"]),
        ("", ["fragment"]),
    ],
)
def test_what_is_readable_alone(text: str, wrong: list[str]) -> None:
    assert faults(text) == wrong


def test_a_sentence_that_is_not_readable_counts_against_the_answer(asked: list[Case], shelf: Library) -> None:
    answer = shelf.ask(asked[0].question)
    claim = answer.claims[0]
    shown = replace(answer, claims=(claim, replace(claim, text="and lose them.")))
    assert scored(asked[0], shown, shelf).values["readable"] in (0.0, 0.5)
