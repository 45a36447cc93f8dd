"""Questions about authorship → the papers' own title and author lines."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.text.rarity import rarity
from assistant.text.terms import STOP_WORDS, fold, stem
from assistant.types import Paper

_ASKS_AUTHORS = re.compile(
    r"\bwho(?:'s|\s+is|\s+are|\s+was|\s+were)?\s+(?:\w+\s+){0,2}?(?:wrote|written|authored|co-?authored|(?:co-?)?authors?"
    r"|published|behind|writes?|people\s+behind)\b|\bauthors?\s+(?:of|behind)\b|\bby\s+whom\b|\bwhose\s+(?:paper|work)\b"
    r"|\bnames?\s+(?:of\s+)?the\s+authors?\b|\bwho\s+(?:came\s+up\s+with|created|invented)\b",
    re.IGNORECASE,
)
_ASKS_ELSE = re.compile(
    r"\b(?:how|why|when|where|which|do|does|did|what (?!is\b|are\b|was\b|were\b))\b", re.IGNORECASE
)
_ASKS_WORKS = re.compile(
    r"\b(?:papers?|works?|articles?|publications?|everything|anything|research|studies|written|something|stuff|what)\b"
    r".*?\b(?:by|from|of)\s+(?-i:(?=[^\W\d_a-z]))"
    r"|\b(?:has|have|had|did|does|do)\b[^?]*\b(?:writ(?:e|ten)|wrote|publish(?:ed)?|author(?:ed)?|co-?author(?:ed)?)\b"
    r"|\bauthor(?:s|ed)?\b|\bco-?author(?:s|ed)?\b|\b(?:wrote|written\s+by)\b|\w's\s+(?:papers?|works?|publications?)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?<![\w-])(?:[^\W\d_a-z][^\W\d_]*\.?[\s-]+(?:(?:de|van|von|der|la|di|al|bin)\s+)*){0,3}[^\W\d_a-z][^\W\d_]+(?![\w-])"
)


COMMON = 4.5
"""The rarity below which a word that opens a question is no name: one text in 90 holds it."""


def asks_authors(question: str) -> bool:
    """Whether the whole question is who wrote something, not what its authors did."""
    found = _ASKS_AUTHORS.search(question)
    return found is not None and not _ASKS_ELSE.search(question, 0, found.start())


@dataclass(frozen=True)
class Works:
    """The people a question names as authors, and the papers that all of them wrote."""

    people: tuple[str, ...]
    papers: tuple[Paper, ...]


def asked_works(question: str, papers_by: Callable[[str], list[Paper]]) -> Works | None:
    """What the collection holds by the people that a question of the kind "what has X written" names; None
    for other questions, and where no name in it is an author's here. ``papers_by``: papers with an author
    whose name holds a word."""
    return authored(question, papers_by) if _ASKS_WORKS.search(question) else None


def authored(question: str, papers_by: Callable[[str], list[Paper]]) -> Works | None:
    """The authors that a question names, whatever it asks, and what all of them wrote. As ``asked_works``."""
    people, lists = [], []
    for match in _PERSON.finditer(question):
        first, _, rest = match[0].partition(" ")
        if not (rest or question[: match.start()].strip() or _is_name(first, question[match.end() :])):
            continue
        for person in (match[0], rest if first.lower() in STOP_WORDS else ""):  # "Did Tao Liang ..."
            if found := _by(person, papers_by):
                people.append(person)
                lists.append(found)
                break
    if not lists:
        return None
    keys = set.intersection(*({paper.key for paper in papers} for papers in lists))
    return Works(tuple(people), tuple(paper for paper in lists[0] if paper.key in keys))


def _is_name(opening: str, behind: str) -> bool:
    """Whether a question's first word is a name: among many papers there is an author called How, By, or Small."""
    is_common = opening.lower() in STOP_WORDS or rarity(stem(fold(opening))) < COMMON
    return not is_common or behind.startswith(("'s ", "’s "))


def _by(person: str, papers_by: Callable[[str], list[Paper]]) -> list[Paper]:
    words = [word.strip(".") for word in re.split(r"[\s-]+", fold(person))]
    return [paper for paper in papers_by(person.split()[-1]) if _wrote(words, paper)] if person else []


def _wrote(words: list[str], paper: Paper) -> bool:
    """Whether one author's name holds all the words, whichever comes first; initials may stand for names."""
    for author in paper.authors:
        parts = re.split(r"[\s,.-]+", fold(author))
        if all(
            any(part == word or (len(word) == 1 and part.startswith(word)) for part in parts)
            for word in words
        ):
            return True
    return False
