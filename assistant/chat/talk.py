"""What a conversation is made of: how a question is understood, what became of it, and what the next may refer to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from assistant.extract.lists import asks_list
from assistant.text.names import name_of
from assistant.types import Answer, Quote

ALONE, TOGETHER, EACH, MORE, UNCLEAR = "alone", "together", "each", "more", "unclear"
SHORTER, AGAIN = "shorter", "again"
"""Ways to answer: from every paper; from those that are meant, as one question; from each of them by itself; with what
they say beyond what was shown; not at all, but with a question back. And with the answer before: its beginning, or the
whole of it, verified again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is understood alone. ``papers``: the keys of those that it is about, none for all of them;
    ``way``: one of the above. Where it is unclear, ``asks`` is what to ask back, and ``papers`` may be meant;
    ``depends``: whether it needs the talk to be understood."""

    text: str
    papers: tuple[str, ...] = ()
    way: str = ALONE
    asks: str = ""
    depends: bool = False

    @property
    def meant(self) -> tuple[str, ...]:
        return () if self.way == UNCLEAR else self.papers


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, how it was understood, and its answer. ``state``: done, stopped (by whoever asked) or failed;
    ``lost``: what of a stored answer is not in the papers any more, a line each."""

    reading: Reading
    answer: Answer
    state: str = "done"
    lost: tuple[str, ...] = ()

    @property
    def cited(self) -> tuple[str, ...]:
        """The papers shown, in the order of their numbers."""
        return tuple(reference.paper.key for reference in self.answer.references)

    @property
    def is_answered(self) -> bool:
        """Whether anything came of it that still stands, be it that the papers do not say."""
        return bool(self.answer.claims) or (self.state == "done" and not self.lost)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What was shown, with what it leans on."""
        cited = [citation for claim in self.answer.claims for citation in claim.citations]
        return tuple(quote for each in cited for quote in (each.before, each.quote) if quote)


@dataclass(frozen=True, slots=True)
class Talk:
    """What a question may refer to. ``numbers``: marker → key, of all papers shown so far; ``spoken``: the papers that
    were shown or meant, in the order in which they came up; ``cited``: those of the last turn; ``meant``: what it was
    about; ``listed``: the papers that "the second one" counts in; ``one_by_one``: whether those spoken of came up one
    at a time; ``disputed``: whether those listed have another order than that of the list; ``question``: the last, as
    understood; ``open``: one that is not answered yet, because it was unclear; ``nearest``: the papers that came
    nearest to the last question, if none answers it; ``gone``: as ``numbers``, of papers that are in the library no
    more, and so are none of the others."""

    numbers: Mapping[int, str] = field(default_factory=dict)
    spoken: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    one_by_one: bool = True
    disputed: bool = False
    question: str = ""
    open: str = ""
    nearest: tuple[str, ...] = ()
    gone: Mapping[int, str] = field(default_factory=dict)

    @property
    def one(self) -> str | None:
        """The paper that "it" can only be."""
        for found in (self.meant, self.cited):
            if len(found) == 1:
                return found[0]
        return None

    @property
    def several(self) -> tuple[str, ...]:
        """The papers that "they" can be; one, if only one was spoken of."""
        return max(self.meant, self.cited, key=len)


def talk(
    turns: Sequence[Turn],
    numbers: Mapping[int, str],
    focus: Sequence[str] = (),
    gone: Mapping[int, str] = MappingProxyType({}),
) -> Talk:
    """What the next question may refer to, after these turns. ``numbers``, ``gone``: as in ``Talk``; ``focus``: the
    papers that are asked at all, if they were chosen: where it is one, that is meant, whatever was spoken of before."""

    def there(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for key in keys if key not in gone.values()))

    listed: tuple[str, ...] = ()
    one_by_one, disputed, question, open_ = True, False, "", ""
    last: Turn | None = None
    for turn in turns:
        cited, refers = there(turn.cited), bool(turn.reading.papers)
        shown = cited or there(paper.key for paper in turn.answer.nearest)
        if turn.reading.way == UNCLEAR:
            open_ = turn.reading.text
            listed, disputed = (shown, False) if len(shown) > 1 else (listed, disputed)
            if not turn.reading.depends:
                question, last = turn.reading.text, turn
            continue
        if len(shown) > 1 and ((cited and len(cited) > 1) or not (refers and set(shown) <= set(listed))):
            listed, disputed = shown, _disputed(turn)
        elif not refers:
            listed, disputed = (), False
        one_by_one = one_by_one and (refers or len(cited) < 2)
        question, open_, last = turn.reading.text, "", turn
    spoken = there(key for turn in turns for key in (*turn.cited, *turn.reading.meant))
    if len(focus) == 1:
        return Talk(dict(numbers), spoken, tuple(focus), tuple(focus), question=question, gone=gone)
    return Talk(
        dict(numbers),
        spoken,
        there(last.cited) if last else (),
        there(last.reading.meant) if last else (),
        listed,
        one_by_one,
        disputed,
        question,
        open_,
        there(paper.key for paper in last.answer.nearest) if last and not last.cited else (),
        gone,
    )


def _disputed(turn: Turn) -> bool:
    """Whether "the first one" of the papers cited can be two: where the question names them in another order than that
    of their numbers, or neither names nor lists them, and their numbers do not begin with [1]."""
    references = turn.answer.references
    places = [turn.reading.text.find(name_of(reference.paper)) for reference in references]
    if min(places, default=-1) >= 0:
        return places != sorted(places)
    return bool(references) and references[0].marker > 1 and not asks_list(turn.reading.text)
