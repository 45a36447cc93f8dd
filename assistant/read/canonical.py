"""What a source gives → the one canonical text of a paper.

Everything later (passages, full text, quotes, display) is a slice of this text, so every repair of the
source's characters happens here, once.
"""

import re
import unicodedata
from typing import Any

from assistant.read.authors import split_authors
from assistant.text.headings import APPENDIX, is_reference_heading
from assistant.text.latex import resolve_latex
from assistant.text.rarity import RAREST, rarity
from assistant.text.terms import STOP_WORDS, stem
from assistant.text.unseen import UNSEEN
from assistant.types import Paper, Source

_CHARACTERS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
     **dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")}
)  # fmt: skip
# Control characters say nothing in a paper and can rewrite a terminal; half a surrogate pair is no character and
# cannot be stored.
_CONTROL = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f-\x9f{UNSEEN}]")
_HALF = re.compile(r"[\ud800-\udfff]")
HYPHENS = "-\u2010\x02"
"""What may stand where a line's end breaks a word; PDFium gives U+0002 there."""
_A_WORD, _A_COMMON_WORD = 7.0, 5.0
"""Rarities (one text in 1,100, and in 150) below which letters are a word, and one so common that it is no fragment:
"ted" is as rare as the first, "term" far from the second."""
_BROKEN = re.compile(
    r"(?<![\w-])(\w[\w-]*)(?:(-)[ \t]*+\n|\x02[ \t]*+\n?)[ \t]*+(?!(?:and|or|to)\b)(\w[\w-]*)"
)
_ENDS_OF_LINES = re.compile(rf"(?<![{HYPHENS}\w])[{HYPHENS}\w]*+(?<=[{HYPHENS}])[ \t]*+\n[ \t]*+\w*+")
"""Both parts of what a line's end has broken, or of a compound that ends there: words or none, they tell nothing."""
_LEAST_PART = 3
"""Letters of a compound's parts, if they stand alone elsewhere; one more, if they do not."""
_SHORT_LINE = re.compile(r"^[^\n]{2,60}$", re.MULTILINE)
_AFTER_REFERENCES = re.compile(
    rf"^[ \t]*(?:#+[ \t]*)?\**(?:(?:{APPENDIX}).{{0,60}}"
    r"|(?-i:A(?:\.\d+)?\.?[ \t]+[A-Z][\w’'-]+(?:[ \t]+[\w’'-]+){0,10}))[ \t]*\**$",
    re.IGNORECASE | re.MULTILINE,
)
"""A heading of what stands behind: an appendix that says so, or one by its letter."""
_APPENDIX = re.compile(APPENDIX, re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_AHEAD = 500
"""Characters behind a lettered heading in which a reference list would have years."""


def repaired(text: str) -> str:
    """One stretch of source text with its characters repaired; line structure is kept."""
    text = _HALF.sub("\ufffd", _CONTROL.sub("", text.translate(_CHARACTERS)))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def clean(text: str) -> str:
    """As ``repaired``, with LaTeX resolved: for what was typed, not typeset."""
    return repaired(resolve_latex(text))


def clean_line(text: str) -> str:
    """As ``clean``, on one line: for titles and author lines."""
    return " ".join(clean(text).split())


def clean_prose(text: str) -> str:
    """As ``clean``, each paragraph on one line: for abstracts, whose lines end with the source's width."""
    return "\n\n".join(" ".join(part.split()) for part in clean(text).split("\n\n"))


def words_of(text: str) -> frozenset[str]:
    """The words and compounds that ``text`` writes within its lines, for ``rejoined``."""
    return frozenset(re.findall(r"\w+(?:-\w+)*", _ENDS_OF_LINES.sub(" ", text).casefold()))


def rejoined(text: str, known: frozenset[str]) -> str:
    """Words that a line's end has broken, whole again: with the hyphen, or without, whichever of the two is
    ``known``; else as written, or as ``mended`` says where PDFium has seen that the line's end brought the hyphen
    (U+0002)."""

    def whole(match: re.Match[str]) -> str:
        plain, compound = match[1] + match[3], f"{match[1]}-{match[3]}"
        if match[1][-1].isdigit() or match[3][0].isdigit():
            return compound
        if (plain.casefold() in known) != (compound.casefold() in known):
            return plain if plain.casefold() in known else compound
        return compound if match[2] == "-" else mended(match[1], match[3], known)

    return _BROKEN.sub(whole, text)


def mended(left: str, right: str, known: frozenset[str]) -> str:
    """A word that a line's end has broken behind a hyphen into ``left`` and ``right``, whole again: with the hyphen
    or without, as the text writes it elsewhere; else without, but where figures or a capital follow, a capital stands
    before small letters ("LM-based"), or both parts are words and the whole is none ("long-term", and yet
    "framework"), or one of a chain of words is a small one ("state-of-the-art")."""
    plain, compound = left + right, f"{left}-{right}"
    if left[-1:].isdigit() or right[:1].isdigit():  # 1-2, COVID-19: whatever the text writes elsewhere
        return compound
    if (plain.casefold() in known) != (compound.casefold() in known):
        return plain if plain.casefold() in known else compound
    if (right[:1].isupper() and not left.isupper()) or (right[:1].islower() and left[-1:].isupper()):
        return compound
    last, first = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
    if _rarity(last + first) < _A_WORD:
        return plain
    if (last != left and last in STOP_WORDS) or (first != right and first in STOP_WORDS):
        return compound
    return compound if _are_words(last, first, known) else plain


def _are_words(last: str, first: str, known: frozenset[str]) -> bool:
    """Whether two parts, which are no word together, are words: common ones, or such as the text writes alone, or long
    ones that are no rarer than words are, and together unheard of."""
    rarer, shorter = max(_rarity(last), _rarity(first)), min(len(last), len(first))
    alone = {last.casefold(), first.casefold()} <= known
    unheard = _rarity(last + first) == RAREST
    return (
        rarer < _A_COMMON_WORD
        or (alone and shorter >= _LEAST_PART)
        or (unheard and rarer <= _A_WORD and shorter > _LEAST_PART)
    )


def _rarity(word: str) -> float:
    return rarity(stem(word.casefold())) if len(word) > 2 else RAREST


def build_paper(
    body: str, source: Source, title: str | None = None, author_line: str = "", **fields: Any
) -> Paper:
    """A paper whose text is the title line, the author line, a blank line, the body: those there are. Without
    a body the header is the text."""
    header = "\n".join(line for line in (title, author_line) if line)
    text = "\n\n".join(part for part in (header, body) if part)
    authors = fields.pop("authors", None) or split_authors(author_line)
    abstract_end = len(text) if fields.pop("is_abstract", False) and body else None
    return Paper(
        text,
        len(text) - len(body) if body else 0,
        source,
        title,
        authors=authors,
        abstract_end=abstract_end,
        references=reference_list(text),
        **fields,
    )


def reference_list(text: str) -> tuple[int, int] | None:
    """Where the reference list stands: from a heading line in the last two thirds of a long text to its
    end, or to an appendix's heading."""
    lines = _SHORT_LINE.finditer(text, len(text) // 3)
    headings = [match.start() for match in lines if is_reference_heading(match[0])]
    if len(text) < 2000 or not headings:
        return None
    behind = (match.start() for match in _AFTER_REFERENCES.finditer(text, headings[-1] + 200))
    return headings[-1], next((at for at in behind if _opens_appendix(text, at)), len(text))


def _opens_appendix(text: str, at: int) -> bool:
    """Whether prose follows, and no more references: "A Smith and B Jones" opens one of these."""
    return (
        bool(_APPENDIX.match(text[at : at + 40].lstrip("# *\t")))
        or len(_YEAR.findall(text, at, at + _AHEAD)) < 2
    )
