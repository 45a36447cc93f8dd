"""A question that describes the papers that it means (by year, by author, by what they are about, or as the one to go
back to) → its reading."""

import re

from assistant.chat.counted import Counted
from assistant.chat.pointed import once
from assistant.chat.talk import MORE, Reading
from assistant.extract.authorship import asks_authors

_WORK = r"(?:paper|work|study|article|publication)"
_PAPER = rf"(?:one|{_WORK})"
DATED = re.compile(
    rf"\bthe\s+(?:(?P<old>older|oldest)|(?P<new>newer|newest|later|latest|more\s+recent|most\s+recent)"
    rf"|(?P<year>(?:19|20)\d\d))\s+(?:{_PAPER}\b|of\s+(?:the\s+two|them|these|those)\b)",
    re.IGNORECASE,
)
BY = re.compile(
    rf"\b(?:(?:the\s+)?{_WORK}\s+(?:by|of)|the\s+one\s+by)\s+(?P<by>(?-i:[A-Z])[\w-]+)(?:\s+et\s+al\b\.?)?"
    rf"|\b(?P<of>(?-i:[A-Z])[\w-]+)(?:\s+et\s+al\.?)?'s\s+{_WORK}\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    rf"(?<!\bis )(?<!\bwas )\bthe\s+{_PAPER}\s+(?:with|about|on|for|that|which)\s+(?P<of>[^,;?]+?)(?=\s*(?:[,;?]|$))",
    re.IGNORECASE,
)
BACK = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|now|please|let's|let\s+us|sorry)[,\s]+)*(?:(?:go(?:ing)?|com(?:e|ing)|turn(?:ing)?)\s+)?back\s+to\s+"
    r"(?P<to>[^,:;?]+)[,:;?.!\s]*(?P<rest>.*)$",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(rf"\bthe\s+(?:previous|former|last|other|earlier)\s+{_PAPER}\b", re.IGNORECASE)


class Described(Counted):
    """One question, as far as it describes the papers that it means."""

    def back(self) -> Reading | None:
        """ "back to X: does it scale?": X is meant, even if another was spoken of last."""
        match = BACK.match(self.text)
        if match is None:
            return None
        keys = self.called_in(match["to"])
        if not keys and _PREVIOUS.search(match["to"]):
            keys = tuple(key for key in self.talk.spoken if key != self.one)
        if len(keys) != 1:
            return self.which(keys) if keys else None
        if match["rest"]:
            return self.of(match["rest"], keys)
        return Reading(f"What is {self.name(keys[0])}?", keys, MORE, depends=True)

    def dated(self) -> Reading | None:
        """ "the older one", "the 2019 paper", of those spoken of."""
        match = DATED.search(self.text)
        among = self.talk.several if len(self.talk.several) > 1 else self.talk.spoken
        if match is None or not among:
            return None
        years = {key: self.papers.paper(key).year for key in among}
        known = [year for year in years.values() if year]
        if match["year"]:
            wanted = int(match["year"])
        elif len(known) < max(len(among), 2):
            return self.which(among)
        else:
            wanted = min(known) if match["old"] else max(known)
        keys = tuple(key for key, year in years.items() if year == wanted)
        rest = DATED.sub(" ", self.text)
        if (
            not keys and self.has_own_topic(rest) and not asks_authors(rest)
        ):  # of that year there may be others
            return None
        return self._explicit(keys, DATED) if len(keys) == 1 else self.which(keys or among)

    def by_author(self) -> Reading | None:
        """ "the paper by Shi": of several that one wrote the one that was spoken of."""
        match = BY.search(self.text)
        if match is None:
            return None
        keys = self.papers.by(match["by"] or match["of"])
        if len(keys) > 1:
            keys = tuple(key for key in keys if key in self.talk.spoken) or keys
        if len(keys) > 1:
            return self.which(keys)
        return self._explicit(keys, BY) if keys else None

    def about(self) -> Reading | None:
        """ "the one with the mesh", where that is the nearest to it of all papers, and was spoken of."""
        match = ABOUT.search(self.text)
        if match is None:
            return None
        nearest = next(iter(self.papers.nearness(match["of"])), None)
        return self._explicit(once([nearest]), ABOUT) if nearest in self.talk.spoken else None
