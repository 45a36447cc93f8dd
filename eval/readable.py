"""A shown sentence → what keeps it from being read on its own, by its form alone."""

import re

from assistant.text.sentences import is_prose

_LEANS = frozenset(
    "further furthermore moreover however thus therefore hence also besides this these those it they such".split()
)
_CAPTION = re.compile(r"(?:fig(?:ure)?|table|listing|algorithm|scheme)\.?\s*[A-Z]?\d+\s*[.:|—–-]", re.I)
_CODE = re.compile(r"=>|::|>>>|\w\([^()]*\)\s*[;{=]|^(?:julia>|import |using |def |function )|[{};]$")
_GLYPHS = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
"""Characters that a font could not be asked for: replaced, private, or by their number alone."""
_FIGURE = re.compile(r"[\d.,%±()/x×-]*\d[\d.,%±()/x×-]*")
_MOST_FIGURES = 0.25
"""Of the words of a sentence, those that are numbers; a row of a table has more."""
_LONGEST = 90
"""Words; what is longer is two sentences, or a table, that were not told apart."""


def faults(text: str) -> list[str]:
    """Names of what is wrong, of: fragment, leans, caption, code, glyphs, figures, long."""
    text = text.strip()
    words = text.split()
    first = re.search(r"[^\W_]", text)
    figures = sum(bool(_FIGURE.fullmatch(word)) for word in words)
    checks = {
        "fragment": not is_prose(text) or first is None or first[0].islower(),
        "leans": bool(words) and words[0].strip(",").lower() in _LEANS,
        "caption": bool(_CAPTION.match(text)),
        "code": bool(_CODE.search(text)),
        "glyphs": bool(_GLYPHS.search(text)),
        "figures": figures > _MOST_FIGURES * len(words),
        "long": len(words) > _LONGEST,
    }
    return [name for name, is_wrong in checks.items() if is_wrong]
