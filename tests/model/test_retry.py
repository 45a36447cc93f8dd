"""When a failed request is tried again, and after how long."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from assistant.config import ModelConfig
from assistant.errors import ModelError
from assistant.model import OpenAIChat
from assistant.model.connection import Connection
from tests.model.asking import MESSAGES, SCHEMA, asked
from tests.scripted_server import Reply, ScriptedServer, always, failing, saying

PASSING = [408, 409, 429, 500, 502, 503, 504, 529]
LASTING = [400, 401, 403, 404, 418, 422, 501, 505]


@pytest.mark.parametrize("status", PASSING)
def test_what_may_pass_is_tried_again(status: int, waits: list[float]) -> None:
    with ScriptedServer(failing(status), failing(status), saying("now")) as server:
        assert asked(server.url, retries=2)[0].text == "now"
    assert len(server.requests) == 3
    first, second = waits
    assert 0.375 <= first <= 0.625 and 0.75 <= second <= 1.25


@pytest.mark.parametrize("status", LASTING)
def test_what_lasts_is_not(status: int, waits: list[float]) -> None:
    with ScriptedServer(failing(status)) as server, pytest.raises(ModelError):
        asked(server.url, schema=None, retries=2)
    assert waits == []


def test_no_more_often_than_set(waits: list[float]) -> None:
    with ScriptedServer(failing(503)) as server, pytest.raises(ModelError):
        asked(server.url, retries=3)
    assert (len(server.requests), len(waits)) == (4, 3)


def test_money_that_is_spent_is_not_waited_for(waits: list[float]) -> None:
    body = {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}
    with ScriptedServer(always(Reply(body, 429))) as server, pytest.raises(ModelError, match="quota"):
        asked(server.url, retries=2)
    assert waits == []


def test_a_server_that_says_not_to_is_obeyed(waits: list[float]) -> None:
    with ScriptedServer(failing(500, x_should_retry="false")) as server, pytest.raises(ModelError):
        asked(server.url, retries=2)
    assert waits == []


def in_seconds(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        ("7", 7, 8.75),
        ("0", 0, 0),
        ("0.5", 0.5, 0.625),
        (30.0, 20, 38),
        (-30.0, 0, 0),
        ("soon", 0.375, 0.625),
        ("-3", 0, 0),
        ("nan", 0, 0),
    ],
)
def test_a_server_that_says_how_long_is_waited_for_as_long(
    told: str | float, least: float, most: float, waits: list[float]
) -> None:
    header = told if isinstance(told, str) else in_seconds(told)
    with ScriptedServer(failing(429, retry_after=header), saying("now")) as server:
        assert asked(server.url, retries=2)[0].text == "now"
    assert len(waits) == 1 and least <= waits[0] <= most


@pytest.mark.parametrize("told", ["61", "1e9", "inf", "Sun, 06 Nov 2094 08:49:37 GMT"])
def test_nobody_waits_longer_than_a_minute(told: str, waits: list[float]) -> None:
    with ScriptedServer(failing(503, retry_after=told)) as server, pytest.raises(ModelError):
        asked(server.url, retries=2)
    assert waits == []


def test_a_longer_wait_is_told() -> None:
    lines: list[str] = []
    with ScriptedServer(
        failing(429, retry_after="20"), failing(429, retry_after="1"), saying("now")
    ) as server:
        OpenAIChat("scripted", ModelConfig(base_url=server.url), notify=lines.append).complete(
            MESSAGES, SCHEMA
        )
    (line,) = lines
    assert line.startswith(f"{server.address} cannot answer now; trying again in 2")


def test_nobody_is_asked_twice_who_is_not_there(waits: list[float]) -> None:
    with pytest.raises(ModelError, match="no server answers"):
        asked("http://127.0.0.1:9/v1", retries=2)
    assert waits == []


def test_a_connection_that_breaks_is_tried_again(waits: list[float]) -> None:
    broken = always(Reply(b"", headers={"Content-Length": "90"}, cut=True))
    with ScriptedServer(broken, saying("now")) as server:
        assert asked(server.url, retries=2)[0].text == "now"
    assert len(waits) == 1


def test_a_connection_is_made_once() -> None:
    connection = Connection("m", ModelConfig(base_url="http://127.0.0.1:9/v1"), print)
    assert connection.client is connection.client
