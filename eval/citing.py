"""``check`` on what people write: sentences as related work has them, labelled by hand, and two real manuscripts.

claims/citing.jsonl has one sentence a line, its citations as [@id] of an ACL abstract; its kind; and its label:
true, not-shown (no alarm either, but nothing that the abstract shows) or wrong. Written and labelled by hand before the
outcomes were tuned on them; a wrong paper is a true sentence that cites another's. The library holds their abstracts
among those of a thousand other papers; the manuscripts' library those of their cited works that the ACL file has.
"""

import gzip
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import Library
from assistant.text.terms import tokens
from assistant.types import CheckReport
from eval.sets import CORPORA, DATA, ROOT

CITING = ROOT / "claims" / "citing.jsonl"
DRAFTS = DATA / "drafts"
OTHERS = 1000
"""Papers in the library that no sentence cites."""
PAGE = 500
"""Words."""
OUTCOMES = ("supported", "not-shown", "wrong", "no-citation-needed")


@dataclass(frozen=True)
class Labelled:
    text: str
    kind: str
    label: str
    cited: tuple[str, ...]


@dataclass(frozen=True)
class Drafted:
    """A manuscript, checked: its pages, its cited sentences, how many of them could be checked, and the alarms."""

    name: str
    pages: float
    report: CheckReport

    @property
    def alarms(self) -> list[str]:
        return [f"{s.text} — {s.worst.reason}" for s in self.report.sentences if s.verdict == "wrong"]


def sentences() -> list[Labelled]:
    rows = map(json.loads, CITING.read_text(encoding="utf-8").splitlines())
    return [
        Labelled(row["text"], row["kind"], row["label"], tuple(re.findall(r"@([^\]\s;]+)", row["text"])))
        for row in rows
    ]


def checked(labelled: list[Labelled]) -> list[tuple[Labelled, str, str]]:
    """Each sentence with the verdict and the reason."""
    with _library(_beside({key for each in labelled for key in each.cited})) as (library, folder):
        keys = {paper.source.record: paper.key for paper in library.papers()}
        draft = folder / "draft.md"
        texts = [re.sub(r"@([^\]\s;]+)", lambda match: f"@{keys[match[1]]}", each.text) for each in labelled]
        draft.write_text("\n\n".join(texts), encoding="utf-8")
        by_line = {s.line: s for s in library.check(draft).sentences}
        found = []
        for n, each in enumerate(labelled):
            sentence = by_line.get(2 * n + 1)
            found.append(
                (each, sentence.verdict, sentence.worst.reason) if sentence else (each, "unread", "")
            )
        return found


def manuscripts() -> Iterator[Drafted]:
    for folder in sorted(each for each in DRAFTS.iterdir() if (each / "main.tex").exists()):
        listed = " ".join(
            path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*.b[ib][bl]")
        )
        text = f" {' '.join(tokens(listed.replace('{', '').replace('}', '')))} "
        cited = [
            row for row in _acl() if len(title := tokens(row["title"])) > 3 and f" {' '.join(title)} " in text
        ]
        pages = len((folder / "main.tex").read_text(encoding="utf-8").split()) / PAGE
        with _library(cited or list(_acl())[:1]) as (library, _):
            yield Drafted(folder.name, pages, library.check(folder / "main.tex", bibs=folder.glob("*.bib")))


def _acl() -> Iterator[dict[str, Any]]:
    with gzip.open(CORPORA["acl"][0], "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _beside(cited: Iterable[str]) -> list[dict[str, Any]]:
    """The cited papers, and others at even distances in the file."""
    rows = [row for row in _acl() if row.get("abstract")]
    wanted = set(cited)
    return [row for n, row in enumerate(rows) if row["id"] in wanted or n % (len(rows) // OTHERS) == 0]


@contextmanager
def _library(rows: list[dict[str, Any]]) -> Iterator[tuple[Library, Path]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "papers.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        with Library.open(folder / "library", create=True) as library:
            library.add([folder / "papers.jsonl"])
            yield library, folder


def table(found: list[tuple[Labelled, str, str]]) -> list[str]:
    lines = [f"| sentences | label | n | {' | '.join(OUTCOMES)} |", "| --- " * (len(OUTCOMES) + 3) + "|"]
    for kind, label in dict.fromkeys((each.kind, each.label) for each, _, _ in found):
        verdicts = Counter(v for each, v, _ in found if (each.kind, each.label) == (kind, label))
        cells = [f"{verdicts[outcome] / verdicts.total():.2f}" for outcome in OUTCOMES]
        lines.append(f"| {kind} | {label} | {verdicts.total()} | {' | '.join(cells)} |")
    return lines


def run(failures: bool = False) -> str:
    lines = ["# What `check` finds, and what it takes for an error that is none", ""]
    found = checked(sentences())
    lines += [*table(found), ""]
    for draft in manuscripts():
        lines.append(
            f"- {draft.name}: {draft.pages:.1f} pages, {len(draft.report.sentences)} sentences that cite,"
            f" {draft.report.checkable or 0:.0%} of them checkable, {dict(draft.report.counts)},"
            f" {len(draft.alarms)} alarms; {draft.report.seconds:.1f} s"
        )
        lines += [f"  - {alarm}" for alarm in draft.alarms]
    if failures:
        for each, verdict, reason in found:
            right = {"true": verdict == "supported", "wrong": verdict == "wrong"}.get(
                each.label, verdict != "wrong"
            )
            if not right:
                lines.append(f"{each.kind} ({each.label}): {verdict} ({reason}): {each.text}")
    return "\n".join(lines)
