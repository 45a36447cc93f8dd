"""LaTeX's commands in prose: citations, those that say nothing, a paper's own; and where an argument ends."""

import re
from bisect import bisect_left

OPTION = r"(?:\s*\[[^\[\]]*\])"
_WORKS = rf"{OPTION}{{0,2}}\s*\{{[^{{}}]*\}}"
CITE = re.compile(
    rf"\\(?P<names>[A-Za-z]{{0,30}}[Cc]ites)(?![A-Za-z])\*?(?:\s*\([^()]*\)){{0,2}}(?P<works>(?:{_WORKS})+)"
    r"|\\(?P<name>(?!no|set|def|exc|inc|rec)(?:[A-Za-z]{0,30}[a-z])?[Cc]ite(?!style|setup|reset|counter|alias|index)[A-Za-z]{0,30})\*?"
    rf"(?P<work>{_WORKS})"
)
_MACRO = re.compile(
    r"\\(?:(?:re)?newcommand\*?|providecommand\*?|def)\s*\{?\\([A-Za-z]+)\}?\s*"
    r"\{((?:[^{}\\#]|\\text\w+\{[^{}\\]*\}|\\xspace){0,300})\}"
)
NO_WORDS = re.compile(
    r"\\(?:label|(?!href)[A-Za-z]*ref|textcolor|color|includegraphics|[vh]space|(?:this)?pagestyle|bibliographystyle|nocite"
    r"|bibliography|addbibresource|hypersetup|addtolength|set[a-z]+|todo|index|(?:re)?newcommand|usepackage)"
    r"\*?" + OPTION + r"*\s*(?=\{)"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\})?")
_ENVIRONMENT = re.compile(r"\\(?P<which>begin|end)\{(?P<name>[A-Za-z]+\*?)\}")
_LONGEST_ENVIRONMENT = 50_000
"""Characters."""
_LONGEST = 5_000
"""Characters of a footnote, caption or title; braces that are open for longer are not balanced."""


def macros(text: str) -> dict[str, str]:
    r"""A paper's own names for things, such as \ours → what they stand for."""
    return dict(_MACRO.findall(text))


def expanded(text: str, names: dict[str, str]) -> str:
    r"""The draft's own names for things, such as \ours, as what they stand for."""

    def meant(match: re.Match[str]) -> str:
        return names[match[1]].replace("\\xspace", "") if match[1] in names else match[0]

    return _COMMAND.sub(meant, text) if names else text


def closed(text: str) -> str:
    r"""The text in which every \begin of an environment has its \end not too far behind; of others the name is lost, so
    that nobody looks for an end that is not there, again and again."""
    ends: dict[str, list[int]] = {}
    for match in _ENVIRONMENT.finditer(text):
        if match["which"] == "end":
            ends.setdefault(match["name"], []).append(match.start())

    def kept(match: re.Match[str]) -> str:
        places = ends.get(match["name"], ())
        at = bisect_left(places, match.end())
        is_closed = at < len(places) and places[at] - match.end() <= _LONGEST_ENVIRONMENT
        return match[0] if is_closed or match["which"] == "end" else "\\begin{open}"

    return _ENVIRONMENT.sub(kept, text)


def closing(text: str, opening: int) -> int:
    """The end of the group that opens here; without a brace that closes it, that of its paragraph."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, opening, opening + _LONGEST):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[0] == "}":
            return match.end()
    paragraph = re.compile(r"\n[^\S\n]*\n").search(text, opening)
    return paragraph.start() if paragraph else len(text)
