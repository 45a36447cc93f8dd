"""A failed request → how long to wait before the next try, or that there is none.

Servers that fail or ask to wait are asked again: after as long as they say (Retry-After, in seconds or as a
date), else after a time that doubles; both with some jitter, so that many clients do not come back at once
(Brooker 2015, "Exponential backoff and jitter"). No request is repeated that would fail the same way again.
"""

import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import uniform
from socket import gaierror
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openai import APIStatusError, OpenAIError

LONGEST_WAIT = 60.0
"""Seconds. Who is asked to wait longer is told so instead."""
_FIRST_WAIT = 0.5
_LASTING = (gaierror, ssl.SSLError, ConnectionRefusedError)
"""Failures to connect that a second try meets again."""
_PASSING = {408, 409, 429}
"""Statuses below 500 that may pass by themselves; of those from 500 on, only 501 and 505 do not."""


def wait_before_retry(error: "OpenAIError", tries: int) -> float | None:
    """Seconds to wait after the failure number ``tries`` (from 1); None if there is nothing to wait for."""
    from openai import APIError, APIResponseValidationError, APIStatusError, APITimeoutError

    if not isinstance(error, APIError) or isinstance(error, APITimeoutError | APIResponseValidationError):
        return None
    if isinstance(error, APIStatusError) and not _may_pass(error):
        return None
    if any(isinstance(cause, _LASTING) for cause in causes(error)):
        return None
    jitter = uniform(0.75, 1.25)
    asked = asked_to_wait(error)
    if asked is None:
        return _FIRST_WAIT * 2.0 ** (tries - 1) * jitter
    return None if asked > LONGEST_WAIT else asked * max(1.0, jitter)


def _may_pass(error: "APIStatusError") -> bool:
    status = error.status_code
    passing = status in _PASSING or (status >= 500 and status not in (501, 505))
    spent = error.code == "insufficient_quota"  # sent as 429, but no waiting helps
    return passing and not spent and error.response.headers.get("x-should-retry") != "false"


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it, what caused that ..."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def asked_to_wait(error: BaseException) -> float | None:
    """Seconds that the server asks to wait, 0 for a time that has passed; None if it does not say."""
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", {})
    told = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        date = parsedate_to_datetime(told)
    except (TypeError, ValueError):
        return None
    return max(0.0, (date.astimezone(UTC) - datetime.now(UTC)).total_seconds())
