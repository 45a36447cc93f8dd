"""Sums of what models used."""

import pytest

from assistant.types import Usage

PAID, FREE, UNKNOWN = Usage(10, 1, 0.5), Usage(20, 2, 0.0), Usage(30, 3)


@pytest.mark.parametrize(
    ("sum_", "expected"),
    [
        (PAID + FREE, Usage(30, 3, 0.5)),
        (PAID + PAID, Usage(20, 2, 1.0)),
        (PAID + UNKNOWN, Usage(40, 4)),
        (Usage() + PAID, PAID),
        (PAID + Usage(), PAID),
        (Usage() + Usage(), Usage()),
        (PAID + Usage(1, 1, 0.25, estimated=True), Usage(11, 2, 0.75, estimated=True)),
    ],
)
def test_usage_adds_up(sum_: Usage, expected: Usage) -> None:
    assert sum_ == expected
