"""Known text, set in six common layouts, by hand (press.py) or by TeX (engine.py) → how much of it is read back.

The text is the digests' of eval/corpus. Unlike a publisher's PDFs these come with their truth: each sentence, and which
of them run over a column's or page's end.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from assistant import Paper
from assistant.read import read
from assistant.split import sentences
from assistant.text.sentences import sentence_spans
from eval.engine import CLASSES, Engine, absent
from eval.layout import Score
from eval.press import MANNERS, Known, Setter
from eval.scan import setters
from eval.sets import CORPORA

_AUTHORS = ("Ada Winter", "Bo van Summer", "Cy D. Autumn")
"""Of papers that name none."""


def typeset(setter: Setter | Engine, papers: Sequence[Paper], first: int) -> tuple[bytes, Known]:
    """A document whose title, authors and abstract are those of paper ``first``, its text that of those behind it."""
    own, others = papers[first], [*papers[first + 1 :], *papers[:first]]
    known = Known(own.title or "", tuple(map(_as_printed, own.authors)) or _AUTHORS, own.text[own.body :])
    setter.front(known, "Institute of Lakes, University of Oulu")
    for n, other in enumerate(others):
        if n % 2 == 0:
            setter.heading(n // 2, " ".join((other.title or "Lakes").split(":")[0].split()[:7]), known)
        text = other.text[other.body :]
        setter.paragraph(text, known)
        known.paragraphs.append(text)
        if n % 3 == 1:
            setter.footnote(
                n // 3 + 1, "As counted by the authors on three days of June, in every lake that is named."
            )
        if n % 3 == 2:
            setter.caption(
                f"Figure {n // 3 + 1}: Perch by depth and year. The darker they are, the older.", known
            )
    return setter.saved(known), known


def _as_printed(author: str) -> str:
    last, _, first = author.partition(", ")
    return f"{first} {last}" if first else author


def run(failures: bool = False) -> str:
    """A table: a column for each manner of our own press."""
    return _table({manner.name: partial(Setter, manner) for manner in MANNERS}, failures)


def run_scanned(failures: bool = False) -> str:
    """A table: a column for each look of our own press's pages behind a scanner."""
    return _table(setters(), failures)


def run_tex(failures: bool = False) -> str:
    """A table: a column for each class, as pdfLaTeX sets it."""
    if missing := absent():
        raise SystemExit(f"no {missing} here: install TeX Live with the classes that publishers give out")
    return _table({kind.name: partial(Engine, kind) for kind in CLASSES}, failures)


def _table(setters: Mapping[str, Callable[[], Setter | Engine]], failures: bool) -> str:
    papers = [
        paper
        for folder in CORPORA["digests"]
        for path in sorted(folder.glob("*.txt"))
        for paper in read(path.read_bytes(), path)
        if paper.title
    ]
    scores = {name: Score() for name in setters}
    for name, made in setters.items():
        for first in range(0, len(papers), 4):
            data, known = typeset(made(), papers, first)
            (found,) = read(data, Path(f"{name}-{first}.pdf"))
            _score(found, known, scores[name], f"{name}-{first}")
    names = list(dict.fromkeys(name for score in scores.values() for name in score.counts))
    shown = [f"{'':22}" + "".join(f"{name:>16}" for name in scores)]
    for name in names:
        cells = [score.counts.get(name, (0.0, 0.0)) for score in scores.values()]
        shown.append(f"{name:22}" + "".join(f"{a / max(b, 1):>9.3f} ({b:.0f})".rjust(16) for a, b in cells))
    return "\n".join(shown + [each for score in scores.values() for each in score.failures if failures])


def _score(found: Paper, known: Known, score: Score, name: str) -> None:
    said = [(each.kind, _plain(each.text)) for each in sentences(found)]
    prose = [text for kind, text in said if kind == "sentence"]
    places = {text: n for n, text in reversed(list(enumerate(prose)))}
    wanted = list(_wanted(known.paragraphs))
    for each in wanted:
        score.judge("sentences whole", each in places, f"{name} {each[:110]!r}")
    for each in map(_plain, known.over):
        score.judge("whole over a break", each in places, f"{name} {each[:110]!r}")
    for one, other in pairwise(wanted):
        if one in places and other in places:
            score.add("in order", places[one] < places[other])
    score.judge("title", _plain(found.title or "") == _plain(known.title), f"{name} {found.title!r}")
    score.judge("authors", tuple(map(_plain, found.authors)) == tuple(map(_plain, known.authors)),
                f"{name} {found.authors} not {known.authors}")  # fmt: skip
    abstract = _plain(found.abstract or "")
    score.judge("abstract", abstract == _plain(known.abstract), f"{name} {abstract[-80:]!r}")
    headings = {_plain(found.text[part.start : part.end]) for part in found.parts if part.kind == "heading"}
    for heading in known.headings:
        score.judge("headings", _plain(heading) in headings, f"{name} {heading!r}")
    captions = {text for kind, text in said if kind == "caption"}
    for caption in known.captions:
        score.judge("captions", _plain(caption) in captions, f"{name} {caption!r}")


def _wanted(paragraphs: Sequence[str]) -> Iterator[str]:
    for text in paragraphs:
        yield from (_plain(text[a:b]) for a, b in sentence_spans(text))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()
