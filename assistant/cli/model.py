"""The options of a command that may ask a language model, and the settings they make for its run."""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import click

from assistant.cli.writing import LogFile
from assistant.config import Config

_OPTIONS = {
    "max_cost": click.option(
        "--max-cost",
        metavar="USD",
        type=click.FloatRange(min=0),
        help="What the language model may cost; it is not asked for more.",
    ),
    "log": click.option(
        "--log",
        metavar="FILE",
        type=LogFile(),
        help="Add each exchange with the language model to this file, as a line of JSON.",
    ),
    "cache": click.option(
        "--cache",
        is_flag=True,
        help="Show the same reply again if the same was asked in the last 30 days.",
    ),
}

Command = Callable[..., None]


def going_on(config: Config) -> Config:
    """With the replies of a run that broke off, so that the same command goes on from there."""
    return replace(config, model=replace(config.model, replay_known=True))


def allowing(*names: str) -> Callable[[Command], Command]:
    """Gives a command these options. It is handed the Config that they make, and the model of the settings where
    none is named."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def run(config: Config, /, **options: Any) -> None:
            from assistant.model.server import names_server

            given = {name: options.pop(name) for name in names}
            settings = replace(
                config.model,
                max_cost=given.get("max_cost"),
                log=given.get("log"),
                replay_known=given.get("cache", False),
            )
            options["model"] = options["model"] or settings.name
            if settings.distrusted and not names_server(
                os.environ
            ):  # any other server is not the one that is meant
                options |= dict.fromkeys(options.keys() & {"model", "judge"})
            command(replace(config, model=settings), **options)

        for name in reversed(names):
            run = _OPTIONS[name](run)
        return run

    return decorate
