"""A page's rows → those in which an abstract stands beside what is said of the article, right of it as Elsevier sets
it, or left as Taylor & Francis do: a strip of their own parts the two, and none that the page's columns have."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.read.layout.pen import Word
from assistant.read.layout.sheet import Sheet

LEAST_GUTTER = 8.0
"""Points between two columns; the narrowest in common use are 10 (LNCS in two columns) and 12 (IEEEtran)."""
_ASIDES = frozenset(("articleinfo", "articleinformation", "articlehistory"))
"""What stands over the other, in letters."""


def abstract_beside(
    sheet: Sheet, rows: Sequence[Sequence[Word]]
) -> tuple[int, int, tuple[float, float]] | None:
    """The rows, from the one that names both, that leave a strip before the right one of them free, to a wide rule or
    the introduction, and that strip."""
    for start, row in enumerate(rows):
        place = _second_name(row)
        if not place:
            continue
        right = row[place].x0
        rules = [rule.y for rule in sheet.rules if rule.x0 < row[0].x0 + 20 and rule.x1 > right + 20]
        floor = max((y for y in rules if y < row[0].base - 2 * row[0].size), default=0.0)
        stop = start + 1
        while stop < len(rows) and rows[stop][0].base > floor and not crosses(rows[stop], right - 2):
            if "".join(word.text for word in rows[stop]).casefold().endswith("introduction"):
                break
            stop += 1
        ends = [word.x1 for each in rows[start:stop] for word in each if word.x1 < right]
        return start, stop, (max(ends), right)
    return None


def _second_name(row: Sequence[Word]) -> int:
    """Where in the row the right one of the two names begins; 0 if it does not name both."""
    if row[-1].text[-1] not in "tTyYoOnN":  # most rows, and both names end so
        return 0
    letters = ["".join(filter(str.isalpha, word.text)).casefold() for word in row]
    for place in range(1, len(row)):
        names = "".join(letters[:place]), "".join(letters[place:])
        if "abstract" in names and _ASIDES.intersection(names):
            return place
    return 0


def without_abstract(sheet: Sheet, rows: Sequence[Sequence[Word]]) -> Sequence[Sequence[Word]]:
    """The other rows."""
    start, stop, _ = abstract_beside(sheet, rows) or (0, 0, None)
    return [*rows[:start], *rows[stop:]]


def crosses(row: Sequence[Word], x: float) -> bool:
    """Whether the row has text at ``x``, or no wider gap there than between words."""
    if not row[0].x0 < x < row[-1].x1:
        return False
    return not any(a.x1 <= x <= b.x0 and b.x0 - a.x1 >= LEAST_GUTTER for a, b in pairwise(row))
