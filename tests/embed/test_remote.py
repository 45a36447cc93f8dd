"""Vectors from a server: order, length, number, and what to say where there are none."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from assistant.config import ModelConfig
from assistant.embed.remote import RemoteEmbedder
from assistant.errors import ModelError, ModelRefused, ModelReply, UsageError
from assistant.model import OpenAIEmbeddings
from assistant.types import Vectors
from tests.scripted_server import Reply, ScriptedServer, always, embedding, failing, vectors_of


def embedder(url: str, name: str = "openai:scripted@8") -> RemoteEmbedder:
    return RemoteEmbedder(name, lambda model: OpenAIEmbeddings(model, ModelConfig(base_url=url, retries=0)))


def unit(rows: Sequence[Sequence[float]]) -> Vectors:
    array = np.array(rows, np.float32)
    return np.asarray(array / np.linalg.norm(array, axis=1, keepdims=True), np.float32)


TEXTS = ["otters sort pebbles", "tides set", "é 水獭"]


def test_each_text_has_its_own_vector_of_length_1() -> None:
    with ScriptedServer(embedding) as server:
        rows = embedder(server.url).embed(TEXTS)
    assert rows.dtype == np.float32 and np.allclose(rows, unit(vectors_of(TEXTS)), atol=1e-6)
    (request,) = server.requests
    assert request.path == "/v1/embeddings"
    assert request.body == {"model": "scripted", "input": TEXTS, "encoding_format": "base64"}


def test_a_server_that_sends_numbers_is_read_as_well() -> None:
    def numbers(request: Any) -> Reply:
        request.body.pop("encoding_format")
        return embedding(request)

    with ScriptedServer(numbers) as server:
        assert np.allclose(embedder(server.url).embed(TEXTS), unit(vectors_of(TEXTS)), atol=1e-6)


def test_many_texts_go_in_batches_and_none_is_empty() -> None:
    texts = [f"text {n}" for n in range(300)] + [" \n"]
    with ScriptedServer(embedding) as server:
        rows = embedder(server.url).embed(texts)
    assert [len(request.body["input"]) for request in server.requests] == [128, 128, 45]
    assert np.allclose(rows[:300], unit(vectors_of(texts[:300])), atol=1e-6)
    assert server.requests[-1].body["input"][-1] == "."


def test_the_name_says_the_dimensions() -> None:
    with ScriptedServer(embedding) as server:
        named = embedder(server.url, "openai:scripted")
        assert (named.name, named.dimensions) == ("openai:scripted@8", 8)
        assert len(server.requests) == 1
        fewer = embedder(server.url, "openai:org/model:latest@3")
        assert (fewer.name, fewer.dimensions) == ("openai:org/model:latest@3", 3)
        assert np.allclose(fewer.embed(TEXTS), unit([row[:3] for row in vectors_of(TEXTS)]), atol=1e-6)
        with pytest.raises(ModelReply, match="gives 8 dimensions, not 9; embed anew with"):
            embedder(server.url, "openai:scripted@9").embed(TEXTS)


@pytest.mark.parametrize("name", ["scripted", "openai:", "local:scripted"])
def test_a_name_of_another_kind(name: str) -> None:
    with pytest.raises(UsageError, match="is no embedder"):
        embedder("http://127.0.0.1:9/v1", name)


def row(n: int, vector: Any) -> dict[str, Any]:
    return {"object": "embedding", "index": n, "embedding": vector}


@pytest.mark.parametrize(
    "body",
    [
        {"data": []},
        {"data": None},
        {},
        [],
        b"{",
        b"<html>",
        {"data": [row(0, [1.0, 2.0])]},
        {"data": [row(0, [1.0]), row(0, [2.0]), row(2, [3.0])]},
        {"data": [row(n, [1.0] * (n + 1)) for n in range(3)]},
        {"data": [row(n, []) for n in range(3)]},
        {"data": [row(n, [float("nan")]) for n in range(3)]},
        {"data": [row(n, ["x"]) for n in range(3)]},
        {"data": [row(n, "%%%") for n in range(3)]},
        {"data": [row(n, None) for n in range(3)]},
    ],
)
def test_what_is_no_embedding_is_said_to_be_none(body: Any) -> None:
    with (
        ScriptedServer(always(Reply(body))) as server,
        pytest.raises(ModelReply, match="sent no embeddings by"),
    ):
        embedder(server.url).embed(TEXTS)


def test_failures_are_those_of_the_door() -> None:
    with ScriptedServer(failing(401)) as server, pytest.raises(ModelRefused, match=r"\(401\)"):
        embedder(server.url).embed(TEXTS)
    with pytest.raises(ModelError, match="no server answers"):
        embedder("http://127.0.0.1:9/v1").embed(TEXTS)


def test_a_text_of_no_direction_stays_one() -> None:
    class Silent:
        def vectors(self, texts: Sequence[str]) -> Vectors:
            return np.zeros((len(texts), 2), np.float32)

    assert RemoteEmbedder("openai:m@2", lambda name: Silent()).embed(["a"]).tolist() == [[0.0, 0.0]]


def test_tokens_are_rather_too_many() -> None:
    local = RemoteEmbedder("openai:m@2", lambda name: OpenAIEmbeddings(name))
    assert local.tokenize("Pre-training costs 560k.") == [
        "Pre",
        "-",
        "trai",
        "ning",
        "cost",
        "s",
        "560k",
        ".",
    ]
