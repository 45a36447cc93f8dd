"""The same vectors in other stores: llama-index's VectorStoreIndex over Chroma, and LanceDB, each with its defaults.

Both are given the texts and vectors that the assistant's library holds, a passage each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from assistant import Library
from assistant.store.catalog import Catalog
from eval.bench.measure import disk
from eval.bench.plain import MiniLMEmbedding

DEPTH = 10


@dataclass(frozen=True)
class Outcome:
    """Seconds of storing and bytes on disk; for each question its seconds and the records found, best first."""

    seconds: float
    disk: int
    asking: list[float]
    found: list[list[str | None]]


def llama_index(library: Path, questions: Sequence[str], folder: Path) -> Outcome:
    import chromadb
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    nodes = [
        TextNode(id_=name, text=text, embedding=vector, metadata={"record": record})
        for name, record, text, vector in _passages(library)
    ]
    embedding = MiniLMEmbedding()
    started = perf_counter()
    client = chromadb.PersistentClient(str(folder), chromadb.Settings(anonymized_telemetry=False))
    store = ChromaVectorStore(chroma_collection=client.get_or_create_collection("papers"))
    index = VectorStoreIndex(
        nodes, storage_context=StorageContext.from_defaults(vector_store=store), embed_model=embedding
    )
    seconds = perf_counter() - started
    retriever = index.as_retriever(similarity_top_k=DEPTH)

    def search(question: str) -> list[str | None]:
        return [node.node.metadata["record"] for node in retriever.retrieve(question)]

    return _asked(search, questions, seconds, folder)


def lance(library: Path, questions: Sequence[str], folder: Path) -> Outcome:
    import lancedb  # type: ignore[import-not-found]  # of an environment of its own: see the Makefile

    rows = [
        {"id": name, "record": record, "text": text, "vector": vector}
        for name, record, text, vector in _passages(library)
    ]
    embedding = MiniLMEmbedding()
    started = perf_counter()
    table = lancedb.connect(str(folder)).create_table("papers", rows)
    if len(rows) > 5_000:  # below, its own advice is to search without an index
        table.create_index(metric="cosine")
    seconds = perf_counter() - started

    def search(question: str) -> list[str | None]:
        vector = embedding.get_query_embedding(question)
        return [row["record"] for row in table.search(vector).metric("cosine").limit(DEPTH).to_list()]

    return _asked(search, questions, seconds, folder)


def _passages(library: Path) -> Iterator[tuple[str, str | None, str, list[float]]]:
    """(passage id, record, text, vector)."""
    with Library.open(library) as opened:
        records = {paper.key: paper.source.record for paper in opened.papers()}
    catalog = Catalog(library)
    for ids, papers, vectors in catalog.vectors():
        held = catalog.passages(ids)
        for name, key, vector in zip(ids, papers, vectors, strict=True):
            yield name, records[key], held[name].text, vector.tolist()
    catalog.close()


def _asked(search: Any, questions: Sequence[str], seconds: float, folder: Path) -> Outcome:
    search("warm up")
    asking, found = [], []
    for question in questions:
        started = perf_counter()
        found.append(search(question))
        asking.append(perf_counter() - started)
    return Outcome(seconds, disk(folder), asking, found)
