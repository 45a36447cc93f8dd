"""The text of an untitled paper → a short name that it gives itself, such as LeZO.

In order: what the text says is "named" or "called" so; a coined word (capitals inside, or an acronym) that
first appears with "we propose"; one behind "our" or "the proposed"; the noun phrase behind "we propose"; an
acronym that the text spells out after its first sentence and uses again; an acronym that it qualifies alike
twice ("self-powered LSM"). Never words of our own.
"""

import re
from collections import Counter

from assistant.text.sentences import sentence_spans

# Capitals inside, or an acronym; words of any length would cost time in proportion to its third power.
_COINED = (
    r"(?:[A-Za-z0-9²³]{0,24}[A-Z][A-Za-z0-9²³]{0,24}[A-Z0-9²³][A-Za-z0-9²³]{0,24}(?:-[A-Za-z0-9²³]{1,24})*"
    r"|[A-Z][A-Za-z]{0,24}-[A-Z][A-Za-z0-9]{1,24})"
)
_WORD = re.compile(rf"(?<![\w-]){_COINED}(?![\w-])")
_CLAUSE_END = re.compile(r"\b(?:that|which|to|by|using)\b")
_NAMED = re.compile(
    r"\b(?:named|namely|called|dubbed|termed|coined)\s*+[:,]?\s*+(?:as\s+)?(?:the\s+)?[\"“'‘]?("
    + _COINED
    + r")"
)
_OURS = re.compile(
    r"\b(?:[Oo]ur|[Pp]roposed|[Rr]esulting)\s+(?:(?:new|novel|proposed)\s+)*(" + _COINED + r")(?![\w-])"
)
_OFFERS = re.compile(
    r"\b(?:we|our|this (?:paper|work|study)|the authors?|they)\b[^.;]{0,80}?"
    r"\b(?:introduc|propos|present|develop|design|offer|releas|construct|build|built)(?:es?|ed|ing|s)?\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"\s+(?:an?|the|our|two|three)?\s*(?:(?:novel|new|simple|effective|efficient|and|but|general|first|so-called)\s+)*"
    r"((?!(?:to|how|that|\w+ing)\b)(?:[\w²³-]+\s+){0,4}?[\w²³-]+)"
    r"(?=\s+(?:that|which|to|for|by|with|using|via|of|in|on|based|where|whose|as|and)\b|[,.;:(])"
)


_LOOKED_AT = 5000
"""Characters: what a paper is called stands near its start."""


def handle(text: str) -> str | None:
    """A name of at most five words that stands in ``text``; None if the text offers none."""
    text = text[:_LOOKED_AT]
    named = _NAMED.search(text)
    if named:
        return named[1]
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    ours = _OURS.search(text)
    return _coined(sentences) or (ours[1] if ours else _phrase(sentences)) or _acronym(text, sentences)


def _coined(sentences: list[str]) -> str | None:
    """The most used of the coined words that are new in a sentence that offers something."""
    seen: set[str] = set()
    fresh: dict[str, int] = {}
    everything = Counter(word for sentence in sentences for word in _WORD.findall(sentence))
    for sentence in sentences:
        offer = _OFFERS.search(sentence)
        if offer:
            offered = _CLAUSE_END.split(sentence[offer.end() :], maxsplit=1)[0]
            for word in _WORD.findall(offered):
                if word.removesuffix("s") not in seen:
                    fresh.setdefault(word, everything[word])
        seen.update(word.removesuffix("s") for word in _WORD.findall(sentence))
    return max(fresh, key=lambda word: fresh[word]) if fresh else None


def _phrase(sentences: list[str]) -> str | None:
    for sentence in sentences:
        offer = _OFFERS.search(sentence)
        phrase = offer and _PHRASE.match(sentence, offer.end())
        if phrase and re.search(r"[\s-]", phrase[1]):  # a single word ("results", "corpus") names nothing
            return phrase[1]
    return None


def _acronym(text: str, sentences: list[str]) -> str | None:
    spelled = re.findall(
        r"[a-z]\s\(([A-Z][A-Za-z0-9²³-]{1,14})\)", text[len(sentences[0]) :] if sentences else ""
    )
    again = [name for name in spelled if len(re.findall(rf"\b{re.escape(name)}\b", text)) > 1]
    qualified = Counter(re.findall(r"\b[a-z]+-[a-z]+ [A-Z]{2,6}\b", text))
    alike = [name for name, uses in qualified.most_common(1) if uses > 1]
    return next(iter(again or alike), None)
