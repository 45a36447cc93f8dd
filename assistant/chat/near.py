"""A question that neither points nor names a paper, and has a topic → whether it is of the paper spoken of.

That is no matter of words: "how is the mesh refined?" goes on where the paper spoken of has a mesh, and begins anew
where it has none. So the papers are searched for it, and what is as near to two of them is asked back.
"""

import re

from assistant.chat.readings import Readings
from assistant.chat.talk import UNCLEAR, Reading
from assistant.chat.wording import GENERIC
from assistant.extract.lists import asks_list
from assistant.extract.question import Question
from assistant.text.terms import fold

CLOSE = 0.85
"""The share of a paper's nearness to a question at which another is as near: of questions that name no paper, chosen
on 24 first ones over whole papers: of the clear ones the highest has 0.81, of the unclear ones the lowest 0.87.
At this share of the nearest other one's, a question that names none is of the paper spoken of: 0.91 of 299 questions
on it, and 0.017 of 1,196 on others."""
DOUBTFUL = 0.65
"""At this share it is asked which is meant: 0.06 more of those on it, and 0.04 of those on others."""
WHAT_IS = re.compile(
    r"^\W*(?:what|who)\s+(?:is|are)\s+(?:(?:an?|the)\s+)?[\w.-]+(?:\s+[\w.-]+){0,2}\W*$", re.IGNORECASE
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
        """What neither points nor names a paper, and has a topic: of the paper spoken of, if none is much nearer."""
        nearness = self._nearness()
        if self.one is None or nearness < DOUBTFUL:
            return Reading(self.put)
        return self.of(self.text, (self.one,)) if nearness >= CLOSE else self._or_all(self.one)

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

    def _nearness(self) -> float:
        """How near the paper spoken of is to the question, as a share of the nearest other one's nearness; 0 where it
        cannot be meant: it has no word of the question or not each name, or that asks what something is, or speaks of
        papers at large."""
        aside = WHAT_IS.match(self.text) or asks_list(self.text) or AT_LARGE.search(self.text)
        if self.one is None or aside or not self._may_mean(self.one):
            return 0.0
        found = self.papers.nearness(self.text)
        own = found.pop(self.one, 0.0)
        others = max(found.values(), default=0.0)
        return own / others if others else float(own > 0)

    def _may_mean(self, key: str) -> bool:
        """Whether the paper has a word of the question, and every name in it, and no other is called so."""
        text = fold(self.papers.paper(key).text)
        held = all(fold(name) in text for name in self._named_in(self.text))
        words = set(Question(self.text).words)
        return held and set(self.called_in(self.text)) <= {key} and not words.isdisjoint(self._stems(key))
