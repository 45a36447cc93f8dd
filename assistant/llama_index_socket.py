"""Library → llama-index: a retriever and a query engine, for those who build with llama-index.

Nothing in the package imports this module: whoever does pays for llama-index. Its ``Settings`` are not touched.

>>> from llama_index.core.query_engine import RetrieverQueryEngine  # doctest: +SKIP
>>> with Library.open("library") as library:  # doctest: +SKIP
...     engine = RetrieverQueryEngine.from_args(LibraryRetriever(library), llm=llm)
"""

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.library import Library
from assistant.selection import Selection
from assistant.types import Citation, Paper


class LibraryRetriever(BaseRetriever):
    """The ``limit`` best passages, found by words and by meaning, as nodes. Raises as ``Library.search``."""

    def __init__(self, library: Library, limit: int = 10) -> None:
        super().__init__()
        self._library = library
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._library.search(query_bundle.query_str, self._limit)
        return [
            _node(
                self._library.paper(hit.passage.paper), hit.passage.id, hit.passage.start, hit.passage.end,
                hit.score, page=hit.passage.page, found_by=hit.found_by,
            )
            for hit in hits
        ]  # fmt: skip


class LibraryQueryEngine(CustomQueryEngine):
    """``Library.ask`` as a query engine: the source nodes are the verified quotes, and the response's metadata
    tell the ``status`` (answered, partial, abstained) and what was dropped. Raises as ``Library.ask``."""

    library: Library
    selection: Selection | None = None
    model: str | None = None

    def custom_query(self, query_str: str) -> Response:
        answer = self.library.ask(query_str, self.selection, model=self.model)
        papers = {reference.marker: reference.paper for reference in answer.references}
        nodes = [
            _quoted(papers[citation.marker], citation, claim.support)
            for claim in answer.claims
            for citation in claim.citations
        ]
        dropped = {"citations": answer.dropped.citations, "claims": answer.dropped.claims}
        return Response(answer.text, nodes, {"status": answer.status, "dropped": dropped})


def _quoted(paper: Paper, citation: Citation, support: float | None) -> NodeWithScore:
    quote = citation.quote
    name = f"{citation.passage}:{quote.start}-{quote.end}"
    more = {"page": citation.page, "passage": citation.passage, "marker": citation.marker}
    return _node(paper, name, quote.start, quote.end, support, **more)


def _node(paper: Paper, name: str, start: int, end: int, score: float | None, **more: Any) -> NodeWithScore:
    """A slice of the paper's canonical text: ``start`` and ``end`` are offsets into it. A model is shown who
    wrote what and when, and neither offsets nor scores."""
    about = {"key": paper.key, "title": paper.title, "authors": list(paper.authors), "year": paper.year}
    metadata = about | more | {"start": start, "end": end, "file": paper.source.file}
    hidden = [field for field, value in metadata.items() if field not in (*about, "page") or not value]
    return NodeWithScore(
        node=TextNode(
            id_=name, text=paper.text[start:end], start_char_idx=start, end_char_idx=end, metadata=metadata,
            excluded_llm_metadata_keys=hidden, excluded_embed_metadata_keys=hidden,
        ),
        score=score,
    )  # fmt: skip
