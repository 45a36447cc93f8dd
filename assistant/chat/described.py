"""A question that describes the papers that it means (by year, by author, by what they are about, by a name put before
it, or as the one to go back to) → its reading."""

import re
from dataclasses import replace

from assistant.chat.counted import Counted
from assistant.chat.near import CLOSE
from assistant.chat.phrases import COMPARES
from assistant.chat.talk import ALONE, MORE, TOGETHER, UNCLEAR, Reading
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
    rf"|\b(?P<of>(?-i:[A-Z])[\w-]+)(?:\s+et\s+al\.?)?'s(?:\s+{_WORK}\b|\W*$)",
    re.IGNORECASE,
)
ABOUT = re.compile(
    rf"(?<!\bis )(?<!\bwas )\bthe\s+{_PAPER}\s+(?:with|about|on|for|that|which)\s+(?P<of>[^,;?]+?)(?=\s*(?:[,;?]|$))",
    re.IGNORECASE,
)
CALLED = re.compile(
    rf"\bthe\s+(?!(?:same|only|whole|two|main|first|second|third|last|other|present|current|given|proposed|next|best)\b)"
    rf"(?P<of>[\w-]+(?:\s+[\w-]+)?)\s+(?:{_PAPER}|package|tool|framework|software|library|toolbox|project)\b"
    r"(?!\s+(?:of|for|that|which|called|named)\b)",
    re.IGNORECASE,
)
"""By what it is about, before what it is: "the stencil package"."""
MEANT = re.compile(
    r"^\W*(?:(?:no|oh|sorry|wait|actually|rather)[,\s]+)*i\s+meant?\s+(?P<of>the\s.+)$", re.IGNORECASE
)
BACK = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|now|please|let's|let\s+us|sorry)[,\s]+)*(?:(?:go(?:ing)?|com(?:e|ing)|turn(?:ing)?)\s+)?back\s+to\s+"
    r"(?P<to>[^,:;?]+)[,:;?.!\s]*(?P<rest>.*)$",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"^\W*(?:(?:and|but|so|now|then|as\s+for|for|in|with|of)\s+)*(?:the\s+)?(?P<of>[\w.-]+)"
    r"(?:\s+(?:paper|package|people|folks|team|guys|authors?))?\s*[,:]\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
"""A name put before what is asked of it: "and Trixi.jl, does it scale?"."""
SOMEBODY = re.compile(r"\b(?:he|she|him|(?P<own>his|her\s+(?!own\b)(?=\w)|hers)|her)\b", re.IGNORECASE)
BESIDES = re.compile(r"\b(?:else|other|others|another|more|since|before|later|also)\b", re.IGNORECASE)
"""What somebody did beyond the paper spoken of."""
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
        among = self.several if len(self.several) > 1 else self.talk.spoken
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
        for pattern in (ABOUT, CALLED):
            if match := pattern.search(self.text):
                near = self._near(match["of"])
                spoken = tuple(key for key in near if key in self.talk.spoken)
                if len(spoken) > 1:
                    return self.which(spoken)
                return self._explicit(spoken, pattern) if spoken and spoken == near[:1] else None
        return None

    def _near(self, words: str, but: str | None = None) -> tuple[str, ...]:
        """The papers that are CLOSE to the words, the nearest first, without the one that is not meant."""
        nearness = {key: near for key, near in self.papers.nearness(words).items() if key != but}
        least = CLOSE * max(nearness.values(), default=0.0)
        return tuple(key for key, near in nearness.items() if near >= least)

    def after_all(self) -> Reading | None:
        """ "no, I meant the one on meshes": another than that spoken of, which has the words; of several as near it is
        asked which."""
        meant = MEANT.match(self.text)
        match = meant and (ABOUT.match(meant["of"]) or CALLED.match(meant["of"]))
        if not match:
            return None
        others = self._near(match["of"], self.one)
        return self.asked_of(others[0], self.name(others[0])) if len(others) == 1 else self.which(others)

    def aside(self) -> Reading | None:
        """ "and Trixi.jl, does it scale?": of the paper whose name stands before what is asked."""
        match = ASIDE.match(self.text)
        called = self.called_in(match["of"]) if match else ()
        if (
            match is None
            or len(called) != 1
            or COMPARES.search(match["rest"])
            or self.called_in(match["rest"])
        ):
            return None
        return replace(self.of(match["rest"], called), depends=False)

    def somebody(self) -> Reading | None:
        """ "where does he work?": the one author of the paper spoken of."""
        if not SOMEBODY.search(self.text) or self.names:
            return None
        one = self.one
        authors = self.papers.paper(one).authors if one else ()
        if one and len(authors) == 1:
            text = SOMEBODY.sub(lambda m: authors[0] + ("'s " if m["own"] else ""), self.text)
            keys = () if BESIDES.search(self.text) else (one,)
            return Reading(" ".join(text.split()), keys, TOGETHER if keys else ALONE, depends=True)
        asks = "Whom do you mean? Name the author."
        return Reading(self.put, way=UNCLEAR, asks=asks, depends=True)
