"""A suite (suites/NAME.jsonl) and its papers → questions, and where in the papers as read their gold sentences stand.

Each line has id, split (dev or test, by paper), kind, question, papers (that a right answer cites), facts (for each,
the strings of which one must be in the quotes) and gold: sentences of which each answers, as [paper, "its first words …
its last words"], so that a suite holds no paper's text and outlives a change of the reader. Also, where there are any:
relevant (as gold: what may stand beside it), group (wordings of one question), why (an unanswerable one has no answer)
and before (the questions that it follows).
"""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant import Config, Library, ModelConfig, Paper
from eval.sets import DATA, ROOT

FOLDER = ROOT / "suites"
_FIELDS = {"id", "split", "kind", "question", "papers", "facts", "gold"}
_LONGEST = 1_500
"""Letters between a sentence's first and last words, at most."""


@dataclass(frozen=True)
class Case:
    """A question. ``papers``: keys; ``gold``, ``relevant``: (key, start, end) of sentences; ``lost``: of the gold
    sentences how many are not in the papers as they were read."""

    id: str
    split: str
    kind: str
    question: str
    papers: frozenset[str]
    facts: tuple[tuple[str, ...], ...]
    gold: tuple[tuple[str, int, int], ...]
    relevant: tuple[tuple[str, int, int], ...] = ()
    lost: int = 0
    group: str = ""
    why: str = ""
    before: tuple[str, ...] = ()


@contextmanager
def opened(name: str) -> Iterator[tuple[Library, list[Case]]]:
    """The suite's library, made in a temporary folder, and its cases."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(model=ModelConfig(replay_known=True))
        with Library.open(Path(folder) / "library", config, create=True) as library:
            library.add(_papers(Path(folder)))
            yield library, cases(FOLDER / f"{name}.jsonl", library)


def is_available() -> bool:
    return (DATA / "pdf").is_dir() and (DATA / "covid_qa").is_dir()


def _papers(folder: Path) -> list[Path]:
    """Whole papers: PDFs, JATS, and COVID-QA's as text files, of which the first paragraph is the title."""
    articles = json.loads((DATA / "covid_qa" / "covid_qa_dev49.json").read_text(encoding="utf-8"))["data"]
    first = sorted((each["paragraphs"][0] for each in articles), key=lambda each: int(each["document_id"]))
    for each in first:
        (folder / f"covid-{each['document_id']}.txt").write_text(each["context"], encoding="utf-8")
    jats = DATA / "formats" / "jats"
    return [DATA / "pdf", *sorted(jats.iterdir()), *sorted(folder.glob("covid-*.txt"))]


def cases(path: Path, library: Library) -> list[Case]:
    """Raises ValueError that names the line for one that is no case."""
    papers = {Path(paper.source.file).stem: paper for paper in library.papers()}
    squeezed = {name: _Squeezed(paper) for name, paper in papers.items()}
    found, seen = [], set[str]()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            if missing := _FIELDS - row.keys():
                raise ValueError(f"lacks {', '.join(sorted(missing))}")
            if row["id"] in seen:
                raise ValueError(f"{row['id']} stands twice")
            seen.add(row["id"])
            found.append(_case(row, squeezed))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return found


def _case(row: Mapping[str, object], papers: Mapping[str, "_Squeezed"]) -> Case:
    def spans(name: str) -> list[tuple[str, int, int] | None]:
        return [papers[paper].span(words) for paper, words in row.get(name, [])]  # type: ignore[attr-defined]

    def texts(name: str) -> Sequence[str]:
        return row.get(name, ())  # type: ignore[return-value]

    gold = spans("gold")
    return Case(
        str(row["id"]), str(row["split"]), str(row["kind"]), str(row["question"]),
        frozenset(papers[name].key for name in texts("papers")),
        tuple(tuple(fact) for fact in texts("facts")),
        tuple(filter(None, gold)), tuple(filter(None, spans("relevant"))), gold.count(None),
        str(row.get("group", "")), str(row.get("why", "")), tuple(texts("before")),
    )  # fmt: skip


class _Squeezed:
    """A paper's letters and figures alone, each with its place: sentences are found whatever stands between."""

    def __init__(self, paper: Paper) -> None:
        self.key = paper.key
        self._places = [n for n, char in enumerate(paper.text) if char.isalnum()]
        self._text = squeezed(paper.text)

    def span(self, words: str) -> tuple[str, int, int] | None:
        """(key, start, end) of the sentence with these first and last words."""
        opens, _, ends = map(squeezed, words.partition(" … "))
        for match in re.finditer(re.escape(opens), self._text):
            end = self._text.find(ends, match.end(), match.end() + _LONGEST)
            if end >= 0:
                return self.key, self._places[match.start()], self._places[end + len(ends) - 1] + 1
        return None


def squeezed(text: str) -> str:
    """One character for each letter or figure of the text."""
    return "".join(char.lower()[0] for char in text if char.isalnum())
