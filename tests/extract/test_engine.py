"""From hits to sentences: whole, with what they lean on, none twice, only of the papers that may answer."""

import pytest

from assistant.extract.engine import Extractor, _in_context, _joined
from assistant.extract.features import Candidate
from assistant.extract.features import Span as Sentence
from assistant.text.sentences import sentence_spans
from assistant.types import Hit, Paper, Passage, Source
from assistant.verify.citations import verify
from tests.fakes import FakeCatalog, WordEmbedder

TEXT = "Otters dive in rivers. They sort pebbles by weight. Gravel is lost on wet days. It is then replaced."


def paper(key: str, text: str, title: str | None = None, authors: tuple[str, ...] = ()) -> Paper:
    header = "\n".join(line for line in (title, ", ".join(authors)) if line)
    whole = "\n\n".join(part for part in (header, text) if part)
    body = len(whole) - len(text) if text else 0
    return Paper(whole, body, Source("f", 0, len(whole)), title=title, authors=authors, key=key)


class Catalog(FakeCatalog):
    """One passage a paper, the whole text."""

    def __init__(self, *papers: Paper) -> None:
        self.whole = {p.key: Passage(f"p_{p.key}", p.key, 0, len(p.text), p.text) for p in papers}
        super().__init__(papers, self.whole.values())

    def passages_of(self, key: str) -> list[Passage]:
        return [self.whole[key]]

    def passages_with(self, word: str) -> int:
        return sum(word in passage.text.lower() for passage in self.whole.values())

    def papers_by(self, name: str) -> list[Paper]:
        return [p for p in self._papers.values() if any(name in author for author in p.authors)]

    def counts(self) -> tuple[int, int]:
        return len(self.whole), len(self.whole)

    def hits(self, text: str, limit: int) -> list[Hit]:
        return [Hit(passage, 0.9, "both") for passage in self.whole.values()][:limit]


def extractor(catalog: Catalog, only: list[str] | None = None) -> Extractor:
    return Extractor(catalog, WordEmbedder(), catalog.hits, only)


def candidate(given: Paper) -> Candidate:
    spans = [Sentence(a, b, given.text[a:b]) for a, b in sentence_spans(given.text, given.body)]
    return Candidate(given, spans, 1.0, WordEmbedder())


@pytest.mark.parametrize(
    ("spans", "new", "joined"),
    [
        ([], (5, 9), [(5, 9)]),
        ([(0, 4)], (5, 9), [(0, 4), (5, 9)]),
        ([(5, 9)], (0, 9), [(0, 9)]),  # it holds what is shown already
        ([(0, 9)], (5, 9), [(0, 9)]),  # it is shown already
        ([(0, 9), (20, 30)], (5, 15), [(0, 15), (20, 30)]),
        ([(20, 30), (0, 9)], (5, 25), [(0, 30)]),  # it bridges two
        ([(20, 30), (0, 9)], (9, 20), [(20, 30), (0, 9), (9, 20)]),  # beside is not over
    ],
)
def test_spans_that_overlap_are_joined_in_the_place_of_the_first(
    spans: list[tuple[int, int]], new: tuple[int, int], joined: list[tuple[int, int]]
) -> None:
    assert _joined(spans, new) == joined


def test_a_sentence_brings_the_one_it_leans_on() -> None:
    given = paper("otters", TEXT)
    shown = [given.text[slice(*_in_context(candidate(given), i))] for i in range(4)]
    first, second, third, fourth = TEXT.split(". ")
    assert shown == [f"{first}.", f"{first}. {second}.", f"{third}.", f"{third}. {fourth}"]


def test_a_piece_of_a_sentence_is_shown_as_the_sentence_but_never_with_the_references() -> None:
    text = "We see otters" + " and otters" * 300 + "\nReferences\n[1] Brook, A. Pebbles of the Dee, 2021."
    listed = text.index("\nReferences")
    given = Paper(text, 0, Source("f", 0, 1), key="k", references=(listed, len(text)))
    piece = Candidate(given, [Sentence(500, 600, text[500:600])], 1.0, WordEmbedder())
    assert _in_context(piece, 0) == (0, listed)


def test_every_claim_is_its_own_quote() -> None:
    catalog = Catalog(paper("otters", TEXT, "Otters"), paper("tides", "The tide sets at noon.", "Tides"))
    draft, offered = extractor(catalog).answer("How do otters sort pebbles by weight?")
    answer = verify("q", draft, offered, catalog)
    assert draft.claims and {claim.verdict for claim in answer.claims} == {"supported"}
    assert answer.dropped.citations == 0


@pytest.mark.parametrize("question", ["the of and", "?", "\x00", "what is it"])
def test_nothing_asked_is_nothing_claimed(question: str) -> None:
    draft, _ = extractor(Catalog(paper("otters", TEXT))).answer(question)
    assert draft.claims == () and draft.missing == (question,)


def test_an_abstention_names_what_was_looked_for() -> None:
    draft, _ = extractor(Catalog(paper("tides", "The tide sets at noon."))).answer(
        "Which qubits does Frobnix use?"
    )
    assert draft.claims == () and "Frobnix" in draft.missing[0] and "qubits" in draft.missing[0]


def test_no_hits_are_an_abstention() -> None:
    for question in ("How do otters sort pebbles?", "Which papers are about otters?", "Who wrote Otters?"):
        assert extractor(Catalog()).answer(question)[0].claims == ()


OTTERS = paper("otters", TEXT, "Pebbles of Otters", ("Ada Brook", "Per Lind"))


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Who wrote Pebbles of Otters?", ["Ada Brook, Per Lind", "Pebbles of Otters"]),
        ("What did Ada Brook write?", ["Pebbles of Otters", "Ada Brook, Per Lind"]),
    ],
)
def test_authorship_is_quoted_from_title_and_author_lines(question: str, texts: list[str]) -> None:
    draft, _ = extractor(Catalog(OTTERS)).answer(question)
    (claim,) = draft.claims
    assert claim.text == texts[0] and [citation.quote for citation in claim.citations] == texts


def test_authorship_of_a_paper_that_is_only_title_and_authors() -> None:
    catalog = Catalog(paper("otters", "", "Pebbles of Otters", ("Ada Brook",)))
    for question in ("Who wrote Pebbles of Otters?", "What did Ada Brook write?"):
        draft, offered = extractor(catalog).answer(question)
        (claim,) = verify(question, draft, offered, catalog).claims
        assert (claim.text, claim.verdict) == ("Pebbles of Otters\nAda Brook", "supported")


def test_works_are_only_those_that_may_answer() -> None:
    catalog = Catalog(OTTERS, paper("tides", TEXT, "Tides", ("Ada Brook",)))
    drafted = {
        only: extractor(catalog, list(only)).answer("What did Ada Brook write?")[0]
        for only in [("tides",), ()]
    }
    assert [claim.text for claim in drafted["tides",].claims] == ["Tides"] and drafted[()].claims == ()
