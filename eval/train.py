"""Question sets → ``assistant/extract/weights.json``: the three small models that answer without a language model.

Logistic regression with an L2 penalty, standardised features, Newton's method: deterministic, a second on one
core once the features are there. What is printed is cross-validated by leaving one set out, so it is what
papers and questions of another origin would get; the exam sets are never seen here.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import assistant.extract
from assistant.extract.authorship import asked_works, asks_authors
from assistant.extract.candidates import Candidate, candidates, read
from assistant.extract.engine import LIST_HITS
from assistant.extract.features import ANSWER_FEATURES, SENTENCE_FEATURES, sentence_features
from assistant.extract.lists import LIST_FEATURES, asks_list, criterion, met
from assistant.extract.models import judge
from assistant.extract.question import Question
from assistant.extract.ranking import Ranking
from assistant.library import PASSAGES
from assistant.types import PaperCatalog, Search, TokenEmbedder, Vectors
from eval.examples import WHOLE, Example, available, opened

SETS = ("digests-dev", "seeds-dev", "acl-a", "acl-b", "acl-c", "acl-d", "scifact-a")
WEIGHTS = Path(assistant.extract.__file__).parent / "weights.json"
ANSWER_PENALTY = 30.0
FALSE_ALARMS = {"answer": 0.03, "answer_long": 0.05}
"""Model → the share of answerable questions that it may refuse."""

Rows = dict[str, list[tuple[Vectors, Vectors]]]
"""Set → (features, labels) of each of its questions."""


def fit(
    rows: Vectors, labels: Vectors, penalty: float, balanced: bool
) -> tuple[Vectors, Vectors, Vectors, float]:
    """(mean, scale, weights, bias) of a logistic model. ``penalty``: the L2 weight, on standardised features;
    ``balanced``: both classes count the same."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale < 1e-6] = 1.0
    x = np.column_stack([(rows - mean) / scale, np.ones(len(rows))]).astype(np.float64)
    share = labels.mean()
    counts = np.where(labels > 0, 0.5 / share, 0.5 / (1 - share)) if balanced else np.ones(len(labels))
    ridge = np.diag([penalty] * rows.shape[1] + [1e-6])
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        hessian = (x * (counts * p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, x.T @ (counts * (labels - p)) - ridge @ beta)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return mean, scale, beta[:-1], float(beta[-1])


def scores(model: tuple[Vectors, Vectors, Vectors, float], rows: Vectors) -> Vectors:
    mean, scale, weights, bias = model
    return 1 / (1 + np.exp(-((rows - mean) / scale @ weights + bias)))


def crossed(table: Rows, penalty: float, balanced: bool) -> dict[str, list[Vectors]]:
    """Set → each question's scores by a model that has not seen the set's papers."""
    found = {}
    for name in table:
        other = [
            pair for origin, pairs in table.items() if _origin(origin) != _origin(name) for pair in pairs
        ]
        model = fit(
            np.concatenate([x for x, _ in other]), np.concatenate([y for _, y in other]), penalty, balanced
        )
        found[name] = [scores(model, x) for x, _ in table[name]]
    return found


def _origin(name: str) -> str:
    """Digests and seeds are the same papers."""
    return name.replace("digests", "seeds")


def auc(labels: Vectors, values: Vectors) -> float:
    """The chance that a positive scores above a negative."""
    order = np.argsort(np.argsort(values)) + 1
    positive = labels > 0
    n, m = positive.sum(), (~positive).sum()
    return float((order[positive].sum() - n * (n + 1) / 2) / (n * m)) if n and m else float("nan")


def save(
    name: str, features: Iterable[str], model: tuple[Vectors, Vectors, Vectors, float], threshold: float
) -> None:
    stored = json.loads(WEIGHTS.read_text()) if WEIGHTS.exists() else {}
    mean, scale, weights, bias = model
    columns = zip(features, mean, scale, weights, strict=True)
    stored[name] = {
        "bias": round(bias, 4),
        "threshold": round(threshold, 4),
        "features": {
            f: {"mean": round(float(m), 4), "scale": round(float(s), 4), "weight": round(float(w), 4)}
            for f, m, s, w in columns
        },
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n")
    judge.cache_clear()


@dataclass(frozen=True)
class Bench:
    """A set's library, as the engine has it."""

    ranking: Ranking
    search: Search
    catalog: PaperCatalog
    embedder: TokenEmbedder

    def near(self, text: str) -> list[Candidate]:
        return candidates(self.search(text, PASSAGES), PASSAGES, self.catalog)


def collect(make: Callable[[Bench, Example], list[tuple[Vectors, Vectors]]], names: Iterable[str]) -> Rows:
    table: Rows = {}
    for name in names:
        with opened(name) as (library, questions):
            catalog, embedder = library._catalog, library._indexer.tokens
            bench = Bench(Ranking(catalog, embedder), library._searching(None), catalog, embedder)
            for asked in questions:
                table.setdefault(name + asked.fold, []).extend(make(bench, asked))
        print(f"  {name} is read", file=sys.stderr)
    return {name: rows for name, rows in table.items() if rows}


def sentence_rows(bench: Bench, asked: Example) -> list[tuple[Vectors, Vectors]]:
    """Of each right paper found that has a sentence which answers, the features of its sentences, and which do."""
    if asked.kind not in ("single", "two-part"):
        return []
    question, rows = Question(asked.question), []
    for near in bench.near(asked.question):
        if near.paper.key in asked.keys:
            reading = read(question, near, bench.embedder)
            labels = np.array([asked.answers(each) for each in reading.sentences], dtype=np.float64)
            features = sentence_features(question, reading, bench.ranking.rarity(question))
            rows += [(features, labels)] if labels.any() else []
    return rows


def answer_rows(bench: Bench, asked: Example) -> list[tuple[Vectors, Vectors]]:
    text = asked.question
    if asked.kind not in ("single", "unanswerable") or asks_list(text) or asks_authors(text):
        return []
    if asked_works(text, bench.catalog.papers_by) is not None:
        return []
    near = bench.near(text)
    if not near:
        return []
    *_, features = bench.ranking.prepared(Question(text), near)
    return [(features[None, :], np.array([asked.kind == "single"], dtype=np.float64))]


def list_rows(bench: Bench, asked: Example) -> list[tuple[Vectors, Vectors]]:
    text = asked.question
    if not asks_list(text) or asked.kind not in ("listing", "unanswerable"):
        return []
    if asked_works(text, bench.catalog.papers_by) is not None:
        return []
    wanted = criterion(text)
    listed = candidates(bench.search(wanted, LIST_HITS), LIST_HITS, bench.catalog)
    features = met(wanted, listed, bench.catalog, bench.embedder).features
    return [(features, np.array([each.paper.key in asked.keys for each in listed], dtype=np.float64))]


def train_sentence(names: list[str]) -> None:
    table = collect(sentence_rows, names)
    held = crossed(table, 1.0, False)
    for name, pairs in table.items():
        found = []
        for k in (1, 2, 3):
            hits = [y[np.argsort(-s)[:k]].max() for s, (_, y) in zip(held[name], pairs, strict=True)]
            found.append(round(float(np.mean(hits)), 3))
        print(f"sentence {name}: a fact in the first 1, 2, 3: {found} (n={len(pairs)})")
    rows, labels = _all(table)
    save("sentence", SENTENCE_FEATURES, fit(rows, labels, 1.0, False), 0.5)


def train_answer(names: list[str]) -> None:
    _train_answer("answer", [name for name in names if name != WHOLE])


def train_answer_long(names: list[str]) -> None:
    _train_answer("answer_long", [name for name in names if name == WHOLE])


def _train_answer(model: str, names: list[str]) -> None:
    table = collect(answer_rows, names)
    held = {name: np.concatenate(found) for name, found in crossed(table, ANSWER_PENALTY, True).items()}
    labels = {name: np.concatenate([y for _, y in pairs]) for name, pairs in table.items()}
    answerable = np.concatenate([held[name][labels[name] > 0] for name in table])
    for share in (0.02, 0.03, 0.05, 0.1):
        threshold = float(np.quantile(answerable, share))
        refused = {
            name: tuple(
                round(float((held[name][labels[name] == kind] < threshold).mean()), 2) for kind in (0, 1)
            )
            for name in table
        }
        print(f"{model} at {threshold:.3f}: refused of unanswerable and of answerable {refused}")
    print(f"{model}, AUC", {name: round(auc(labels[name], held[name]), 3) for name in table})
    rows, every = _all(table)
    threshold = float(np.quantile(answerable, FALSE_ALARMS[model]))
    save(model, ANSWER_FEATURES, fit(rows, every, ANSWER_PENALTY, True), threshold)


def train_listed(names: list[str]) -> None:
    table = collect(list_rows, names)
    held = crossed(table, 3.0, False)
    best = (0.0, 0.3)
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        precision, recall, alarms = _listed_at(table, held, threshold)
        print(
            f"listed at {threshold}: precision {np.mean(precision):.3f} recall {np.mean(recall):.3f}"
            f" (n={len(recall)}), lists for nothing {np.mean(alarms):.2f} (n={len(alarms)})"
        )
        # F2: who asks for a list would rather pass over a paper than not see it.
        both = 5 * np.mean(precision) * np.mean(recall) / (4 * np.mean(precision) + np.mean(recall))
        best = max(best, (float(both), threshold))
    rows, labels = _all(table)
    save("listed", LIST_FEATURES, fit(rows, labels, 3.0, False), best[1])


def _listed_at(
    table: Rows, held: dict[str, list[Vectors]], threshold: float
) -> tuple[list[float], list[float], list[float]]:
    """Precision and recall of each list that exists, and for each that does not, whether one is given."""
    precision, recall, alarms = [], [], []
    for name, pairs in table.items():
        for s, (_, y) in zip(held[name], pairs, strict=True):
            chosen = s >= threshold
            if y.any():
                right = float((chosen * y).sum())
                recall.append(right / float(y.sum()))
                precision.append(right / float(chosen.sum()) if chosen.any() else 0.0)
            else:
                alarms.append(float(chosen.any()))
    return precision, recall, alarms


def _all(table: Rows) -> tuple[Vectors, Vectors]:
    pairs = [pair for found in table.values() for pair in found]
    return np.concatenate([x for x, _ in pairs]), np.concatenate([y for _, y in pairs])


def main() -> None:
    names = [name for name in (*SETS, "papers") if available(name)]
    for train in (train_sentence, train_answer, train_answer_long, train_listed):
        if len(sys.argv) < 2 or train.__name__.startswith(f"train_{sys.argv[1]}"):
            train(names)


if __name__ == "__main__":
    main()
