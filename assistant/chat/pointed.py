"""A question beside the talk: what it points at (it, they, the authors), names, or has for a topic of its own."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from assistant.chat.phrases import (
    ASPECTS,
    AUXILIARY,
    BARE_ORDINAL,
    BOTH,
    CLOSING,
    COMPARES,
    CONTRACTED,
    DEFINES,
    EXPLETIVE,
    FEW_WORDS,
    FRAGMENT,
    GOES_ON,
    IMPERATIVE,
    IT,
    ITSELF,
    JOINT,
    LEADING,
    NAMING,
    NUMBER,
    OPENING,
    ORDINAL,
    POINTING_THAT,
    THE_PAPER,
    THEIR_OWN,
    TOGETHER_ALONE,
    TOPICAL,
    VERB,
    WHICH_OF,
)
from assistant.chat.spelling import respelled, with_names
from assistant.chat.talk import Talk
from assistant.chat.wording import AUTHORS, CONNECTIVE, POINTING, WHAT_ABOUT
from assistant.extract.lists import asks_list
from assistant.extract.question import Question
from assistant.text.names import goes_by, name_of
from assistant.text.parts import question_names, without
from assistant.text.rarity import rarity
from assistant.text.terms import STOP_WORDS, stem, tokens
from assistant.types import Paper


class Papers(Protocol):
    """The library, as far as names are looked up in it."""

    def paper(self, key: str) -> Paper:
        """Raises UnknownPaper."""
        ...

    def called(self, name: str) -> tuple[str, ...]:
        """The keys of the papers that are called so."""
        ...

    def by(self, name: str) -> tuple[str, ...]:
        """The keys of the papers that somebody of this name wrote."""
        ...

    def bearing(self, name: str) -> tuple[str, ...]:
        """The keys of the papers, of those near, whose text holds the name."""
        ...

    def nearness(self, question: str) -> dict[str, float]:
        """Key → how near the paper's nearest passage is to the question, of the papers near it, the nearest first."""
        ...

    def introduces(self, key: str, names: Sequence[str]) -> bool:
        """Whether the paper has these names where it says what it is about."""
        ...

    def rivals(self, question: str, names: Sequence[str], key: str) -> tuple[str, ...]:
        """The keys of the other papers that are nearly as near to the question as ``key``, and bear the names in it."""
        ...


class Pointed:
    """One question, as it was put and without what only opens it, and the names in it."""

    def __init__(self, text: str, talk: Talk, papers: Papers) -> None:
        self.talk = talk
        self.papers = papers
        self.put = text.strip()
        self.text = CLOSING.sub("", OPENING.sub("", self.put.replace("’", "'"))) or self.put
        self.text = CONTRACTED.sub(r"\1 is", self.text)
        self.text = with_names(respelled(self.text, self._known), self._written)
        self.text = BARE_ORDINAL.sub(r"\1 one\2", self.text)
        plain = POINTING.sub(lambda m: " " * len(m[0]), self.text)
        self.names = question_names(ORDINAL.sub(lambda m: " " * len(m[0]), NUMBER.sub(" ", plain)))

    @cached_property
    def one(self) -> str | None:
        """The paper that "it" can only be: the one spoken of, or, of several or none shown, the one that was named."""
        several = not self.talk.meant and len(self._named_before) > 1
        if self.talk.one and (several or self.rivals or self._beside or self.another_named):
            return None
        if self.talk.one or not self.talk.question:
            return self.talk.one
        named = self._named_before or self._introducing
        return named[0] if len(named) == 1 and named[0] in (self.talk.several or named) else None

    @cached_property
    def several(self) -> tuple[str, ...]:
        """The papers that "they" can be: those of the last turn, or all that its question named, if these are more."""
        named, shown = self._named_before, self.talk.several
        return named if not self.talk.meant and len(named) > len(shown) else shown

    @cached_property
    def rivals(self) -> tuple[str, ...]:
        """The papers that "it" can be as well as the one shown: where the question named none, and they are as near
        to it, that it was this one that answered is no more than chance."""
        shown = self.talk.one
        if not shown or self.talk.meant or self._named_before:
            return ()
        return self.papers.rivals(self.talk.question, self._named_in(self.talk.question), shown)

    @property
    def another_named(self) -> tuple[str, ...]:
        """The papers that the last question named, where another than these was shown: either can be meant."""
        named = self._named_before
        return () if self.talk.meant or self.talk.one in named else named

    @property
    def _introducing(self) -> tuple[str, ...]:
        """Of the papers shown those that are about what the last question named; none where it asked for a list."""
        names = self._named_in(self.talk.question)
        asked = names and not asks_list(self.talk.question)
        return tuple(key for key in self.talk.several if asked and self.papers.introduces(key, names))

    @property
    def _beside(self) -> bool:
        """Whether the last question asked what something is, and the paper shown has no word of it: not its rarest."""
        if self.talk.meant or self._named_before or not DEFINES.match(self.talk.question):
            return False
        about = topics(self.talk.question)
        return bool(about) and max(about, key=rarity) not in self._stems(str(self.talk.one))

    def _known(self, word: str) -> bool:
        """Whether the paper spoken of has the word."""
        return bool(self.talk.one) and stem(word) in self._stems(str(self.talk.one))

    def _written(self, word: str) -> str:
        """The name of the paper that is called so, but for capitals and an ending; "" if none is."""
        called = (key for key in self.papers.called(word) if goes_by(self.papers.paper(key), word))
        return next(map(self.name, called), "")

    def _stems(self, key: str) -> set[str]:
        return {stem(word) for word in tokens(self.papers.paper(key).text)}

    @cached_property
    def _named_before(self) -> tuple[str, ...]:
        """The papers that the last question named."""
        return once(key for name in question_names(self.talk.question) for key in self.papers.called(name))

    def focus(self) -> tuple[str, ...]:
        return (self.one,) if self.one else ()

    def points(self) -> bool:
        return self.points_in(self.text)

    def points_in(self, text: str) -> bool:
        plain = EXPLETIVE.sub(lambda m: " " * len(m[0]), text)
        if POINTING_THAT.search(plain) or WHICH_OF.match(plain):
            return True
        if (match := AUTHORS.search(plain) or ITSELF.search(plain)) and not self._is_inside(plain, match):
            return True
        if TOGETHER_ALONE.search(plain):
            return True
        if BOTH.search(plain) and not self.called_in(plain):
            return True
        match = IT.search(plain)
        if match is None:
            the = THE_PAPER.search(plain)
            of_all = the is not None and the[0].endswith("s") and not self.talk.question
            return the is not None and not of_all and not self.has_own_topic(THE_PAPER.sub(" ", plain))
        return not self._is_inside(plain, match)

    def _is_inside(self, text: str, match: re.Match[str]) -> bool:
        """Whether the pronoun stands for something named before it in the same question."""
        before = text[: match.start()]
        if CONNECTIVE.match(before):
            before = CONNECTIVE.sub("", before)
        led = LEADING.match(before)
        clause = list(JOINT.finditer(before))
        if led and clause:  # "On GSM8K, how does it do": a condition, unless it is a paper's name
            return bool(self.called_in(before))
        if clause:
            head = before[: clause[-1].start()]
            others = {each[0].lower() for each in IT.finditer(text)}
            loose = len(others) > 1 and not VERB.search(head)  # "failures: how do they handle them?"
            return self.has_own_topic(head) and not loose
        own = THEIR_OWN.fullmatch(match[0]) and not AUXILIARY.search(before)
        return bool(own and self.has_own_topic(IMPERATIVE.sub("", before)))

    def has_no_topic(self) -> bool:
        """Whether it only goes on. Behind "and" or "what about" a few words, or words that the paper spoken of has,
        too, are no other topic."""
        if asks_list(self.text) or not self.talk.question:
            return False
        match = WHAT_ABOUT.match(self.text) or CONNECTIVE.match(self.text) or GOES_ON.match(self.text)
        if FRAGMENT.match(self.text) and not self._named_in(self.text):
            return True
        few = len(self.text.split()) <= FEW_WORDS + 1
        if few and not Question(self.text).words:
            return True
        if self.one is None and match and few:
            return bool(GOES_ON.match(self.text)) or not self._named_in(self.text)
        if match is None or self.one is None:
            return bool(self.talk.several or match) and not DEFINES.match(self.text) and self._asks_aspects()
        rest = self.text[match.end() :]
        held = self._stems(self.one)
        return not self._named_in(rest) and (len(rest.split()) <= FEW_WORDS or set(topics(rest)) <= held)

    def _asks_aspects(self) -> bool:
        """Whether it names nothing and asks only for what every paper has, or for that with words that have no topic
        and stand in the paper spoken of."""
        stems = set(Question(IMPERATIVE.sub("", self.text)).words)
        others = stems - ASPECTS
        if not stems or self._named_in(self.text):
            return False
        if others and self.one and others != stems and max(map(rarity, others)) < TOPICAL:
            others -= self._stems(self.one)
        return not others

    def has_own_topic(self, text: str) -> bool:
        """Whether it names something, or has a word that has a topic."""
        return bool(self._named_in(text) or topics(text))

    def _named_in(self, text: str) -> list[str]:
        """The names in it; an abbreviation that every other paper uses is none."""
        names = question_names(POINTING.sub(" ", text))
        return [name for name in names if max(map(rarity, map(stem, tokens(name))), default=0.0) >= NAMING]

    def called_in(self, text: str) -> tuple[str, ...]:
        """The papers that are called by a name in it. (What opens it may be a name only beside what went before.)"""
        named = [name for name in self.names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        return once(key for name in named for key in self.papers.called(name))

    def named_with(self, rest: str) -> bool:
        return bool(COMPARES.search(rest)) and bool(self.focus())

    def name(self, key: str) -> str:
        return name_of(self.papers.paper(key))


def topics(text: str) -> list[str]:
    """The stems of its words, but for names, that have a topic."""
    plain = without(text, question_names(text))
    stems = [stem(token) for token in tokens(plain) if token not in STOP_WORDS and not token.isdigit()]
    return [each for each in stems if rarity(_plain(each)) >= TOPICAL and each not in ASPECTS]


def _plain(word: str) -> str:
    """A superlative's adjective, if that is the more common: "hardest" is no rarer a topic than "hard"."""
    return min((word, word[:-3], word[:-2]), key=rarity) if word.endswith("est") else word


def once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
