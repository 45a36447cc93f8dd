"""Catalog → vector index: what the catalog holds and the index lacks goes in, what it has too many goes out.

An index that does not work at all is as good as none: it is built anew.
"""

from contextlib import suppress

from assistant.errors import LibraryError
from assistant.store.catalog import Catalog
from assistant.store.vectors import VectorIndex

_INDEXED = "indexed_generation"


def in_step(catalog: Catalog, index: VectorIndex) -> bool:
    """Whether the index holds the catalog's passages: its generation and count agree, and some passages'
    own vectors find those passages. The count alone is right even if Chroma has lost a file."""
    if catalog.meta(_INDEXED) != str(catalog.generation):
        return False
    try:
        if index.count() != catalog.counts()[1]:
            return False
        for passage, vector in catalog.probes():
            found = index.nearest(vector, 10)
            if not any(near == passage or cosine > 0.9999 for near, cosine in found):
                return False
    except LibraryError:
        return False
    return True


def update(catalog: Catalog, index: VectorIndex) -> None:
    """Brings the index in step by what differs; needs the writer lock."""
    generation = catalog.generation
    have, want = index.ids(), catalog.passage_ids()
    index.delete(have - want)
    for ids, papers, vectors in catalog.vectors(sorted(want - have)):
        index.upsert(ids, papers, vectors)
    catalog.set_meta(_INDEXED, str(generation))


def rebuild(catalog: Catalog, index: VectorIndex) -> None:
    """Makes the index anew; needs the writer lock."""
    generation = catalog.generation
    index.rebuild(catalog.vectors())
    catalog.set_meta(_INDEXED, str(generation))


def heal(catalog: Catalog, index: VectorIndex) -> None:
    """Mends an index that is out of step, or was put there by someone else; needs the writer lock."""
    with suppress(LibraryError):
        update(catalog, index)
    if not in_step(catalog, index):
        rebuild(catalog, index)
