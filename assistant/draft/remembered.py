"""What was found of a claim, kept from run to run: a draft is checked again after each change of a few words.

A finding holds for the same words and citations, in a library of the same papers, by the same code.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from assistant.types import CheckedClaim, Memory, Quote

_DECIDE = ("draft", "judge", "text", "retrieve.py")
"""What decides a finding: of the package's code and weights."""


class Findings:
    """``papers``: key and id of each that the library holds."""

    def __init__(self, memory: Memory, papers: Sequence[tuple[str, str]]) -> None:
        self._memory = memory
        self._papers = hashlib.sha256(repr(sorted(papers)).encode()).hexdigest()

    def get(self, text: str, keys: Sequence[str], meant: Sequence[Sequence[str]]) -> CheckedClaim | None:
        """What was found of the claim that cites these keys, which mean these papers."""
        kept = self._memory.get(self._key(text, keys, meant))
        return _read(json.loads(kept)) if kept else None

    def put(
        self, text: str, keys: Sequence[str], meant: Sequence[Sequence[str]], found: CheckedClaim
    ) -> None:
        self._memory.put(self._key(text, keys, meant), json.dumps(asdict(found)))

    def _key(self, *claim: Any) -> str:
        named = json.dumps([_code(), self._papers, *claim])
        return f"finding {hashlib.sha256(named.encode()).hexdigest()}"


def _read(kept: dict[str, Any]) -> CheckedClaim:
    quotes = {name: Quote(**kept[name]) if kept[name] else None for name in ("quote", "better")}
    tuples = {name: tuple(kept[name]) for name in ("cites", "papers")}
    return CheckedClaim(**{**kept, **quotes, **tuples})


@cache
def _code() -> str:
    root = Path(__file__).parents[1]
    files = (path for name in _DECIDE for path in (root / name, *(root / name).rglob("*")) if path.is_file())
    stats = sorted(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files if path.suffix != ".pyc"
    )
    return hashlib.sha256(repr(stats).encode()).hexdigest()
