"""Text → lines for a window of a given width, with or without colour.

Width is counted in terminal cells (a CJK character takes two). Lines are wrapped first and coloured after,
so that colour never changes the layout; with ``colour`` False no escape code comes out.
"""

from collections.abc import Sequence
from unicodedata import category, east_asian_width

from rich.cells import cell_len

from assistant.show.plain import one_line

BOLD, DIM, MARKER, WARNING = "1", "2", "36", "33"

_GLUE = "\xa0"


def glue(*parts: str) -> str:
    """The parts with spaces between them at which ``wrap`` breaks no line."""
    return _GLUE.join(part for part in parts if part)


def wrap(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """One line of text as lines of at most ``width`` cells; ``first`` opens the first, ``rest`` (spaces of
    the same width, unless given) the others. A word wider than the line is left whole, as it may be an
    address, and CJK text breaks between characters."""
    indent = " " * cell_len(first) if rest is None else rest
    lines, line, empty = [], first, True
    for word in text.split(" "):
        for n, piece in enumerate(_pieces(word)):
            gap = " " if n == 0 and not empty else ""
            if not empty and cell_len(line + gap + piece) > width:
                lines.append(line)
                line, gap = indent, ""
            line, empty = line + gap + piece, False
    return [each.replace(_GLUE, " ").rstrip() for each in (*lines, line)]


def _pieces(word: str) -> list[str]:
    """The word, cut where a line may break inside it: beside a CJK character, yet never after an opening
    bracket or before what belongs to the character in front (a comma, a closing bracket, an accent)."""
    if word.isascii():
        return [word] if word else []
    cuts = [n for n in range(1, len(word)) if _may_part(word[n - 1], word[n])]
    return [word[start:end] for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True)]


def _may_part(before: str, after: str) -> bool:
    cjk = any(east_asian_width(each) in "WF" and category(each) != "So" for each in (before, after))
    opens, closes = category(before) in ("Ps", "Pi"), category(after) in ("Pe", "Pf", "Po")
    return cjk and not opens and not closes and category(after)[0] not in "MCSZ"


def cut(text: str, width: int) -> str:
    """``text``, or its beginning and "…", in at most ``width`` cells."""
    if cell_len(text) <= width:
        return text
    while cell_len(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def pad(text: str, width: int) -> str:
    """``text`` filled with spaces to ``width`` cells."""
    return text + " " * (width - cell_len(text))


def block(text: str, width: int) -> str:
    """Any text as one wrapped paragraph."""
    return "\n".join(wrap(one_line(text), width))


def paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text


def paint_start(line: str, start: str, style: str, colour: bool) -> str:
    """The line with ``start`` painted, if that is how it opens."""
    return paint(start, style, colour) + line[len(start) :] if line.startswith(start) else line


def paint_spans(line: str, spans: Sequence[tuple[int, int]], style: str, colour: bool) -> str:
    """The line with what stands in these spans painted. ``spans``: in order, none in another."""
    for start, end in reversed(spans):
        line = line[:start] + paint(line[start:end], style, colour) + line[end:]
    return line


def painted(lines: list[str], style: str, colour: bool) -> list[str]:
    return [paint(line, style, colour) for line in lines]
