r"""A LaTeX draft's file → its text in reading order, with what it \input's: pieces of files, each from a line on.

Followed inside the draft's own folder alone, and each file once; what is missing or elsewhere is warned of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import ReadError
from assistant.text.marks import blank, line_ends, text_of

ROW = "\x1e"
"""What a forced line end is here: white space, and the end of a table's row."""
_VERBATIM = "verbatim|Verbatim|lstlisting|minted|comment|filecontents"
_HIDDEN = re.compile(
    rf"\\begin\{{(?P<name>(?:{_VERBATIM})\*?)\}}.*?(?:\\end\{{(?P=name)\}}|\Z)"
    r"|\\(?:verb|lstinline)\*?(?P<bar>[^\w\s{*])[^\n]{0,500}?(?P=bar)"
    r"|\\iffalse\b(?:(?!\\iffalse\b).)*?\\fi\b"
    r"|(?P<kept>\\(?:url|href|path)\s*\{[^{}\n]*\})"  # a per cent sign in an address opens no comment
    r"|(?P<newline>\\\\(?:\[[^\]\n]*\])?)|(?P<escaped>\\.)"
    r"|%[^\n]*(?:\n[^\S\n]*(?=\S))?",
    re.DOTALL,
)
_INPUT = re.compile(
    r"\\(?:input|include|subfile|subfileinclude)\b\s*(?:\{(?P<name>[^{}]*)\}|(?P<bare>[^\s{}\\]+))"
    r"|\\(?:sub)?(?:import|inputfrom|includefrom)\b\*?\s*\{(?P<folder>[^{}]*)\}\s*\{(?P<inside>[^{}]*)\}"
)
_BEGIN, _END = "\\begin{document}", "\\end{document}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file that starts on ``line``, without comments and verbatim text. ``preamble``: it
    stands before the document begins."""

    file: Path
    line: int
    text: str
    preamble: bool = False


@dataclass(slots=True)
class LatexFiles:
    """Reads a draft; ``warnings`` are one "file:line: message" each; ``newline`` stands for a forced line break."""

    draft: Path
    newline: str = " "
    warnings: list[str] = field(default_factory=list)
    _seen: set[Path] = field(default_factory=set)

    def pieces(self) -> list[Piece]:
        """Raises ReadError if the draft itself cannot be read."""
        return _body(list(self._followed(self.draft, text_of(self.draft))))

    def _followed(self, file: Path, raw: str) -> Iterator[Piece]:
        self._seen.add(file.resolve())
        text = _HIDDEN.sub(self._shown, raw)
        position, line = 0, 1
        for match in _INPUT.finditer(text):
            yield Piece(file, line, text[position : match.start()])
            line += line_ends(text[position : match.start()])
            name = match["name"] or match["bare"] or ""
            if match["folder"] is not None:
                name = f"{match['folder'].strip()}/{match['inside'].strip()}"
            yield from self._included(name.strip(), file, f"{file}:{line}")
            position, line = match.end(), line + line_ends(match[0])
        yield Piece(file, line, text[position:])

    def _shown(self, match: re.Match[str]) -> str:
        """What is left of what may hide something: an address, an escaped character, the space that a new line is."""
        if match["newline"]:
            return self.newline
        return match["kept"] or match["escaped"] or blank(match[0])

    def _included(self, name: str, by: Path, where: str) -> Iterator[Piece]:
        """The pieces of a file that ``by`` names: as seen from the draft's folder, or from its own."""
        folder = self.draft.parent
        wanted = [place / each for place in (folder, by.parent) for each in (name, f"{name}.tex")]
        path = next((each for each in wanted if each.is_file()), wanted[1])
        try:
            real = path.resolve()
            inside = real.is_relative_to(folder.resolve())
            if not inside:
                self.warnings.append(f"{where}: {name} is outside the draft's folder, and was not read")
            elif real not in self._seen and path.suffix.lower() in (".tex", ".ltx", ""):
                yield from _body(list(self._followed(path, text_of(path))))
        except (
            ReadError,
            ValueError,
            OSError,
            RuntimeError,
        ) as error:  # missing; a NUL in it; a loop of links
            why = "there is no such file" if not path.is_file() else str(error)
            self.warnings.append(f"{where}: {name} was not read ({why})")


def _body(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a file, which may be a document of its own, as a subfile is."""
    begins = next((n for n, piece in enumerate(pieces) if _BEGIN in piece.text), None)
    return pieces if begins is None else _from_document(pieces, begins)


def _from_document(pieces: list[Piece], n: int) -> list[Piece]:
    r"""The pieces, cut at \begin{document}, which is in the n-th, and at \end{document}."""
    main = pieces[n]
    before, _, after = main.text.partition(_BEGIN)
    found = [Piece(piece.file, piece.line, piece.text, True) for piece in pieces[:n]]
    found.append(Piece(main.file, main.line, before, True))
    rest = [Piece(main.file, main.line + line_ends(before), after), *pieces[n + 1 :]]
    for piece in rest:
        text, end, _ = piece.text.partition(_END)
        found.append(Piece(piece.file, piece.line, text, piece.preamble))
        if end:
            break
    return found
