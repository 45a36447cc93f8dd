"""Names that untitled papers give themselves."""

import pytest

from assistant.read.handle import handle


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Floods are hard (FAH). We introduce a novel net, named TideNet. TideNet is small.", "TideNet"),
        ("Large models (LLMs) fail. To this end, we propose LeTide, a tide table.", "LeTide"),
        ("We present GAUGE-Bench, the first benchmark of gauges.", "GAUGE-Bench"),
        ("It is hard for LLMs. We measure eyes. With them, our proposed TideSteer saves time.", "TideSteer"),
        ("We propose Divide and Sum (DS²), a tree. DS² is small.", "DS²"),
        (
            "In this paper, we introduce a sharpness-aware flood model for coasts.",
            "sharpness-aware flood model",
        ),
        ("The authors propose to look. They build an ice-core method that works.", "ice-core method"),
        ("We present results. It is so.", None),
        ("Nothing is offered here.", None),
        ("", None),
    ],
)
def test_handle(text: str, name: str | None) -> None:
    assert handle(text) == name


@pytest.mark.parametrize("text", ["A" * 50_000 + "_", "we propose " * 2000, "a" * 50_000, "X-" * 20_000])
def test_odd_texts_take_no_longer_than_they_should(text: str) -> None:
    handle(text)
