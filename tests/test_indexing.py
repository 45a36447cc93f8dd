"""A sentence's vector is what its passage's reading makes of it."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.indexing import Indexer
from assistant.split import sentences
from assistant.store.catalog import Catalog
from assistant.store.files import FileState
from assistant.text.titled import embedded_title
from assistant.types import Contextual, Paper, Source, Vectors
from tests.fakes import WordEmbedder


def paper(body: str, title: str | None = None, author: str = "", **fields: object) -> Paper:
    header = "\n".join(line for line in (title, author) if line)
    text = f"{header}\n\n{body}" if header else body
    return Paper(text, len(text) - len(body), Source("a", 0, 1), title, id="i", **fields)  # type: ignore[arg-type]


def pooled(embedder: WordEmbedder, text: str) -> np.ndarray:
    (found,) = embedder.contextual([text])
    row = found.states.sum(axis=0)
    return row / np.linalg.norm(row)


def test_each_sentence_is_pooled_from_its_own_words() -> None:
    embedder = WordEmbedder()
    given = [
        paper("Voles dig burrows. They sleep there by day.", "On Voles", "Ada Brook"),
        paper("Otters sort pebbles by weight. " * 20 + "Tides decide."),
    ]
    entries = Indexer(embedder, embedder).entries(given)
    assert [len(entry.passages) > 1 for entry in entries] == [False, False]
    for entry in entries:
        for said, row in zip(entry.sentences, entry.sentence_vectors, strict=True):
            expected = np.zeros(embedder.dimensions) if said.is_header else pooled(embedder, said.text)
            assert np.allclose(row, expected, atol=1e-5)
        for passage, vector in zip(entry.passages, entry.vectors, strict=True):
            body = entry.paper.text[max(passage.start, entry.paper.body) : passage.end]
            assert np.allclose(vector, embedder.embed([embedded_title(entry.paper) + body])[0])


def test_a_sentence_over_two_passages_is_pooled_from_both() -> None:
    embedder = WordEmbedder(max_tokens=40)
    long = " ".join(f"Word{n}" for n in range(70)) + "."
    (entry,) = Indexer(embedder, embedder).entries([paper(f"Short one. {long} Short two.", "Title")])
    assert len(entry.passages) > 1
    whole = next(n for n, said in enumerate(entry.sentences) if said.text == long)
    rows = [embedder._row(word) for word in long.rstrip(".").split()]
    expected = np.sum(rows, axis=0)
    assert np.allclose(entry.sentence_vectors[whole], expected / np.linalg.norm(expected), atol=1e-5)


def test_passages_may_be_embedded_elsewhere() -> None:
    there, here = WordEmbedder("there"), WordEmbedder("here")
    there.calls.clear()
    (entry,) = Indexer(there, here).entries([paper("Voles dig burrows.")])
    assert there.calls == [["Voles dig burrows."]]
    assert np.allclose(entry.sentence_vectors[0], pooled(here, "Voles dig burrows."), atol=1e-6)


class Other(WordEmbedder):
    """The same name, and a vector of its own for all."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), self.dimensions), 0.5, np.float32)

    def contextual(self, texts: Sequence[str]) -> list[Contextual]:
        return [replace(each, vector=self.embed([""])[0]) for each in super().contextual(texts)]


def test_what_is_stored_may_be_read_by_a_quicker_one() -> None:
    exact = WordEmbedder()
    exact.calls.clear()
    (entry,) = Indexer(exact, exact, Other()).entries([paper("Voles dig burrows.")])
    assert exact.calls == []
    assert np.allclose(entry.vectors, 0.5)


def test_passages_are_embedded_anew_by_the_quicker_one(tmp_path: Path) -> None:
    exact = WordEmbedder()
    with closing(Catalog(tmp_path, create=True)) as catalog:
        state = FileState("a", "", 0, 0, 1)
        catalog.store(state, [paper("Voles dig burrows.")], Indexer(exact, exact).entries)
        for quick, expected in ((Other(), True), (None, False)):
            ((_, vector),) = Indexer(exact, exact, quick).embedded_anew(catalog)
            assert np.allclose(vector, 0.5) is expected


def test_a_quicker_one_does_not_stand_in_for_an_embedder_elsewhere() -> None:
    there, here = WordEmbedder("there"), WordEmbedder("here")
    (entry,) = Indexer(there, here, Other("here")).entries([paper("Voles dig burrows.")])
    assert np.allclose(entry.vectors, there.embed(["Voles dig burrows."]))


@pytest.mark.parametrize("pages", [(), (0,)])
def test_sentences_have_kind_page_and_place(pages: tuple[int, ...]) -> None:
    given = paper(
        "Voles dig deep burrows there. 0.1 0.2 0.3\n\nThey sleep.", "On Voles", "Ada Brook", page_starts=pages
    )
    found = sentences(given)
    assert [each.number for each in found] == list(range(len(found)))
    assert all(given.text[each.start : each.end] == each.text for each in found)
    assert [each.kind for each in found[:2]] == ["title", "authors"] and [
        each.is_header for each in found[:3]
    ] == [1, 1, 0]
    kinds = {each.text: each.kind for each in found[2:]}
    assert kinds["0.1 0.2 0.3"] == ("fragment" if pages else "sentence")
    assert kinds["Voles dig deep burrows there."] == "sentence"
    assert {each.page for each in found} == ({1} if pages else {None})


def test_the_reference_list_holds_no_sentence() -> None:
    text = "Voles dig. References\n[1] Brook. Otters. 2020.\nAppendix. Tides rise."
    given = Paper(text, 0, Source("a", 0, 1), references=(11, text.index("Appendix")))
    assert [each.text for each in sentences(given)] == ["Voles dig.", "Appendix.", "Tides rise."]
