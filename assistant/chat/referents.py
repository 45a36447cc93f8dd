"""A question and what the talk was about → the question as it stands alone, by rules: which papers it means.

Nothing is guessed. What can mean two papers is asked back, naming them; what has a topic of its own carries nothing
over; and what means a paper is answered from that paper alone, so that no other can be shown in its place.
"""

import re
from collections.abc import Sequence

from assistant.chat.phrases import (
    ASKS_MORE,
    ASKS_SHORTER,
    CARRIES,
    COMPARE,
    COMPARES,
    EARLIER,
    FEW_WORDS,
    FILLERS,
    LEADING,
    NUMBER,
    ORDINAL,
    ORDINALS,
    PLURAL,
    SOMEBODY,
    SURE,
    TWO,
    WHICH_OF,
    WHY,
)
from assistant.chat.pointed import Papers, Pointed, once
from assistant.chat.talk import AGAIN, EACH, MORE, SHORTER, TOGETHER, UNCLEAR, Reading, Talk
from assistant.chat.wording import CONNECTIVE, WHAT_ABOUT, exchanged, listed, put_in
from assistant.extract.authorship import asks_authors
from assistant.extract.lists import asks_list
from assistant.extract.question import Question
from assistant.text.parts import question_names

MOST = 4
"""Papers of which one question is asked one by one."""


def understood(text: str, talk: Talk, papers: Papers) -> Reading:
    """How ``text`` is to be read after the talk."""
    return _Rules(text, talk, papers).reading()


class _Rules(Pointed):
    """One question on its way to its reading: the first rule that fits says it."""

    def reading(self) -> Reading:
        for rule in (
            self._repeats,
            self._numbered,
            self._first_two,
            self._ordinal,
            self._more,
            self._why,
            self._what_about,
            self._somebody,
        ):
            if found := rule():
                return found
        if EARLIER.search(self.text):
            return self._which(self.talk.spoken[::-1])
        if self.talk.open and (found := self._chosen_by_name()):
            return found
        if self.points():
            return self._pointing()
        if self.has_no_topic():
            return self._elliptical()
        return Reading(self.put)

    # [3], paper 3, the second one

    def _numbered(self) -> Reading | None:
        numbers = [int(next(filter(None, match.groups()))) for match in NUMBER.finditer(self.text)]
        if not numbers or not (self.talk.numbers or re.search(r"\[\d+\]", self.text)):
            return None
        unknown = [number for number in numbers if number not in self.talk.numbers]
        if unknown:
            return self._unknown_number(unknown[0])
        keys = once(self.talk.numbers[number] for number in numbers)
        return self._explicit(keys, NUMBER)

    def _unknown_number(self, number: int) -> Reading:
        known = sorted(self.talk.numbers)
        there = (
            f"there are [{known[0]}] to [{known[-1]}]"
            if len(known) > 1
            else "there is [1]"
            if known
            else "none is cited yet"
        )
        return Reading(self.put, way=UNCLEAR, asks=f"There is no source [{number}]; {there}.", depends=True)

    def _ordinal(self) -> Reading | None:
        found = list(ORDINAL.finditer(self.text))
        keys: list[str] = []
        for match in found:
            counted = self._counted(match)
            if isinstance(counted, Reading):
                return counted
            keys.append(counted)
        return self._explicit(once(keys), ORDINAL) if found else None

    def _first_two(self) -> Reading | None:
        """ "the first two": both are meant, to be compared or asked one by one."""
        match = TWO.search(self.text)
        if match is None:
            return None
        among = self._among()
        if len(among) < 2 or (self.talk.disputed and len(among) > 2):
            return self._which(among)
        keys = tuple(among[:2] if match["end"].lower() == "first" else among[-2:])
        if COMPARES.search(self.text):
            names = listed([self.name(key) for key in keys])
            return Reading(f"How do {names} compare?", keys, TOGETHER, depends=True)
        return self._of(TWO.sub("they", self.text), keys)

    def _among(self) -> list[str]:
        """The papers that "the second one" counts in."""
        return list(self.talk.listed) or (list(self.talk.spoken) if self.talk.one_by_one else [])

    def _counted(self, match: re.Match[str]) -> "str | Reading":
        """The paper that "the second one" is."""
        among = self._among()
        word = (match["nth"] or match["side"]).lower()
        if self.talk.disputed and word != "other":
            return self._which(among)
        if word in ("former", "latter", "other") and len(among) == 2:
            if word != "other":
                return among[word == "latter"]
            if self.one in among:
                return among[1 - among.index(str(self.one))]
        if word == "last" and among:
            return among[-1]
        for counted in (among, self.talk.spoken if self.talk.one_by_one else ()):
            if word in ORDINALS and ORDINALS.index(word) < len(counted):
                return counted[ORDINALS.index(word)]
        return self._which(among or self.talk.spoken)

    def _explicit(self, keys: tuple[str, ...], pointer: re.Pattern[str]) -> Reading:
        """A question that names papers by their numbers or places, and says with them what it asks, or not."""
        name = listed([self.name(key) for key in keys])
        rest = pointer.sub(" ", self.text)
        bare = not re.findall(r"\w+", re.sub(FILLERS, " ", rest, flags=re.IGNORECASE))
        if bare and self.talk.open:
            return self._taken_up(keys)
        if bare and len(keys) == 1 and self.talk.question and CARRIES.match(self.text):
            return self._asked_of(keys[0], name)
        if bare:
            return Reading(f"What is {name}?", keys, MORE, depends=True)
        own = pointer.sub(lambda m: name + ("'s" if m[0].endswith("'s") else ""), self.text, count=1)
        text = pointer.sub("", own)
        if self.points_in(pointer.sub(" ", self.text)) and len(keys) == 1:
            if self.named_with(rest):
                keys = once([*keys, *self.focus()])
            text = put_in(text, name)
        if asks_authors(self.text):
            return self._authors(keys)
        others = self.called_in(rest)
        return self._of(" ".join(text.split()), once([*keys, *others]), whole=True)

    # shorter, are you sure?

    def _repeats(self) -> Reading | None:
        way = SHORTER if ASKS_SHORTER.match(self.text) else AGAIN if SURE.match(self.text) else ""
        if not way or not self.talk.cited:
            return None
        return Reading(self.talk.question, self.talk.cited, way, depends=True)

    # more, why?

    def _more(self) -> Reading | None:
        match = ASKS_MORE.match(self.text)
        if match is None:
            return None
        of = match["of"] or "it"
        if self.has_own_topic(of) and not self.points_in(of):
            return self._tell(of)
        key = self.one
        if key is None:
            return self._which(self.talk.several or self.talk.listed)
        last = self.talk.question
        if not last or asks_authors(last) or asks_list(last):
            last = f"What is {self.name(key)}?"
        return Reading(last, (key,), MORE, depends=True)

    def _tell(self, of: str) -> Reading:
        called = once(key for name in question_names(of) for key in self.papers.called(name))
        return (
            Reading(f"What is {of.rstrip(' ?.!')}?", called, MORE) if len(called) == 1 else Reading(self.put)
        )

    def _why(self) -> Reading | None:
        if not WHY.match(self.text):
            return None
        key = self.one
        if key is None:
            return self._which(self.talk.several)
        about = self.talk.question.rstrip(" ?.!")
        name = self.name(key)
        return Reading(
            f"Why? ({about})" if name in about else f"Why, in {name}? ({about})",
            (key,),
            TOGETHER,
            depends=True,
        )

    # what about KID? and on GSM8K?

    def _what_about(self) -> Reading | None:
        match = WHAT_ABOUT.match(self.text) or CONNECTIVE.match(self.text)
        if match is None or not (self.talk.question or self.talk.open):
            return None
        rest = self.text[match.end() :].strip()
        if not rest or self.points_in(rest) or len(rest.split()) > FEW_WORDS or not self.names:
            return None
        if re.match(r"(?:who|what|which|how|why|where|when|is|are|do|does|did|can|has|have)\b", rest, re.I):
            return None
        called = self.called_in(rest)
        if len(called) == 1:
            return self._asked_of(called[0], self.name(called[0]))
        focus = self.focus()
        bearing = once(key for name in self.names for key in self.papers.bearing(name))
        if LEADING.match(rest) or (focus and set(focus) <= set(bearing)):
            return self._conditioned(rest)
        if bearing:
            return Reading(f"{self.text.rstrip(' ?.!')}?", bearing[:MOST], TOGETHER)
        return Reading(self.put, way=UNCLEAR, asks=f"No paper here names {listed(self.names)}.")

    def _conditioned(self, rest: str) -> Reading:
        """The last question, of the same paper, under another condition."""
        key = self.one
        if key is None:
            return self._which(self.talk.several)
        asked = self.talk.question.rstrip(" ?.!")
        return Reading(f"{asked}, {rest.rstrip(' ?.!')}?", (key,), TOGETHER, depends=True)

    def _asked_of(self, key: str, name: str) -> Reading:
        """The last question, of another paper."""
        before = [self.name(each) for each in self.talk.several]
        before += [found for each in self.talk.several if (found := self.papers.paper(each).handle)]
        if asks_authors(self.talk.question):
            return self._authors((key,))
        if asks_list(self.talk.question):
            return Reading(f"What is {name}?", (key,), MORE, depends=True)
        text = exchanged(self.talk.question, before, name)
        return Reading(text, (key,), TOGETHER, depends=True)

    # he, she

    def _somebody(self) -> Reading | None:
        if not SOMEBODY.search(self.text) or self.names:
            return None
        one = self.one
        authors = self.papers.paper(one).authors if one else ()
        if one and len(authors) == 1:
            return Reading(SOMEBODY.sub(authors[0], self.text), depends=True)
        asks = "Whom do you mean? Name the author."
        return Reading(self.put, way=UNCLEAR, asks=asks, depends=True)

    # it, they, this paper, the authors

    def _pointing(self) -> Reading:
        plural, compares = PLURAL.search(self.text), COMPARES.search(self.text)
        called = self.called_in(self.text)
        if WHICH_OF.match(self.text):
            return self._both()
        if called or (compares and self.names):
            return self._with_named(called)
        if compares and plural:
            return self._both()
        keys = self.talk.several if plural else ()
        if len(keys) < 2:
            one = self.one
            if one is None:
                return self._which(self.talk.several or self.talk.spoken)
            keys = (one,)
        if asks_authors(self.text):
            return self._authors(keys)
        return self._of(self.text, keys)

    def _with_named(self, called: tuple[str, ...]) -> Reading:
        """ "compare that with KID": the paper spoken of, and the one named."""
        focus = self.focus()
        if not focus:
            return self._which(self.talk.several or self.talk.spoken)
        others = called or once(key for name in self.names for key in self.papers.bearing(name)[:1])
        if not called and not others:
            return Reading(
                self.put, way=UNCLEAR, asks=f"No paper here names {listed(self.names)}.", depends=True
            )
        text = put_in(self.text, listed([self.name(key) for key in focus]))
        return Reading(_compared(text), once([*focus, *others]), TOGETHER, depends=True)

    def _both(self) -> Reading:
        keys = self.talk.several
        if len(keys) < 2:
            keys = self.talk.spoken
            if len(keys) < 2 or (len(keys) > 2 and not WHICH_OF.match(self.text)):
                return self._which(keys)
        names = listed([self.name(key) for key in keys])
        if asks_authors(self.text):
            return self._authors(keys)
        if WHICH_OF.match(self.text):
            text = WHICH_OF.sub(f"Which of {names if len(keys) < MOST else 'these papers'}", self.text)
        elif re.search(r"\bdiffer", self.text, re.IGNORECASE):
            text = f"How do {names} differ?"
        else:
            text = f"How do {names} compare?"
        return Reading(text, keys, TOGETHER, depends=True)

    # limitations? which datasets were used?

    def _elliptical(self) -> Reading:
        match = WHAT_ABOUT.match(self.text) or CONNECTIVE.match(self.text)
        rest = self.text[match.end() :] if match else self.text
        key = self.one
        if key is None:
            return self._which(self.talk.several or self.talk.spoken)
        if asks_authors(rest):
            return self._authors((key,))
        if not Question(rest).words:
            name, asked = self.name(key), self.talk.question.rstrip(" ?.!")
            where = "" if name in asked else f", in {name}"
            return Reading(f"{rest.rstrip(' ?.!')}{where}? ({asked})", (key,), TOGETHER, depends=True)
        return self._of(rest, (key,))

    # pieces

    def _chosen_by_name(self) -> Reading | None:
        """An answer to what was asked back, that names the paper."""
        if len(self.text.split()) > 5 or "?" in self.text:
            return None
        name = self.text.strip(" .!")
        called = once([*self.called_in(name), *self.papers.called(name)]) or self.papers.bearing(name)
        return self._taken_up(called) if len(called) == 1 else None

    def _taken_up(self, keys: tuple[str, ...]) -> Reading:
        """The question that was unclear, of what was meant."""
        name = listed([self.name(key) for key in keys])
        return self._of(NUMBER.sub(name, ORDINAL.sub(name, self.talk.open)), keys)

    def _of(self, text: str, keys: tuple[str, ...], whole: bool = False) -> Reading:
        """The question asked of these papers, of several one by one. ``whole``: it names them already."""
        if asks_authors(text) and not whole:
            return self._authors(keys)
        if len(keys) > 1 and not whole:
            if len(keys) > MOST:
                return self._which(keys)
            return Reading(text, keys, EACH, depends=True)
        shown = text if whole else put_in(text, self.name(keys[0]))
        return Reading(_compared(shown) if whole else shown, keys, TOGETHER, depends=True)

    def _authors(self, keys: tuple[str, ...]) -> Reading:
        if len(keys) > MOST:
            return self._which(keys)
        names = listed([self.name(key) for key in keys])
        return Reading(f"Who wrote {names}?", keys, EACH if len(keys) > 1 else TOGETHER, depends=True)

    def _which(self, keys: Sequence[str]) -> Reading:
        """Asks which is meant."""
        numbers = {key: number for number, key in self.talk.numbers.items()}
        options = once(keys)[:MOST]
        names = [f"[{numbers[k]}] {self.name(k)}" if k in numbers else self.name(k) for k in options]
        more = " or another" if len(once(keys)) > MOST else ""
        asks = f"Which one do you mean: {listed(names, 'or')}{more}?" if len(names) > 1 else (
            f"Which paper do you mean? The last one cited is {names[0]}." if names else
            "Which paper do you mean? None has been spoken of yet; name one."
        )  # fmt: skip
        return Reading(self.put, options, UNCLEAR, asks, depends=True)


def _compared(text: str) -> str:
    """ "compare A with B" as a question that has two sides."""
    found = COMPARE.match(text)
    return f"How do {found[1]} and {found[2]} compare?" if found else text
