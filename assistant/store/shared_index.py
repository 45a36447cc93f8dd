"""The passages of a library on a server, as rows there: id, vector and the paper's id; asked for the nearest.

A row may be of a passage that no commit has brought yet, or that is gone: what the view does not know is passed over,
and more is asked for. Rows are put in before the commit that brings them, and are never taken out with a paper, for
another client may be bringing it back that moment; what no one knows after a day is swept (``reindex``).
The distance is the inner product, of vectors of length 1, so that they come back as they were put. The text is in the
log alone: in a row it would cost three times the place, for an index of letters that nobody asks.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from time import time

import numpy as np

from assistant.errors import LibraryError
from assistant.store.index import Row as Found
from assistant.store.index import nearest_among
from assistant.store.passages import Entry
from assistant.store.server import Collection as Rows
from assistant.store.server import Row
from assistant.types import Passage, Vectors

SPACE = "ip"
_DAY = 86_400


class SharedIndex:
    """``known``: of some passages' ids, those that the view has, each with its paper's id. Every method raises
    LibraryError."""

    def __init__(self, rows: Rows, known: Callable[[Sequence[str]], Mapping[str, str]]) -> None:
        self._rows = rows
        self._known = known

    def put(self, entries: Iterable[Entry]) -> None:
        held = [entry for entry in entries if entry.passages]
        if held:
            found = [(each, entry.paper.id) for entry in held for each in entry.passages]
            self.put_passages(found, np.concatenate([entry.vectors for entry in held]))

    def put_passages(self, passages: Sequence[tuple[Passage, str]], vectors: Vectors) -> None:
        """Each passage with its paper's id."""
        now = int(time())
        self._rows.upsert([Row(each.id, {"paper": paper, "at": now}) for each, paper in passages], vectors)

    def nearest(
        self, vector: Vectors, limit: int, papers: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """(passage id, cosine), nearest first, of the ``papers``, by their ids."""

        def rows(wanted: int, told: bool) -> list[Found]:
            where = {"paper": {"$in": sorted(papers or ())}} if told else None
            found = self._rows.nearest(vector, wanted, where)
            known = self._known([name for name, _ in found])
            return [(name, 1.0 - distance, known.get(name)) for name, distance in found]

        return nearest_among(rows, self.count, limit, papers)

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Passage id → its vector. Raises LibraryError if one is not there."""
        found = self._rows.vectors(ids)
        if lost := [name for name in ids if name not in found]:
            raise LibraryError(
                f"{len(lost)} vectors are not on the server any more; make them again: reindex"
            )
        return found

    def count(self) -> int:
        return self._rows.count()

    def missing(self, passages: Collection[str]) -> set[str]:
        """Those of all passages that have no row."""
        return set(passages).difference(self._rows.ids())

    def sweep(self, passages: Collection[str]) -> int:
        """Deletes what is a row of no passage, and was put there a day ago or earlier."""
        left = [name for name in self._rows.ids() if name not in passages]
        self._rows.delete(left, {"at": {"$lt": int(time()) - _DAY}})
        return len(left)

    def faults(self, passages: Iterator[tuple[str, str]], most: int = 1000) -> str | None:
        """What is wrong with the rows of (passage id, paper id); None if nothing is."""
        papers = dict(passages)
        ids = list(papers)
        for start in range(0, len(ids), most):
            part = ids[start : start + most]
            held, vectors = self._rows.rows(part), self._rows.vectors(part)
            for name in part:
                if name not in held or name not in vectors:
                    return f"lack passage {name}"
                if held[name].get("paper") != papers[name]:
                    return f"have another paper for passage {name}"
                if abs(float(np.linalg.norm(vectors[name])) - 1) > 1e-3:
                    return f"have a vector of another length for passage {name}"
        return None
