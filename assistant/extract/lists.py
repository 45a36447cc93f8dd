"""Questions for a list ("which papers ...") → the criterion, and how well each candidate paper meets it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.extract.candidates import Candidate, stems
from assistant.extract.features import coverage
from assistant.extract.question import Question
from assistant.text.rarity import rarity
from assistant.types import PaperCatalog, TokenEmbedder, Vectors

_THINGS = (
    r"(?:papers?|works?|stud(?:y|ies)|articles?|publications?|research|abstracts?|documents?|literature)"
)
_KINDS = (
    r"(?:methods?|approaches|systems|techniques|frameworks|projects|groups|teams|authors|packages|tools|toolkits"
    r"|libraries)"
)
_VERBS = r"(?:list|find|show|name|give|tell|point|identify|enumerate|collect|gather|get|recommend|suggest)"
_COMPARED = (
    r"[^?]*\b(?:better|best|worse|worst|faster|fastest|more|most|less|least)\s*"
    r"(?:[?.]|$|(?:with|on|for|in|at|than|under|when)\b)"
)
"""Which methods do so, not which papers: "which methods scale better with cores"."""
_LISTS = re.compile(
    rf"""^\W*(?:(?:please|can\s+you|could\s+you|would\s+you|i'm\s+looking\s+for|i\s+(?:need|want)|looking\s+for)\s+)*(?:
      (?:which|what)\s+(?:(?!(?:kinds?|types?|sorts?|of|is|are|was|were|does|do|did|has|the|future|further|remaining)\b)
        \w+\s+){{0,2}}?{_THINGS}\b(?!{_COMPARED})
    | (?:which|what)\s+(?:of\s+(?:the|these|those|my|our)\s+)?{_KINDS}\b
      (?!\s+(?:does|do|did|is|was|were|has|have|can)\b)(?!{_COMPARED})
    | (?:which|what)\s+ones\b
    | (?:which|what)\s+of\s+(?:these|those|them|(?:the|my|our|these|those)\s+{_THINGS})\b(?!\s+(?:two|\d))
    | (?:which|what)\s+(?:\w+\s+){{0,2}}?\w+s\s+(?:are|were|have\s+been|get)\s+(?:introduced|proposed|presented|released
      |built|described|studied|covered|addressed)(?:\s+(?:here|across|(?:in|by)\s+(?:these|the|my|our|this))\b|\W*$)
    | what\s+are\s+(?:all\s+)?(?:the\s+)?{_THINGS}\b
    | {_VERBS}\b(?:\s+(?:me|us|out|to|every|each|all|any|the|of|my|our|which|those|some))*
      \s+(?:\w+\s+){{0,1}}?(?:{_THINGS}|everything|anything|{_KINDS})\b
    | (?:are|is)\s+there\s+(?:any\s+)?(?:other\s+)?(?:\w+\s+){{0,1}}?{_THINGS}\b
    | (?:do|does|are|have)\s+any\s+(?:of\s+)?(?:\w+\s+){{0,2}}?{_THINGS}\b
    | (?:do|have)\s+(?:we|i|you)\s+(?:have\s+|got\s+)?(?:any|some)\b
    | (?:any|all|every|other|more)\s+(?:the\s+)?(?:\w+\s+){{0,1}}?{_THINGS}\b
    | {_THINGS}\s+(?:on|about|that|which|using|with|dealing|concerning|related)\b
    | what\s+(?:do|have)\s+(?:we|i|you)\s+(?:have|got)\b(?!\s+to\b)
    | what\s+(?:has|have)\s+been\s+(?:done|written|published)\b
    | what\s+is\s+there\b
    | who\s+(?:works?|studies|else)\b
    | in\s+which\s+(?:of\s+)?(?:the\s+|these\s+|my\s+)?{_THINGS}\b
    | how\s+many\s+(?:of\s+)?(?:the\s+|these\s+|my\s+)?(?:papers|articles|publications)\b(?!\s+(?:does|do|did)\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ONE = re.compile(
    r"^\W*(?:in\s+)?(?:which|what)\s+(?:\w+\s+)?(?:paper|study|article|publication)\b", re.IGNORECASE
)
_FRAME = re.compile(
    rf"""^(?:\W*(?:please|can|could|would|you|i'm|looking|need|want|identify|enumerate|collect|gather|recommend
    |suggest|ones?|how|many|other|more|which|what|list|name|find|show|give|tell|point|out|me|us|to|any|some|all|every
    |each|everything|anything|something|are|is|there|do|does|did|we|i|have|has|had|got|been|done|written|published|of
    |the|these|those|this|them|that|who|whose|where|in|on|about|a|an|my|our|here|collection|library|one|ones|else|other
    |it|and|with|for|from|at|into|out|{_THINGS}|{_KINDS}|deals?|dealing|concern(?:ed|s|ing)?|involv(?:e|es|ing)
    |us(?:e|es|ing)|look(?:s|ing)?|study(?:ing)?|address(?:es|ing)?|focus(?:es|ing)?|tr(?:y|ies|ying)|describ(?:e|es)
    |discuss(?:es)?|consider(?:s)?|cover(?:s)?|mention(?:s)?|report(?:s)?|work(?:s|ing)?|appl(?:y|ies)|make(?:s)?
    |draws?|claims?|propos(?:e|es)|introduc(?:e|es)|present(?:s)?|develop(?:s)?|new|novel|own|explor(?:e|es|ing)
    |investigat(?:e|es|ing)|examin(?:e|es)|relat(?:ed|es)|relevant|regarding|come(?:s)?\s+up|put(?:s)?\s+forward|run(?:s)?
    |talk(?:s)?|touch(?:es)?|points?|method|releas(?:e|es)|offer(?:s)?|provid(?:e|es)|contribut(?:e|es)|read|should)\b
    )+\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL = re.compile(
    r"(?:\s*\b(?:in|from|of|among)\s+(?:this|the|my|our|these|their)\s+\w+|\s+of\s+their\s+own)?\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^\s*(?:such as|that is|be it|whether|either|for example|e\.g\.|i\.e\.)\s*", re.IGNORECASE
)
_OFFERS = re.compile(
    r"\b(?:introduc\w*|propos\w*|present(?:s|ed)?|put\w* forward|com(?:e|es) up|develop\w*|releas\w*|contribut\w*"
    r"|construct\w*|creat\w*|build\w*|built|publish\w*|provid\w*|offer\w*)\b",
    re.IGNORECASE,
)


def asks_list(question: str) -> bool:
    """Whether every paper that qualifies is asked for."""
    return bool(_LISTS.match(question))


def asks_one(question: str) -> bool:
    """Whether the list asked for has one entry ("which paper ...")."""
    return bool(_ONE.match(question))


def criterion(question: str) -> str:
    """What the papers are to be about: the question without its asking."""
    first = re.split(r"(?<=\w\w)[?.!]\s+[A-Z]", question.strip(), maxsplit=1)[0]
    rest = _TAIL.sub("", _FRAME.sub("", first, count=1)).strip(" ,.?;:")
    return rest or question


def _alternatives(text: str) -> list[str]:
    """The criterion, and each side of its "or" that names something: one side is enough."""
    parts = [_ASIDE.sub("", part).strip() for part in re.split(r",\s*(?:(?:or|and)\s+)?|\s+or\s+", text)]
    sides = parts if re.search(r"\bor\b", text) and len(parts) > 1 else []
    return [text, *(side for side in sides if Question(side).topics or Question(side).names)]


LIST_FEATURES = ("covered", "names", "words", "nearest", "nearest_behind", "meaning_behind", "offered_behind")
APART = 0.4
"""The share of what the likeliest paper says in one sentence, of the criterion's words weighed by how few of the papers
found hold them, that a whole paper must say in one: somewhere in its pages nearly every word stands."""


class Met(NamedTuple):
    """How candidates meet a criterion. ``features``: shape (candidates, features), in the order of LIST_FEATURES;
    ``telling``: of each, the place of the sentence that says most of it; ``is_told``: whether that is enough."""

    features: Vectors
    telling: list[int]
    is_told: list[bool]


def met(wanted: str, candidates: Sequence[Candidate], catalog: PaperCatalog, embedder: TokenEmbedder) -> Met:
    """How the candidates meet the criterion ``wanted``. How near a paper is in meaning, and how much of the criterion
    stands where it says what it offers, count as distances to the best candidate's."""
    sides = [
        _Side(Question(text), vector, _apart(Question(text), candidates))
        for text, vector in _vectors(wanted, embedder)
    ]
    rows, telling, said = [], [], []
    for candidate in candidates:
        vectors = catalog.sentence_vectors(candidate.paper.key, [each.number for each in candidate.sentences])
        offers = np.array([bool(_OFFERS.search(each.text)) for each in candidate.sentences])
        found = [_met(side, candidate, vectors, offers) for side in sides]
        rows.append(np.max([row for row, _ in found], axis=0))
        telling.append(int(np.max([told for _, told in found], axis=0).argmax()))
        said.append(max(float(_said(side.apart, candidate).max()) for side in sides))
    table = np.array(rows, dtype=np.float32)
    table[:, 4:] -= table[:, 4:].max(axis=0)
    enough = APART * max(said)
    return Met(
        table, telling, [not c.is_long or own >= enough for c, own in zip(candidates, said, strict=True)]
    )


class _Side(NamedTuple):
    """``apart``: stem → weight, of the words that tell the candidates apart."""

    asked: Question
    vector: Vectors
    apart: Mapping[str, float]


def _apart(asked: Question, candidates: Sequence[Candidate]) -> dict[str, float]:
    """What each word of the criterion weighs: the rarer in general, and the fewer of the candidates hold it, the
    more."""
    held = [each.stems for each in candidates]
    return {word: rarity(word) * (1 - sum(word in own for own in held) / len(held)) for word in asked.words}


def _said(weights: Mapping[str, float], candidate: Candidate) -> Vectors:
    """How much of the weights each sentence holds with the title, shape (sentences,)."""
    header = stems(candidate.header)
    return np.array([coverage(weights, own | header) for own in candidate.stems_of], dtype=np.float32)


def _vectors(wanted: str, embedder: TokenEmbedder) -> list[tuple[str, Vectors]]:
    """The criterion and its alternatives, each with its vector, all from one reading of it."""
    whole = embedder.contextual([wanted])[0]
    found = []
    for text in _alternatives(wanted):
        start = wanted.find(text)
        own = whole.pooled(start, start + len(text)) if start > 0 or len(text) < len(wanted) else whole.vector
        row = own if own.any() else whole.vector
        found.append((text, np.asarray(row / np.linalg.norm(row), dtype=np.float32)))
    return found


def _met(
    side: _Side, candidate: Candidate, vectors: Vectors, offers: NDArray[np.bool_]
) -> tuple[list[float], Vectors]:
    """One row of features, as if it were the only candidate; and how much each sentence says of the criterion."""
    weights = {word: rarity(word) for word in side.asked.words}
    alone = np.array([coverage(weights, own) for own in candidate.stems_of], dtype=np.float32)
    covered = float(_said(weights, candidate).max())
    names = [candidate.bears(name) for name in side.asked.names]
    words = max((hit.bm25 or 0.0 for hit in candidate.hits), default=0.0)
    meaning = float(vectors.mean(axis=0) @ side.vector)
    near = vectors @ side.vector
    best = float(near.max())
    row = [covered, min(names, default=0.5), words, best, best, meaning, float((alone * offers).max())]
    apart = np.array([coverage(side.apart, own) for own in candidate.stems_of], dtype=np.float32)
    return row, near + apart + 0.5 * offers * apart
