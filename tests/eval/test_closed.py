"""A model asked with the papers and without them, and judging beside people, at a scripted server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assistant import Config, Library, ModelConfig
from assistant.doors import Doors
from eval import closed
from eval.agreement import Row, agreement
from eval.closed import Both, lines, table
from eval.suite import Case
from tests.scripted_server import Reply, Request, ScriptedServer, completion, failing, honest

HEARSAY = "I think that salt slows it."


def knowing(request: Request) -> Reply:
    """Says what the passages say, and of its own what people say."""
    return honest(request) if request.tags else completion(HEARSAY)


@pytest.fixture
def shelved(shelf: Library, asked: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def opened(name: str) -> Iterator[tuple[Library, list[Case]]]:
        yield shelf, asked

    monkeypatch.setattr(closed.shelves, "opened", opened)


def served(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def writer(given: str) -> Iterator[tuple[Config, str]]:
        yield Config(model=ModelConfig(base_url=server.url, retries=0)), given

    monkeypatch.setattr(closed, "writer", writer)


def test_what_the_papers_add_is_counted(shelved: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(knowing) as server:
        served(server, monkeypatch)
        told = list(lines("s", "m", None, None))
    assert len(server.requests) == 4  # what has no facts is not asked
    assert told[0].startswith("with the papers  0.") and "n=2" in told[0]
    assert told[1].startswith("without them     0.500")


def test_a_model_that_fails_tells_nothing(shelved: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing_with_papers(request: Request) -> Reply:
        return failing(500)(request) if request.tags else completion(HEARSAY)

    with ScriptedServer(failing_with_papers) as server:
        served(server, monkeypatch)
        opened, alone, both = lines("s", "m", None, None)
    assert opened.startswith("with the papers  0.000") and alone.startswith("without them     0.500")
    assert both == "told with the papers alone 0, without them alone 1"


def test_the_table_counts_what_is_told_one_way_alone(asked: list[Case]) -> None:
    found = [Both(asked[0], *each) for each in ((True, False), (True, False), (False, True), (True, True))]
    first, second, both = table(found)
    assert "0.750" in first and "0.500" in second
    assert both == "told with the papers alone 2, without them alone 1"


def test_a_model_judges_beside_people() -> None:
    rows = [
        Row("", "Otters dive.", ("Otters dive deep in winter.",), "attributable"),
        Row("", "Bread flies.", ("Dough rises in nine hours.",), "not attributable"),
    ]

    def judge(request: Request) -> Reply:
        return completion(json.dumps({"evidence": "x", "verdict": "shown"}))

    with ScriptedServer(judge) as server:
        doors = Doors(Config(model=ModelConfig(base_url=server.url, retries=0)))
        offline, model = agreement(rows, doors.chat("m"))
        doors.close()
    assert (offline.judge, model.judge) == ("offline", "m") and offline.n == model.n == 2
    assert model.confusion == {"attributable": {"attributable": 1}, "not attributable": {"attributable": 1}}
    assert len(server.requests) == 4  # each in both orders
