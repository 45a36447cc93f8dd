"""Names → doors, and a library whose vectors come from a server."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Config, Library, ModelConfig
from assistant.doors import Doors
from assistant.errors import EmbedderMismatch, LibraryError, ModelError, UsageError
from tests.scripted_server import ScriptedServer, embedding, failing


def config(tmp_path: Path, url: str) -> Config:
    return Config(cache=tmp_path / "cache", model=ModelConfig(base_url=url, retries=0))


def test_a_model_is_made_once_and_shares_the_budget(tmp_path: Path) -> None:
    doors = Doors(Config(cache=tmp_path, model=ModelConfig(max_cost=1.0)))
    first, other = doors.chat("a"), doors.chat("b")
    assert first is doors.chat("a") and first is not other
    assert vars(first)["_budget"] is vars(other)["_budget"]


def test_an_embedder_that_is_none(tmp_path: Path) -> None:
    doors = Doors(Config(cache=tmp_path))
    assert doors.embedder(None) is doors.embedder("all-MiniLM-L6-v2") is doors.local
    with pytest.raises(UsageError, match="there is no embedder 'word2vec'; there are all-MiniLM-L6-v2 and"):
        doors.embedder("word2vec")


def test_a_library_keeps_to_the_embedder_it_was_given(
    tmp_path: Path, digests_folder: Path, own_digests: Library
) -> None:
    folder = own_digests.folder
    own_digests.close()
    with ScriptedServer(embedding) as server:
        with Library.open(folder, config(tmp_path, server.url)) as library:
            library.reindex(embedder="openai:scripted")
            passages = library.status().passages
            assert library.status().embedder == "openai:scripted@8"
            assert library.status().indexes["vectors"] == "ok"
        assert sum(len(request.body["input"]) for request in server.requests) == passages + 1
        before = len(server.requests)
        with Library.open(folder, config(tmp_path, server.url)) as library:
            hits = library.search("What does LeZO save?", 3)
            assert len(hits) == 3 and len(server.requests) == before + 1
            assert library.ask("What is speech anchor bias?").claims
            library.reindex()
            assert library.status().embedder == "openai:scripted@8"
            note = tmp_path / "note.txt"
            note.write_text("On Otters\n\nAbstract. Otters sort pebbles by their weight before they dive.")
            assert library.add([note]).papers_added == 1
            assert "On Otters" in [hit.passage.text[:9] for hit in library.search("otters", 50)]
            library.reindex(embedder="all-MiniLM-L6-v2")
        count = len(server.requests)
        with Library.open(folder, config(tmp_path, server.url)) as library:
            assert library.status().embedder == "all-MiniLM-L6-v2"
            assert library.search("What does LeZO save?", 1)[0].passage.paper.startswith("le")
        assert len(server.requests) == count


def test_a_server_that_fails_leaves_the_vectors_as_they_are(tmp_path: Path, own_digests: Library) -> None:
    folder = own_digests.folder
    own_digests.close()
    with (
        ScriptedServer(embedding, failing(500)) as server,
        Library.open(folder, config(tmp_path, server.url)) as library,
    ):
        with pytest.raises(ModelError):
            library.reindex(embedder="openai:scripted")
        assert library.status().embedder == "all-MiniLM-L6-v2"
        assert library.search("What does LeZO save?", 1)
    with pytest.raises(LibraryError), Library.open(tmp_path / "none") as library:
        library.reindex(embedder="openai:scripted")


def test_vectors_of_an_embedder_that_is_gone_can_be_made_anew(own_digests: Library) -> None:
    folder = own_digests.folder
    own_digests._catalog.set_meta("embedder", "word2vec")
    own_digests.close()
    with Library.open(folder) as library:
        assert library.status().embedder == "word2vec"
        with pytest.raises(
            EmbedderMismatch, match="made by word2vec, not by all-MiniLM-L6-v2; embed anew with"
        ):
            library.search("otters")
        library.reindex()
        assert library.status().embedder == "all-MiniLM-L6-v2"
        assert library.search("otters")


def test_what_runs_here_is_loaded_once_for_the_same_settings(tmp_path: Path) -> None:
    given = Config(cache=tmp_path)
    assert Doors(given).reader is Doors(given).reader
    assert Doors(replace(given, threads=1)).reader is not Doors(given).reader
