"""What things are called in running text: names, and whether a text holds one, however it is written there."""

import re
from collections.abc import Iterator

from assistant.text.terms import fold
from assistant.types import Paper

_MARKED = re.compile(
    r"(?<![\w.-])(?=[^\W\d_])(?=[a-z]*[A-Z][a-z-]*[A-Z]|[^\W\d_]+-?\d|[a-z]+-(?:[a-z]+-)?[A-Z])"
    r"[^\W_]+(?:[-.+][^\W_]+)*"
)
"""A word with two capitals or with a digit, and what is joined to it: RouteSAE, LLM-based, GPT-4.1, text-to-SQL."""
_PROPER = re.compile(r"(?<=[a-z0-9,] )[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*")
"""Words with a capital that opens no sentence."""
_ENDING = 3
"""Letters at a word's end that may differ: Bayes, Bayesian."""
_SHORT = re.compile(r"(?P<name>[^\s:]+(?: [^\s:]+)?)\s*:\s")
_SOFTWARE = re.compile(r"(?<![\w.-])[A-Z][\w-]+\.[a-z]{1,3}\b")


def marked_names(text: str) -> list[str]:
    """Words that are written as names: with capitals within, or with a digit."""
    return [found[0] for found in _MARKED.finditer(text)]


def proper_names(text: str) -> list[str]:
    """Words, or runs of words, with a capital that opens no sentence."""
    return [found[0] for found in _PROPER.finditer(text)]


def without_marked_names(text: str) -> str:
    """What is left for numbers: the 4 of GPT-4 is none."""
    return _MARKED.sub(" ", text)


def short_name(title: str | None, handle: str | None) -> str:
    """What a paper calls its work: its handle, or the name before its title's colon; "" if it has none."""
    found = _SHORT.match(title or "")
    name = found["name"] if found else ""
    return name if re.search(r"[A-Z].*[A-Z0-9]|[a-z][A-Z]|\d", name) else handle or ""


def name_of(paper: Paper) -> str:
    """What to call a paper in a sentence: its short name, the software that its title names (Trixi.jl), or its title
    in quotation marks."""
    short = short_name(paper.title, paper.handle)
    software = set(map(str, _SOFTWARE.findall(paper.title or "")))
    if not short and len(software) == 1:
        return software.pop()
    return short or (f"“{paper.title}”" if paper.title else paper.key)


def goes_by(paper: Paper, word: str) -> bool:
    """Whether ``word`` is what the paper is called, but for capitals and the ending of software: trixi, Trixi.jl."""
    return bool(re.fullmatch(rf"{re.escape(word)}(?:\.[a-z]{{1,3}})?", name_of(paper), re.IGNORECASE))


class Held:
    """A text, to be asked which names it holds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._squashed = squashed(text)
        self._initials = "".join(word[0] for word in re.findall(r"[a-z]+", fold(text)))

    def lacks(self, text: str) -> Iterator[str]:
        """The names in ``text`` that do not stand here."""
        yield from (name for name in marked_names(text) if not self.has(name))
        for name in proper_names(text):
            words = re.split("[ -]", name)
            absent = [w for w in words if squashed(w)[: max(4, len(w) - _ENDING)] not in self._squashed]
            acronym = "".join(word[0] for word in words)
            if absent and (len(words) == 1 or acronym not in self._text):
                yield absent[0]

    def has(self, name: str) -> bool:
        """Whether the name stands here, written in whatever way, without the plain words joined to it, or, for an
        acronym, the words that it stands for."""
        core = "".join(part for part in re.split("[-+]", name) if not part.islower()) or name
        forms = {squashed(form).removesuffix("s") for form in (name, core)}
        if any(form in self._squashed for form in forms):
            return True
        letters = core.removesuffix("s")
        return letters.isupper() and squashed(letters) in self._initials


def squashed(text: str) -> str:
    """Letters and digits alone: HR-Bench, HR Bench and hrbench are one name."""
    return re.sub(r"[^a-z0-9]", "", fold(text))
