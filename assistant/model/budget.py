"""Tokens → US dollars, and a limit to what one run may spend.

Prices come from ``prices.toml``: the user's own in the config folder, then the one beside this file. A model
in neither has no known price, and that is said rather than guessed.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.config import config_folder
from assistant.errors import ModelBudget, UsageError
from assistant.types import Usage

PRICES = "prices.toml"
_BYTES_A_TOKEN = 3
"""English has about 4, other scripts and formulas 2 to 3: an estimate that errs to the costly side."""
_REPLY = 4000
"""Tokens that a reply may have where only the money limits it."""
_LEAST_REPLY = 200
"""Tokens below which no reply is worth its price."""
_DATE = re.compile(r"-\d{4}-?\d\d-?\d\d$")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    input: float
    output: float

    def of(self, input_tokens: int, output_tokens: int) -> float:
        return (input_tokens * self.input + output_tokens * self.output) / 1e6


class Budget:
    """What a run may spend, over all its models. ``most``: US dollars, None for no limit."""

    def __init__(self, most: float | None = None) -> None:
        self._most = most
        self.spent = 0.0

    def limit(self, price: Price | None, input_tokens: int, model: str, longest: int | None) -> int | None:
        """How many tokens the reply to a request of ``input_tokens`` may have; at most ``longest``. Raises
        ModelBudget if no answer can be paid, UsageError if the price is not known."""
        if self._most is None:
            return longest
        if price is None:
            raise UsageError(
                f"the price of {model} is not known, so --max-cost cannot be kept; write it into"
                f" {config_folder() / PRICES}"
            )
        left = self._most - self.spent
        needed = price.of(input_tokens, _LEAST_REPLY)
        if needed > left:
            raise ModelBudget(
                f"the next request to {model} could cost ${needed:.4f}, and --max-cost leaves ${max(left, 0):.4f} of"
                f" ${self._most:.4f}; raise it, or offer less with --passages"
            )
        affordable = int((left - price.of(input_tokens, 0)) * 1e6 / price.output) if price.output else _REPLY
        return min(affordable, longest or _REPLY)

    def spend(self, usage: Usage) -> None:
        self.spent += usage.cost_usd or 0.0


def estimated_tokens(text: str) -> int:
    """About how many tokens a model counts in ``text``; rather more than fewer."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_A_TOKEN)


def price_of(host: str, model: str) -> Price | None:
    """None if no table has it. Raises UsageError if the user's table cannot be read."""
    for table in _tables(config_folder() / PRICES):
        models = table.get(host, {})
        for name in (model, _DATE.sub("", model), "*"):
            if name in models:
                return models[name]
    return None


def _tables(own: Path) -> list[dict[str, dict[str, Price]]]:
    packaged = _read(files("assistant.model").joinpath(PRICES).read_text())
    try:
        return [_read(own.read_text(encoding="utf-8-sig")), packaged]
    except FileNotFoundError:
        return [packaged]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"{own} cannot be read as a table of prices ({error})") from error


def _read(text: str) -> dict[str, dict[str, Price]]:
    """Server → model → price. What is no table, such as the date, is passed over. Raises TypeError."""
    servers: dict[str, Any] = tomllib.loads(text)
    return {
        host: {name: Price(**_numbers(price)) for name, price in models.items()}
        for host, models in servers.items()
        if isinstance(models, dict)
    }


def _numbers(price: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in price.items()}
