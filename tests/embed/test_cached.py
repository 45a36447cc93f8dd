"""An embedder that remembers gives what the wrapped one gives, and asks it once."""

import numpy as np

from assistant.embed.cached import CachedEmbedder
from tests.fakes import WordEmbedder


def test_each_text_is_embedded_once_and_comes_back_in_order() -> None:
    inner = WordEmbedder()
    cached = CachedEmbedder(inner)
    first = cached.embed(["otters", "tides", "otters"])
    second = cached.embed(["bees", "tides"])
    assert inner.calls == [["otters", "tides"], ["bees"]]
    plain = WordEmbedder()
    assert np.array_equal(first, plain.embed(["otters", "tides", "otters"]))
    assert np.array_equal(second, plain.embed(["bees", "tides"]))
    assert first.dtype == np.float32


def test_no_texts_have_no_rows_and_ask_nothing() -> None:
    inner = WordEmbedder()
    assert CachedEmbedder(inner).embed([]).shape == (0, inner.dimensions) and inner.calls == []


def test_it_keeps_the_last_texts_and_no_more() -> None:
    inner = WordEmbedder()
    cached = CachedEmbedder(inner, size=2)
    assert cached.embed(["a", "b", "c"]).shape == (3, inner.dimensions)  # more than it may keep
    cached.embed(["c", "b"])
    assert inner.calls == [["a", "b", "c"]]
    cached.embed(["a"])
    assert inner.calls[1:] == [["a"]]


def test_what_is_handed_out_is_not_what_is_kept() -> None:
    cached = CachedEmbedder(WordEmbedder())
    given = cached.embed(["otters"])
    given[:] = 0
    assert np.linalg.norm(cached.embed(["otters"])) > 0.9


def test_it_is_known_by_the_wrapped_ones_name_and_tokens() -> None:
    inner = WordEmbedder("some", max_tokens=7)
    cached = CachedEmbedder(inner)
    assert (cached.name, cached.dimensions, cached.max_tokens) == ("some", 32, 7)
    assert cached.tokenize("a b") == inner.tokenize("a b")
