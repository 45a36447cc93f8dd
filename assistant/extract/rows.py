"""A draft whose answer stands in a table → one that points at the row which the question speaks of."""

from collections import Counter
from dataclasses import replace

from assistant.extract.candidates import stems
from assistant.extract.features import coverage
from assistant.extract.question import Question
from assistant.text.rarity import rarity
from assistant.text.rows import above, is_caption, rows_of
from assistant.types import Draft, DraftClaim, PaperCatalog, Sentence

SAYS, OWN = 0.7, 0.2
"""The least share of a question, its words weighed by their rarity, that a row says with its caption and the heads of
its columns, and by itself, to stand in place of sentences that say less: of 326 questions that prose answers it did so
for one, whose first sentence was wrong (eval/LOG.md)."""


def with_rows(question: str, draft: Draft, catalog: PaperCatalog) -> Draft:
    """A caption says what a table is about, and none of its figures. Where one row alone holds most of the question's
    words, that is pointed at in its place; and in place of all sentences of one paper that say less of the question."""
    asked = Question(question)
    claims, offered = [], dict(draft.offered.sentences)
    for claim in draft.claims:
        said = [offered[tag] for tag in claim.shown_by if tag in offered]
        row = _row(said[0], set(asked.words), catalog) if len(said) == 1 and is_caption(said[0]) else None
        claims.append(_pointing(row, offered) if row else claim)
    told = [offered[tag] for claim in claims for tag in claim.shown_by if tag in offered]
    if told and not any(each.kind == "row" for each in told) and (row := _saying_more(asked, told, catalog)):
        claims = [_pointing(row, offered)]
    return replace(
        draft, claims=tuple(dict.fromkeys(claims)), offered=replace(draft.offered, sentences=offered)
    )


def _pointing(row: Sentence, offered: dict[str, Sentence]) -> DraftClaim:
    tag = f"{row.paper}:{row.number}"
    offered[tag] = row
    return DraftClaim(row.text, (tag,))


def _saying_more(asked: Question, told: list[Sentence], catalog: PaperCatalog) -> Sentence | None:
    """The one row with a figure that says more of the question than what is ``told``, all of one paper."""
    if len({each.paper for each in told}) > 1:
        return None
    weights = {word: rarity(word) for word in asked.words}
    every = catalog.sentences_of(told[0].paper)
    header = stems(catalog.paper(told[0].paper).title or "")
    least = max(SAYS, *(coverage(weights, header | stems(each.text)) for each in told))
    found: dict[int, tuple[float, float, Sentence]] = {}
    for caption in filter(is_caption, every):
        rows = rows_of(caption, every)
        shown_with = header | stems(" ".join(above(rows[0], every))) if rows else header
        for row in rows:
            own = stems(row.text)
            if asked.new_numbers(row.text):
                found[row.number] = coverage(weights, shown_with | own), coverage(weights, own), row
    best = max((each[:2] for each in found.values()), default=(0.0, 0.0))
    likeliest = [row for *says, row in found.values() if tuple(says) == best]
    return likeliest[0] if len(likeliest) == 1 and best[0] >= least and best[1] >= OWN else None


def _row(caption: Sentence, words: set[str], catalog: PaperCatalog) -> Sentence | None:
    """None where no row, or more than one, holds most of the words: each counts the more the fewer rows hold it."""
    rows = rows_of(caption, catalog.sentences_of(caption.paper))
    held = [sorted(words & stems(row.text)) for row in rows]
    shared = Counter(word for own in held for word in own)
    weights = [sum(1 / shared[word] for word in own) for own in held]
    most = max(weights, default=0)
    return rows[weights.index(most)] if most and weights.count(most) == 1 else None
