"""Sentences that stand in a table or a pair → citations under their papers' numbers, and the bibliography of these."""

from collections.abc import Iterable
from functools import lru_cache

from assistant.types import Citation, PaperCatalog, Reference, Sentence
from assistant.verify.citations import citation


class Numbered:
    """Numbers papers in the order in which they are named or cited. ``keys``: those that come first."""

    def __init__(self, catalog: PaperCatalog, keys: Iterable[str] = ()) -> None:
        self._paper = lru_cache(maxsize=256)(catalog.paper)
        self._passages = lru_cache(maxsize=256)(catalog.passages_of)
        self._markers = {key: n for n, key in enumerate(keys, 1)}

    def cite(self, sentence: Sentence) -> Citation:
        """The whole sentence, cut from its paper's text."""
        marker = self._markers.setdefault(sentence.paper, len(self._markers) + 1)
        return citation(
            sentence, sentence, self._paper(sentence.paper), self._passages(sentence.paper), marker
        )

    @property
    def references(self) -> tuple[Reference, ...]:
        """The papers numbered so far."""
        return tuple(Reference(marker, self._paper(key)) for key, marker in self._markers.items())
