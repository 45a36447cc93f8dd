"""What is to be summarised → what a language model is asked; and of its draft what was not as it was asked for.

The model is an engine as for questions: it is shown numbered sentences, here those that the summary could be made of
without it, and each claim of its is checked. What is asked of the form is written into the task; what of it code can
check is checked afterwards.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.summarize.one import tag_of, unmet
from assistant.summarize.wanted import Wanted
from assistant.text.terms import STOP_WORDS, tokens
from assistant.types import Draft, Offered, Paper

PAPERS = 8
"""Papers that a model is shown at once: of more it leaves some out."""
_WORDS = 22
"""Words of a model's sentence, on average."""
_MOST = 60
"""Sentences of one reply."""
_ENGLISH = 0.25
"""The share of stop words from which a text is English: of 40 English papers the least had 0.31."""


def task(papers: Sequence[Paper], wanted: Wanted, theme: str = "") -> str:
    """What the model is asked, of one paper or of several on a ``theme``."""
    if len(papers) == 1:
        what = f"Summarise the paper {papers[0].name!r}: its problem, method, data, results with their numbers, limits."
    else:
        on = f" on {theme!r}" if theme else ""
        what = (
            f"Summarise these {len(papers)} papers{on} together: what they ask, what they agree on and where they"
            " differ, their results side by side with the numbers, what they leave open."
        )
    wishes = [
        f"Write about {wanted.words} words." if wanted.words else "",
        f"Write exactly {wanted.bullets} sentences, each a point of a list." if wanted.bullets else "",
        f"Mention {', '.join(map(repr, wanted.mentions))}." if wanted.mentions else "",
        f"Write for {wanted.audience}." if wanted.audience else "",
        f"Write in {wanted.language}." if wanted.language else "",
    ]
    return " ".join(filter(None, (what, *wishes)))


def most(wanted: Wanted) -> int:
    """Sentences that the model may write."""
    return wanted.bullets or min(_MOST, max(3, round((wanted.words or 0) / _WORDS * 1.3)))


def retagged(draft: Draft, part: str = "") -> Draft:
    """The draft with tags that are the same whichever request they come from, and its claims under ``part``."""
    names = {tag: tag_of(each) for tag, each in draft.offered.sentences.items()}
    claims = tuple(
        replace(each, shown_by=tuple(names.get(tag, tag) for tag in each.shown_by), part=part)
        for each in draft.claims
    )
    offered = Offered(
        {names[tag]: each for tag, each in draft.offered.sentences.items()}, draft.offered.passages
    )
    return replace(draft, claims=claims, offered=offered)


def together(drafts: Sequence[Draft]) -> Draft:
    """One draft of several; at least one."""
    whole = drafts[0]
    for each in drafts[1:]:
        whole = replace(
            whole,
            claims=(*whole.claims, *(claim for claim in each.claims if claim not in whole.claims)),
            missing=(*whole.missing, *each.missing),
            usage=whole.usage + each.usage,
            offered=whole.offered | each.offered,
            dropped=whole.dropped + each.dropped,
        )
    return replace(whole, asked="")


def checked(draft: Draft, wanted: Wanted) -> Draft:
    """The draft with what of the wish it does not meet."""
    texts = [claim.text for claim in draft.claims]
    missed = unmet(None, texts, wanted, "the model did not write it so")
    if wanted.is_translated and _is_english(" ".join(texts)):
        missed += (f"it is in English, not in {wanted.language}",)
    return replace(draft, unmet=missed, is_list=bool(wanted.bullets))


def _is_english(text: str) -> bool:
    words = tokens(text)
    return sum(word in STOP_WORDS for word in words) >= _ENGLISH * max(1, len(words))
