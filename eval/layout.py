"""What the PDF reader makes of papers whose publisher's record is at hand: title, authors, year, abstract, and how much
of the running text is none.

The papers are ../shared/data/pdf/juliacon, with their Crossref deposits, of which some name no authors, and which give
another year than the volume's that is printed. Every other one, by name, was looked at while the reader was made; the
others only as figures.
"""

import re
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from assistant.read import read
from assistant.text.people import last_name
from assistant.text.sentences import is_prose, sentence_spans
from assistant.types import Paper
from eval.sets import DATA

PAPERS = DATA / "pdf" / "juliacon"
_HEAD = re.compile(r"Proceedings of JuliaCon")
_CAPTION = re.compile(r"(?<!\bin )(?<!\bof )(?<!see )(?<![(\w] )\b(?:Fig\.|Figure|Table) \d+[:.] [A-Z]")


@dataclass
class Score:
    papers: int = 0
    title: int = 0
    year: int = 0
    abstract: int = 0
    named: int = 0
    right: int = 0
    known: int = 0
    sentences: int = 0
    heads: int = 0
    captions: int = 0
    failures: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        precision, recall = self.right / max(1, self.named), self.right / max(1, self.known)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        of = self.papers
        return (
            f"{name}: {of} papers; title {self.title / of:.2f}, authors F1 {f1:.2f}, year {self.year / of:.2f},"
            f" abstract set apart {self.abstract / of:.2f}; of {self.sentences:,} sentences {self.heads} hold a running"
            f" head, {self.captions} a caption"
        )


def measured() -> Iterator[tuple[bool, Path, Paper]]:
    """Whether it was looked at, the file, and the paper."""
    for n, path in enumerate(sorted(PAPERS.glob("*.pdf"))):
        (paper,) = read(path.read_bytes(), path)
        yield n % 2 == 0, path, paper


def run(failures: bool = False) -> str:
    scores = {True: Score(), False: Score()}
    started, pages = time.perf_counter(), 0
    for is_looked_at, path, paper in measured():
        pages += len(paper.page_starts)
        _count(scores[is_looked_at], path, paper)
    seconds = time.perf_counter() - started
    lines = [
        scores[True].line("looked at"),
        scores[False].line("not looked at"),
        f"{pages / seconds:.0f} pages a second",
    ]
    return "\n".join(lines + (scores[True].failures if failures else []))


def _count(score: Score, path: Path, paper: Paper) -> None:
    title, authors, year = _record(path.with_suffix(".crossref.xml"))
    own = [_plain(last_name(name).split()[-1]) for name in paper.authors] if authors else []
    score.papers += 1
    score.title += _plain(paper.title or "") == _plain(title)
    score.year += paper.year == year
    score.abstract += paper.abstract_end is not None
    score.named, score.known = score.named + len(own), score.known + len(authors)
    wanted = {_plain(name.split()[-1]) for name in authors}
    score.right += len(wanted.intersection(own))
    if set(own) != wanted or paper.year != year or paper.abstract_end is None:
        score.failures.append(
            f"{path.name}: {paper.authors} for {authors}; {paper.year} for {year}; {paper.abstract_end}"
        )
    end = paper.references[0] if paper.references else len(paper.text)
    for start, stop in sentence_spans(paper.text, 0, end):
        sentence = " ".join(paper.text[start:stop].split())
        if is_prose(sentence):
            caption = _CAPTION.search(sentence)
            score.sentences += 1
            score.heads += _HEAD.search(sentence) is not None
            score.captions += caption is not None and caption.start() > 0


def _record(path: Path) -> tuple[str, list[str], int | None]:
    """Title, authors' last names and year of a Crossref deposit."""
    root = ElementTree.parse(path).getroot()
    article = next(each for each in root.iter() if each.tag.endswith("journal_article"))
    of = {
        name: [each for each in article.iter() if each.tag.endswith(f"}}{name}")]
        for name in ("title", "surname", "year")
    }
    years = [int(each.text or 0) for each in of["year"]]
    return (
        "".join(of["title"][0].itertext()),
        [each.text or "" for each in of["surname"]],
        years[0] if years else None,
    )


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).casefold())
