"""One library's papers → another's, whatever each is kept in: nothing is embedded again, what is there is passed over.

File by file, in the order in which their papers came, so that keys turn out as they were; before that, which keys they
had and what the user has said of them. So it can be broken off and gone on with, and several can push into one library.
At the end each paper that was to come, its passages and their vectors are held against what is there.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from assistant.errors import EmbedderMismatch, LibraryError
from assistant.indexing import Indexer, Progress
from assistant.store.catalog import Catalog
from assistant.store.files import PARTIAL, FileState
from assistant.store.passages import Entry
from assistant.types import Paper, Transfer, Vectors

VectorsOf = Callable[[Sequence[str]], dict[str, Vectors]]
"""Passage ids → their vectors. Raises LibraryError if one is lost."""
_SAME = 1e-5
"""How far a vector's numbers may be from what they were."""
_AT_ONCE = 1000
"""Passages whose vectors are compared at once."""


def transfer(
    source: Catalog,
    target: Catalog,
    vectors: VectorsOf,
    arrived: VectorsOf,
    indexer: Indexer,
    progress: Progress | None = None,
) -> Transfer:
    """Needs the target's writer lock. ``vectors``: the source's, ``arrived``: the target's. Raises EmbedderMismatch,
    LibraryError if not all of it is there afterwards."""
    recorded, name = source.meta("embedder"), target.meta("embedder")
    if name not in (None, recorded):
        raise EmbedderMismatch(
            f"the vectors here were made by {recorded}, those there by {name}; embed anew first: reindex --embedder"
        )
    if name is None:
        for note in ("embedder", "sentences"):
            target.set_meta(note, source.meta(note) or indexer.tokens.name)
    target.adopt(source.said())

    def entries(papers: Sequence[Paper]) -> Iterable[Entry]:
        return (entry for paper in papers if (entry := _entry(paper, source, vectors)))

    files = source.files_as_added()
    skipped = 0
    for n, state in enumerate(files):
        if progress:
            progress(state.path, n, len(files))
        if _is_there(state, source, target):
            skipped += 1
            continue
        state = replace(state, state="ok") if state.state == PARTIAL else state
        step = target.store(state, source.read_from(state.path), entries).step
        while step.left and step.papers:
            step = target.go_on(state.path, entries)
    target.make_findable(indexer.entries)  # what is another paper's source there stands for itself here
    waiting = source.partial()  # for whoever adds that file
    for path in [
        state.path for state in files if state.path in target.partial() and state.path not in waiting
    ]:
        while target.go_on(path, indexer.entries).left:
            pass
    _tag(source, target)
    papers, passages, digest = _verified(source, target, vectors, arrived)
    return Transfer(len(files), skipped, papers, passages, digest)


def _is_there(state: FileState, source: Catalog, target: Catalog) -> bool:
    there = target.state_of(state.path)
    as_it_is = there and replace(there, path=state.path) == state
    return bool(as_it_is) and target.ids_in(state.path) == source.ids_in(state.path)


def _entry(paper: Paper, source: Catalog, vectors: VectorsOf) -> Entry | None:
    """The paper as it is found in the source; None if it is not."""
    key = source.key_of(paper.id)
    passages = source.passages_of(key) if key else []
    if key is None or not passages:
        return None
    rows = vectors([each.id for each in passages])
    sentences = source.sentences_of(key)
    own = source.sentence_vectors(key, [each.number for each in sentences])
    return Entry(paper, passages, np.array([rows[each.id] for each in passages]), sentences, own)


def _tag(source: Catalog, target: Catalog) -> None:
    """Tags hang on keys, and the same paper may have another one there."""
    there = target.tags()
    new: dict[str, list[str]] = {}
    for key, words in source.tags().items():
        if own := target.key_of(source.paper(key).id):
            for word in set(words) - set(there.get(own, ())):
                new.setdefault(word, []).append(own)
    for word, keys in sorted(new.items()):
        target.tag(keys, word)


def _verified(
    source: Catalog, target: Catalog, vectors: VectorsOf, arrived: VectorsOf
) -> tuple[int, int, str]:
    """How many papers and passages of the source are there, and a digest of them. Raises LibraryError if one is not."""
    total, papers, passages = hashlib.sha256(), 0, 0
    held: list[str] = []
    for paper in source.papers():
        if not target.has_text(paper.id):
            raise LibraryError(f"{paper.key} did not arrive; run the same command again")
        total.update(paper.id.encode())
        papers += 1
        key = target.key_of(paper.id)
        if key is None:  # there it is one with a fuller text
            continue
        own = [each.id for each in source.passages_of(paper.key)]
        if [each.id for each in target.passages_of(key)] != own:
            raise LibraryError(f"the passages of {paper.key} did not all arrive; run the same command again")
        passages += len(own)
        held += own
    for start in range(0, len(held), _AT_ONCE):
        part = held[start : start + _AT_ONCE]
        here, there = vectors(part), arrived(part)
        for name in part:
            if not np.allclose(here[name], there[name], atol=_SAME):
                raise LibraryError(f"the vector of passage {name} did not arrive; run the same command again")
            total.update(name.encode() + here[name].astype("<f4").tobytes())
    return papers, passages, total.hexdigest()[:16]
