"""Catalog and index → what is wrong with them, if anything: each check ends in "ok" or in one line."""

from collections.abc import Iterator

import numpy as np

from assistant.errors import LibraryError
from assistant.store import sync
from assistant.store.catalog import Catalog
from assistant.store.keys import paper_id
from assistant.store.vectors import VectorIndex

OK = "ok"
_NEAR = 1e-3
"""How far a stored vector may be from the catalog's: Chroma normalises it once more."""


def catalog_health(catalog: Catalog) -> str:
    """SQLite's own checks; every text against its checksum; every passage within its paper and with a vector."""
    try:
        with catalog.snapshot():
            return next(_faults(catalog), OK)
    except LibraryError as error:
        return str(error)


def _faults(catalog: Catalog) -> Iterator[str]:
    yield from catalog.integrity_faults()
    if lacking := catalog.lacking_vectors(catalog.dimensions()):
        yield f"{sum(map(len, lacking.values()))} passages have no vector, or one of another size"
    for paper in catalog.papers():
        if paper_id(paper.text) != paper.id:
            yield f"the text of {paper.key} is not the one that was stored"
        if any(not 0 <= p.start < p.end <= len(paper.text) for p in catalog.passages_of(paper.key)):
            yield f"a passage of {paper.key} lies outside its text"


def words_health(catalog: Catalog, verify: bool) -> str:
    """Counts and samples; ``verify``: every word of every passage, as FTS5 itself checks them."""
    found = catalog.words_health()
    return catalog.words_fault() or OK if verify and found == OK else found


def vectors_health(catalog: Catalog, index: VectorIndex, verify: bool) -> str:
    """As of ``sync.fault``; ``verify``: every passage's paper and vector against the catalog's."""
    found = sync.fault(catalog, index)
    if found or not verify:
        return found or OK
    try:
        with catalog.snapshot():
            if index.ids() != catalog.passage_ids():
                return "holds other passages than the papers have"
            for ids, papers, vectors in catalog.vectors():
                rows = index.rows(ids)
                for passage, paper, vector in zip(ids, papers, vectors, strict=True):
                    held, row = rows[passage]
                    if held != paper or not np.allclose(row, vector, atol=_NEAR):
                        return f"has another paper or vector for passage {passage}"
    except LibraryError as error:
        return str(error)
    return OK
