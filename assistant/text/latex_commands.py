"""LaTeX's commands in prose: citations, those that say nothing, a paper's own; and where an argument ends."""

import re

OPTION = r"(?:\s*\[[^\[\]]*\])"
_WORKS = rf"{OPTION}{{0,2}}\s*\{{[^{{}}]*\}}"
CITE = re.compile(
    rf"\\(?P<names>[A-Za-z]*[Cc]ites)(?![A-Za-z])\*?(?:\s*\([^()]*\)){{0,2}}(?P<works>(?:{_WORKS})+)"
    r"|\\(?P<name>(?!no|set|def|exc|inc|rec)(?:[A-Za-z]*[a-z])?[Cc]ite(?!style|setup|reset|counter|alias|index)[A-Za-z]*)\*?"
    rf"(?P<work>{_WORKS})"
)
_MACRO = re.compile(
    r"\\(?:(?:re)?newcommand\*?|providecommand\*?|def)\s*\{?\\([A-Za-z]+)\}?\s*"
    r"\{((?:[^{}\\#]|\\text\w+\{[^{}\\]*\}|\\xspace)*)\}"
)
NO_WORDS = re.compile(
    r"\\(?:label|(?!href)[A-Za-z]*ref|textcolor|color|includegraphics|[vh]space|(?:this)?pagestyle|bibliographystyle|nocite"
    r"|bibliography|addbibresource|hypersetup|addtolength|set[a-z]+|todo|index|(?:re)?newcommand|usepackage)"
    r"\*?" + OPTION + r"*\s*(?=\{)"
)
_LONGEST = 5_000
"""Characters of a footnote, caption or title; braces that are open for longer are not balanced."""


def macros(text: str) -> dict[str, str]:
    r"""A paper's own names for things, such as \ours → what they stand for."""
    return dict(_MACRO.findall(text))


def expanded(text: str, names: dict[str, str]) -> str:
    r"""The draft's own names for things, such as \ours, as what they stand for."""
    if not names:
        return text
    known = re.compile(rf"\\({'|'.join(names)})(?![A-Za-z])(?:\{{\}})?")
    return known.sub(lambda match: names[match[1]].replace("\\xspace", ""), text)


def closing(text: str, opening: int) -> int:
    """The end of the group that opens here; without a brace that closes it, that of its paragraph."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, opening, opening + _LONGEST):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[0] == "}":
            return match.end()
    paragraph = re.compile(r"\n[^\S\n]*\n").search(text, opening)
    return paragraph.start() if paragraph else len(text)
