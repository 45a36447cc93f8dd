"""Sentences of many papers → pairs of different papers' sentences that are near each other, a few for each.

Each sentence that may contradict another is held against all by one product of vectors, block by block; only the
nearest are ever compared word by word.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from assistant.types import Vectors

NEAREST = 8
"""Sentences of other papers that each is compared with."""
LEAST = 0.6
"""The least cosine of two sentences on the same thing: of planted pairs the least is .72 (eval/LOG.md)."""
_BLOCK = 512


def near_pairs(
    vectors: Vectors,
    papers: Sequence[int],
    asking: Sequence[int] | None = None,
    progress: Callable[[int, int], None] = lambda n, total: None,
) -> Iterator[tuple[int, int]]:
    """Places of two rows, the lesser first, each pair once. ``papers``: a number for each row that tells its paper;
    ``asking``: the rows whose nearest are looked for, all by default; ``progress``: told how many of how many are
    done."""
    owners = np.asarray(papers)
    rows = np.arange(len(vectors)) if asking is None else np.asarray(asking, dtype=np.int64)
    most = min(NEAREST, len(vectors))
    seen: set[tuple[int, int]] = set()
    for start in range(0, len(rows), _BLOCK):
        progress(start, len(rows))
        block = rows[start : start + _BLOCK]
        cosines = vectors[block] @ vectors.T
        cosines[owners[block, None] == owners] = -1.0
        best = np.argpartition(-cosines, most - 1, axis=1)[:, :most]
        for row, near, places in zip(block.tolist(), cosines, best, strict=True):
            for place in places[near[places] >= LEAST].tolist():
                pair = (min(row, place), max(row, place))
                if pair not in seen:
                    seen.add(pair)
                    yield pair
