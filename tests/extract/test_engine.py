"""From hits to sentences: whole, with what they lean on, none twice, only of the papers that may answer."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.extract.candidates import read
from assistant.extract.engine import (
    DESCRIBED,
    LIST_SURE,
    OFF_TOPIC,
    SENTENCES,
    Extractor,
    Ranked,
    _Pointed,
    chosen,
    described,
    lacking,
    off_topic,
)
from assistant.extract.models import judge
from assistant.extract.question import Question
from assistant.types import Answer, Draft, Order, Vectors
from assistant.verify.citations import Verifier
from tests.extract.papers import Catalog, paper
from tests.fakes import Unchecked, WordEmbedder

TEXT = "Otters dive in rivers. They sort pebbles by weight. Gravel is lost on wet days. It is then replaced."
OTTERS = paper("otters", TEXT, "Pebbles of Otters", ("Ada Brook", "Per Lind"))


def drafted(catalog: Catalog, question: str, only: list[str] | None = None) -> Draft:
    check = Verifier(catalog, Unchecked(), Order())
    return Extractor(catalog, WordEmbedder(), only).draft(question, catalog.hits, Order(), check)


def answered(catalog: Catalog, question: str) -> Answer:
    return Verifier(catalog, Unchecked(), Order()).answer(question, drafted(catalog, question))


def shown(catalog: Catalog, *numbers: int) -> list[str]:
    found = _Pointed(catalog)
    found.sentences([catalog.sentences_of("otters")[n] for n in numbers])
    return [claim.text for claim in found.claims]


def test_a_sentence_brings_the_one_it_leans_on() -> None:
    first, second, third, fourth = (f"{part.rstrip('.')}." for part in TEXT.split(". "))
    catalog = Catalog(paper("otters", TEXT))
    assert [shown(catalog, n) for n in range(4)] == [
        [first], [f"{first} {second}"], [third], [f"{third} {fourth}"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "pieces"),
    [
        ((0, 2), [(0, 0), (2, 2)]),
        ((2, 0), [(2, 2), (0, 0)]),
        ((0, 1), [(0, 1)]),  # what the second leans on is shown already
        ((1, 0), [(0, 1)]),
        ((2, 1, 3), [(2, 3), (0, 1)]),
        ((1, 1), [(0, 1)]),
    ],
)
def test_no_sentence_is_shown_twice(numbers: tuple[int, ...], pieces: list[tuple[int, int]]) -> None:
    catalog = Catalog(paper("otters", TEXT))
    every = catalog.sentences_of("otters")
    assert shown(catalog, *numbers) == [TEXT[every[a].start : every[b].end] for a, b in pieces]


def test_a_header_is_nothing_to_lean_on() -> None:
    catalog = Catalog(paper("otters", "They dive. Otters rest.", "On Otters"))
    assert shown(catalog, 1) == ["They dive."]


def test_every_claim_is_its_own_quote() -> None:
    answer = answered(
        Catalog(paper("o", TEXT, "Otters"), paper("t", "The tide sets.")),
        "How do otters sort pebbles by weight?",
    )
    assert answer.claims and {claim.verdict for claim in answer.claims} == {"supported"}
    assert answer.dropped.citations == 0


@pytest.mark.parametrize("question", ["the of and", "?", "\x00", "what is it"])
def test_nothing_asked_is_nothing_claimed(question: str) -> None:
    draft = drafted(Catalog(paper("otters", TEXT)), question)
    assert draft.claims == () and draft.missing == (question,)


def test_an_abstention_names_what_was_looked_for() -> None:
    draft = drafted(Catalog(paper("tides", "The tide sets at noon.")), "Which qubits does Frobnix use?")
    assert draft.claims == () and "Frobnix" in draft.missing[0] and "qubits" in draft.missing[0]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How do otters sort pebbles on Mars?", ("Mars in otters",)),
        ("How do Otters of Ada Brook sort pebbles?", ()),
        ("Do the otters do PBW?", ()),  # "pebbles by weight"
        ("Wie sortieren Otter Kiesel Nach Gewicht Am Fluss?", ()),  # every noun would be missing
    ],
)
def test_a_name_that_the_cited_paper_lacks_is_said_to_be_missing(
    question: str, missing: tuple[str, ...]
) -> None:
    whole = paper("otters", TEXT, "Pebbles", ("Ada Brook",))
    assert lacking(Question(question), [whole]) == missing


def test_no_hits_are_an_abstention() -> None:
    for question in ("How do otters sort pebbles?", "Which papers are about otters?", "Who wrote Otters?"):
        assert drafted(Catalog(), question).claims == ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who wrote Pebbles of Otters?", "Ada Brook, Per Lind"),
        ("What did Ada Brook write?", "Pebbles of Otters"),
    ],
)
def test_authorship_is_shown_by_title_and_author_lines(question: str, text: str) -> None:
    (claim,) = answered(Catalog(OTTERS), question).claims
    assert (claim.text, claim.verdict) == (text, "supported")
    assert [each.quote.text for each in claim.citations] == ["Pebbles of Otters", "Ada Brook, Per Lind"]


def test_authorship_of_a_paper_that_is_only_title_and_authors() -> None:
    catalog = Catalog(paper("otters", "", "Pebbles of Otters", ("Ada Brook",)))
    for question in ("Who wrote Pebbles of Otters?", "What did Ada Brook write?"):
        (claim,) = answered(catalog, question).claims
        assert claim.text.startswith("Pebbles of Otters") and claim.verdict == "supported"


def test_authors_that_are_not_on_record_are_said_to_be_missing() -> None:
    draft = drafted(Catalog(paper("otters", TEXT, "Pebbles of Otters")), "Who wrote Pebbles of Otters?")
    assert draft.claims == () and "none are on record" in draft.missing[0]


def test_authorship_needs_a_paper_that_is_described() -> None:
    (otters,) = Catalog(OTTERS).candidates()
    halfway = Question("Who wrote the pebbles of volcanoes?")
    enough = Question("Who wrote otters, pebbles, volcanoes?")
    assert described(halfway, otters) == 0.5 < DESCRIBED <= described(enough, otters)
    assert drafted(Catalog(OTTERS), halfway.text).claims == ()


def test_works_are_only_those_that_may_answer() -> None:
    catalog = Catalog(OTTERS, paper("tides", TEXT, "Tides", ("Ada Brook",)))
    assert [c.text for c in drafted(catalog, "What did Ada Brook write?", ["tides"]).claims] == ["Tides"]
    assert drafted(catalog, "What did Ada Brook write?", []).claims == ()


def test_retrievals_first_paper_answers_unless_a_rare_name_stands_in_another() -> None:
    texts = {"a": "Otters.", "b": "OtterNet dives.", "c": "Tides."}
    one, two, three = (paper(key, text) for key, text in texts.items())
    near = Catalog(one, two, three).candidates()
    assert chosen(Question("How do otters dive?"), near).paper.key == "a"
    assert chosen(Question("How does OtterNet dive?"), near).paper.key == "b"
    assert chosen(Question("How does TideNet dive?"), near).paper.key == "a"
    common = Catalog(one, *(paper(f"n{n}", "OtterNet dives.") for n in range(3))).candidates()
    assert chosen(Question("How does OtterNet dive?"), common).paper.key == "a"


@pytest.mark.parametrize(
    ("cosine", "question", "foreign"),
    [
        (OFF_TOPIC - 0.01, "How do volcanoes erupt?", True),
        (OFF_TOPIC + 0.01, "How do volcanoes erupt?", False),
        (0.0, "How does OtterNet erupt?", False),  # a name that stands there
        (0.0, "How does TideNet erupt?", True),
    ],
)
def test_what_is_near_nothing_is_another_fields_question(cosine: float, question: str, foreign: bool) -> None:
    class Near(Catalog):
        def sentence_vectors(self, key: str, numbers: Sequence[int]) -> Vectors:
            return np.array([[cosine, 0.0]] * len(numbers), np.float32)

    class Axis(WordEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            return np.array([[1.0, 0.0]] * len(texts), np.float32)

    catalog = Near(paper("a", "OtterNet sorts pebbles by weight."))
    assert off_topic(Question(question), catalog.candidates(), catalog, Axis()) == foreign


def test_further_sentences_must_be_sure() -> None:
    catalog = Catalog(paper("otters", "Aa one. Bb two. Cc three. Dd four. Ee five."))
    (candidate,) = catalog.candidates()
    reading = read(Question("What is one?"), candidate, WordEmbedder())
    sure = judge("sentence").threshold
    assert 0.2 <= sure <= 0.5
    for chances, kept in (
        ([0.9, sure + 0.01, sure - 0.01, 0, 0], 2),
        ([0.9, 0.8, 0.7, 0.7, 0.7], SENTENCES),
        ([0.1, 0.0, 0.0, 0.0, 0.0], 1),
    ):
        found = _Pointed(catalog)
        found.best(Ranked(reading, list(range(5)), np.array(chances, np.float32)))
        assert len(found.claims) == kept


def test_a_list_is_given_only_if_its_first_paper_is_sure() -> None:
    assert 0.4 < LIST_SURE <= 0.6
    catalog = Catalog(paper("o", "Otters dive."), paper("t", "Tides rise."))
    assert drafted(catalog, "Which papers are about volcanic quartz and basalt?").claims == ()
