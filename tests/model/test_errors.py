"""Failures of servers and of the way to them, each in one line of ours; and no error of the SDK without one."""

import httpx2
import openai
import pytest

from assistant.errors import ModelBusy, ModelError, ModelFailed, ModelRefused
from assistant.model import errors
from assistant.model.server import Server
from tests.model.asking import KEY, refused
from tests.scripted_server import failing


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (400, ModelRefused, "refuses the request (Error code: 400 - scripted failure)"),
        (
            401,
            ModelRefused,
            "wants a key (401); set key_variable in [model] of assistant.toml to a valid one",
        ),
        (403, ModelRefused, "scripted failure"),
        (404, ModelRefused, "has no scripted (Error code: 404 - scripted failure)"),
        (408, ModelFailed, "failed (Error code: 408"),
        (409, ModelFailed, "failed (Error code: 409"),
        (418, ModelRefused, "scripted failure"),
        (422, ModelRefused, "scripted failure"),
        (429, ModelBusy, "asks to wait (Error code: 429 - scripted failure); try again later"),
        (500, ModelFailed, "failed (Error code: 500 - scripted failure); try again later"),
        (503, ModelFailed, "scripted failure"),
    ],
)
def test_a_status_becomes_an_error_of_ours(status: int, kind: type[ModelError], words: str) -> None:
    error = refused(failing(status))
    assert type(error) is kind and words in str(error) and "127.0.0.1:" in str(error)
    assert isinstance(error.__cause__, openai.APIStatusError)


def test_a_long_wait_is_said_and_not_waited_for(waits: list[float]) -> None:
    error = refused(failing(429, retry_after="300"), retries=2)
    assert type(error) is ModelBusy and str(error).endswith("try again in 300 s") and waits == []


# --- the SDK ---------------------------------------------------------------------------------------------

ELSEWHERE = {
    "InvalidWebhookSignatureError",  # a ValueError
    "SubjectTokenProviderError",  # workload identity
    "WebSocketConnectionClosedError",
    "WebSocketQueueFullError",
    "_AmbiguousModuleClientUsageError",  # openai.chat without a client
}
"""Of parts of the SDK that the door does not use."""

SDK_ERRORS = {
    kind.__name__: kind
    for kind in {**vars(openai._exceptions), **vars(openai)}.values()
    if isinstance(kind, type) and issubclass(kind, Exception) and kind.__module__.startswith("openai")
}


def test_no_exception_of_the_sdk_is_unmapped() -> None:
    assert len(SDK_ERRORS) >= 20
    for name in SDK_ERRORS.keys() - ELSEWHERE - {"OpenAIError"}:
        assert errors._nearest(SDK_ERRORS[name]) != "OpenAIError", (
            f"{name} is new: give it a place in MEANING"
        )


def test_every_name_in_the_table_is_an_exception_of_the_sdk() -> None:
    assert set(errors.MEANING) <= SDK_ERRORS.keys() and set(SDK_ERRORS) >= ELSEWHERE


@pytest.mark.parametrize("name", sorted(SDK_ERRORS.keys() - ELSEWHERE))
def test_each_exception_of_the_sdk_becomes_one_line(name: str) -> None:
    """Made as the SDK makes them, translated, and shown: every line fills in, and none shows the key."""
    request = httpx2.Request("POST", "http://127.0.0.1:9/v1", headers={"Authorization": f"Bearer {KEY}"})
    response = httpx2.Response(getattr(SDK_ERRORS[name], "status_code", 418), request=request)
    made = SDK_ERRORS[name].__new__(SDK_ERRORS[name])
    Exception.__init__(made, f"it failed for {KEY}")
    vars(made).update({"request": request, "response": response, "body": None, "code": None})
    found = errors.translated(
        made, Server("http://127.0.0.1:9/v1", "OPENAI_BASE_URL", "OPENAI_API_KEY", KEY), "m", 5
    )
    assert isinstance(found, ModelError) and type(found) is not ModelError
    line = str(found)
    assert line and line.isprintable() and "{" not in line and KEY not in line
