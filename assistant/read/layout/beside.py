"""A page's rows → those in which an abstract stands beside what is said of the article, as Elsevier sets it: a strip of
their own parts the two, and none that the page's columns have."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.read.layout.sheet import Sheet, Word

LEAST_GUTTER = 8.0
"""Points between two columns; the narrowest in common use are 10 (LNCS in two columns) and 12 (IEEEtran)."""
_BESIDE = frozenset(("articleinfoabstract", "articleinformationabstract", "articlehistoryabstract"))
"""What stands over the two, in letters."""


def abstract_beside(
    sheet: Sheet, rows: Sequence[Sequence[Word]]
) -> tuple[int, int, tuple[float, float]] | None:
    """The rows, from the one that says "article info" and "abstract", that leave a strip before the abstract free, to a
    wide rule or the introduction, and that strip."""
    for start, row in enumerate(rows):
        if row[-1].text[-1].isalpha() and row[-1].text[-1] not in "tT":  # most rows, and "abstract" ends so
            continue
        letters = ["".join(filter(str.isalpha, word.text)).casefold() for word in row]
        place = next((n for n in range(len(row)) if "".join(letters[n:]) == "abstract"), 0)
        if not place or "".join(letters) not in _BESIDE:
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


def without_abstract(sheet: Sheet, rows: Sequence[Sequence[Word]]) -> Sequence[Sequence[Word]]:
    """The other rows."""
    start, stop, _ = abstract_beside(sheet, rows) or (0, 0, None)
    return [*rows[:start], *rows[stop:]]


def crosses(row: Sequence[Word], x: float) -> bool:
    """Whether the row has text at ``x``, or no wider gap there than between words."""
    if not row[0].x0 < x < row[-1].x1:
        return False
    return not any(a.x1 <= x <= b.x0 and b.x0 - a.x1 >= LEAST_GUTTER for a, b in pairwise(row))
