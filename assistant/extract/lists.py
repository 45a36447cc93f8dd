"""Questions for a list ("which papers ...") → the criterion, and how well each candidate paper meets it."""

import re
from collections.abc import Sequence

import numpy as np

from assistant.extract.features import Candidate, closeness
from assistant.extract.question import Question, name_keys, name_match
from assistant.text.terms import fold, stem, tokens
from assistant.types import Vectors

_THINGS = (
    r"(?:papers?|works?|stud(?:y|ies)|articles?|publications?|research|abstracts?|documents?|literature)"
)
_KINDS = r"(?:methods?|approaches|systems|techniques|frameworks|projects|groups|teams|authors)"
_VERBS = r"(?:list|find|show|name|give|tell|point|identify|enumerate|collect|gather|get|recommend|suggest)"
_LISTS = re.compile(
    rf"""^\W*(?:(?:please|can\s+you|could\s+you|would\s+you|i'm\s+looking\s+for|i\s+(?:need|want)|looking\s+for)\s+)*(?:
      (?:which|what)\s+(?:(?!(?:kinds?|types?|sorts?|of|is|are|was|were|does|do|did|has|the)\b)\w+\s+){{0,2}}?{_THINGS}\b
    | (?:which|what)\s+{_KINDS}\b(?!\s+(?:does|do|did|is|was|were|has|have|can)\b)
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
    | what\s+(?:do|have)\s+(?:we|i|you)\s+(?:have|got)\b
    | what\s+(?:has|have)\s+been\s+(?:done|written|published)\b
    | what\s+is\s+there\b
    | who\s+(?:works?|uses?|studies|else)\b
    | in\s+which\s+(?:of\s+)?(?:the\s+|these\s+|my\s+)?{_THINGS}\b
    | how\s+many\s+(?:of\s+)?(?:the\s+|these\s+|my\s+)?(?:papers|articles|publications)\b(?!\s+(?:does|do|did)\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ONE = re.compile(
    r"^\W*(?:in\s+)?(?:which|what)\s+(?:\w+\s+)?(?:paper|study|article|publication)\b", re.IGNORECASE
)
_FRAME = re.compile(
    rf"""^(?:\W*(?:please|can|could|would|you|i'm|looking|need|want|identify|enumerate|collect|gather|recommend|suggest|ones?|how|many|other|more|which|what|list|name|find|show|give|tell|point|out|me|us|to|any|some|all|every
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


def _alternatives(text: str) -> list[Question]:
    """The criterion, and each side of its "or" that names something: one side is enough."""
    parts = [_ASIDE.sub("", part).strip() for part in re.split(r",\s*(?:(?:or|and)\s+)?|\s+or\s+", text)]
    sides = [Question(part) for part in parts] if re.search(r"\bor\b", text) and len(parts) > 1 else []
    return [Question(text), *(side for side in sides if side.nouns or side.names)]


LIST_FEATURES = (
    "cosine", "cosine_behind", "best_sentence", "paper", "names", "whole_in_sentence", "whole_in_paper",
    "sentence_behind", "offered_behind", "question_cosine", "stated_in_sentence", "stated_in_paper", "offered",
)  # fmt: skip


def list_features(
    question: Question, vector: Vectors, candidates: Sequence[Candidate], rarity: dict[str, float]
) -> tuple[Vectors, list[int]]:
    """Features, shape (candidates, features), in the order of LIST_FEATURES; and each candidate's sentence that
    says most of it. ``vector``: the question's; ``rarity``: idf by stem over the library, for words that do
    not tell its papers apart."""
    alternatives = _alternatives(criterion(question.text))
    wanted = candidates[0].embedder.embed([each.text for each in alternatives])
    offers = bool(_OFFERS.search(question.text))
    rows, telling = [], []
    for candidate in candidates:
        cosines = np.maximum(candidate.titled_vectors @ wanted.T, candidate.vectors @ wanted.T)
        shares = np.column_stack([_shares(each, candidate, rarity) for each in alternatives])
        offer = np.array([bool(_OFFERS.search(sentence.text)) for sentence in candidate.sentences])
        telling.append(
            int((cosines + shares[: len(offer)] + 0.5 * (offers * offer)[:, None]).max(axis=1).argmax())
        )
        sides = [
            [float(cosines[:, i].max()), *_matches(each, candidate, rarity)]
            for i, each in enumerate(alternatives)
        ]
        rows.append([*np.array(sides).max(axis=0), float((candidate.vectors @ vector).max())])
    table = np.array(rows, dtype=np.float32)
    cosine, sentence, offered = table[:, 0], table[:, 1], table[:, 6] * offers
    behind = (cosine - cosine.max(), sentence - sentence.max(), offered - offered.max())
    features = np.column_stack([
        cosine, behind[0], sentence, table[:, 2], table[:, 3], table[:, 4], table[:, 5], behind[1], behind[2],
        table[:, 9], table[:, 7], table[:, 8], offered,
    ]).astype(np.float32)  # fmt: skip
    return features, telling


def _texts(candidate: Candidate) -> list[str]:
    return [sentence.text for sentence in candidate.sentences] + (
        [candidate.header] if candidate.header else []
    )


def _weights(wanted: Question, rarity: dict[str, float]) -> Vectors:
    """Of the criterion's nouns, then names: how much each counts; they sum to 1."""
    nouns = [max(0.15, rarity.get(stem(noun), 1.0)) for noun in wanted.nouns]
    names = [max(0.3, rarity.get(stem((tokens(name) or [name])[0]), 1.0)) for name in wanted.names]
    weights = np.array(nouns + names, dtype=np.float32)
    return weights / weights.sum() if len(weights) else weights


def _each(wanted: Question, candidate: Candidate, text: str) -> list[float]:
    """How near each of the criterion's nouns and names is to a text."""
    keys, stems = name_keys(text), set(tokens(text))
    names = [name_match(name, keys, stems, fold(text)) for name in wanted.names]
    return closeness(candidate.embedder, wanted.nouns, text) + names


def _shares(wanted: Question, candidate: Candidate, rarity: dict[str, float]) -> Vectors:
    """How much of the criterion stands in each sentence, and in the title. Shape (texts,)."""
    weights = _weights(wanted, rarity)
    shares = [float(weights @ np.array(_each(wanted, candidate, text))) for text in _texts(candidate)]
    return np.array(shares if len(weights) else [0.5] * len(shares), dtype=np.float32)


def _matches(wanted: Question, candidate: Candidate, rarity: dict[str, float]) -> list[float]:
    """How much of the criterion stands in the best sentence and in the paper, the names' least match, the
    whole of it in a sentence and in the paper, the best sentence that offers something, and whether all of it
    stands to the letter in a sentence and in the paper."""
    weights = _weights(wanted, rarity)
    if not len(weights):
        return [0.5, 0.5, 0.5, 0.5, 0.5, 0.0, 0.0, 0.0]
    texts, shares = _texts(candidate), _shares(wanted, candidate, rarity)
    whole = max(min(_each(wanted, candidate, text)) for text in texts)
    names = candidate.names(wanted)
    in_paper = closeness(candidate.embedder, wanted.nouns, candidate.text) + names
    offered = [float(share) for share, text in zip(shares, texts, strict=True) if _OFFERS.search(text)]
    return [
        float(shares.max()), float(weights @ np.array(in_paper)), min(names, default=0.5),
        whole, min(in_paper), max(offered, default=0.0), whole == 1.0, min(in_paper) == 1.0,
    ]  # fmt: skip
