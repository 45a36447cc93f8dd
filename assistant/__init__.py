"""Ask your own papers: answers whose every sentence carries a citation and a quote that code has verified."""

from typing import TYPE_CHECKING, Any

from assistant.telemetry import switch_off

if TYPE_CHECKING:
    from assistant.config import Config, ModelConfig
    from assistant.errors import AssistantError
    from assistant.judging import support, support_many
    from assistant.library import Library
    from assistant.selection import Selection
    from assistant.types import (
        Answer,
        Citation,
        Claim,
        Hit,
        Judgement,
        Paper,
        PaperHit,
        Passage,
        Quote,
        RecordCitation,
    )

__all__ = [
    "Answer",
    "AssistantError",
    "Citation",
    "Claim",
    "Config",
    "Hit",
    "Judgement",
    "Library",
    "ModelConfig",
    "Paper",
    "PaperHit",
    "Passage",
    "Quote",
    "RecordCitation",
    "Selection",
    "support",
    "support_many",
]

switch_off()


def __getattr__(name: str) -> Any:
    """Loads a public name at its first use: ``assistant --help`` passes here and must not wait for numpy."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from assistant import config, errors, judging, library, selection, types

    modules = (config, errors, types, selection, library, judging)
    return next(vars(module)[name] for module in modules if name in vars(module))
