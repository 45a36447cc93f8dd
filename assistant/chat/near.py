"""A question that neither points nor names a paper, and has a topic → whether it is of the paper spoken of.

That is no matter of words: "how is the mesh refined?" goes on where the paper spoken of has a mesh, and begins anew
where it has none. So the papers are searched for it, and what is as near to two of them is asked back.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.chat.phrases import LEANING, REPORTED
from assistant.chat.pointed import once, topics
from assistant.chat.readings import Readings
from assistant.chat.talk import UNCLEAR, Reading
from assistant.chat.wording import CONNECTIVE, GENERIC
from assistant.extract.lists import asks_list
from assistant.extract.question import Question
from assistant.text.terms import fold

CLOSE = 0.85
"""The share of a paper's nearness to a question at which another is as near: of questions that name no paper, chosen
on 24 first ones over whole papers: of the clear ones the highest has 0.81, of the unclear ones the lowest 0.87.
At this share of the nearest other one's, a question that names none is of the paper spoken of: 0.92 of 299 questions
on it, and 0.018 of 1,196 on others."""
DOUBTFUL = 0.65
"""At this share it is asked which is meant: 0.05 more of those on it, and 0.06 of those on others."""
VAGUE = 0.5
"""In place of both, where the question has no topic of its own: 0.9 of 9 on it, and 0.26 of 72 on others, and those
are rarer than others that have none."""
EVEN = 3
"""Other papers that are CLOSE to the nearest of them, of a question that any paper can be asked: what is not even
DOUBTFUL is asked back, too. So it is with 0.03 of 171 questions on the paper spoken of, and 0.08 of 1,368 on others."""
WHAT_IS = re.compile(
    r"^\W*(?:what|who)\s+(?:is|are)\s+(?:(?!the\b).*[^\s?.!]|the\s+[\w.-]+(?:\s+[\w.-]+){0,2})"
    r"(?<! for)(?<! like)[\s?.!]*$",
    re.IGNORECASE,
)
"""Nothing but what something is."""
AT_LARGE = re.compile(rf"\b(?:other|any|all|most)\s+{GENERIC}\b", re.IGNORECASE)
"""It speaks of papers that were not spoken of."""
OF_ALL = re.compile(
    r"^\W*(?:(?:in|of|on)\s+)?(?:all|any|every)(?:\s+(?:of\s+them|papers?))?\W*$|^\W*no\W*$", re.IGNORECASE
)
OF_IT = re.compile(
    r"^\W*(?:(?:in|of|on)\s+)?(?:yes|yeah|yep|it|this|that)(?:\s+(?:one|paper))?\W*$", re.IGNORECASE
)
"""Answers to whether a question is of all papers, or of the one spoken of."""


class Near(Readings):
    """One question, as far as its nearness to the papers says which it means."""

    def by_nearness(self) -> Reading:
        """What neither points nor names a paper: of one that was spoken of, if none is much nearer to it."""
        has_topic = self.has_own_topic(self.text)
        among = (self.one,) if self.one else self._candidates()
        aside = (
            WHAT_IS.match(CONNECTIVE.sub("", self.text)) or asks_list(self.text) or AT_LARGE.search(self.text)
        )
        if not among or aside or self.called_in(self.text):
            return Reading(self.put)
        found = self.papers.nearness(self.text)
        nearness = self._shares(found, among)
        leans = LEANING.search(self.text)
        best = max(nearness, key=lambda key: nearness[key], default="")
        told = REPORTED.search(self.text) and best and nearness[best] >= VAGUE
        even = (_is_even(found, among) or told) and not self._named_in(self.text)
        if not best or nearness[best] < (DOUBTFUL if has_topic else VAGUE):
            return self._or_all(self.one) if self.one and (leans or even) else Reading(self.put)
        clear = all(share < CLOSE * nearness[best] for key, share in nearness.items() if key != best)
        if clear and nearness[best] >= (VAGUE if not has_topic else DOUBTFUL if leans else CLOSE):
            return self.of(self.text, (best,))
        return self._or_all(best) if len(among) == 1 else self.which(among)

    def _candidates(self) -> tuple[str, ...]:
        """The papers of which "it" can be any; none for a question with a name, which is more than "it" would be."""
        if self._named_in(self.text):
            return ()
        if self.talk.one:
            return once([self.talk.one, *self.another_named, *self.rivals])
        return self.several

    def of_it_or_all(self) -> Reading | None:
        """An answer to whether a question is of the paper spoken of, or of all."""
        if not self.talk.open or self.one is None:
            return None
        if OF_ALL.match(self.text):
            return Reading(self.talk.open)
        return self.of(self.talk.open, (self.one,)) if OF_IT.match(self.text) else None

    def _or_all(self, key: str) -> Reading:
        """Asks whether this paper is meant, or all."""
        numbers = {key: number for number, key in self.talk.numbers.items()}
        name = f"[{numbers[key]}] {self.name(key)}" if key in numbers else self.name(key)
        asks = f"Is that a question on {name}, or on all papers? Say “it” or “all”."
        return Reading(self.put, (key,), UNCLEAR, asks, depends=True)

    def _shares(self, found: Mapping[str, float], among: Sequence[str]) -> dict[str, float]:
        """How near each of these is to the question, as a share of the nearness of the nearest other paper; without
        those beside which another is about what it names."""
        other = max((near for key, near in found.items() if key not in among), default=0.0)
        near = {key: found[key] for key in among if found.get(key) and self._may_mean(key)}
        names = self._named_in(self.text)
        about = {key for key in found if self.papers.introduces(key, names)}
        near = {key: own for key, own in near.items() if key in about or not about}
        return {key: own / other if other else 1.0 for key, own in near.items()}

    def _may_mean(self, key: str) -> bool:
        """Whether the paper has a word of the question, if that has a topic, and every name in it."""
        text = fold(self.papers.paper(key).text)
        held = all(fold(name) in text for name in self._named_in(self.text))
        words = set(Question(self.text).words) if topics(self.text) else set()
        return held and not (words and words.isdisjoint(self._stems(key)))


def _is_even(found: Mapping[str, float], among: Sequence[str]) -> bool:
    """Whether EVEN papers or more, other than these, are as near as each other."""
    others = [near for key, near in found.items() if key not in among]
    return sum(near > 0 and near >= CLOSE * max(others) for near in others) >= EVEN
