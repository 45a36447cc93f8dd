"""Names of people."""

import re


def last_name(name: str) -> str:
    """The last word that is neither an initial nor a suffix: ``Tao Liang``, ``Liang, Tao``, ``Smith J.``"""
    words = name.split(",")[0].split()
    whole = [
        word for word in words if not re.fullmatch(r"(?:[^\W\d_]\.-?)+|[^\W\d_]|[JS]r\.?|I{2,3}|IV", word)
    ]
    return name.split(",")[0] if "," in name else (whole or words or [""])[-1]
