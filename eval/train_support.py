"""Judged claims → ``assistant/verify/support.json``: the two small models of the support checker."""

import json
from pathlib import Path

import numpy as np

import assistant.verify
from assistant.config import Config
from assistant.embed.cached import CachedEmbedder
from assistant.embed.minilm import MiniLM
from assistant.types import Vectors
from assistant.verify.features import case, measure
from eval.judged import CONTRADICTED, SUPPORTED, Judged, judged
from eval.train import fit

TRAINED_ON = ("AttributedQA", "ExpertQA", "LFQA", "Stanford-GenSearch", "SciFact")
"""ExpertQA's whole answers and RAGTruth's sentences are judged by another standard: with them in training, the
others came out worse."""
PENALTY = 10.0
CONTRADICTION = 0.8
"""Precision before recall."""
WEIGHTS = Path(assistant.verify.__file__).parent / "support.json"


def figures(rows: list[Judged]) -> list[dict[str, float] | None]:
    config = Config()
    embedder = CachedEmbedder(MiniLM(config.weights, config.cache, config.threads), 100_000)
    cases = [case(*row.case) for row in rows]
    texts = list(dict.fromkeys(text for each in cases if each for text in each.strings))
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    return [measure(each, vectors).figures if each else None for each in cases]


def stored(names: list[str], model: tuple[Vectors, Vectors, Vectors, float], threshold: float) -> dict:
    mean, scale, weights, bias = model
    columns = zip(names, mean, scale, weights, strict=True)
    return {
        "bias": round(bias, 4),
        "threshold": threshold,
        "features": {
            f: {"mean": round(float(m), 4), "scale": round(float(s), 4), "weight": round(float(w), 4)}
            for f, m, s, w in columns
        },
    }


def main() -> None:
    rows = judged()
    table = figures(rows)
    pairs = [(row, found) for row, found in zip(rows, table, strict=True) if found]
    names = sorted(pairs[0][1])
    x = np.array([[found[name] for name in names] for _, found in pairs])
    sets = np.array([row.set for row, _ in pairs])
    y = np.array([float(row.label == SUPPORTED) for row, _ in pairs])
    taken = np.isin(sets, TRAINED_ON)
    z = np.array([float(row.label == CONTRADICTED) for row, _ in pairs])
    found = {
        "support": stored(names, fit(x[taken], y[taken], PENALTY, True), 0.5),
        "contradiction": stored(
            names, fit(x[sets == "SciFact"], z[sets == "SciFact"], PENALTY, True), CONTRADICTION
        ),
    }
    WEIGHTS.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
