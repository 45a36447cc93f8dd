"""Texts as words, and a claim's words beside a sentence's: what is the same in both, and where.

The ground that the exact comparison stands on (align.py).
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from assistant.text.terms import STOP_WORDS, fold, stem

_WORD = re.compile(r"(?:[Nn]on-)?[^\W_]+(?:[.,'’][^\W_]+)*|[;:—–()]|\.{3}|[.,](?=\s)")
BREAKS = frozenset(", ; : — – ( ) but although though while whereas that which when".split())
"""Where a clause may end."""
_DENIALS = frozenset(
    "no not never none neither nor without cannot hardly barely nobody nothing nowhere".split()
)
_FAILS = frozenset(map(stem, "fail fails failed failing unable avoid avoids avoided".split()))
_NO_DENIAL = re.compile(
    r"\b(?:no doubt|without (?:a )?doubt|undoubtedly|not (?:surprisingly|only|just|merely|disputed|least|un\w+)"
    r"|no longer only|no wonder|no less than|why not|whether or not|or not|if not|no matter|without loss of)\b",
    re.IGNORECASE,
)
"""Words of denial that deny nothing."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why evidence does not say a claim, whatever else is alike. ``kind``: figure or name, which it lacks or gives
    otherwise; thing, of which it speaks no word but of another; denied, direction or role, where it says the contrary;
    quantity, where it says less; open, reported or condition, where it does not say so itself. ``reason`` in words;
    ``is_contrary``: whether both cannot be true."""

    kind: str
    reason: str
    is_contrary: bool = False


class Words:
    """A text as words in order, with the stem and the place of each."""

    def __init__(self, text: str) -> None:
        plain = text.replace("n't", " not").replace("n’t", " not").replace("cannot", "can not")
        self.text = _NO_DENIAL.sub(lambda match: re.sub(r"[^\W_]", "x", match[0]), plain)
        found = list(_WORD.finditer(self.text))
        self.words = [fold(match[0]).strip("'’").removesuffix("'s").removesuffix("’s") for match in found]
        self.starts = [match.start() for match in found]
        self.stems = [stem(word) for word in self.words]

    @cached_property
    def content(self) -> list[int]:
        """The places of the content words."""
        return [i for i, w in enumerate(self.words) if w not in STOP_WORDS and w[:1].isalnum()]

    @cached_property
    def denials(self) -> int:
        return sum(map(self.denies, range(len(self.words))))

    def cut(self, after: int, before: int) -> str:
        """The text between two places."""
        start = self.starts[after] + len(self.words[after]) if after >= 0 else 0
        return self.text[start : self.starts[before] if before < len(self.starts) else None]

    def denies(self, i: int) -> bool:
        if self.words[i] == "neither" and "nor" in self.words[i:]:
            return False  # the two deny once
        return self.words[i] in _DENIALS or self.stems[i] in _FAILS


words_of = lru_cache(maxsize=20_000)(Words)


@dataclass(frozen=True)
class Alignment:
    """``pairs``: place in the claim → place in the sentence, of the words that are the same and in order."""

    claim: Words
    sentence: Words
    pairs: dict[int, int]

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first and the last place in the sentence that a content word of the claim is matched to."""
        places = [self.pairs[i] for i in self.claim.content if i in self.pairs]
        return (min(places), max(places)) if places else (0, -1)


def closeness(claim: Words, sentence: Words) -> float:
    """The share of the claim's content words, its denials apart, that the sentence holds, in whatever order."""
    own = [claim.stems[i] for i in claim.content if not claim.denies(i)]
    held = set(sentence.stems)
    return sum(each in held for each in own) / len(own) if own else 0.0


def aligned(claim: Words, sentence: Words) -> Alignment:
    blocks = SequenceMatcher(None, claim.stems, sentence.stems, autojunk=False).get_matching_blocks()
    return Alignment(claim, sentence, {b.a + k: b.b + k for b in blocks for k in range(b.size)})
