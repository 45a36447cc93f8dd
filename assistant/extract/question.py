"""Question → what it asks for: names, other content words, the focus behind its question word."""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.extract.vocabulary import GENERIC, NAMEABLE
from assistant.text.terms import STOP_WORDS, fold, stem, tokens

_NAME = re.compile(r"(?<![\w-])(?:[A-Z][A-Za-z]+ \d+(?:\.\d+)?(?![\w.%])|[\w./+'-]*[A-Z0-9²³][\w./+^'-]*)")
_SENTENCE_START = re.compile(r"(^|[.?!:]\s+)\W*[\w'-]+")
_INNER_CAPITAL = re.compile(r"[A-Z].*[A-Z0-9]|\d|[a-z][A-Z]")
_NAME_IN_TEXT = re.compile(
    r"(?<![\w-])(?:[A-Z][\w]*[A-Z0-9][\w]*|[A-Z]{2,}|\w*\d\w*[A-Z]\w*)(?:[-.][\w.]+)*(?!\w)"
    r"|(?<![.!?:]\s)(?<!^)(?<![\w-])[A-Z][\w-]+"
)
_FOCUS = re.compile(
    r"\b(?:which|what|how many|how much|(?:name|list|give)(?: me)? (?:the|all|any|two|three|four|five))\b"
    r"\s+((?:[\w'&/.-]+\s*){1,4})",
    re.IGNORECASE,
)
_AFTER_FOCUS = frozenset("is are was were do does did has have can be of in for to by with on".split())


_DEFINITION = re.compile(
    r"^\W*(?:what(?:'s| is| are)|define|explain)\s+(?:the\s+|an?\s+)?"
    r"(?P<term>(?:(?!(?:of|in|for|by|with|to|on|from|at|about|between|used)\b)[\w/.+-]+\s*){1,4})\W*$",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:named|namely|called|termed|dubbed|known as|refers? to|defined as|means|is an?|is the|introduc\w*|propos\w*"
    r"|present(?:s|ed)?|i\.e\.)",
    re.IGNORECASE,
)


LONGEST = 1000
"""Characters of a question whose words are looked at; the rest of a pasted page is only searched for."""


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
        lowered = _SENTENCE_START.sub(
            lambda m: m[0] if _INNER_CAPITAL.search(m[0]) else m[0].lower(), self.text[:LONGEST]
        )
        found = [re.sub(r"'s$", "", match.strip(".'-/")) for match in _NAME.findall(lowered)]
        return list(dict.fromkeys(name for name in found if name and name != "I"))

    @cached_property
    def nouns(self) -> list[str]:
        """The other words with a topic: what must be spoken of in a paper that answers."""
        named = {token for name in self.names for token in tokens(name)}
        return [
            token
            for token in dict.fromkeys(tokens(self.text[:LONGEST]))
            if token not in STOP_WORDS and token not in GENERIC and token not in named and not token.isdigit()
        ]

    @cached_property
    def focus(self) -> list[str]:
        """The content words right behind "which", "what", "how many": the kind of thing asked for."""
        match = _FOCUS.search(self.text)
        found: list[str] = []
        for token in tokens(match[1]) if match else []:
            if token in _AFTER_FOCUS:
                break
            if token not in STOP_WORDS:
                found.append(token)
        return found

    @cached_property
    def topical_focus(self) -> list[str]:
        return [token for token in self.focus if token not in GENERIC]

    def defined_by(self, sentence: str) -> bool:
        """Whether the question is only what something is, and the sentence introduces or defines it."""
        match = _DEFINITION.match(self.text)
        if not match or not _DEFINES.search(sentence):
            return False
        said = set(tokens(sentence))
        term = [token for token in tokens(match["term"]) if token not in STOP_WORDS]
        return bool(term) and not GENERIC.issuperset(term) and said.issuperset(term)

    @cached_property
    def asks_name(self) -> bool:
        """Whether a name would answer: "which dataset", "what language", "name the tool"."""
        if not re.search(r"\b(?:which|what|name|list)\b", self.text, re.IGNORECASE):
            return False
        kind = re.search(
            r"\b(?:which|what) (?:type|kind|sort|family|version|size) of\b", self.text, re.IGNORECASE
        )
        return bool(kind) or any(NAMEABLE.match(token) for token in self.focus)


def names_in(text: str) -> set[str]:
    """Proper names in running text: inner capitals, acronyms, capitals away from a sentence's start."""
    return set(_NAME_IN_TEXT.findall(text))


def squashed(text: str) -> str:
    """Letters and digits alone: ``HR-Bench``, ``HR Bench`` and ``hrbench`` are one name."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def name_keys(text: str) -> set[str]:
    """Every way a name could be written in ``text``: its words, runs of two to four words squashed, and the
    letters and digits of mixed words apart (``llama2-7b`` holds llama, llama2, 7b)."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    keys = set(words)
    for size in (2, 3, 4):
        keys.update("".join(words[i : i + size]) for i in range(len(words) - size + 1))
    keys.update(part for word in words for part in re.findall(r"[a-z]+\d+|[a-z]+|\d+", word))
    return keys


def name_match(name: str, keys: set[str], stems: set[str], plain: str) -> float:
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
