"""Sentences of many papers → pairs of different papers' sentences that are near each other, a few for each.

Every sentence is held against all others by one product of vectors, block by block (4 s for 20,000 sentences); only
the nearest are ever compared word by word.
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
    vectors: Vectors, papers: Sequence[int], progress: Callable[[int, int], None] = lambda n, total: None
) -> Iterator[tuple[int, int]]:
    """Places of two rows, the lesser first, each pair once. ``papers``: a number for each row that tells its paper;
    ``progress``: told how many of how many rows are done."""
    owners = np.asarray(papers)
    seen: set[tuple[int, int]] = set()
    for start in range(0, len(vectors), _BLOCK):
        progress(start, len(vectors))
        cosines = vectors[start : start + _BLOCK] @ vectors.T
        cosines[owners[start : start + _BLOCK, None] == owners] = -1.0
        most = min(NEAREST, len(vectors))
        best = np.argpartition(-cosines, most - 1, axis=1)[:, :most]
        for row, places in enumerate(best, start):
            for place in places[cosines[row - start, places] >= LEAST]:
                pair = (min(row, int(place)), max(row, int(place)))
                if pair not in seen:
                    seen.add(pair)
                    yield pair
