"""A group of papers beside all others → what to call it: a term of theirs that means what the group is about.

A term is a run of words without stop words that stands in a title of the group, as titles name what papers are about.
Of terms that stand in each other the whole one is taken, as a part of a term names nothing ("large language" of "large
language models"; Frantzi et al. 2000). It is worth more the nearer its meaning is to the group's, the more of the
group holds it, and the fewer others do. What the first term leaves out of the group, a second may name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from assistant.text.rarity import rarity
from assistant.text.terms import STOP_WORDS, fold, stem
from assistant.types import Embedder

_LONGEST = 5
"""Words of a term."""
_TELLING = 4.5
"""The least rarity of a term's words together; what is less rare stands in papers on anything."""
_WHOLE = 0.6
"""The share of the papers that hold a term from which on those that hold it in a longer one make that the term."""
_OFTEN = 2.0
"""The logarithm of how much more often a term stands in the group than elsewhere; beyond that it tells no more."""
_LIKELY = 40
"""Terms whose meaning is looked at."""
_COVERED = 0.7
"""The share of a group from which on its first term is name enough; a name that covers less says "and others"."""
_SECOND = 0.4
"""What a second term is worth at least, of what the first is."""
_SEVERAL = 2
"""Papers that the first term leaves out and the second must stand in: one paper's words are no theme."""
_WORD = re.compile(r"[^\W_](?:[\w.'’-]*[^\W_])?")
_DOING = re.compile(r"\s*[A-Z][a-z]+ing\s")
"""How a title opens that says what is done to its subject: "Improving", "Understanding"."""
_CLAUSE = re.compile(r"[^\w\s.'’-]+|\s-+\s|\.(?!\w)")

Terms = Mapping[str, str]
"""The stems of a term → how it is written."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper says of its subject: in its ``title``, and in its ``text``, which holds the title's terms, too."""

    title: Terms
    text: Terms


def told(title: str, texts: Iterable[str]) -> Told:
    heading = dict(_terms(title))
    return Told(heading, {term: form for text in texts for term, form in _terms(text)} | heading)


def name(
    group: Sequence[Told], others: Sequence[Told], about: NDArray[np.float32], embedder: Embedder
) -> str:
    """``about``: the mean of what the group's papers are about, of length 1. "" if no term stands in several."""
    worth = _worth(group, others)
    likely = sorted(worth, key=lambda term: (-worth[term], term))[:_LIKELY]
    if not likely:
        return ""
    near = embedder.embed([_written(term, group) for term in likely]) @ about
    worth = {term: worth[term] * max(0.0, float(cosine)) for term, cosine in zip(likely, near, strict=True)}
    first = max(likely, key=lambda term: (worth[term], term))
    taken, left = [first], [each for each in group if first not in each.text]
    if not _is_covered(group, left):
        free = [
            term
            for term in likely
            if not set(term.split()) & set(first.split())
            and sum(term in each.text for each in left) >= _SEVERAL
        ]
        rest = {term: worth[term] * _share(term, left) / _share(term, group) for term in free}
        second = max(free, key=lambda term: (rest[term], term), default=first)
        taken += [second] if rest.get(second, 0.0) >= _SECOND * worth[first] else []
        left = [each for each in left if taken[-1] not in each.text]
    named = ", ".join(_written(term, group) for term in taken)
    return named if _is_covered(group, left) else f"{named} and others"


def _is_covered(group: Sequence[Told], left: Sequence[Told]) -> bool:
    return len(left) <= (1 - _COVERED) * len(group)


def _worth(group: Sequence[Told], others: Sequence[Told]) -> dict[str, float]:
    """Term → what it is worth, whatever it means."""
    within, without = _held(each.text for each in group), _held(each.text for each in others)
    titled = _held(each.title for each in group)
    named = {term: n for term, n in within.items() if titled[term] or (n > 1 and not titled)}
    several = {term: n for term, n in named.items() if n > 1 or " " in term}
    found: dict[str, float] = {}
    for term in _whole(several):
        share = within[term] / len(group)
        often = log(share * (len(others) + 1) / (without[term] + 0.5)) if others else 1.0
        if often > 0:
            found[term] = share**0.5 * min(often, _OFTEN)
    return found


def _share(term: str, papers: Sequence[Told]) -> float:
    return float((sum(term in each.text for each in papers) / max(1, len(papers))) ** 0.5)


def _whole(held: Mapping[str, int]) -> list[str]:
    """The terms that do not mostly stand in a longer one."""
    parts = {
        part for term, n in held.items() for part in _parts(term) if part in held and n >= _WHOLE * held[part]
    }
    return [term for term in held if term not in parts]


def _parts(term: str) -> Iterator[str]:
    stems = term.split()
    for size in range(1, len(stems)):
        for n in range(len(stems) - size + 1):
            yield " ".join(stems[n : n + size])


def _held(papers: Iterable[Terms]) -> Counter[str]:
    return Counter(term for paper in papers for term in paper)


def _written(term: str, group: Sequence[Told]) -> str:
    """As most write it; in small letters where a text does."""
    forms = Counter(each.text[term] for each in group if term in each.text)
    return max(forms, key=lambda form: (forms[form], form))


def _terms(text: str) -> Iterator[tuple[str, str]]:
    for clause in _CLAUSE.split(text):
        words = _WORD.findall(clause)
        stems = [stem(fold(word)) for word in words]
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                if fold(words[end - 1]) in STOP_WORDS or (
                    end - start > 1 and start == 0 and _DOING.match(clause)
                ):
                    break
                if _is_term(stems[start:end]):
                    yield " ".join(stems[start:end]), " ".join(words[start:end])


def _is_term(stems: Sequence[str]) -> bool:
    return any(each.isalpha() for each in stems) and sum(map(rarity, stems)) >= _TELLING
