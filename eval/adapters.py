"""Others' sets → papers and cases in our form, or claims that people have judged.

Questions: SQuAD's form (COVID-QA), QASPER's, PubMedQA, BEIR's layout, and this project's own older sets. Judgements:
AttributionBench, RAGTruth. Nothing of theirs is kept but where it is asked to be written.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from assistant.text.sentences import sentence_spans
from eval import sets
from eval.judged import SUPPORTED, Judged, attributionbench, ragtruth
from eval.suite import rows

Row = dict[str, Any]
_WORDS = 8
"""Of a gold sentence, half of them its first and half its last, that stand in a suite."""


@dataclass(frozen=True)
class Adapted:
    """``records``: papers as JSON objects that ``assistant add`` reads; ``texts``: file name → whole paper; ``cases``:
    lines of a suite, whose papers are the records' ids and the files' stems."""

    cases: Sequence[Row]
    records: Sequence[Row] = ()
    texts: Mapping[str, str] | None = None


Adapter = Callable[[Path], Adapted]


class Written(NamedTuple):
    papers: list[Path]
    suite: Path


def written(adapted: Adapted, folder: Path) -> Written:
    """``folder``/suite.jsonl, and the papers beside it in ``folder``/papers."""
    papers = folder / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    if adapted.records:
        (papers / "records.jsonl").write_text(rows(adapted.records), encoding="utf-8")
    for name, text in (adapted.texts or {}).items():
        (papers / name).write_text(text, encoding="utf-8")
    (folder / "suite.jsonl").write_text(rows(adapted.cases), encoding="utf-8")
    return Written([papers], folder / "suite.jsonl")


def squad(path: Path) -> Adapted:
    """SQuAD's form, a paper a context: the answer's sentence is gold, and its words are the fact."""
    texts, found = {}, []
    for n, paragraph in enumerate(p for article in _read(path)["data"] for p in article["paragraphs"]):
        name = f"{paragraph.get('document_id', n)}"
        texts[f"{name}.txt"] = paragraph["context"]
        for asked in paragraph["qas"]:
            id = f"{name}-{asked['id']}"
            if asked.get("is_impossible") or not asked["answers"]:
                found.append(_unanswerable(id, asked["question"], len(texts)))
                continue
            said = [each["text"] for each in asked["answers"]]
            gold = [
                _sentence_at(paragraph["context"], each["answer_start"], each["text"])
                for each in asked["answers"]
            ]
            found.append(_case(id, "fact", asked["question"], [name], gold, [said], len(texts)))
    return Adapted(found, texts=texts)


def qasper(path: Path) -> Adapted:
    """QASPER's form: paragraphs that people point at are gold, spans that they copy are facts. A question that all of
    them find unanswerable is so, as one of a missing attribute."""
    texts, found = {}, []
    for n, (name, paper) in enumerate(_read(path).items()):
        sections = [f"## {s['section_name']}\n\n" + "\n\n".join(s["paragraphs"]) for s in paper["full_text"]]
        texts[f"{name}.md"] = "\n\n".join([f"# {paper['title']}", paper.get("abstract", ""), *sections])
        for asked in paper["qas"]:
            answers = [each["answer"] for each in asked["answers"]]
            if all(each["unanswerable"] for each in answers):
                found.append(_unanswerable(asked["question_id"], asked["question"], n))
                continue
            shown = [text for each in answers for text in each["evidence"] if not text.startswith("FLOAT")]
            spans = [span for each in answers for span in each["extractive_spans"]]
            kind = "yes-no" if any(each.get("yes_no") is not None for each in answers) else "fact"
            if shown or spans:
                gold = list(dict.fromkeys(shown))
                found.append(
                    _case(
                        asked["question_id"],
                        kind,
                        asked["question"],
                        [name],
                        gold,
                        [spans] if spans else [],
                        n,
                    )
                )
    return Adapted(found, texts=texts)


def pubmedqa(path: Path) -> Adapted:
    """An abstract without its title, which is the question; its conclusion is gold. What people found undecided is left
    out."""
    records, found = [], []
    for n, (name, row) in enumerate(_read(path).items()):
        conclusion = row["LONG_ANSWER"]
        records.append({"id": name, "title": "", "abstract": " ".join([*row["CONTEXTS"], conclusion])})
        if row.get("final_decision") in ("yes", "no"):
            found.append(_case(name, "yes-no", row["QUESTION"], [name], [conclusion], [], n))
    return Adapted(found, records)


def beir(folder: Path, split: str = "test") -> Adapted:
    """BEIR's layout: which papers are right is known, and no sentence of them."""
    wanted: dict[str, list[str]] = {}
    for line in (folder / "qrels" / f"{split}.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, paper, grade = line.split("\t")
        if int(grade) > 0:
            wanted.setdefault(query, []).append(paper)
    records = [
        {"id": row["_id"], "title": row.get("title", ""), "abstract": row["text"]}
        for row in _lines(folder / "corpus.jsonl")
    ]
    asked = {row["_id"]: row["text"] for row in _lines(folder / "queries.jsonl")}
    found = [_case(id, "fact", asked[id], papers, [], [], n) for n, (id, papers) in enumerate(wanted.items())]
    return Adapted(found, records)


_KINDS = {"single": "fact", "two-part": "chain", "listing": "which-papers", "unanswerable": "unanswerable"}


def questions(name: str) -> Adapter:
    """One of questions/NAME.jsonl over the papers that are listed beside it."""

    def adapter(path: Path) -> Adapted:
        asked = list(_lines(sets.ROOT / "questions" / f"{name}.jsonl"))
        found = [
            {
                "id": f"{name}-{row['id']}", "kind": _KINDS[row["kind"]], "question": row["question"],
                "papers": row["papers"], "facts": row["facts"], "split": "dev",
            }
            for row in asked
        ]  # fmt: skip
        return Adapted(found, [json.loads(line) for line in sets.listed(name, path)])

    return adapter


def judgements(found: Iterable[Judged]) -> Iterator[Row]:
    """People's judgements, as ``judged`` reads them of AttributionBench and RAGTruth, as ``eval agreement`` does."""
    for each in found:
        yield {
            "question": each.question,
            "claim": each.claim,
            "references": list(each.evidence),
            "attribution_label": "attributable" if each.label == SUPPORTED else "not attributable",
        }


FORMS: dict[str, Adapter] = {"squad": squad, "qasper": qasper, "pubmedqa": pubmedqa, "beir": beir}
JUDGED: dict[str, Callable[[Path], Iterator[Judged]]] = {
    "attributionbench": attributionbench,
    "ragtruth": ragtruth,
}


def adapt(form: str, source: Path, folder: Path) -> str:
    """Writes what ``source`` is in one of FORMS or JUDGED to ``folder``; says what to do with it."""
    if form in FORMS:
        found = written(FORMS[form](source), folder)
        library = folder / "library"
        return (
            f"assistant --library {library} add {found.papers[0]}\n"
            f"python -m eval run --library {library} --suite {found.suite}"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "judgements.jsonl").write_text(rows(list(judgements(JUDGED[form](source)))), encoding="utf-8")
    return f"python -m eval agreement {folder / 'judgements.jsonl'}"


def _case(
    id: str, kind: str, question: str, papers: list[str], gold: list[str], facts: list[list[str]], n: int
) -> Row:
    """``gold``: whole sentences or paragraphs of the first of ``papers``; ``n``: the paper's number, for its half."""
    return {
        "id": id, "kind": kind, "question": question, "papers": papers, "facts": facts,
        "gold": [[papers[0], ends(text)] for text in gold], "split": "dev" if n % 2 else "test",
    }  # fmt: skip


def _unanswerable(id: str, question: str, n: int) -> Row:
    return {
        "id": id, "kind": "unanswerable", "question": question, "papers": [], "why": "absent-attribute",
        "split": "dev" if n % 2 else "test",
    }  # fmt: skip


def ends(text: str) -> str:
    """A sentence's first words … and its last; all of them where they are few."""
    words = text.split()
    half = _WORDS // 2
    return (
        " ".join(words) if len(words) <= _WORDS else f"{' '.join(words[:half])} … {' '.join(words[-half:])}"
    )


def _sentence_at(text: str, start: int, words: str) -> str:
    """The whole sentences that hold ``words`` at ``start``."""
    end = start + len(words)
    held = [span for span in sentence_spans(text) if span[0] < end and start < span[1]]
    return text[held[0][0] : held[-1][1]] if held else words


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
