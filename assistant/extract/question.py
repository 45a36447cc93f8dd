"""Question → what it asks for: its words, its names, and the kind of thing behind its question word."""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from assistant.text.names import squashed
from assistant.text.numbers import numbers
from assistant.text.parts import question_names
from assistant.text.rarity import rarity
from assistant.text.terms import STOP_WORDS, fold, stem, tokens

_FOCUS = re.compile(
    r"\b(?:which|what|how many|how much|(?:name|list|give)(?: me)? (?:the|all|any|two|three|four|five))\b"
    r"\s+((?:[\w'&/.-]+\s*){1,4})",
    re.IGNORECASE,
)
_AFTER_FOCUS = frozenset("is are was were do does did has have can be of in for to by with on".split())
_ASKS_COUNT = re.compile(r"\bhow many\b", re.IGNORECASE)
_ASKS_MORE = re.compile(r"\bhow many (?:more|fewer|less|times)\b", re.IGNORECASE)
_ASKS_NUMBER = re.compile(
    r"\bhow (?!(?:do|does|did|is|are|was|were|can|could|should|would|might|to|has|have|an?|the|its?|they|their|we|this"
    r"|that|these|those|one|such|each|every|and|or|if|in|on|for|with)\b)\w+"
    r"|\b(?:number|percent\w*|proportion|share|rate|ratio|score|accuracy|size|amount|factor|margin|fraction)\b",
    re.IGNORECASE,
)
_ASKS_AMOUNT = re.compile(
    r"\bhow (?:many|much|large|big|small|little|long|fast|high|low|tall|old|heavy|wide|deep|far|accurate|precise"
    r"|expensive|costly)\b|\b(?:what|which) (?:percent\w*|share|proportion|fraction|number)\b",
    re.IGNORECASE,
)
"""What nothing but a number answers."""
_NAMEABLE = re.compile(
    r"^(?:datasets?|corpus|corpora|benchmarks?|models?|llms?|mllms?|plms?|languages?|pairs?|metrics?|gpus?|hardware"
    r"|optimi[sz]ers?|conferences?|venue|journal|universit\w*|institut\w*|compan\w*|tools?|librar\w*|frameworks?"
    r"|toolkits?|countr\w*|cit(?:y|ies)|systems?|baselines?|backbones?|software|packages?|attacks?|genes?"
    r"|proteins?|drugs?|inhibitors?|questionnaires?|parsers?|tokeni[sz]ers?|architectures?|algorithms?|shops?"
    r"|platforms?|websites?|editors?|annotators?)$"
)
"""What, asked for with "which", is answered by a name."""
_OF_KIND = re.compile(r"\b(?:which|what) (?:type|kind|sort|family|version|size) of\b", re.IGNORECASE)
_ASKS_DEED = re.compile(r"\W*what (?:do|does|did)\b", re.IGNORECASE)
_POINTERS = re.compile(
    r"\[\d[\d,;–\s-]*\]|\b(?:fig(?:ure)?s?|tab(?:le)?s?|sec(?:tion)?s?|eq(?:uation)?s?|code|listing|appendix|algorithm"
    r"|chapter|box)\.?\s*\d+(?:\.\d+)*",
    re.IGNORECASE,
)
"""Numbers that count nothing: of references, figures, sections."""
LONGEST = 1000
"""Characters of a question whose words are looked at; the rest of a pasted page is only searched for."""
TOPICAL = 3.5
"""The least rarity of a word that has a topic of its own: one text in 33 holds it."""


@dataclass(frozen=True)
class Question:
    """A question as the evidence is held against it."""

    text: str

    @cached_property
    def words(self) -> dict[str, str]:
        """Stem → word, of the content words in order."""
        found: dict[str, str] = {}
        for token in tokens(self.text[:LONGEST]):
            if token not in STOP_WORDS:
                found.setdefault(stem(token), token)
        return found

    @cached_property
    def names(self) -> list[str]:
        """Words with capitals or digits, but for a capital that only starts a sentence; "Llama 2" is one."""
        return question_names(self.text[:LONGEST])

    @cached_property
    def topics(self) -> list[str]:
        """The stems of the other words that are rare enough to have a topic of their own."""
        return self.topics_from(TOPICAL)

    def topics_from(self, least: float) -> list[str]:
        """As ``topics``, with another least rarity."""
        named = {stem(token) for name in self.names for token in tokens(name)}
        return [key for key in self.words if key not in named and not key.isdigit() and rarity(key) >= least]

    @cached_property
    def _asked(self) -> list[str]:
        """The words right behind "which", "what", "how many": the kind of thing asked for."""
        match = _FOCUS.search(self.text)
        words = tokens(match[1]) if match else []
        return list(takewhile(lambda word: word not in _AFTER_FOCUS, words))

    @cached_property
    def focus(self) -> list[str]:
        """The stems of its content words."""
        return [stem(word) for word in self._asked if word not in STOP_WORDS]

    @cached_property
    def asks_number(self) -> bool:
        return bool(_ASKS_NUMBER.search(self.text))

    @cached_property
    def asks_amount(self) -> bool:
        return bool(_ASKS_AMOUNT.search(self.text))

    @cached_property
    def asks_count(self) -> bool:
        return bool(_ASKS_COUNT.search(self.text))

    @cached_property
    def _asks_more(self) -> bool:
        return bool(_ASKS_MORE.search(self.text))

    @cached_property
    def asks_deed(self) -> bool:
        """Whether it asks what somebody or something does, did or finds, which most papers answer."""
        return bool(_ASKS_DEED.match(self.text))

    @cached_property
    def asks_kind(self) -> bool:
        """Whether a name would answer: "which dataset", "what kind of parser", "name the tool"."""
        return bool(_OF_KIND.search(self.text)) or any(map(_NAMEABLE.match, self._asked))

    @cached_property
    def values(self) -> set[float]:
        """The numbers in it, which no sentence gives as an answer."""
        return {number.value for number in numbers(self.text)}

    def new_numbers(self, text: str) -> bool:
        """Whether ``text`` gives a number that the question does not; those of references and figures are none."""
        return any(number.value not in self.values for number in numbers(_POINTERS.sub(" ", text)))

    def counted(self, text: str) -> bool:
        """Whether ``text`` has a new number with what is counted within the four words behind it; a share is one of
        how many more, not of how many."""
        words = re.findall(r"[\w.,%$&-]+", text)

        def counts(i: int) -> bool:
            behind = words[i + 1 : i + 5]
            return (
                (self._asks_more or not ("%" in words[i] or "%" in behind[:1]))
                and self.new_numbers(words[i])
                and not set(self.focus).isdisjoint(map(stem, tokens(" ".join(behind))))
            )

        return any(map(counts, range(len(words))))


def name_keys(text: str) -> set[str]:
    """Every way a name could be written in ``text``: its words, runs of two to four words squashed, and the
    letters and digits of mixed words apart (``llama2-7b`` holds llama, llama2, 7b)."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    keys = set(words)
    for size in (2, 3, 4):
        keys.update("".join(words[i : i + size]) for i in range(len(words) - size + 1))
    keys.update(part for word in words for part in re.findall(r"[a-z]+\d+|[a-z]+|\d+", word))
    return keys


def name_match(name: str, keys: Set[str], stems: Set[str], plain: str) -> float:
    """How surely ``name`` stands in a text given by its ``name_keys``, stems and folded characters: 1 as
    written, 0.8 as an acronym of words in a row, at most 0.7 in part, 0 not at all."""
    whole = squashed(name)
    if whole and (whole in keys or whole.removesuffix("s") in keys or whole + "s" in keys):
        return 1.0
    parts = tokens(name)
    known = [part in stems or stem(part) in stems for part in parts]
    numbered = len(parts) > 1 and any(part.isdigit() for part in parts)  # "Llama 2" is not "Llama 3.2"
    if not parts or (all(known) and not numbered):
        return 1.0
    if name.isupper() and len(name) > 1:
        initials = "".join(word[0] for word in re.findall(r"[a-z]+", plain))
        if fold(name.rstrip("s")) in initials:
            return 0.8
    return 0.7 * sum(known) / len(known)
