"""Messages and a JSON schema → a language model's reply, at once or piece by piece."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import cached_property, partial
from time import perf_counter
from typing import Any

from assistant.config import ModelConfig
from assistant.errors import ModelContext, ModelError
from assistant.model.abilities import REFUSALS, Abilities, recalled
from assistant.model.budget import Budget, Price, estimated_tokens, price_of
from assistant.model.connection import Connection, Notify
from assistant.model.errors import context_of, too_long, words
from assistant.model.exchange import ExchangeLog
from assistant.model.pieces import Pieces
from assistant.model.stream import Received, read_stream, read_whole, text_of, usage_of
from assistant.types import Memory, ModelReplyText, Usage

OnText = Callable[[str], bool | None]


class OpenAIChat:
    """The model ``name`` behind one call.

    ``memory``: where it is kept from run to run what the server takes and, if the settings say so, what it
    replied. ``budget``: shared by all the models of a run; ``notify`` is told of longer waits.
    """

    def __init__(
        self,
        name: str,
        settings: ModelConfig | None = None,
        memory: Memory | None = None,
        budget: Budget | None = None,
        notify: Notify = lambda line: None,
    ) -> None:
        self.name = name
        self._settings = settings or ModelConfig()
        self.context = self._settings.context
        self._memory = memory
        self._budget = budget or Budget(self._settings.max_cost)
        self._connection = Connection(name, self._settings, notify)
        self._log = ExchangeLog(self._settings.log) if self._settings.log else None

    def complete(
        self,
        messages: Sequence[dict[str, str]],
        schema: dict[str, Any] | None,
        on_text: OnText | None = None,
    ) -> ModelReplyText:
        """As ``ChatModel``'s, at temperature 0. Raises ModelError; UsageError where the price of a limited run
        is not known, or its log cannot be written."""
        started = perf_counter()
        asked: dict[str, Any] = {"model": self.name, "messages": list(messages)}
        known = self._known(asked, schema)
        if known:
            if on_text:
                on_text(known.text)
            return known
        limit = self._budget.limit(self._price, _tokens(messages), self.name, self._settings.max_tokens)
        try:
            with self._connection.translating():
                received = self._negotiated(asked, schema, limit, on_text)
            text = text_of(received, self._connection.server, self.name)
        except ModelError as error:
            if isinstance(error, ModelContext) and error.__cause__:
                self.context = context_of(error.__cause__) or self.context
            self._record(asked, schema, started, error=str(error))
            raise
        reply = ModelReplyText(text, self._usage(received, messages, text), received.is_cut)
        self._budget.spend(reply.usage)
        if self._settings.replay_known and not reply.cut:
            note = {"text": text, "usage": asdict(replace(reply.usage, cost_usd=0.0))}
            self._note("reply", json.dumps(note), asked, schema)
        self._record(asked, schema, started, reply=text, cut=reply.cut, usage=asdict(reply.usage))
        return reply

    # what the server takes

    @cached_property
    def _abilities(self) -> Abilities:
        return recalled(self._recall("abilities"))

    def _negotiated(
        self, asked: dict[str, Any], schema: dict[str, Any] | None, limit: int | None, on_text: OnText | None
    ) -> Received:
        """The answer to the fullest request that the server does not refuse. Raises the SDK's errors: for a
        request that is refused in every form, the first refusal."""
        from openai import APIStatusError

        tried, first = self._abilities, None
        while True:
            parameters = tried.parameters(schema, limit, stream=on_text is not None)
            try:
                received = self._connection.patiently(partial(self._once, asked | parameters, on_text))
                break
            except APIStatusError as error:
                first = first or error
                if error.status_code not in REFUSALS or too_long(error):
                    raise
                lesser = tried.lesser(parameters, f"{error.param} {words(error)}")
                if lesser is None:
                    raise first from None
                tried = lesser
        if tried != self._abilities:
            self._abilities = tried
            self._note("abilities", tried.noted())
        return received

    def _once(self, request: dict[str, Any], on_text: OnText | None) -> Received:
        pieces = Pieces(on_text, self._connection.server.secrets)
        with self._connection.decoding():
            answer = self._connection.client.chat.completions.create(**request)
        if request.get("stream"):
            return read_stream(answer, pieces, self._connection.decoding)
        return read_whole(answer, pieces)

    # what it cost

    @cached_property
    def _price(self) -> Price | None:
        return price_of(self._connection.server.host, self.name)

    def _usage(self, received: Received, messages: Sequence[dict[str, str]], text: str) -> Usage:
        """What the server counted, else an estimate; with its price, if that is known."""
        guess = Usage(_tokens(messages), estimated_tokens(text), estimated=True)
        usage = usage_of(received.usage) or guess
        cost = self._price.of(usage.input_tokens, usage.output_tokens) if self._price else None
        return replace(usage, cost_usd=cost)

    # what is kept

    def _known(self, asked: dict[str, Any], schema: dict[str, Any] | None) -> ModelReplyText | None:
        """The reply that the same request had before; it costs nothing."""
        note = self._recall("reply", asked, schema) if self._settings.replay_known else None
        if note is None:
            return None
        found = json.loads(note)
        return ModelReplyText(found["text"], Usage(**found["usage"]))

    def _recall(self, *key: Any) -> str | None:
        return self._memory.get(self._key(key)) if self._memory else None

    def _note(self, kind: str, value: str, *key: Any) -> None:
        if self._memory:
            self._memory.put(self._key((kind, *key)), value)

    def _key(self, key: Sequence[Any]) -> str:
        """One for each server, model, kind of note and request."""
        parts = [self._connection.server.url, self.name, self._settings.max_tokens, *key]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _record(
        self, asked: dict[str, Any], schema: dict[str, Any] | None, started: float, **outcome: Any
    ) -> None:
        if self._log:
            seconds = round(perf_counter() - started, 3)
            self._log.write(self._connection.server, asked | {"schema": schema}, **outcome, seconds=seconds)


def _tokens(messages: Sequence[dict[str, str]]) -> int:
    return sum(estimated_tokens(message["content"]) for message in messages)
