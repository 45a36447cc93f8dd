"""PDFs, each beside its Crossref deposit → how well they are read, in two halves by file name.

The first half is the one whose papers may be looked at one by one while the reader is written; the second is only
ever counted. What the deposit does not say (headings, sentences) is held against the document by rules that share
nothing with the reader: PDFium's own text, and patterns of what must not stand in a sentence.
"""

import re
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from assistant import Paper
from assistant.read import read
from assistant.split import sentences
from eval.sets import DATA

PAPERS = DATA / "pdf" / "juliacon"
_CAPTION = re.compile(r"(?:^|[a-z,] )(?:Fig(?:ure|\.)|Table|Listing) ?\d+ ?[:.] ?[A-Z]")
"""A caption's opening, behind words that no stop ends."""
_SPACED = re.compile(r"(?:\b\w ){6,}")


@dataclass
class Score:
    """What was counted: name → (right, of how many); and where it was wrong."""

    counts: dict[str, tuple[float, float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def add(self, name: str, right: float, total: float = 1.0) -> None:
        had = self.counts.get(name, (0.0, 0.0))
        self.counts[name] = (had[0] + right, had[1] + total)

    def judge(self, name: str, is_right: bool, failure: str) -> None:
        self.add(name, is_right)
        if not is_right:
            self.failures.append(f"{name}: {failure}")


def evaluate(folder: Path) -> tuple[Score, Score, float]:
    """The scores of the two halves, and pages read a second of processor time."""
    paths = sorted(path for path in folder.glob("*.pdf"))
    half = (len(paths) + 1) // 2
    scores = Score(), Score()
    pages, seconds = 0, 0.0
    for n, path in enumerate(paths):
        data = path.read_bytes()
        start = time.process_time()  # whatever else the machine does
        (paper,) = read(data, path)
        seconds += time.process_time() - start
        pages += len(paper.page_starts)
        _score(paper, path, scores[n >= half])
    return *scores, pages / max(seconds, 1e-9)


def run(failures: bool = False) -> str:
    looked_at, held_out, speed = evaluate(PAPERS)
    shown = [f"{'':28}{'looked at':>20}{'held out':>20}"]
    for name in dict.fromkeys((*looked_at.counts, *held_out.counts)):
        cells = [_cell(score.counts.get(name)) for score in (looked_at, held_out)]
        shown.append(f"{name:28}{cells[0]:>20}{cells[1]:>20}")
    shown.append(f"{speed:.0f} pages a second of processor time")
    return "\n".join(shown + (looked_at.failures if failures else []))


def _cell(count: tuple[float, float] | None) -> str:
    return f"{count[0] / count[1]:.3f} (n={count[1]:.0f})" if count and count[1] else "-"


def _score(paper: Paper, path: Path, score: Score) -> None:
    name = path.stem
    deposit = ElementTree.parse(path.with_name(name + ".crossref.xml"))
    article = next(part for part in deposit.iter() if part.tag.endswith("}journal_article"))
    title = " ".join("".join(_first(article, "title").itertext()).split())
    score.judge(
        "title", _letters(title) == _letters(paper.title or ""), f"{name} {paper.title!r}, not {title!r}"
    )
    stated = {
        _letters(_text(person, "surname")) for person in article.iter() if person.tag.endswith("}person_name")
    }
    if stated:
        found = {_letters(author.split()[-1]) for author in paper.authors}
        right = sum(any(each in other or other in each for other in stated) for each in found)
        _f1(score, "authors F1", right, len(found), len(stated), f"{name} {paper.authors}")
    score.judge("authors given", bool(paper.authors), f"{name} none")
    printed = re.search(r"\b20[12]\d\b", " ".join(_raw(path)[:1]))
    year = _text(_first(article, "publication_date"), "year")
    score.add("year is the deposit's", paper.year == int(year))
    if printed or paper.year:
        score.judge("year given where printed", paper.year is not None, name)
    right = _abstract_is_right(paper) if _prints_abstract(path) else paper.abstract is None
    score.judge("abstract", right, f"{name} {(paper.abstract or '')[:60]!r}")
    score.judge("reference list", paper.references is not None, name)
    _score_text(paper, path, score)


def _score_text(paper: Paper, path: Path, score: Score) -> None:
    name, raw = path.stem, _raw(path)
    heads = _running_heads(raw)
    said = sentences(paper)
    prose = [each for each in said if each.kind == "sentence"]
    for each in prose:
        flat = " ".join(each.text.split())
        bad = next((head for head in heads if head in flat), None)
        score.judge("no head in a sentence", bad is None, f"{name} {bad!r} in {flat[:80]!r}")
        score.judge("no caption in a sentence", not _CAPTION.search(flat), f"{name} {flat[:100]!r}")
        score.judge("no letter-spaced code", not _SPACED.search(flat), f"{name} {flat[:80]!r}")
        whole = flat[:1].isupper() or not flat[:1].isalpha()
        score.judge("sentence opens as one", whole, f"{name} p.{each.page} {flat[:100]!r}")
    outline = _outline(path)
    if outline:
        headings = [paper.text[part.start : part.end] for part in paper.parts if part.kind == "heading"]
        if paper.references:
            headings.append(paper.text[slice(*paper.references)].split("\n")[0])
        missed = set(outline) - {_letters(_bare(each)) for each in headings}
        # An outline names the numbered ones; others on the page are headings, too, that it cannot judge.
        extra = {_letters(_bare(each)) for each in headings if each != _bare(each)} - set(outline)
        right = len(set(outline)) - len(missed)
        _f1(
            score,
            "headings F1",
            right,
            right + len(extra),
            len(set(outline)),
            f"{name} missed {missed} extra {extra}",
        )
    kept, all_letters = Counter(_letters(paper.text)), Counter(_letters("".join(raw)))
    score.add("letters kept", sum((kept & all_letters).values()), sum(all_letters.values()))


def _f1(score: Score, name: str, right: int, found: int, wanted: int, failure: str) -> None:
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9) if wanted else float(not found)
    score.add(name, f1)
    if f1 < 1:
        score.failures.append(f"{name}: {failure}")


def _prints_abstract(path: Path) -> bool:
    """Whether the first page says that it has one: an extended abstract has none apart."""
    return re.search(r"(?m)^\s*a\s?b\s?s\s?t\s?r\s?a\s?c\s?t\b", _raw(path)[0], re.IGNORECASE) is not None


def _abstract_is_right(paper: Paper) -> bool:
    """It opens with a capital, ends with a stop, has an abstract's length, and the body goes on behind it."""
    abstract = (paper.abstract or "").strip()
    return (
        40 <= len(abstract.split()) <= 450
        and abstract[:1].isupper()
        and abstract[-1:] in ".)"
        and "Keywords" not in abstract
    )


def _running_heads(pages: list[str]) -> list[str]:
    """Lines that stand on at least half of the pages, as PDFium gives them."""
    seen = Counter(line.strip() for page in pages for line in set(page.split("\n")) if len(line.strip()) > 8)
    return [line for line, count in seen.items() if count >= max(2, len(pages) / 2)]


def _raw(path: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def _outline(path: Path) -> list[str]:
    """The headings that the document's own outline names, as letters: its typesetter's word for them."""
    import pypdfium2

    return [_letters(_bare(entry.get_title() or "")) for entry in pypdfium2.PdfDocument(path).get_toc()]


def _bare(heading: str) -> str:
    return re.sub(r"^(?:[A-Z]\.|[\d.]+|[IVX]+\.)\s+", "", heading.strip())


def _first(element: ElementTree.Element, name: str) -> ElementTree.Element:
    return next(part for part in element.iter() if part.tag.endswith("}" + name))


def _text(element: ElementTree.Element, name: str) -> str:
    return "".join(_first(element, name).itertext())


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if char.isalnum()).casefold()
