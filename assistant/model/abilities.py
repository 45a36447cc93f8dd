"""What a server is found to take: the parameters of a request, and fewer of them after a refusal.

Servers that speak the protocol take different parts of it. The door asks for all of it first and steps down
when a request is refused: json_schema → json_object → no form; max_tokens → max_completion_tokens → no limit;
temperature and the wish for a count of tokens are left out. What was found is remembered by server and model.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

_FORMS = ("json_schema", "json_object", "none")
_LIMITS = ("max_tokens", "max_completion_tokens", "none")
_NAMES = {
    "stream_options": re.compile(r"stream_options|include_usage", re.IGNORECASE),
    "temperature": re.compile("temperature", re.IGNORECASE),
    "limit": re.compile("max_(completion_)?tokens", re.IGNORECASE),
    "form": re.compile(
        r"response_format|json_(schema|object)|json schema|grammar|structured output|guided", re.IGNORECASE
    ),
}
"""How a refusal names the part that it refuses."""
REFUSALS = {400, 415, 422, 501}
"""Statuses of a request that a lesser one may follow."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """Each field is what to send; the first values are the most that is ever asked for."""

    form: str = _FORMS[0]
    limit: str = _LIMITS[0]
    temperature: bool = True
    stream_options: bool = True

    def parameters(self, schema: dict[str, Any] | None, limit: int | None, stream: bool) -> dict[str, Any]:
        """Of a request for a reply in the JSON ``schema``, of at most ``limit`` tokens, in pieces if ``stream``."""
        sent: dict[str, Any] = {}
        if self.temperature:
            sent["temperature"] = 0
        if schema is not None and self.form == "json_schema":
            named = {"name": "reply", "strict": True, "schema": schema}
            sent["response_format"] = {"type": "json_schema", "json_schema": named}
        elif schema is not None and self.form == "json_object":
            sent["response_format"] = {"type": "json_object"}
        if limit is not None and self.limit != "none":
            sent[self.limit] = limit
        if stream:
            sent["stream"] = True
            if self.stream_options:
                sent["stream_options"] = {"include_usage": True}
        return sent

    def lesser(self, sent: Mapping[str, Any], refusal: str) -> "Abilities | None":
        """What to try after ``sent`` was refused with those words: without the part that they name; if they
        name none, in the next lesser form. None if nothing is left to leave out."""
        steps = {
            "stream_options": replace(self, stream_options=False) if "stream_options" in sent else None,
            "temperature": replace(self, temperature=False) if "temperature" in sent else None,
            "limit": replace(self, limit=_next(_LIMITS, self.limit)) if self.limit in sent else None,
            "form": replace(self, form=_next(_FORMS, self.form)) if "response_format" in sent else None,
        }
        named = [step for part, step in steps.items() if step and _NAMES[part].search(refusal)]
        return named[0] if named else steps["form"]

    def noted(self) -> str:
        return json.dumps(asdict(self))


def recalled(note: str | None) -> Abilities:
    """What ``noted`` wrote; the most there is, if that is nothing or from another version."""
    try:
        found = Abilities(**json.loads(note or "{}"))
    except (ValueError, TypeError):
        return Abilities()
    return found if found.form in _FORMS and found.limit in _LIMITS else Abilities()


def _next(steps: tuple[str, ...], step: str) -> str:
    return steps[steps.index(step) + 1]
