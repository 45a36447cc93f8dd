"""Which papers a question means → the reading that says so: the question as it stands alone, asked of those papers,
one by one, together, or asked back."""

from collections.abc import Sequence

from assistant.chat.phrases import COMPARE, NUMBER, ORDINAL
from assistant.chat.pointed import Pointed, once
from assistant.chat.talk import EACH, MORE, TOGETHER, UNCLEAR, Reading
from assistant.chat.wording import CONNECTIVE, exchanged, listed, put_in
from assistant.extract.authorship import asks_authors
from assistant.extract.lists import asks_list

MOST = 4
"""Papers of which one question is asked one by one."""


class Readings(Pointed):
    """One question, and what its readings are made of."""

    def taken_up(self, keys: tuple[str, ...]) -> Reading:
        """The question that was unclear, of what was meant."""
        name = listed([self.name(key) for key in keys])
        return self.of(NUMBER.sub(name, ORDINAL.sub(name, self.talk.open)), keys)

    def of(self, text: str, keys: tuple[str, ...], whole: bool = False) -> Reading:
        """The question asked of these papers, of several one by one. ``whole``: it names them already."""
        if asks_authors(text) and not whole:
            return self.authors(keys)
        if len(keys) > 1 and not whole:
            if len(keys) > MOST:
                return self.which(keys)
            return Reading(text, keys, EACH, depends=True)
        shown = text if whole else put_in(CONNECTIVE.sub("", text), self.name(keys[0]))
        return Reading(compared(shown) if whole else shown, keys, TOGETHER, depends=True)

    def asked_of(self, key: str, name: str) -> Reading:
        """The last question, of another paper."""
        before = [self.name(each) for each in self.talk.several]
        before += [found for each in self.talk.several if (found := self.papers.paper(each).handle)]
        if asks_authors(self.talk.question):
            return self.authors((key,))
        if asks_list(self.talk.question):
            return Reading(f"What is {name}?", (key,), MORE, depends=True)
        text = exchanged(self.talk.question, before, name)
        return Reading(text, (key,), TOGETHER, depends=True)

    def authors(self, keys: tuple[str, ...]) -> Reading:
        if len(keys) > MOST:
            return self.which(keys)
        names = listed([self.name(key) for key in keys])
        return Reading(f"Who wrote {names}?", keys, EACH if len(keys) > 1 else TOGETHER, depends=True)

    def which(self, keys: Sequence[str]) -> Reading:
        """Asks which is meant."""
        numbers = {key: number for number, key in self.talk.numbers.items()}
        keys = once([*keys, *self.another_named, *self.rivals])
        near = () if keys else self.talk.nearest
        keys = keys or near
        options = keys[:MOST]
        names = [f"[{numbers[k]}] {self.name(k)}" if k in numbers else self.name(k) for k in options]
        more = " or another" if len(keys) > MOST else ""
        asks = f"Which one do you mean: {listed(names, 'or')}{more}?" if len(names) > 1 else (
            f"Which paper do you mean? The {'nearest' if near else 'last one cited'} is {names[0]}." if names else
            f"Which paper do you mean? {self._none()}; name one."
        )  # fmt: skip
        if near:
            which = f"Of the nearest, w{asks[1:]}" if len(names) > 1 else asks
            asks = f"No paper answered “{self.talk.question}”. {which}"
        return Reading(self.put, options, UNCLEAR, asks, depends=True)

    def _none(self) -> str:
        """Why there is no paper that could be meant."""
        gone = listed([f"[{number}] {key}" for number, key in self.talk.gone.items()])
        return f"{gone} {'are' if len(self.talk.gone) > 1 else 'is'} no longer in the library" if gone else (
            "None has been spoken of yet"
        )  # fmt: skip


def compared(text: str) -> str:
    """ "compare A with B" as a question that has two sides."""
    found = COMPARE.match(text)
    return f"How do {found[1]} and {found[2]} compare?" if found else text
