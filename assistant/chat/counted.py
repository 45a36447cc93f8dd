"""A question with numbers or places in it ([3], paper 3, the second one, the first two) → its reading."""

import re

from assistant.chat.phrases import (
    CARRIES,
    COMPARES,
    FILLERS,
    NUMBER,
    ORDINAL,
    ORDINALS,
    TWO,
)
from assistant.chat.pointed import once
from assistant.chat.readings import Readings
from assistant.chat.talk import MORE, TOGETHER, UNCLEAR, Reading
from assistant.chat.wording import listed, put_in
from assistant.extract.authorship import asks_authors


class Counted(Readings):
    """One question, as far as it counts the papers that it means."""

    def numbered(self) -> Reading | None:
        numbers = [int(next(filter(None, match.groups()))) for match in NUMBER.finditer(self.text)]
        if not numbers or not (self.talk.numbers or re.search(r"\[\d+\]", self.text)):
            return None
        unknown = [number for number in numbers if number not in self.talk.numbers]
        if unknown:
            return self._unknown_number(unknown[0])
        keys = once(self.talk.numbers[number] for number in numbers)
        return self._explicit(keys, NUMBER)

    def _unknown_number(self, number: int) -> Reading:
        if number in self.talk.gone:
            asks = f"[{number}] {self.talk.gone[number]} is no longer in the library."
            return Reading(self.put, way=UNCLEAR, asks=asks, depends=True)
        known = sorted(self.talk.numbers)
        there = (
            f"there are [{known[0]}] to [{known[-1]}]"
            if len(known) > 1
            else f"there is [{known[0]}]"
            if known
            else "none is cited yet"
        )
        return Reading(self.put, way=UNCLEAR, asks=f"There is no source [{number}]; {there}.", depends=True)

    def ordinal(self) -> Reading | None:
        found = list(ORDINAL.finditer(self.text))
        keys: list[str] = []
        for match in found:
            counted = self._counted(match)
            if isinstance(counted, Reading):
                return counted
            keys.append(counted)
        return self._explicit(once(keys), ORDINAL) if found else None

    def first_two(self) -> Reading | None:
        """ "the first two": both are meant, to be compared or asked one by one."""
        match = TWO.search(self.text)
        if match is None:
            return None
        among = self._among()
        if len(among) < 2 or (self.talk.disputed and len(among) > 2):
            return self.which(among)
        keys = tuple(among[:2] if match["end"].lower() == "first" else among[-2:])
        if COMPARES.search(self.text):
            names = listed([self.name(key) for key in keys])
            return Reading(f"How do {names} compare?", keys, TOGETHER, depends=True)
        return self.of(TWO.sub("they", self.text), keys)

    def _among(self) -> list[str]:
        """The papers that "the second one" counts in."""
        return list(self.talk.listed) or (list(self.talk.spoken) if self.talk.one_by_one else [])

    def _counted(self, match: re.Match[str]) -> "str | Reading":
        """The paper that "the second one" is."""
        among = self._among()
        word = (match["nth"] or match["side"]).lower()
        if self.talk.disputed and word != "other":
            return self.which(among)
        if word in ("former", "latter", "other") and len(among) == 2:
            if word != "other":
                return among[word == "latter"]
            if self.one in among and len(self.talk.meant) < 2:
                return among[1 - among.index(str(self.one))]
        if word == "last" and among:
            back = not self.talk.listed and self.one not in (
                None,
                among[-1],
            )  # the last one named, or the last new one
            return self.which(among) if back else among[-1]
        named = self.several if len(self.several) > 1 else ()
        for counted in (among, self.talk.spoken if self.talk.one_by_one else (), named):
            if word in ORDINALS and ORDINALS.index(word) < len(counted):
                return counted[ORDINALS.index(word)]
        return self.which(among or self.talk.spoken)

    def _explicit(self, keys: tuple[str, ...], pointer: re.Pattern[str]) -> Reading:
        """A question that names papers by their numbers or places, and says with them what it asks, or not."""
        name = listed([self.name(key) for key in keys])
        rest = pointer.sub(" ", self.text)
        bare = not re.findall(r"\w+", re.sub(FILLERS, " ", rest, flags=re.IGNORECASE))
        if bare and self.talk.open:
            return self.taken_up(keys)
        if bare and len(keys) == 1 and self.talk.question and CARRIES.match(self.text):
            return self.asked_of(keys[0], name)
        if bare:
            return Reading(f"What is {name}?", keys, MORE, depends=True)
        own = pointer.sub(lambda m: name + ("'s" if m[0].endswith("'s") else ""), self.text, count=1)
        text = pointer.sub("", own)
        if self.points_in(pointer.sub(" ", self.text)) and len(keys) == 1:
            if self.named_with(rest):
                keys = once([*keys, *self.focus()])
            text = put_in(text, name)
        if asks_authors(self.text):
            return self.authors(keys)
        others = self.called_in(rest)
        return self.of(" ".join(text.split()), once([*keys, *others]), whole=True)
