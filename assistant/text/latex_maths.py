"""What stands in LaTeX maths → as it prints on one line, with the brackets that a fraction's bar, a root's or a raised
line stand for: (a+b)/c, √(x+1), e^(x+1)."""

import re
from collections.abc import Callable

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|[^\\{}^_]+", re.DOTALL)
_TAKES = {"^": 1, "_": 1, "\\frac": 2, "\\dfrac": 2, "\\tfrac": 2, "\\sqrt": 1}
"""Mark → how many arguments it takes."""
_DEEPEST = 50
SUPERSCRIPTS = str.maketrans("0123456789+-=()n°", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ°")
SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_JOINED = re.compile(r"(?<=.)[\s+\-−–±∓=<>≤≥≈,;|·×*/]|^[+\-−±].*[+\-−±]", re.DOTALL)
"""What is no one thing: another mark beside it would bind one side of it alone."""
_INDEX = re.compile(r"\s*\[([^\[\]]{1,9})\]")


def printed(body: str, symbol: Callable[[str, str], str]) -> str:
    """``symbol``: a command, and the character before it → what it prints. Braces that group nothing go; what takes
    an argument and has none stays as it is."""
    stack = [_Group()]
    for match in _TOKEN.finditer(body):
        token, top = match[0], stack[-1]
        if token == "{" and len(stack) <= _DEEPEST:
            stack.append(_Group())
        elif token == "}" and len(stack) > 1:
            inner = stack.pop().text()
            stack[-1].give(inner)
        elif token in "{}":
            continue
        elif token in _TAKES:
            top.waiting.append((token, []))
        elif token[0] == "\\":
            top.give(symbol(token, top.last) if token[1].isalpha() else token)
        else:
            top.plain(token)
    while len(stack) > 1:
        inner = stack.pop().text()
        stack[-1].give(inner)
    return stack[0].text()


class _Group:
    """What stands between two braces so far; ``waiting``: marks that still lack an argument, each in the one before."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.waiting: list[tuple[str, list[str]]] = []

    def plain(self, text: str) -> None:
        """Characters, of which a waiting mark takes the first."""
        while self.waiting and text.strip():
            mark = self.waiting[-1][0]
            if mark == "\\sqrt" and (index := _INDEX.match(text)):
                self._parts.append(_script(index[1], SUPERSCRIPTS, "^"))
                text = text[index.end() :]
                continue
            text = text.lstrip()
            self.give(text[0])
            text = text[1:]
        if not self.waiting:
            self._parts.append(text)

    def give(self, argument: str) -> None:
        while self.waiting:
            mark, arguments = self.waiting[-1]
            arguments.append(argument)
            if len(arguments) < _TAKES[mark]:
                return
            self.waiting.pop()
            argument = _set(mark, arguments)
        self._parts.append(argument)

    @property
    def last(self) -> str:
        return "" if self.waiting else "".join(self._parts[-1:])[-1:]

    def text(self) -> str:
        return "".join([*self._parts, *(mark + "".join(given) for mark, given in self.waiting)])


def _set(mark: str, arguments: list[str]) -> str:
    if mark == "^":
        return _script(arguments[0], SUPERSCRIPTS, "^")
    if mark == "_":
        return _script(arguments[0], SUBSCRIPTS, "_")
    if mark == "\\sqrt":
        return f"√{_bound(arguments[0])}"
    return f"{_bound(arguments[0])}/{_bound(arguments[1])}"


def _script(body: str, table: dict[int, int], mark: str) -> str:
    body = body.strip()
    return body.translate(table) if all(ord(c) in table for c in body) else mark + _bound(body)


def _bound(body: str) -> str:
    """In brackets, if it is more than one thing and not in brackets already."""
    body = body.strip()
    return f"({body})" if _JOINED.search(body) and not _is_bracketed(body) else body


def _is_bracketed(body: str) -> bool:
    """Whether one pair of brackets holds all of it: not "(a)+(b)"."""
    if not (body[:1] in "([" and body[-1:] in ")]"):
        return False
    depth = 0
    for n, char in enumerate(body):
        depth += (char in "([") - (char in ")]")
        if depth == 0:
            return n == len(body) - 1
    return False
