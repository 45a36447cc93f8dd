"""What is derived from the papers → whole again: vectors that are missing, then full text and index."""

from assistant.split import embedded_text
from assistant.store import sync
from assistant.store.catalog import Catalog
from assistant.store.vectors import VectorIndex
from assistant.types import Embedder


def mend(catalog: Catalog, index: VectorIndex, embedder: Embedder) -> None:
    """Needs the writer lock. Raises LibraryError."""
    if catalog.meta("embedder") == embedder.name:
        embed_missing(catalog, embedder)
    sync.heal(catalog, index)


def embed_missing(catalog: Catalog, embedder: Embedder) -> None:
    """Gives the passages that have lost their vectors new ones."""
    for key, ids in catalog.lacking_vectors(embedder.dimensions).items():
        paper, passages = catalog.paper(key), catalog.passages(ids)
        vectors = embedder.embed([embedded_text(paper, passages[i]) for i in ids])
        catalog.put_vectors(zip(ids, vectors, strict=True))
