"""Catalog → what is derived from it: the full text and the vector index, brought in step or made anew.

The catalog records which index is its own, from which generation of the papers it was made, and the checksum
of its graph; in one row, written when the index is complete. A new index is made beside the old one. So at
whatever moment a process is killed, the row names a whole index, or one that can be seen to be none.
"""

from collections.abc import Collection

from assistant.errors import LibraryError
from assistant.private import share_as
from assistant.store.catalog import Catalog
from assistant.store.connection import CATALOG
from assistant.store.index import VectorIndex
from assistant.store.queries import INDEX

_SAME = 0.9999
"""The cosine of a vector with itself, as far as Chroma's arithmetic goes."""


def fault(catalog: Catalog, index: VectorIndex) -> str | None:
    """Why the index is not the catalog's; None if it is. Its generation, checksum and count must agree, and
    some passages' own vectors must find their like."""
    name, generation, checksum = _recorded(catalog)
    index.use(name)
    if generation != str(catalog.generation):
        return "is behind the papers" if name else "was not completed"
    if not index.exists():
        return "is not there"
    try:
        if index.checksum() != checksum:
            return "has files that were altered"
        return _lacking(catalog, index)
    except LibraryError as error:
        return str(error)


def _lacking(catalog: Catalog, index: VectorIndex) -> str | None:
    """What of the catalog the index does not hold; None if nothing that is seen at once."""
    have, want = index.count(), catalog.counts()[1]
    if have != want:
        return f"holds {have} of {want} passages"
    for passage, vector in catalog.probes():
        if not any(cosine > _SAME for _, cosine in index.nearest(vector, 1)):
            return f"does not find passage {passage} by its vector"
    return None


def update(catalog: Catalog, index: VectorIndex) -> None:
    """Brings the index in step by what the catalog says has changed; needs the writer lock. Raises LibraryError if it
    is not whole, before or after."""
    name, _, checksum = _recorded(catalog)
    index.use(name)
    if index.checksum() != checksum:
        raise LibraryError(f"the vector index at {index.path} was altered")
    catalog.set_meta(INDEX, f"{name} - {checksum}")
    _bring(catalog, index, catalog.stale())
    if (
        index.count() != catalog.counts()[1]
    ):  # a version that noted no additions was ended before it came here
        _bring(catalog, index, index.ids() ^ catalog.passage_ids())
    if found := _lacking(catalog, index):
        raise LibraryError(f"the vector index at {index.path} {found}")
    _record(catalog, index)


def _bring(catalog: Catalog, index: VectorIndex, passages: Collection[str]) -> None:
    """Each of the passages is then in the index as it is in the catalog, or in neither."""
    gone = set(passages)
    for ids, papers, vectors in catalog.vectors(sorted(passages)):
        index.upsert(ids, papers, vectors)
        gone.difference_update(ids)
    index.delete(gone)


def rebuild(catalog: Catalog, index: VectorIndex) -> None:
    """Makes another index, and throws the old one away when it is complete; needs the writer lock."""
    index.build(catalog.vectors())
    _record(catalog, index)


def heal(catalog: Catalog, index: VectorIndex) -> None:
    """Mends full text and index, whatever became of them; needs the writer lock."""
    if catalog.words_health() != "ok":
        catalog.rebuild_words()
    if fault(catalog, index):
        try:
            update(catalog, index)
        except LibraryError:
            rebuild(catalog, index)
    else:
        index.sweep()  # of a build that was ended


def _recorded(catalog: Catalog) -> tuple[str, str, str]:
    """Folder, generation and checksum of the catalog's own index; empty if it has none."""
    name, generation, checksum = (catalog.meta(INDEX) or "  ").split(" ")
    return name, generation, checksum


def _record(catalog: Catalog, index: VectorIndex) -> None:
    """The index is whole, and the catalog's only one."""
    catalog.set_meta(INDEX, f"{index.name} {catalog.generation} {index.checksum()}")
    catalog.forget_stale()
    index.sweep()
    share_as(index.path.with_name(CATALOG), index.path)
