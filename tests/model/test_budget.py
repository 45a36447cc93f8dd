"""Tokens to dollars, and the limit of what a run may spend."""

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from assistant.config import ModelConfig, config_folder
from assistant.errors import ModelBudget, UsageError
from assistant.model import OpenAIChat
from assistant.model.budget import Budget, Price, estimated_tokens, price_of
from tests.model.asking import MESSAGES, SCHEMA
from tests.scripted_server import USAGE, ScriptedServer, refusing, saying

OPENAI = "api.openai.com"


def own_prices(text: str) -> Path:
    path = config_folder() / "prices.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def priced(server: ScriptedServer, price: str = "{ input = 1000, output = 2000 }") -> None:
    own_prices(f'["{server.address}"]\nscripted = {price}\n')


def test_the_table_is_dated_and_whole() -> None:
    table: dict[str, Any] = tomllib.loads(files("assistant.model").joinpath("prices.toml").read_text())
    assert isinstance(table.pop("checked"), date)
    assert all(set(price) == {"input", "output"} for models in table.values() for price in models.values())
    assert price_of(OPENAI, "gpt-4o-mini") == Price(**table[OPENAI]["gpt-4o-mini"])


def test_a_dated_name_costs_what_the_model_costs() -> None:
    assert price_of(OPENAI, "gpt-4o-mini-2024-07-18") == price_of(OPENAI, "gpt-4o-mini")


def test_the_price_is_the_servers_not_the_names() -> None:
    assert price_of("localhost:8000", "gpt-4o-mini") is None
    assert price_of(OPENAI, "unheard-of") is None


def test_ones_own_table_goes_first() -> None:
    own_prices(
        '["localhost:1"]\n"*" = { input = 0, output = 0 }\n["api.openai.com"]\ngpt-4o = { input = 9, output = 8 }'
    )
    assert price_of("localhost:1", "any") == Price(0, 0)
    assert price_of(OPENAI, "gpt-4o") == Price(9, 8)
    assert price_of(OPENAI, "gpt-4o-mini") is not None


@pytest.mark.parametrize(
    "text", ["[", '["h"]\nm = 3', '["h"]\nm = { input = 1 }', '["h"]\nm = { input = "x", output = 1 }']
)
def test_a_table_that_is_none_is_named(text: str) -> None:
    path = own_prices(text)
    with pytest.raises(UsageError, match="cannot be read as a table of prices") as caught:
        price_of("h", "m")
    assert str(path) in str(caught.value)


def test_an_estimate_errs_to_the_costly_side() -> None:
    assert estimated_tokens("") == 0
    english = "Otters kept the heaviest pebble in thirty-one of forty dives, and the lightest in none."
    assert len(english.split()) < estimated_tokens(english) <= len(english)
    assert estimated_tokens("水獭分类鹅卵石") == 7


# --- what a run may spend --------------------------------------------------------------------------------


def test_without_a_limit_anything_goes() -> None:
    assert Budget().limit(None, 10**9, "m", None) is None
    assert Budget().limit(Price(1, 1), 10**9, "m", 50) == 50


def test_a_reply_may_be_as_long_as_can_be_paid() -> None:
    price = Price(input=1, output=1000)
    assert Budget(1.0).limit(price, 500_000, "m", None) == 500
    assert Budget(1.0).limit(price, 500_000, "m", 300) == 300
    assert Budget(1000.0).limit(price, 0, "m", None) == 4000
    assert Budget(1.0).limit(Price(0, 0), 10**9, "m", None) == 4000


def test_what_is_spent_counts() -> None:
    budget, price = Budget(1.0), Price(1, 1)
    with ScriptedServer(saying("yes")) as server:
        priced(server)
        chat = OpenAIChat("scripted", ModelConfig(base_url=server.url), budget=budget)
        reply = chat.complete(MESSAGES, SCHEMA)
    expected = (USAGE["prompt_tokens"] * 1000 + USAGE["completion_tokens"] * 2000) / 1e6
    assert reply.usage.cost_usd == pytest.approx(expected) == budget.spent
    assert budget.limit(price, 588_000, "m", None) in (999, 1000)


def test_no_request_is_made_that_cannot_be_paid() -> None:
    with ScriptedServer(saying("yes")) as server:
        priced(server)
        settings = ModelConfig(base_url=server.url, max_cost=0.5)
        chat = OpenAIChat("scripted", settings)
        chat.complete(MESSAGES, SCHEMA)
        with pytest.raises(
            ModelBudget, match=r"could cost \$0\.4\d+, and --max-cost leaves \$0\.0890 of \$0\.5000"
        ):
            chat.complete(MESSAGES, SCHEMA)
    (request,) = server.requests
    assert 200 <= request.body["max_tokens"] <= 250


def test_a_price_that_is_not_known_cannot_be_limited() -> None:
    with ScriptedServer(saying("yes")) as server:
        chat = OpenAIChat("scripted", ModelConfig(base_url=server.url, max_cost=1))
        with pytest.raises(UsageError, match=r"price of scripted is not known, so --max-cost cannot be kept"):
            chat.complete(MESSAGES, SCHEMA)
        assert (
            OpenAIChat("scripted", ModelConfig(base_url=server.url)).complete(MESSAGES, SCHEMA).usage.cost_usd
            is None
        )
    assert len(server.requests) == 1


def test_tokens_that_are_estimated_are_paid_too() -> None:
    with ScriptedServer(refusing("stream_options", then=saying("yes"))) as server:
        priced(server)
        usage = (
            OpenAIChat("scripted", ModelConfig(base_url=server.url)).complete(MESSAGES, SCHEMA, print).usage
        )
    assert usage.cost_usd is not None and usage.cost_usd > 0
