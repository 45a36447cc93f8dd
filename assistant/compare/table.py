"""Papers and aspects → a row a paper.

The default aspects are read off the sentences' roles (aspects.py). Any other is asked, as a question, of that paper
alone; its answer counts only if it speaks of the aspect.
"""

from collections.abc import Callable, Sequence

from assistant.compare.aspects import ASPECTS, Stated, Told, cells
from assistant.compare.phrase import phrase
from assistant.text.roles import roles
from assistant.text.terms import content_stems
from assistant.types import Cell, Comparison, PaperCatalog, Row, Sentence
from assistant.verify.numbered import Numbered

Progress = Callable[[str, int, int], None]
"""Called before each of a number of things, with what it is."""
Asking = Callable[[str, str], Sequence[Sentence]]
"""A paper's key and a question → the sentences that answer it, the best first; none if it does not say."""
_LONG = 36
"""Words of an answer that are shown in a cell."""


def compared(
    keys: Sequence[str],
    aspects: Sequence[str],
    catalog: PaperCatalog,
    asking: Asking,
    progress: Progress | None = None,
) -> Comparison:
    """The table. ``aspects``: the default ones if none. Raises UnknownPaper."""
    wanted = tuple(aspects) or ASPECTS
    numbered = Numbered(catalog, keys)
    rows = []
    for n, key in enumerate(keys):
        if progress:
            progress(key, n, len(keys))
        known = stated(key, catalog) if set(wanted) & set(ASPECTS) else {}
        found = {name: known.get(name) if name in ASPECTS else _asked(key, name, asking) for name in wanted}
        rows.append(Row(key, tuple(_cell(name, each, numbered) for name, each in found.items())))
    return Comparison("", wanted, tuple(rows), numbered.references)


def stated(key: str, catalog: PaperCatalog) -> dict[str, Stated]:
    """Aspect → what the paper states in it, of the default ones."""
    every = catalog.sentences_of(key)
    told = roles(catalog.paper(key), every)
    placed = [
        Told(each, rhetoric, n / max(1, len(every) - 1))
        for n, (each, rhetoric) in enumerate(zip(every, told, strict=True))
    ]
    return dict(cells(next((each for each in every if each.kind == "title"), None), placed))


def _cell(aspect: str, found: Stated | None, numbered: Numbered) -> Cell:
    if found is None:
        return Cell(aspect)
    return Cell(aspect, found.value, (numbered.cite(found.sentence),))


def _asked(key: str, aspect: str, asking: Asking) -> Stated | None:
    question = aspect if aspect.endswith("?") else f"What is the {aspect}?"
    about = set(content_stems(aspect))
    for sentence in asking(key, question):
        if not about or about & set(content_stems(sentence.text)):
            start, end = phrase(sentence.text, 0, _LONG)
            return Stated(" ".join(sentence.text[start:end].split()), sentence)
    return None
