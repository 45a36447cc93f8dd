"""What a summary is worth beside the facts that it must hold; what garbage is; baselines keep to their words."""

import json
from pathlib import Path

import pytest

from assistant import Config, Library, ModelConfig
from eval import summaries
from eval.summaries import GOLD, Wished, evaluate, is_garbage, once, ours
from tests.scripted_server import ScriptedServer, failing, honest

TEXT = """Otters at Sea

Otters are known to dive deep in winter and in spring. However, it is unclear which pebbles otters keep over the years.
We weighed 40 pebbles that otters had kept in two rivers. We found that otters keep pebbles that are 31% lighter.
Otters keep light pebbles and drop heavy pebbles in rivers. We thank the harbour for all of its many boats.
"""
FACTS = (
    ("result", (("31%",), ("lighter", "less"))),
    ("data", (("40 pebbles",),)),
    ("limit", (("only one year",),)),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("summaries")
    (folder / "otters.txt").write_text(TEXT)
    library = Library.open(folder / "library", create=True)
    library.add([folder / "otters.txt"])
    return library


def test_what_is_covered_and_what_is_lost(library: Library) -> None:
    (paper,) = library.papers()
    score = evaluate(ours, library, [Wished(paper, "whole", "dev", FACTS)])
    assert score.covered == [pytest.approx(2 / 3)]
    assert score.by_role == {"result": [True], "data": [True], "limit": [False]}
    assert "only one year" in score.lost[0] and score.garbage == 0 and score.supported == score.sentences


def test_a_fact_stands_in_one_sentence(library: Library) -> None:
    (paper,) = library.papers()
    apart = (("result", (("31%",), ("winter",))),)
    assert evaluate(ours, library, [Wished(paper, "whole", "dev", apart)]).covered == [0.0]


def test_a_model_writes_them_too_and_one_that_fails_covers_nothing(library: Library) -> None:
    (paper,) = library.papers()
    wished = [Wished(paper, "whole", "dev", FACTS)]
    with ScriptedServer(honest) as server:
        config = Config(model=ModelConfig(base_url=server.url, retries=0))
        with Library.open(library.folder, config) as reader:
            system = once(lambda *given: ours(*given, model="m"))
            score = evaluate(system, reader, wished)
            asked = len(server.requests)
            assert evaluate(system, reader, wished).sentences == score.sentences > 0 < asked
            assert len(server.requests) == asked
    with ScriptedServer(failing(500)) as server:
        config = Config(model=ModelConfig(base_url=server.url, retries=0))
        with Library.open(library.folder, config) as reader:
            failed = evaluate(lambda *given: ours(*given, model="m"), reader, wished)
    assert (failed.sentences, failed.covered) == (0, [0.0])


def test_the_baselines(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    (paper,) = library.papers()
    texts, count = summaries.lead(library, paper)
    assert (len(texts), count) == (3, 3) and texts[0].startswith("Otters are known")
    monkeypatch.setattr(summaries, "WORDS", 22)
    ranked, _ = summaries.lexrank(library, paper)
    assert 0 < sum(len(text.split()) for text in ranked) <= 24


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        ("We thank the harbour for all of its many boats.", True),
        ("Otters and pebbles of the north", True),
        ("0.31 0.42 0.53 0.64 0.75 0.86 otters.", True),
        ("SHA: 0123 of the file.", True),
        ("Otters keep light pebbles (31%).", False),
    ],
)
def test_garbage(text: str, garbage: bool) -> None:
    assert is_garbage(text, {}) is garbage
    assert is_garbage(text, {text: "caption"})


def test_the_gold_is_half_and_half() -> None:
    rows = list(map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()))
    halves = [(row["kind"], row["split"]) for row in rows]
    assert {half: halves.count(half) for half in set(halves)} == {
        (kind, split): 10 for kind in ("whole", "abstract") for split in ("dev", "test")
    }
    assert len({row["paper"] for row in rows}) == 40
    assert all(fact["terms"] and all(fact["terms"]) for row in rows for fact in row["facts"])


def test_the_papers_are_there(tmp_path: Path) -> None:
    if not summaries.is_available():
        pytest.skip("the papers are not beside the checkout")
    names = {path.stem for path in summaries._files(tmp_path)}
    rows = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    assert {row["paper"] for row in rows if row["kind"] == "whole"} <= names
