"""The socket inside llama-index's own query engine, with its mock model and no network."""

import re
import socket
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.base.response.schema import Response
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import MetadataMode, NodeWithScore

from assistant import Library
from assistant.errors import UsageError
from assistant.llama_index_socket import LibraryQueryEngine, LibraryRetriever
from assistant.selection import Selection

GAIN = "How many more features does RouteSAE extract than baseline SAEs?"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any) -> None:
        raise AssertionError(f"reached for the network: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def check(library: Library, found: NodeWithScore) -> None:
    """What every node carries."""
    about = found.node.metadata
    paper = library.paper(about["key"])
    start, end = about["start"], about["end"]
    assert paper.text[start:end] == found.node.get_content(MetadataMode.NONE) != ""
    assert (about["title"], about["authors"]) == (paper.title, list(paper.authors))
    assert about["page"] == paper.page_at(start)


def test_a_llama_index_engine_answers_from_the_library(digests: Library) -> None:
    engine = RetrieverQueryEngine.from_args(LibraryRetriever(digests, limit=3), llm=MockLLM())
    response = engine.query(GAIN)
    assert [node.node_id for node in response.source_nodes] == [
        hit.passage.id for hit in digests.search(GAIN, 3)
    ]
    assert [node.score for node in response.source_nodes] == [hit.score for hit in digests.search(GAIN, 3)]
    for node in response.source_nodes:
        check(digests, node)
    # The mock model repeats its prompt: what a model is shown are passages, under title and authors.
    best = response.source_nodes[0].node
    assert best.metadata["key"] == "shiRoute"
    assert best.get_content(MetadataMode.NONE) in str(response)
    assert f"title: {best.metadata['title']}" in str(response)
    assert best.metadata["authors"][0] in str(response)
    assert "start: " not in str(response) and "None" not in str(response)


def test_the_engine_answers_with_verified_quotes(digests: Library) -> None:
    response = LibraryQueryEngine(library=digests).query(GAIN)
    answer = digests.ask(GAIN)
    assert isinstance(response, Response)
    assert (str(response), response.metadata) == (
        answer.text,
        {"status": "answered", "dropped": {"citations": 0, "claims": 0}},
    )
    quotes = [citation.quote.text for claim in answer.claims for citation in claim.citations]
    assert [node.node.get_content(MetadataMode.NONE) for node in response.source_nodes] == quotes
    for node in response.source_nodes:
        check(digests, node)
        assert f"[{node.node.metadata['marker']}]" in str(response)


def test_abstention_and_selection(digests: Library) -> None:
    response = LibraryQueryEngine(library=digests).query("How many qubits does the processor use?")
    assert isinstance(response, Response) and response.metadata
    assert (response.metadata["status"], response.source_nodes) == ("abstained", [])
    elsewhere = LibraryQueryEngine(library=digests, selection=Selection(papers=("lezo",))).query(GAIN)
    assert {node.node.metadata["key"] for node in elsewhere.source_nodes} <= {"lezo"}


def test_errors_are_the_librarys(digests: Library) -> None:
    with pytest.raises(UsageError, match="empty"):
        LibraryRetriever(digests).retrieve(" ")


def test_what_the_readme_shows_runs(
    digests_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    snippets = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(snippets) == 2 and "llama_index" in snippets[1]
    monkeypatch.chdir(digests_folder.parent)
    for snippet, topic in zip(snippets, ("speech anchor bias", "LeZO"), strict=True):
        exec(snippet, {})
        assert topic in capsys.readouterr().out
