"""A draft that points at a table's caption → one that points at the row which the question speaks of."""

from collections import Counter
from dataclasses import replace

from assistant.extract.candidates import stems
from assistant.extract.question import Question
from assistant.text.rows import is_caption, rows_of
from assistant.types import Draft, DraftClaim, PaperCatalog, Sentence


def with_rows(question: str, draft: Draft, catalog: PaperCatalog) -> Draft:
    """A caption says what a table is about, and none of its figures. Where one row alone holds most of the question's
    words, that is pointed at in its place."""
    words = set(Question(question).words)
    claims, offered = [], dict(draft.offered.sentences)
    for claim in draft.claims:
        said = [offered[tag] for tag in claim.shown_by if tag in offered]
        row = _row(said[0], words, catalog) if len(said) == 1 and is_caption(said[0]) else None
        if row:
            tag = f"{row.paper}:{row.number}"
            offered[tag] = row
            claim = DraftClaim(row.text, (tag,))
        claims.append(claim)
    return replace(
        draft, claims=tuple(dict.fromkeys(claims)), offered=replace(draft.offered, sentences=offered)
    )


def _row(caption: Sentence, words: set[str], catalog: PaperCatalog) -> Sentence | None:
    """None where no row, or more than one, holds most of the words: each counts the more the fewer rows hold it."""
    rows = rows_of(caption, catalog.sentences_of(caption.paper))
    held = [sorted(words & stems(row.text)) for row in rows]
    shared = Counter(word for own in held for word in own)
    weights = [sum(1 / shared[word] for word in own) for own in held]
    most = max(weights, default=0)
    return rows[weights.index(most)] if most and weights.count(most) == 1 else None
