"""The first prompt of a conversation, at a terminal of its own."""

import sys

import pytest

from eval.bench.commands import first_prompt

PROMPTS = """
import sys, time
assert sys.stdin.isatty() and sys.stdout.isatty()
print("Ask in words.")
time.sleep(0.2)
input("> ")
"""


def test_the_clock_stops_at_the_prompt() -> None:
    assert first_prompt([sys.executable, "-c", PROMPTS]) >= 0.2


def test_a_command_that_never_prompts_is_an_error() -> None:
    with pytest.raises(OSError):
        first_prompt([sys.executable, "-c", "print('no')"])
