"""The plain alternative: llama-index's VectorStoreIndex over Chroma, with its own defaults and our embedder."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.config import Config
from assistant.embed.minilm import MiniLM

DEPTH = 10


class MiniLMEmbedding(BaseEmbedding):
    """Our embedder as llama-index wants it."""

    _embedder: MiniLM

    def __init__(self, **fields: Any) -> None:
        super().__init__(model_name=MiniLM.name, embed_batch_size=100, **fields)
        config = Config()
        self._embedder = MiniLM(config.weights, config.cache, config.threads)

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


@dataclass(frozen=True)
class Outcome:
    """Seconds of indexing, and for each question its seconds and the records found, best first."""

    seconds: float
    asking: list[float]
    found: list[list[str]]


def run(records: Sequence[dict[str, str]], questions: Sequence[str], folder: Path) -> Outcome:
    """Indexes the records in ``folder`` and asks each question for its ``DEPTH`` best."""
    started = perf_counter()  # what is imported only now, the assistant imports only while it adds, too
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.vector_stores.chroma import ChromaVectorStore

    embedding = MiniLMEmbedding()
    client = chromadb.PersistentClient(str(folder), chromadb.Settings(anonymized_telemetry=False))
    store = ChromaVectorStore(chroma_collection=client.get_or_create_collection("papers"))
    documents = [
        Document(id_=record["id"], text=f"{record['title']}\n\n{record['abstract']}") for record in records
    ]
    index = VectorStoreIndex.from_documents(
        documents, StorageContext.from_defaults(vector_store=store), embed_model=embedding
    )
    seconds, asking, found = perf_counter() - started, [], []
    retriever = index.as_retriever(similarity_top_k=DEPTH)
    for question in questions:
        started = perf_counter()
        nodes = retriever.retrieve(question)
        asking.append(perf_counter() - started)
        found.append([node.node.ref_doc_id for node in nodes])
    return Outcome(seconds, asking, found)
