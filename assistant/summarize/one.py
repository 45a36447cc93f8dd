"""A paper → Draft of its summary: its own sentences by what they do in it, each its own quote."""

from collections.abc import Sequence

from assistant.summarize.choose import chosen
from assistant.summarize.mentions import mentions
from assistant.summarize.pieces import Piece, pieces
from assistant.summarize.wanted import Wanted
from assistant.types import Draft, DraftClaim, Embedder, Offered, Paper, PaperCatalog, Sentence

PARTS = {
    "background": "Background", "problem": "Problem", "method": "Method", "data": "Data", "result": "Results",
    "limit": "Limits", "future": "Outlook", "code": "Code and data",
}  # fmt: skip
"""Role → the heading that it stands under; the headings in their order."""


def summary(key: str, catalog: PaperCatalog, embedder: Embedder, wanted: Wanted) -> Draft:
    """The draft; its ``unmet`` says which wishes no sentences of the paper can meet. Raises UnknownPaper."""
    paper = catalog.paper(key)
    taken = chosen(pieces(paper.key, catalog, embedder, terms=wanted.mentions), wanted)
    runs = joined(taken)
    claims = tuple(
        DraftClaim(
            paper.text[run[0].start : run[-1].end],
            tuple(tag_of(each) for each in run),
            part=PARTS.get(part, ""),
        )
        for part, run in sorted(runs, key=lambda each: (_place(each[0]), each[1][0].number))
    )
    offered = Offered({tag_of(each): each for _, run in runs for each in run})
    return Draft(
        claims,
        offered=offered,
        unmet=unmet(paper, [claim.text for claim in claims], wanted),
        is_list=bool(wanted.bullets),
    )


def unmet(paper: Paper | None, texts: Sequence[str], wanted: Wanted, why: str = "") -> tuple[str, ...]:
    """What was asked for and what the ``texts`` of a summary's sentences are not, a line each. ``why``: the reason, if
    it does not lie in the sentences that there are."""
    found, words = [], sum(len(text.split()) for text in texts)
    if wanted.words and not wanted.is_within(words) and (wanted.is_exact or words > wanted.words) and texts:
        found.append(f"{words} words, not {wanted.words}: {why or 'no whole sentences come nearer'}")
    if texts and wanted.bullets and len(texts) != wanted.bullets:
        no_more = why or "there are no others that can stand alone"
        found.append(f"{len(texts)} bullets, not {wanted.bullets}: {no_more}")
    for term in wanted.mentions:
        if not any(mentions(term, text) for text in texts):
            nowhere = paper is not None and not mentions(term, paper.text)
            reason = "the paper does not hold it" if nowhere else why or "no sentence with it can stand alone"
            found.append(f"{term!r} is not mentioned: {reason}")
    return tuple(found)


def tag_of(sentence: Sentence) -> str:
    return f"{sentence.paper}:{sentence.number}"


def joined(taken: Sequence[Piece]) -> list[tuple[str, list[Sentence]]]:
    """(part, sentences) of each piece; those that share a sentence are one, under the later one's part."""
    runs: list[tuple[str, list[Sentence]]] = []
    for piece in taken:
        run = list(piece.run)
        last = runs[-1][1][-1] if runs else None
        if last and last.paper == run[0].paper and last.number >= run[0].number:
            _, before = runs.pop()
            run = [*(each for each in before if each.number < run[0].number), *run]
        runs.append((piece.part, run))
    return runs


def _place(role: str) -> int:
    return list(PARTS).index(role) if role in PARTS else 0
