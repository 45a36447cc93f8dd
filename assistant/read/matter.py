"""A text that opens with YAML between rulers (Markdown's front matter) → the fields in it. The one door to PyYAML."""

import re
from typing import Any

import yaml

_MATTER = re.compile(r"\s*---[ \t]*\n(.{1,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MOST_LISTS = 200
"""Brackets that open in it: PyYAML looks at all that are open, again and again."""
_FIELD = re.compile(r"\s*[A-Za-z][\w -]*:(?:\s|$)")


def front_matter(text: str) -> tuple[dict[str, Any], int] | None:
    """The fields and where they end; None for a text without, which rulers may open, too. References from one field to
    another are not followed: a few lines of them can stand for gigabytes."""
    match = _MATTER.match(text)
    if not match or not _FIELD.match(match[1]) or len(re.findall(r"[\[{]", match[1])) > _MOST_LISTS:
        return None
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(match[1], yaml.SafeLoader)):
            return None
        fields = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    return {str(name): _plain(value) for name, value in fields.items()}, match.end()


def _plain(value: Any) -> Any:
    """Dates as text; all else as it is."""
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)
