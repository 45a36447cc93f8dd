"""What was sent to a model and what it replied ↔ a file of JSON lines, without keys."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import ModelReply, UsageError
from assistant.model.server import Server
from assistant.private import open_private
from assistant.types import ModelReplyText, Usage


class ExchangeLog:
    """Adds a line to ``path`` for each exchange. Raises UsageError if it cannot be written to."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._append("")

    def write(self, server: Server, request: dict[str, Any], **outcome: Any) -> None:
        """``outcome``: what came of it, a reply or an error, and how long it took."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        entry = {"time": now, "server": server.host, "request": request, **outcome}
        line = json.dumps(entry, ensure_ascii=False)
        self._append(server.redacted(line).encode("utf-8", "replace").decode() + "\n")

    def _append(self, line: str) -> None:
        try:
            with open_private(self._path, "a") as file:
                file.write(line)
        except OSError as error:
            raise UsageError(f"the log {self._path} cannot be written to ({error.strerror})") from error


class Replay:
    """The ``ChatModel`` that replies what a log says: to the same messages the same replies, in their order,
    the last one from then on. Raises ModelReply for messages that the log does not have."""

    context = None

    def __init__(self, path: Path) -> None:
        self._replies: dict[str, list[ModelReplyText]] = defaultdict(list)
        self.name = "replay"
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if "reply" in entry:
                self.name = entry["request"]["model"]
                reply = ModelReplyText(entry["reply"], Usage(**entry["usage"]), entry["cut"])
                self._replies[_key(entry["request"]["messages"])].append(reply)

    def complete(
        self,
        messages: Sequence[dict[str, str]],
        schema: dict[str, Any] | None,
        on_text: Callable[[str], bool | None] | None = None,
    ) -> ModelReplyText:
        replies = self._replies.get(_key(messages))
        if not replies:
            raise ModelReply(
                f"the log of {self.name} has no reply to these messages; record it anew with --log"
            )
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if on_text:
            on_text(reply.text)
        return reply


def _key(messages: Sequence[dict[str, str]]) -> str:
    return json.dumps(list(messages), sort_keys=True)
