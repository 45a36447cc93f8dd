"""Whether a text holds a term, whatever the ending of its words."""

from assistant.text.terms import STOP_WORDS, stem, tokens


def mentions(term: str, text: str) -> bool:
    sought, held = _stems(term), _stems(text)
    return any(held[n : n + len(sought)] == sought for n in range(len(held) - len(sought) + 1))


def _stems(text: str) -> list[str]:
    """Of all words where there are none but stop words."""
    return [stem(word) for word in tokens(text) if word not in STOP_WORDS] or list(tokens(text))
