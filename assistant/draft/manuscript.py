"""The nouns of a draft; and its text, with each citation marked by one character (text/marks.py), → its sentences."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.text.marks import BREAK, FIRST_MARK, LAST_MARK, MARK, line_ends, text_of
from assistant.text.sentences import sentence_spans

_GAP = rf"[^\S\n{BREAK}]*+(?:\n[^\S\n{BREAK}]*+)?"
_BEHIND_STOP = re.compile(
    rf"(?<![.!?])([.!?]++)({_GAP})((?:{MARK}\s*)*{MARK})(?=\s+[^\Wa-z_]|\s*\Z|\s*[{BREAK}]|[^\S\n]*\n\s*\n)"
)
_BLOCK = re.compile(rf"(?:(?!\n[^\S\n]*\n)[^{BREAK}])+")


@dataclass(frozen=True, slots=True)
class Cite:
    """One place that cites: ``text[start:end]`` of its sentence. ``keys`` are as the draft writes them.
    ``textual``: the sentence reads it, as in "@shi shows"."""

    keys: tuple[str, ...]
    start: int = 0
    end: int = 0
    textual: bool = False


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as a reader sees it, on one line. ``line``: where it starts in ``file``, from 1; ``paragraph``:
    where its paragraph does; ``last_line``: where it ends itself; ``is_caption``: it describes a figure or a
    table."""

    file: str
    line: int
    text: str
    cites: tuple[Cite, ...] = ()
    paragraph: int = 0
    last_line: int = 0
    is_caption: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What a draft says about a work that it cites: an entry of its .bib file, an item of its reference list
    (``text``), or no more than an author-year mention (``names``, whether there are ``others``, ``year``)."""

    title: str = ""
    doi: str = ""
    arxiv: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    others: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A draft, in ``file``. ``entries``: what it says about keys that it cites; ``bibliographies``: the .bbl
    file beside it and the .bib files that it names, the better ones last; ``warnings``: one "file:line: message"
    each."""

    file: Path
    sentences: tuple[DraftSentence, ...]
    entries: dict[str, Entry]
    bibliographies: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What its sentences cite, each key once, in their order."""
        cites = (cite for sentence in self.sentences for cite in sentence.cites)
        return tuple(dict.fromkeys(key for cite in cites for key in cite.keys))


_ACCEPTED = re.compile(r"(?P<before>[^\n]*?)(?:(?<!%)%++|<!--)[ \t]*check:[ \t]*ok\b", re.IGNORECASE)
"""A comment by which an author says that what is found wrong is right as it stands."""


def accepted_lines(path: Path) -> set[int]:
    """The lines of a draft's file whose sentences are accepted: those with the comment, and the line below one
    that holds nothing else. Raises ReadError."""
    found = set()
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if match := _ACCEPTED.match(line):
            found |= {number} if match["before"].strip() else {number, number + 1}
    return found


class Citations:
    """The citations of one text; each gets a character that marks its place."""

    def __init__(self) -> None:
        self._cites: list[Cite] = []

    def mark(self, keys: Sequence[str], textual: bool = False) -> str:
        if not keys or len(self._cites) > LAST_MARK - FIRST_MARK:
            return ""
        self._cites.append(Cite(tuple(dict.fromkeys(keys)), textual=textual))
        return chr(FIRST_MARK + len(self._cites) - 1)

    def shown(self, text: str) -> tuple[str, tuple[Cite, ...]]:
        """``text`` on one line with its citations as [key; key], and where these stand."""
        parts: list[str] = []
        found: list[Cite] = []
        size = 0
        for piece in re.split(f"({MARK})", " ".join(text.split())):
            if re.fullmatch(MARK, piece):
                cite = self._cites[ord(piece) - FIRST_MARK]
                piece = f"[{'; '.join(cite.keys)}]"
                if parts and (parts[-1][-1:].isalnum() or parts[-1][-1:] == "]"):
                    parts.append(" ")
                    size += 1
                found.append(replace(cite, start=size, end=size + len(piece)))
            parts.append(piece)
            size += len(piece)
        return "".join(parts), tuple(found)


def sentences(
    marked: str, citations: Citations, file: str, line: int, clean: Callable[[str], str]
) -> list[DraftSentence]:
    """The sentences of a text whose first line is ``line`` of its file. ``clean``: what is left of the format
    inside a sentence → what a reader sees."""
    text = _BEHIND_STOP.sub(r"\3\1\2", marked)  # "... holds. [@a] Next": that cites for what stands before it
    found = []
    place, paragraph = 0, line
    for block in _BLOCK.finditer(text):
        paragraph += line_ends(text, place, block.start())
        place, last = block.start(), paragraph
        for start, end in sentence_spans(text, *block.span()):
            here = last + line_ends(text, place, start)
            last = here + line_ends(text, start, end)
            place = end
            shown, cites = citations.shown(clean(text[start:end]))
            if shown:
                found.append(DraftSentence(file, here, shown, cites, paragraph, last))
        paragraph, place = last, place
    return found
