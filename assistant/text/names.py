"""What things are called in running text."""

import re

_SHORT = re.compile(r"(?P<name>[^\s:]+(?: [^\s:]+)?)\s*:\s")


def short_name(title: str | None, handle: str | None) -> str:
    """What a paper calls its work: its handle, or the name before its title's colon; "" if it has none."""
    found = _SHORT.match(title or "")
    name = found["name"] if found else ""
    return name if re.search(r"[A-Z].*[A-Z0-9]|[a-z][A-Z]|\d", name) else handle or ""
