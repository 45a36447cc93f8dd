"""Question sets and the papers they are asked of.

A set is ``questions/NAME.jsonl``; each line has id, kind (single, two-part, listing, unanswerable), question,
papers (what a right answer cites) and facts (per fact, the strings of which one must be in the quotes shown).
The digests' sets need nothing else; the others need the data folder beside the checkout (``../shared/data``).
"""

import gzip
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant import Config, Library, ModelConfig, Paper

ROOT = Path(__file__).parent
DATA = ROOT.parent.parent / "shared" / "data"
CORPORA = {
    "digests": [ROOT / "corpus"],
    "seeds": [DATA / "seeds"],
    "juliacon": sorted((DATA / "pdf" / "juliacon").glob("*.pdf")),
    "acl": [DATA / "acl_anthology_abstracts.jsonl.gz"],
    "scifact": [DATA / "scifact" / "corpus.jsonl"],
}
SETS = {
    "digests-dev": "digests", "digests-exam": "digests", "seeds-dev": "seeds", "seeds-exam": "seeds",
    "acl-a": "acl", "acl-b": "acl", "acl-c": "acl", "acl-d": "acl", "scifact-a": "scifact",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question with what a right answer holds: keys of papers, and facts as alternatives of strings."""

    id: str
    kind: str
    question: str
    keys: frozenset[str]
    facts: tuple[tuple[str, ...], ...]


def available(name: str) -> bool:
    return all(path.exists() for path in CORPORA[SETS[name]])


@contextmanager
def opened_corpus(name: str) -> Iterator[Library]:
    """A library of one of the CORPORA, made in a temporary folder."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "library", create=True) as library,
    ):
        library.add(CORPORA[name])
        yield library


@contextmanager
def opened(name: str) -> Iterator[tuple[Library, list[Asked]]]:
    """The set's library, made in a temporary folder, and its questions."""
    with tempfile.TemporaryDirectory() as folder:
        paths = _papers(name, Path(folder))
        config = Config(model=ModelConfig(replay_known=True))
        with Library.open(Path(folder) / "library", config, create=True) as library:
            library.add(paths)
            yield library, _questions(name, library)


def _papers(name: str, folder: Path) -> list[Path]:
    source = CORPORA[SETS[name]]
    if not _list_of(name).exists():
        return source
    (folder / "papers.jsonl").write_text("".join(listed(name, source[0])), encoding="utf-8")
    return [folder / "papers.jsonl"]


def listed(name: str, source: Path) -> list[str]:
    """The lines of ``source`` whose papers are listed beside the set ``name``."""
    wanted = set(_list_of(name).read_text().split())
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as lines:
        return [line for line in lines if _id(line) in wanted]


def _list_of(name: str) -> Path:
    return ROOT / "questions" / f"{name}.papers"


def _id(line: str) -> str:
    record = json.loads(line)
    return str(record.get("_id") or record.get("id"))


def _questions(name: str, library: Library) -> list[Asked]:
    keys: dict[str, str] = {}
    for paper in library.papers():
        names = [paper.source.record, paper.title, paper.title and paper.title.split(":")[0], paper.handle]
        keys.update((name, paper.key) for name in names if name)
    untitled = [paper for paper in library.papers() if paper.title is None]
    questions = []
    file = ROOT / "questions" / f"{name.replace('digests', 'seeds')}.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        papers = frozenset(keys.get(name) or _mentions_most(name, untitled) for name in row["papers"])
        facts = tuple(tuple(fact) for fact in row["facts"])
        questions.append(Asked(row["id"], row["kind"], row["question"], papers, facts))
    return questions


def _mentions_most(name: str, papers: list[Paper]) -> str:
    """An untitled paper goes by a name that its text uses."""
    return max(papers, key=lambda paper: plain(paper.text).count(plain(name))).key


def plain(text: str) -> str:
    """Text as facts are looked for: lower case, single spaces, plain dashes and quotes."""
    return re.sub(r"\s+", " ", text.replace("–", "-").replace("’", "'")).lower()


def holds(text: str, fact: tuple[str, ...]) -> bool:
    return any(plain(form) in plain(text) for form in fact)
