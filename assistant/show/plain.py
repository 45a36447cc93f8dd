"""Untrusted text → one line that is safe to print.

Papers come from anywhere: what is printed of them may neither move the cursor, retitle the window nor
reorder what stands beside it.
"""

import re

from assistant.text.unseen import UNSEEN

UNSAFE = re.compile(rf"[\x00-\x1f\x7f-\x9f\ud800-\udfff{UNSEEN}]")
"""Control characters, halves of characters, and what nobody sees."""

_ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor
    r"|\x1b[\]P^_X][^\x07\x1b]*(?:\x07|\x1b\\)"  # strings: window titles, links
    r"|\x1b[ -/]*[0-Z\\^-~]"
)


def one_line(text: str) -> str:
    """``text`` on one line: white space collapsed, escape sequences and control characters gone."""
    spaced = " ".join(_ESCAPE_SEQUENCE.sub("", text).split())
    return " ".join(UNSAFE.sub("", spaced).split())
