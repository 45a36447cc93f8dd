"""A question and what the talk was about → the question as it stands alone, by rules: which papers it means.

Nothing is guessed. What can mean two papers is asked back, naming them; what has a topic of its own carries nothing
over; and what means a paper is answered from that paper alone, so that no other can be shown in its place.
"""

import re

from assistant.chat.described import Described
from assistant.chat.near import Near
from assistant.chat.phrases import (
    AHEAD,
    ALIKE,
    ASKS_MORE,
    ASKS_SHORTER,
    AUTHORS_OF_IT,
    BOTH,
    COMPARES,
    DOES_IT,
    EARLIER,
    FEW_WORDS,
    FILLERS,
    LEADING,
    OF_OTHERS,
    PLURAL,
    SEVERAL,
    SURE,
    TWO_OF_THEM,
    WHICH_DOES,
    WHICH_IS,
    WHICH_OF,
    WHY,
)
from assistant.chat.pointed import Papers, once
from assistant.chat.readings import MOST, compared
from assistant.chat.talk import AGAIN, MORE, SHORTER, TOGETHER, UNCLEAR, Reading, Talk
from assistant.chat.wording import CONNECTIVE, POINTING, WHAT_ABOUT, listed, put_in
from assistant.extract.authorship import asks_authors
from assistant.extract.lists import asks_list
from assistant.extract.question import Question
from assistant.text.parts import question_names, without


def understood(text: str, talk: Talk, papers: Papers) -> Reading:
    """How ``text`` is to be read after the talk."""
    return _Rules(text, talk, papers).reading()


class _Rules(Described, Near):
    """One question on its way to its reading: the first rule that fits says it."""

    def reading(self) -> Reading:
        for rule in (
            self._repeats,
            self.of_it_or_all,
            self.back,
            self.numbered,
            self.first_two,
            self.ordinal,
            self.dated,
            self.by_author,
            self.after_all,
            self.about,
            self.aside,
            self._more,
            self._why,
            self._what_about,
            self.somebody,
            self._which_is,
        ):
            if found := rule():
                return found
        if EARLIER.search(self.text):
            others = tuple(key for key in self.talk.spoken if key != self.one)
            return self._explicit(others, EARLIER) if len(others) == 1 else self.which(self.talk.spoken[::-1])
        if self.talk.open and (found := self._chosen_by_name()):
            return found
        if self.points():
            return self._pointing()
        called = self.called_in(self.text) if self.one and len(self.names) == 1 else ()
        if called and ALIKE.search(self.text):
            return self._with_named(called)  # "does KID have the same author?"
        if called and AHEAD.match(self.text) and self.one not in called:
            than = f"{self.text.rstrip(' ?.!')} than {self.name(str(self.one))}?"
            return Reading(than, once([str(self.one), *called]), TOGETHER, depends=True)
        if self.has_no_topic():
            return self._elliptical()
        return self.by_nearness()

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
            return self.which(self.several or self.talk.listed)
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
            return self.which(self.several)
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
        if not (self.talk.question or self.talk.open):
            return None
        if (does := DOES_IT.match(self.text)) and len(called := self.called_in(does["of"])) == 1:
            return self.asked_of(called[0], self.name(called[0]))
        match = WHAT_ABOUT.match(self.text) or CONNECTIVE.match(self.text)
        if match is None:
            return None
        rest = self.text[match.end() :].strip()
        if not rest or self.points_in(rest) or len(rest.split()) > FEW_WORDS:
            return None
        if not self.names:
            return None
        if re.match(r"(?:who|what|which|how|why|where|when|is|are|do|does|did|can|has|have)\b", rest, re.I):
            return None
        called = self.called_in(rest)
        if len(called) == 1:
            return self.asked_of(called[0], self.name(called[0]))
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
            return self.which(self.several)
        asked = self.talk.question.rstrip(" ?.!")
        return Reading(f"{asked}, {rest.rstrip(' ?.!')}?", (key,), TOGETHER, depends=True)

    # which is faster?

    def _which_is(self) -> Reading | None:
        """A choice between two papers or more that are spoken of."""
        several = len(self.several) > 1
        chosen = (several or len(self.talk.spoken) == 2) and WHICH_IS.match(self.text)
        chosen = chosen or (several and WHICH_DOES.match(self.text))
        return self._both() if chosen and not self.names else None

    # it, they, this paper, the authors

    def _pointing(self) -> Reading:
        plural, compares = PLURAL.search(self.text), COMPARES.search(self.text)
        if self.one and OF_OTHERS.match(self.text):
            return Reading(put_in(self.text, self.name(self.one)), depends=True)  # "which papers cite it?"
        called = self.called_in(self.text)
        if WHICH_OF.match(self.text) or (BOTH.search(self.text) and not called):
            return self._both()
        if AUTHORS_OF_IT.search(self.text) and not self.names:
            plural = compares = None
        if called or (compares and self.names):
            return self._with_named(called)
        if plural and (compares or (ALIKE.search(self.text) and len(self.talk.spoken) == 2)):
            return self._both()
        authors = self.one and len(self.talk.meant) < 2 and not TWO_OF_THEM.search(self.text)
        keys = self.several if plural and not authors else ()
        if len(keys) > 1 and self._may_be_authors():
            return self.which(keys)
        if len(keys) < 2:
            one = self.one
            if one is None:
                return self.which(self.several or self.talk.spoken)
            keys = (one,)
        if asks_authors(self.text):
            return self.authors(keys)
        return self.of(self.text, keys)

    def _may_be_authors(self) -> bool:
        """Whether "they" can be the authors of one of the papers shown, as nobody named or listed these."""
        named = self.talk.meant or self._named_before or asks_list(self.talk.question)
        return not named and not SEVERAL.search(self.text)

    def _with_named(self, called: tuple[str, ...]) -> Reading:
        """ "compare that with KID": the paper spoken of, and the one named, which "it" is not."""
        focus = self.focus()
        if focus and called == focus and not PLURAL.search(self.text):
            names = question_names(self.talk.question)
            if len(names) == 1 and not set(called) & set(
                self._named_before
            ):  # "What is Flux?", which is no paper
                return Reading(put_in(self.text, names[0]), called, TOGETHER, depends=True)
            focus = tuple(key for key in self.talk.spoken if key not in called)
            if len(focus) != 1:
                return self.which(focus or called)
        if not focus:
            return self.which(self.several or self.talk.spoken)
        if not called and set(focus) <= set(
            once(key for name in self.names for key in self.papers.bearing(name))
        ):
            return self.of(self.text, focus)
        if not called:
            return Reading(
                self.put, way=UNCLEAR, asks=f"No paper here is called {listed(self.names)}.", depends=True
            )
        text = put_in(self.text, listed([self.name(key) for key in focus]))
        return Reading(compared(text), once([*focus, *called]), TOGETHER, depends=True)

    def _both(self) -> Reading:
        keys = self.several
        if len(keys) < 2:
            keys = self.talk.spoken
            if len(keys) < 2 or (len(keys) > 2 and not WHICH_OF.match(self.text)):
                return self.which(keys)
        names = listed([self.name(key) for key in keys])
        if asks_authors(self.text):
            return self.authors(keys)
        choice = next((each for each in (WHICH_OF, WHICH_IS, WHICH_DOES) if each.match(self.text)), None)
        text = TWO_OF_THEM.sub("they", CONNECTIVE.sub("", self.text))
        if choice:
            text = choice.sub(f"Which of {names if len(keys) < MOST else 'these papers'} ", self.text)
        elif POINTING.search(text):
            text = compared(put_in(text, names))
        else:
            text = f"How do {names} compare?"
        text = " ".join(text.split())
        return Reading(text, keys, TOGETHER, depends=True)

    # limitations? which datasets were used?

    def _elliptical(self) -> Reading:
        match = WHAT_ABOUT.match(self.text) or CONNECTIVE.match(self.text)
        rest = self.text[match.end() :] if match else self.text
        key = self.one
        if key is None and max(len(self.talk.meant), len(self._named_before)) > 1:
            return self.of(rest, self.several)
        if key is None:
            return self.which(self.several or self.talk.spoken)
        if ALIKE.search(rest) and len(self.talk.spoken) == 2:
            return self.of(ALIKE.sub(" ", rest).strip(), self.talk.spoken)  # "the same year?"
        if asks_authors(rest):
            return self.authors((key,))
        if not Question(rest).words:
            name, asked = self.name(key), self.talk.question.rstrip(" ?.!")
            where = "" if name in asked else f", in {name}"
            return Reading(f"{rest.rstrip(' ?.!')}{where}? ({asked})", (key,), TOGETHER, depends=True)
        return self.of(rest, (key,))

    def _chosen_by_name(self) -> Reading | None:
        """An answer to what was asked back, that names the paper."""
        if len(self.text.split()) > 5 or "?" in self.text:
            return None
        name = self.text.strip(" .!")
        rest = re.sub(FILLERS, " ", without(name, question_names(name)), flags=re.IGNORECASE)
        called = self.papers.called(name) or (() if re.search(r"\w", rest) else self.called_in(name))
        called = called or self.papers.bearing(name)
        return self.taken_up(called) if len(called) == 1 else None
