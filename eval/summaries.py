"""Summaries of 40 papers beside the facts that a good one must hold, and beside two baselines: its first three
sentences, and LexRank.

Each line of summaries.jsonl has paper (the file's name, the title's beginning, or, for one without, a name that stands
in it alone), kind (whole or abstract), split (dev or test, by paper) and facts: role and terms, groups of which each
needs one of its strings in one shown sentence.
"""

import gzip
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from assistant import Config, Library, Paper, Wanted
from assistant.errors import ModelError
from assistant.text.terms import content_stems
from eval.local import writer
from eval.sets import DATA, ROOT
from eval.suite import squeezed

GOLD = ROOT / "summaries.jsonl"
KINDS = ("whole", "abstract")
WORDS = 100
_DAMPING, _LINKED, _SAME = 0.85, 0.1, 0.5
"""LexRank's, as published; and the likeness from which it passes a sentence over as said already."""
_THANKS = re.compile(
    r"\b(?:thank|grateful|supported by|funded|conflicts? of interest|competing|approved the final)\b", re.I
)


@dataclass(frozen=True)
class Wished:
    """A paper with the facts that its summary must hold: for each its role and groups of strings."""

    paper: Paper
    kind: str
    split: str
    facts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


@dataclass
class Score:
    """Of summaries: ``covered``: one mean a paper; ``by_role``: each fact, found or not; the rest counts sentences."""

    covered: list[float] = field(default_factory=list)
    by_role: dict[str, list[bool]] = field(default_factory=dict)
    sentences: int = 0
    garbage: int = 0
    repeated: float = 0.0
    supported: int = 0
    words: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def line(self) -> str:
        mean, error = np.mean(self.covered), np.std(self.covered) / max(1, len(self.covered)) ** 0.5
        within = np.mean([abs(n - WORDS) <= 0.1 * WORDS for n in self.words])
        roles = ", ".join(f"{role} {np.mean(hits):.2f}" for role, hits in sorted(self.by_role.items()))
        return (
            f"coverage {mean:.3f} ± {error:.3f} (n={len(self.covered)}: {roles}); of {self.sentences} sentences garbage"
            f" {self.garbage}, supported {self.supported}, repeated {self.repeated / max(1, self.sentences):.3f};"
            f" {np.mean(self.words):.0f} words, within 10 % {within:.2f}"
        )


def is_available() -> bool:
    return all((DATA / each).exists() for each in ("pdf", "covid_qa", "formats", "seeds"))


@contextmanager
def opened(
    folder: Path | None = None, config: Config | None = None
) -> Iterator[tuple[Library, list[Wished]]]:
    """A library of the 40 papers, in ``folder`` (made there if it is not) or a temporary one, and what is wished."""
    with tempfile.TemporaryDirectory() as temporary:
        place = folder or Path(temporary) / "library"
        with Library.open(place, config, create=True) as library:
            if not list(library.papers()):
                library.add(_files(Path(temporary)))
            yield library, wished(library)


def _files(folder: Path) -> list[Path]:
    """The files of the 40 papers; those that stand in one with others are written out."""
    rows = list(map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()))
    articles = json.loads((DATA / "covid_qa" / "covid_qa_dev49.json").read_text(encoding="utf-8"))["data"]
    texts = {
        f"covid-{each['paragraphs'][0]['document_id']}": each["paragraphs"][0]["context"] for each in articles
    }
    found = [DATA / "seeds"]
    for name in (row["paper"] for row in rows if row["kind"] == "whole"):
        if name in texts:
            (folder / f"{name}.txt").write_text(texts[name], encoding="utf-8")
            found.append(folder / f"{name}.txt")
        else:
            found += [
                path
                for path in (DATA / "pdf", DATA / "formats" / "jats")
                for path in path.rglob(f"{name}.*[fl]")
            ]
    return [path for path in found if path.suffix != ".xml"] + [_acl(folder, rows)]


def _acl(folder: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    titles = tuple(row["paper"] for row in rows if row["kind"] == "abstract")
    with gzip.open(DATA / "acl_anthology_abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        kept = [line for line in lines if json.loads(line)["title"].startswith(titles)]
    (folder / "acl.jsonl").write_text("".join(kept), encoding="utf-8")
    return folder / "acl.jsonl"


def wished(library: Library) -> list[Wished]:
    """Raises ValueError for a paper that is not there."""
    papers, found = list(library.papers()), []
    for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()):
        facts = tuple((fact["role"], tuple(map(tuple, fact["terms"]))) for fact in row["facts"])
        found.append(Wished(_named(row["paper"], papers), row["kind"], row["split"], facts))
    return found


def _named(name: str, papers: Sequence[Paper]) -> Paper:
    for fits in (
        lambda paper: Path(paper.source.file).stem == name,
        lambda paper: (paper.title or "").startswith(name),
        lambda paper: not paper.title and name in paper.text,
    ):
        if found := [paper for paper in papers if fits(paper)]:
            return found[0]
    raise ValueError(f"{GOLD}: no paper is called {name}")


# systems: a paper → the sentences shown, and how many of them are supported

Shown = tuple[list[str], int]
System = Callable[[Library, Paper], Shown]


def ours(library: Library, paper: Paper, model: str | None = None) -> Shown:
    try:
        answer = library.summarize(paper.key, Wanted(words=WORDS), model=model)
    except ModelError as error:
        print(f"{paper.key}: {error}", file=sys.stderr)
        return [], 0
    return [claim.text for claim in answer.claims], sum(each.verdict == "supported" for each in answer.claims)


def lead(library: Library, paper: Paper) -> Shown:
    texts = _sentences(library, paper)[:3]
    return texts, len(texts)


def lexrank(library: Library, paper: Paper) -> Shown:
    """Continuous LexRank (Erkan and Radev 2004) on tf-idf, the best that go into the words, nothing twice."""
    texts = _sentences(library, paper)
    counts = [Counter(content_stems(text)) for text in texts]
    known = {stem: n for n, stem in enumerate(sorted(set().union(*counts)))}
    matrix = np.zeros((len(texts), len(known)))
    for row, count in enumerate(counts):
        for stem, times in count.items():
            matrix[row, known[stem]] = times
    matrix *= np.log(len(texts) / np.maximum(1, (matrix > 0).sum(axis=0)))
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    alike = matrix @ matrix.T
    linked = np.where(alike > _LINKED, alike, 0.0)
    step = linked / np.maximum(linked.sum(axis=1, keepdims=True), 1e-9)
    rank = np.full(len(texts), 1 / len(texts))
    for _ in range(100):
        rank = (1 - _DAMPING) / len(texts) + _DAMPING * step.T @ rank
    taken: list[int] = []
    for n in map(int, np.argsort(-rank)):
        words = sum(len(texts[each].split()) for each in [*taken, n])
        if words <= 1.1 * WORDS and all(alike[n, each] < _SAME for each in taken):
            taken.append(n)
    return [texts[n] for n in sorted(taken)], len(taken)


def _sentences(library: Library, paper: Paper) -> list[str]:
    """What a tool that knows no layout would summarise: what reads as a sentence, without the header."""
    said = library.sentences(paper.key)
    return [each.text for each in said if each.kind == "sentence"] or [each.text for each in said]


def once(system: System) -> System:
    """The same, which keeps what it made of a paper."""
    known: dict[str, Shown] = {}

    def made(library: Library, paper: Paper) -> Shown:
        if paper.key not in known:
            known[paper.key] = system(library, paper)
        return known[paper.key]

    return made


SYSTEMS: Mapping[str, System] = {"ours": ours, "lead-3": lead, "LexRank": lexrank}


def evaluate(system: System, library: Library, wished: Sequence[Wished]) -> Score:
    score = Score()
    for each in wished:
        texts, supported = system(library, each.paper)
        kept = {" ".join(said.text.split()): said.kind for said in library.sentences(each.paper.key)}
        hits = [_holds(texts, groups) for _, groups in each.facts]
        for (role, groups), hit in zip(each.facts, hits, strict=True):
            score.by_role.setdefault(role, []).append(hit)
            if not hit:
                score.lost.append(f"{each.paper.key} {role} {groups}")
        score.covered.append(float(np.mean(hits)))
        score.sentences += len(texts)
        score.supported += supported
        score.garbage += sum(is_garbage(text, kept) for text in texts)
        score.repeated += sum(_likest(text, texts[:n]) >= _SAME for n, text in enumerate(texts))
        score.words.append(sum(len(text.split()) for text in texts))
    return score


def _holds(texts: Sequence[str], groups: Sequence[Sequence[str]]) -> bool:
    return any(
        all(any(squeezed(term) in held for term in group) for group in groups)
        for held in map(squeezed, texts)
    )


def is_garbage(text: str, kinds: Mapping[str, str]) -> bool:
    """Whether it is no sentence, or none about the matter: a caption, row, heading, address, thanks, code; told apart
    from how summaries choose."""
    whole = " ".join(text.split())
    letters = sum(map(str.isalpha, whole)) / max(1, len(whole.replace(" ", "")))
    return (
        kinds.get(whole, "sentence") != "sentence"
        or whole[-1:] not in '.!?)”"’0123456789⁰¹²³⁴⁵⁶⁷⁸⁹'
        or letters < 0.65
        or whole.startswith(("http", "SHA:", "Authors:"))
        or _THANKS.search(whole) is not None
    )


def _likest(text: str, others: Sequence[str]) -> float:
    own = set(content_stems(text))
    return max(
        (len(own & said) / max(1, len(own | said)) for said in map(set, map(content_stems, others))),
        default=0,
    )


def lines(
    split: str,
    folder: Path | None = None,
    failures: bool = False,
    model: str | None = None,
    most: int | None = None,
) -> Iterator[str]:
    """``model``: one that writes summaries, too, of the same papers; ``most``: papers of each kind, by default all."""
    with (
        writer(model) if model else nullcontext((None, "")) as (config, name),
        opened(folder, config) as found,
    ):
        library, every = found
        systems = {**SYSTEMS, **({"model": once(partial(ours, model=name))} if model else {})}
        kinds = {kind: [e for e in every if (e.split, e.kind) == (split, kind)][:most] for kind in KINDS}
        kinds["both"] = [each for some in kinds.values() for each in some]
        for kind, some in kinds.items():
            for name, system in systems.items():
                score = evaluate(system, library, some)
                yield f"{split} {kind} {name}: {score.line()}"
                if failures and kind in KINDS and name in ("ours", "model"):
                    yield from (f"    lost: {each}" for each in score.lost)
