"""From hits to sentences: whole, with what they lean on, none twice, only of the papers that may answer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from assistant.extract.candidates import WHOLE_PAPER, candidates, read
from assistant.extract.engine import LIST_SURE, Extractor
from assistant.extract.expected import LACKING
from assistant.extract.features import sentence_features
from assistant.extract.held import OFF_TOPIC, chosen, lacking, off_topic
from assistant.extract.meant import DESCRIBED, NAMED, described
from assistant.extract.models import judge
from assistant.extract.pointed import SENTENCES, SURE, Pointed, Ranked, leant_on
from assistant.extract.question import Question
from assistant.extract.ranking import POINTS_AWAY, Ranking
from assistant.extract.record import about, telling
from assistant.types import Answer, Draft, Hit, Offered, Order, Part, Passage, Vectors
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


def shown(catalog: Catalog, *numbers: int) -> list[tuple[str, str]]:
    """Of each claim, what it leans on and what it says."""
    found = Pointed(catalog)
    found.sentences([catalog.sentences_of("otters")[n] for n in numbers])
    return [(" ".join(found.offered[tag].text for tag in claim.before), claim.text) for claim in found.claims]


FIRST, SECOND, THIRD, FOURTH = (f"{part.rstrip('.')}." for part in TEXT.split(". "))


@pytest.mark.parametrize(
    ("numbers", "claims"),
    [
        ((0,), [("", FIRST)]),
        ((1,), [(FIRST, SECOND)]),
        ((2,), [("", THIRD)]),
        ((3,), [(THIRD, FOURTH)]),
        ((0, 2), [("", FIRST), ("", THIRD)]),
        ((2, 0), [("", THIRD), ("", FIRST)]),
        ((0, 1), [("", FIRST), (FIRST, SECOND)]),
        ((1, 0), [(FIRST, SECOND)]),  # what the best one leans on is no claim of its own
        ((2, 1, 3), [("", THIRD), (FIRST, SECOND), (THIRD, FOURTH)]),
        ((1, 1), [(FIRST, SECOND)]),
    ],
)
def test_a_sentence_is_the_claim_and_brings_what_it_leans_on(
    numbers: tuple[int, ...], claims: list[tuple[str, str]]
) -> None:
    assert shown(Catalog(paper("otters", TEXT)), *numbers) == claims


def test_what_a_quote_leans_on_is_quoted_before_it() -> None:
    given = paper("otters", TEXT, "Pebbles of Otters")
    found = Pointed(Catalog(given))
    found.sentences([Catalog(given).sentences_of("otters")[2]])
    draft = Draft(tuple(found.claims), offered=Offered(found.offered))
    (claim,) = Verifier(Catalog(given), Unchecked(), Order()).answer("?", draft).claims
    (citation,) = claim.citations
    assert (claim.text, claim.reason, citation.quote.text) == (SECOND, "is the quote", SECOND)
    assert citation.before and citation.before.text == FIRST
    assert given.text[citation.before.start : citation.before.end] == FIRST


def test_a_header_is_nothing_to_lean_on() -> None:
    catalog = Catalog(paper("otters", "They dive. Otters rest.", "On Otters"))
    assert shown(catalog, 1) == [("", "They dive.")]


@pytest.mark.parametrize(
    ("said", "before"),
    [
        ("However, gravel is lost.", "Otters dive."),
        ("For example, gravel is lost.", "Otters dive."),
        ("Howeverso is lost.", ""),
        ("Gravel, however, is lost.", ""),
    ],
)
def test_a_sentence_that_joins_on_brings_the_one_before(said: str, before: str) -> None:
    assert shown(Catalog(paper("otters", f"Otters dive. {said}")), 1) == [(before, said)]


def test_nothing_of_another_section_or_kind_is_joined_on_to() -> None:
    every = Catalog(paper("otters", "Otters dive. However, gravel is lost.")).sentences_of("otters")
    assert [each.text for each in leant_on(every, 1)] == ["Otters dive."]
    for other in ({"section": "2 Gravel"}, {"kind": "fragment"}, {"kind": "title"}):
        assert leant_on([replace(every[0], **other), every[1]], 1) == []  # type: ignore[arg-type]
    assert leant_on([replace(every[1], number=0)], 0) == []


def test_every_claim_is_its_own_quote() -> None:
    answer = answered(
        Catalog(paper("o", TEXT, "Otters"), paper("t", "The tide sets.")),
        "How do otters sort pebbles by weight?",
    )
    assert answer.claims and {claim.verdict for claim in answer.claims} == {"supported"}
    assert answer.dropped.citations == 0


NETS = "We sort pebbles with Sieve.jl every day. Sieve.jl weighs 40 pebbles. Sieve.jl is a net for pebbles of otters."


def test_what_something_is_is_said_by_its_definition() -> None:
    (claim,) = drafted(Catalog(paper("nets", NETS, "Nets of Otters")), "What is Sieve.jl?").claims
    assert claim.text == "Sieve.jl is a net for pebbles of otters."


def test_rows_may_answer_the_question_as_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(question: str, draft: Draft, catalog: Any) -> Draft:
        return replace(draft, missing=(question,))

    monkeypatch.setattr("assistant.extract.engine.with_rows", rows)
    catalog = Catalog(paper("nets", NETS, "Nets of Otters"))
    assert drafted(catalog, "waht is Sieve.jl?").missing == ("what is Sieve.jl?",)


def test_what_is_asked_beside_a_definition_is_looked_for() -> None:
    class Willing(Ranking):
        def prepared(self, *given: Any) -> Any:
            ranked, model, features = super().prepared(*given)
            return ranked, replace(model, threshold=0.0), features

    catalog = Catalog(paper("nets", NETS, "Nets of Otters"))
    check = Verifier(catalog, Unchecked(), Order())
    asked = "What is Sieve.jl, and how many pebbles does it weigh?"
    engine = Extractor(catalog, WordEmbedder())
    engine.ranking = Willing(catalog, WordEmbedder())
    first, *others = engine.draft(asked, catalog.hits, Order(), check).claims
    assert others and first.text == "Sieve.jl is a net for pebbles of otters."


def test_what_points_elsewhere_comes_behind_what_says_it() -> None:
    pointer, said = (
        "The pebbles of all otters are given in Table 1.",
        "Otters keep nine pebbles each in wet months.",
    )
    catalog = Catalog(paper("nets", f"{pointer} {said}", "Nets of Otters"))
    question, ranking = (
        Question("Which pebbles of otters are given?"),
        Ranking(catalog, WordEmbedder()),
    )
    ranked = ranking.ranked(question, candidates(catalog.hits(question.text, 9), 9, catalog)[0])
    found = dict(zip([each.text for each in ranked.reading.sentences], ranked.chances, strict=True))
    features = sentence_features(question, ranked.reading, ranking.rarity(question))
    plain = judge("sentence").probabilities(features)
    assert found[pointer] == pytest.approx(POINTS_AWAY * plain[0]) and found[said] == pytest.approx(plain[1])


def test_what_lacks_the_number_that_is_asked_for_is_less_likely() -> None:
    catalog = Catalog(
        paper("nets", "The otters of the bay keep pebbles. Otters keep 9 pebbles each.", "Nets")
    )
    question, ranking = (
        Question("How much do the pebbles of the otters weigh?"),
        Ranking(catalog, WordEmbedder()),
    )
    ranked = ranking.ranked(question, candidates(catalog.hits(question.text, 9), 9, catalog)[0])
    plain = judge("sentence").probabilities(
        sentence_features(question, ranked.reading, ranking.rarity(question))
    )
    assert ranked.chances[0] == pytest.approx(plain[0] * LACKING)


def test_a_definition_that_was_shown_is_not_shown_again() -> None:
    catalog = Catalog(paper("nets", NETS, "Nets of Otters"))
    (quote,) = (
        citation.quote
        for claim in answered(catalog, "What is Sieve.jl?").claims
        for citation in claim.citations
    )
    order = Order(shown=(quote,))
    check = Verifier(catalog, Unchecked(), order)
    more = Extractor(catalog, WordEmbedder()).draft("What is Sieve.jl?", catalog.hits, order, check)
    assert more.claims and all(claim.text != quote.text for claim in more.claims)


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


def told(answer: Answer) -> list[tuple[str, str, str, object]]:
    return [
        (claim.text, claim.reason, each.recorded.field, each.recorded.value)
        for claim in answer.claims
        for each in claim.recorded
    ]


KNOWN = paper("known", TEXT, "Pebbles of Otters", year=2021, venue="Invented Zoology", doi="10.1234/o")


def test_what_stands_in_no_text_is_cited_from_the_record() -> None:
    catalog = Catalog(replace(KNOWN, authors=("Brook, Ada", "Lind, Per")))
    assert told(answered(catalog, "Who wrote Pebbles of Otters?")) == [
        ("Written by Brook, Ada and Lind, Per.", "is on record", "authors", ("Brook, Ada", "Lind, Per"))
    ]
    for question, text in (
        ("When was the study on pebbles of otters published?", "Published in 2021."),
        ("In which journal did the pebbles of otters appear?", "Published in: Invented Zoology."),
        ("What is the DOI of the paper on pebbles of otters?", "The DOI is 10.1234/o."),
    ):
        answer = answered(catalog, question)
        assert [claim.text for claim in answer.claims] == [text] and answer.status == "answered"
        assert [each.key for each in (r.paper for r in answer.references)] == ["known"]
    both = answered(catalog, "When and where was the study on pebbles of otters published?")
    assert [text for text, *_ in told(both)] == ["Published in 2021.", "Published in: Invented Zoology."]


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("Date: 2016-06-28", "When did the editorial on pebbles of otters come out?"),
        (
            "Authors: nan Date: 2016-06-28 DOI: 10.1234/o License: open, as far as anybody has ever told us here",
            "When did the editorial on pebbles of otters come out?",
        ),
        ("Published online 3 May 2021", "When was the study on pebbles of otters published?"),
        ("Authors: Brook, A.; Lind, P.", "Who wrote Pebbles of Otters?"),
        ("Invented Zoology", "In which journal was the otter pebble study published?"),
        ("Journal: Zoology Today", "In which journal was the otter pebble study published?"),
        ("https://doi.org/10.1234/o2", "What is the DOI of the pebbles of otters paper?"),
    ],
)
def test_a_line_of_the_paper_is_quoted_rather_than_its_record(line: str, question: str) -> None:
    given = paper(
        "known", f"Some note.\n\n{line}\n\n{TEXT}", "Pebbles of Otters", year=2021, venue="Invented Zoology"
    )
    (claim,) = answered(Catalog(given), question).claims
    assert (claim.text, claim.recorded, claim.reason) == (line, (), "is the quote")
    assert [each.quote.text for each in claim.citations] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Authors: nan",
        "The dates of 2016 are kept.",
        "We published the log of every dive in the Dee in 2016, and of the Avon: 2017.",
        "Data: Zenodo, doi: 10.1234/o, which holds the pebbles of all of the forty otters.",
    ],
)
def test_other_lines_do_not_tell_what_a_paper_is(line: str) -> None:
    given = paper("known", f"{line}\n\n{TEXT}", "Pebbles of Otters", ("Ada Brook",))
    opening = Catalog(given).sentences_of("known")
    assert [telling(field, given, opening) for field in ("year", "venue", "doi")] == [[], [], []]
    assert [each.text for each in telling("authors", given, opening)] == ["Ada Brook"]
    assert telling("authors", replace(given, authors=()), opening[2:]) == []


def test_other_words_for_a_title_that_holds_the_names() -> None:
    catalog = Catalog(paper("who", TEXT, "A Champion for Health: WHO's Next?", year=2016))
    named = "When did the editorial on choosing WHO's next leader come out?"
    assert [c.text for c in drafted(catalog, named).claims] == ["Published in 2016."]
    assert described(about(named), catalog.candidates()[0]) == NAMED
    for other in ("When did the editorial on choosing the NIH's next leader come out?",
                  "When did the editorial on choosing the next leader come out?"):  # fmt: skip
        assert not [c for c in drafted(catalog, other).claims if c.recorded]


def test_a_field_that_is_nowhere_is_said_to_be_missing() -> None:
    catalog = Catalog(paper("otters", TEXT, "Pebbles of Otters", ("Ada Brook",)))
    draft = drafted(catalog, "When was the study on pebbles of otters published?")
    assert draft.claims == () and draft.missing == (
        "the year of Pebbles of Otters (none is on record for it)",
    )
    both = answered(catalog, "Who wrote the pebbles of otters study and when?")
    assert (both.status, [claim.text for claim in both.claims]) == ("partial", ["Ada Brook"])


def test_one_paper_that_is_asked_alone_need_not_be_named() -> None:
    catalog = Catalog(KNOWN, paper("tides", "The tide sets.", "Tides"))
    assert [c.text for c in drafted(catalog, "When was it published?", ["known"]).claims] == [
        "Published in 2021."
    ]
    assert drafted(catalog, "Who wrote the volcano paper?", ["known"]).claims == ()


def test_papers_of_some_years() -> None:
    catalog = Catalog(
        KNOWN, paper("tides", "The tide sets.", "On Tides", year=2019), paper("ice", "Ice is old.", "On Ice")
    )
    answer = answered(catalog, "Which papers are from 2021?")
    assert told(answer) == [("Pebbles of Otters", "is the quote", "year", 2021)]
    assert (answer.status, answer.missing) == (
        "partial",
        ("the year of 1 paper (none is on record)",),
    )
    later = drafted(catalog, "papers since 2015", ["known", "tides"])
    assert ([claim.text for claim in later.claims], later.missing) == (["On Tides", "Pebbles of Otters"], ())
    none = drafted(catalog, "papers before 2000")
    assert none.claims == () and "before" not in none.missing[0]


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


def test_further_sentences_must_be_sure_beside_the_best() -> None:
    catalog = Catalog(paper("otters", "Aa one. Bb two. Cc three. Dd four. Ee five."))
    (candidate,) = catalog.candidates()
    reading = read(Question("What is one?"), candidate, WordEmbedder())
    for chances, kept in (
        ([0.9, 0.9 * SURE + 1e-6, 0.9 * SURE - 0.01, 0, 0], 2),
        ([0.9, 0.8, 0.7, 0.7, 0.7], SENTENCES),
        ([0.1, 0.0, 0.0, 0.0, 0.0], 1),
    ):
        found = Pointed(catalog)
        found.best(Ranked(reading, list(range(5)), np.array(chances, np.float32)))
        assert len(found.claims) == kept


@pytest.mark.parametrize(
    ("caption", "order", "shown"),
    [
        ("Table 1: two.", [0, 1, 2], ["Aa one.", "Cc three."]),
        ("Table 1: two.", [1, 0, 2], ["Table 1: two.", "Aa one.", "Cc three."]),
        ("Fig. 1: two.", [1, 0, 2], ["Aa one.", "Cc three."]),
        ("Fig. 1: two.", [1], ["Fig. 1: two."]),
    ],
)
def test_a_caption_is_shown_only_as_the_best(caption: str, order: list[int], shown: list[str]) -> None:
    catalog = Catalog(paper("otters", "Aa one. Bb two. Cc three."))
    (candidate,) = catalog.candidates()
    reading = read(Question("What is one?"), candidate, WordEmbedder())
    first, second, third = reading.sentences
    sentences = [first, replace(second, kind="caption", text=caption), third]
    found = Pointed(catalog)
    found.best(Ranked(replace(reading, sentences=sentences), order, np.full(3, 0.9, np.float32)))
    assert [claim.text for claim in found.claims] == shown


def test_a_list_is_given_only_if_its_first_paper_is_sure() -> None:
    assert 0.4 < LIST_SURE <= 0.6
    catalog = Catalog(paper("o", "Otters dive."), paper("t", "Tides rise."))
    assert drafted(catalog, "Which papers are about volcanic quartz and basalt?").claims == ()


LENT = paper(
    "otters",
    "Perch.jl counts perch. It is used in lakes.\n\nAcknowledgments\n\nThis work was funded by the Lake Trust.",
    "Perch.jl: counting in lakes",
    ("Ada Brook",),
)
EELS = paper(
    "eels", "Eels climb.\n\nThis study was financed by the River Fund.", "Eels in ladders", ("Per Lind",)
)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("Who funded Perch.jl?", ["This work was funded by the Lake Trust."]),
        ("Who paid for the study of eels in ladders?", ["This study was financed by the River Fund."]),
    ],
)
def test_who_paid_is_told_by_the_paper_that_is_meant(question: str, quotes: list[str]) -> None:
    claims = answered(Catalog(LENT, EELS), question).claims
    assert [each.quote.text for claim in claims for each in claim.citations if each.quote] == quotes


def test_a_long_paper_is_meant_by_what_it_offers_at_its_opening() -> None:
    parts = [
        "We present a way to count, made ready in Perch.jl.",
        *(f"Perch.jl counts the perch of lake {n}." for n in range(WHOLE_PAPER)),
        "This work was funded by the Lake Trust.",
    ]
    long = paper("long", "\n\n".join(parts), "Counting in lakes")
    catalog = Catalog(long, EELS)
    starts = [long.text.index(part) for part in parts]
    cut = [
        Passage(f"p{start}", "long", start, start + len(part), part)
        for start, part in zip(starts, parts, strict=True)
    ]
    catalog._passages |= {each.id: each for each in cut}
    del catalog._passages["p_long"]

    def later(text: str, limit: int) -> list[Hit]:
        return [Hit(each, 0.9, "both", 0.6, 1.0) for each in cut[1:-1]]

    check = Verifier(catalog, Unchecked(), Order())
    draft = Extractor(catalog, WordEmbedder()).draft("Who funded Perch.jl?", later, Order(), check)
    assert [each.text for each in draft.claims] == [parts[-1]]


def test_what_a_paper_says_nothing_of_is_missing_in_it() -> None:
    draft = drafted(Catalog(LENT, EELS), "Under what licence is Perch.jl released?")
    assert (draft.claims, draft.missing) == ((), ("a licence in otters",))


@pytest.mark.parametrize("question", ["Who funded AlphaFold?", "Who funded it?"])
def test_who_paid_for_what_is_not_here_is_not_told(question: str) -> None:
    draft = drafted(Catalog(LENT, EELS), question)
    assert not draft.claims and "in otters" not in draft.missing[0]


def test_the_one_paper_that_is_asked_need_not_be_named() -> None:
    draft = drafted(Catalog(LENT, EELS), "Who funded it?", ["eels"])
    assert [claim.text for claim in draft.claims] == ["This study was financed by the River Fund."]


def test_an_author_of_a_paper_that_may_not_answer_is_not_told_of() -> None:
    where = replace(LENT, parts=(Part(LENT.body, LENT.body + 22, "affiliation", 0),))
    question = "Where does Ada Brook work?"
    assert [claim.text for claim in drafted(Catalog(where, EELS), question).claims] == [
        "Perch.jl counts perch."
    ]
    assert not drafted(Catalog(where, EELS), question, ["eels"]).claims


def test_one_paper_that_is_asked_does_not_answer_for_another_that_is_named() -> None:
    assert not drafted(Catalog(EELS), "Who funded Perch.jl?", ["eels"]).claims


def test_what_else_is_named_is_no_question_for_a_whole_paper() -> None:
    assert (
        "its limits in otters"
        not in drafted(Catalog(LENT), "What are the limitations of Perch.jl in Zander.jl?").missing
    )
    assert "its limits in otters" in drafted(Catalog(LENT), "What are the limitations of Perch.jl?").missing


def test_two_papers_that_are_named_are_both_asked() -> None:
    catalog = Catalog(
        LENT, paper("eels", "Eels climb.\n\nThis study was financed by the River Fund.", "Eel.jl")
    )
    draft = drafted(catalog, "Who funded Perch.jl and Eel.jl?")
    assert [each.text for each in draft.claims] == [
        "This work was funded by the Lake Trust.",
        "This study was financed by the River Fund.",
    ]


FOUND = "We conclude that otters that sort pebbles survive more often (81 % against 44 %)."
PLANNED = "In future work we plan to count their pebbles in winter."
WHOLE = paper("whole", f"Otters dive. They sort pebbles. {FOUND} {PLANNED}", "Otter.jl: pebbles of otters")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does the paper on Otter.jl conclude?", FOUND),
        ("What future work is planned for Otter.jl?", PLANNED),
    ],
)
def test_what_a_whole_paper_says_is_told_by_its_roles(question: str, said: str) -> None:
    assert said in [claim.text for claim in drafted(Catalog(WHOLE, EELS), question).claims]


def test_the_one_paper_that_is_asked_is_meant_as_a_whole() -> None:
    assert [
        claim.text for claim in drafted(Catalog(WHOLE, EELS), "What is planned next for otters?").claims
    ] != [PLANNED]
    assert [
        claim.text for claim in drafted(Catalog(WHOLE, EELS), "What are its next steps?", ["whole"]).claims
    ] == [PLANNED]


def test_plans_that_a_paper_has_none_of_are_missing_in_it() -> None:
    draft = drafted(Catalog(LENT), "What future work is planned for Perch.jl?")
    assert (draft.claims, draft.missing) == ((), ("its plans in otters",))


def test_a_topic_is_no_paper() -> None:
    draft = drafted(Catalog(EELS), "What are the limitations of eels in ladders?")
    assert "its limits in eels" not in draft.missing
