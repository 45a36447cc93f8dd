"""The door at a real server, llama.cpp's, with a model that says nothing sensible: make test-wire."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import numpy as np
import pytest

from assistant.config import ModelConfig
from assistant.embed.remote import RemoteEmbedder
from assistant.errors import ModelContext
from assistant.model import OpenAIChat, OpenAIEmbeddings
from assistant.model.abilities import Abilities

WIRE = Path(os.environ.get("WIRE", "nowhere"))
CONTEXT = 16384
MESSAGES = [{"role": "user", "content": "How do otters sort pebbles? é 🦦"}]

pytestmark = pytest.mark.skipif(not WIRE.is_dir(), reason="needs a server of its own: make test-wire")


@dataclass
class Server:
    address: str
    log: Path

    def settings(self, **more: Any) -> ModelConfig:
        return ModelConfig(base_url=f"http://{self.address}/v1", **more)

    def get(self, path: str) -> Any:
        opener = build_opener(ProxyHandler({}))
        return json.load(opener.open(f"http://{self.address}/{path}", timeout=10))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = Server(f"127.0.0.1:{port}", tmp_path_factory.mktemp("wire") / "server.log")
    words = f"--host 127.0.0.1 --port {port} --parallel 1 --threads 1 --embeddings --pooling mean --slots"
    with found.log.open("w") as log:
        process = subprocess.Popen(
            [WIRE / "llama-server", "-m", WIRE / "tiny.gguf", *words.split()], stdout=log, stderr=log
        )
    try:
        for _ in range(300):
            assert process.poll() is None, found.log.read_text(errors="replace")
            try:
                found.get("health")
                break
            except OSError:
                time.sleep(0.1)
        yield found
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("OPENAI_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize("stream", [False, True])
def test_plain_text(server: Server, stream: bool) -> None:
    chat, pieces = OpenAIChat("tiny", server.settings(max_tokens=200)), list[str]()
    reply = chat.complete(MESSAGES, None, pieces.append if stream else None)
    assert reply.cut and reply.usage.output_tokens == 200 and reply.usage.input_tokens > 40
    assert not reply.usage.estimated and reply.usage.cost_usd is None
    reply.text.encode()
    assert "".join(pieces) == (reply.text if stream else "")
    assert (len(pieces) > 20) is stream


@pytest.mark.parametrize("stream", [False, True])
def test_a_json_schema_is_kept_to(server: Server, stream: bool) -> None:
    schema = {
        "type": "object",
        "properties": {"sorted": {"enum": ["by weight", "by colour"]}, "otters": {"type": "boolean"}},
        "required": ["sorted", "otters"],
        "additionalProperties": False,
    }
    chat = OpenAIChat("tiny", server.settings(max_tokens=400))
    reply = chat.complete(MESSAGES, schema, (lambda piece: None) if stream else None)
    answer = json.loads(reply.text)
    assert not reply.cut and set(answer) == {"sorted", "otters"} and answer["sorted"].startswith("by ")
    assert vars(chat)["_abilities"] == Abilities()


def test_the_form_of_answers_is_taken(server: Server) -> None:
    """The contract's schema; a model without sense fills it with words without end, in the right form."""
    text = {"type": "string"}
    citation = {"type": "object", "properties": {"id": text, "quote": text}, "required": ["id", "quote"]}
    citations = {"type": "array", "items": citation | {"additionalProperties": False}}
    claim = {"type": "object", "properties": {"text": text, "citations": citations}}
    claims = {
        "type": "array",
        "items": claim | {"required": ["text", "citations"], "additionalProperties": False},
    }
    fields = {"claims": claims, "missing": {"type": "array", "items": text}}
    schema = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    chat = OpenAIChat("tiny", server.settings(max_tokens=500))
    reply = chat.complete(MESSAGES, schema, lambda piece: None)
    assert "".join(reply.text.split()).startswith('{"claims":[')
    assert vars(chat)["_abilities"] == Abilities()


def test_vectors_of_length_1(server: Server) -> None:
    embedder = RemoteEmbedder("openai:tiny", lambda name: OpenAIEmbeddings(name, server.settings()))
    texts = ["Otters sort pebbles.", "Tides set.", "Otters sort pebbles.", "é 🦦"] * 40
    vectors = embedder.embed(texts)
    assert embedder.name == "openai:tiny@64" and vectors.shape == (160, 64)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[2] > 0.999 > vectors[0] @ vectors[1]
    fewer = RemoteEmbedder("openai:tiny@16", lambda name: OpenAIEmbeddings(name, server.settings()))
    assert np.allclose(np.linalg.norm(fewer.embed(texts[:2]), axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("stream", [False, True])
def test_too_much_to_read(server: Server, stream: bool) -> None:
    chat = OpenAIChat("tiny", server.settings())
    long = [{"role": "user", "content": "otters " * 4000}]
    with pytest.raises(ModelContext, match="cannot read so much at once"):
        chat.complete(long, None, (lambda piece: None) if stream else None)
    assert chat.context == CONTEXT


def test_who_stops_reading_stops_the_server(server: Server) -> None:
    def enough(piece: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        OpenAIChat("tiny", server.settings()).complete(MESSAGES, None, enough)
    for _ in range(200):
        if not any(slot["is_processing"] for slot in server.get("slots")):
            break
        time.sleep(0.05)
    assert "cancel task" in server.log.read_text(errors="replace")
