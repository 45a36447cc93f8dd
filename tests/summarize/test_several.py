"""Several papers: themes named from their words, what several say, and numbers side by side."""

import numpy as np
import pytest

from assistant.summarize.several import AGREE, DIFFER, portions, read, survey
from assistant.summarize.themes import themes
from assistant.summarize.wanted import Wanted
from assistant.types import Draft, Evidence, Judgement, Paper, Source
from tests.fakes import FakeCatalog, Unchecked, WordEmbedder

RIVERS = ("Isar", "Inn", "Lech", "Naab", "Ilz")
AIMS = (
    "weigh pebbles at dawn",
    "leave their holts in spring",
    "share a bank with beavers",
    "dive under ice",
    "call at night",
)
OTTERS = [
    f"Otter pebbles in river {name}\n\nHowever, it remains unclear how otters of the {name} {aim}. We propose a balance"
    f" for pebbles that fits the {name}. We found that otters of the {name} keep {n} more pebbles in winter."
    f" Future work should follow otters that {aim} beyond the {name} for several years."
    for n, (name, aim) in enumerate(zip(RIVERS, AIMS, strict=True), 11)
]
OVENS = ("brick", "iron", "clay", "stone")
BREAD = [
    f"Sourdough crust of the {name} oven\n\nHowever, it remains unclear how sourdough crust browns in the {name} oven."
    f" We propose a thermometer for the crust of loaves. We found that salt browns crust {n} minutes sooner in {name}."
    for n, name in enumerate(OVENS, 3)
]


def catalog(texts: list[str]) -> tuple[FakeCatalog, list[Paper]]:
    papers = []
    for n, text in enumerate(texts):
        title = text.split("\n")[0]
        papers.append(Paper(text, len(title) + 2, Source(f"f{n}", 0, len(text)), title=title, key=f"k{n}"))
    return FakeCatalog(papers), papers


def drafted(texts: list[str], wanted: Wanted, judge: object = None) -> Draft:
    held, papers = catalog(texts)
    found = themes(read(papers, held, WordEmbedder(), None), WordEmbedder())
    return survey(found, wanted, judge or Unchecked())  # type: ignore[arg-type]


def test_themes_are_found_and_named_by_their_own_words() -> None:
    held, papers = catalog([text for pair in zip(OTTERS, [*BREAD, ""], strict=True) for text in pair if text])
    first, second = themes(read(papers, held, WordEmbedder(), None), WordEmbedder())
    assert {each.paper.title[:5] for each in first.members} == {"Otter"}  # type: ignore[index]
    assert len(second.members) == 4
    assert "pebbles" in first.name.casefold() or "otter" in first.name.casefold()
    assert {"sourdough", "crust", "oven"} & set(second.name.casefold().split())


def test_two_papers_are_one_theme() -> None:
    held, papers = catalog(OTTERS[:2])
    (only,) = themes(read(papers, held, WordEmbedder(), None), WordEmbedder())
    assert len(only.members) == 2


def test_each_theme_has_its_parts() -> None:
    draft = drafted([*OTTERS, *BREAD], Wanted(words=250))
    parts = list(dict.fromkeys(claim.part for claim in draft.claims))
    assert any("(5 papers) · Results, side by side" in part for part in parts)
    assert any("(4 papers) · Problem" in part for part in parts)
    assert any(part.endswith("Left open") for part in parts)
    assert draft.unmet == ()


def test_what_has_no_room_is_left_out() -> None:
    draft = drafted([*OTTERS, *BREAD], Wanted(words=45))
    assert {tag.split(":")[0] for claim in draft.claims for tag in claim.shown_by} <= {
        f"k{n}" for n in range(5)
    }


def test_a_list_has_so_many_points_over_its_themes() -> None:
    draft = drafted([*OTTERS, *BREAD], Wanted(None, 5))
    assert (len(draft.claims), len({claim.part for claim in draft.claims}), draft.is_list) == (5, 2, True)


class Partial:
    """Holds that what mentions winter supports, or with ``contrary`` contradicts, what mentions it."""

    def __init__(self, verdict: str) -> None:
        self.verdict = verdict

    def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
        both = "winter" in claim and "winter" in evidence.quotes[0]
        return Judgement(self.verdict if both else "unsupported", 0.9, "by winter")


def test_what_another_paper_says_too_is_cited_with_it() -> None:
    draft = drafted(OTTERS, Wanted(words=120), Partial("supported"))
    agreed = [claim for claim in draft.claims if claim.part.endswith(AGREE)]
    assert agreed and all(len({tag.split(":")[0] for tag in claim.shown_by}) == 2 for claim in agreed)


def test_what_another_paper_says_otherwise_stands_beside_it() -> None:
    draft = drafted(OTTERS, Wanted(words=120), Partial("contradicted"))
    differing = [claim for claim in draft.claims if claim.part.endswith(DIFFER)]
    assert len({claim.shown_by[0].split(":")[0] for claim in differing}) >= 2
    assert all(len(claim.shown_by) == 1 for claim in differing)


def test_a_term_that_one_theme_holds() -> None:
    draft = drafted([*OTTERS, *BREAD], Wanted(words=160, mentions=("iron oven", "badgers")))
    assert any("iron oven" in claim.text for claim in draft.claims)
    assert [told.split(" is")[0] for told in draft.unmet] == ["'badgers'"]


@pytest.mark.parametrize(
    ("total", "weights", "found"),
    [
        (None, [1.0, 2.0], [None, None]),
        (100, [1.0, 3.0], [25, 75]),
        (3, [5.0, 1.0, 1.0], [1, 1, 1]),
        (10, [1, 1, 1], [4, 3, 3]),
    ],
)
def test_portions(total: int | None, weights: list[float], found: list[int | None]) -> None:
    assert portions(total, weights) == found


def test_progress_tells_each_paper() -> None:
    held, papers = catalog(OTTERS)
    told: list[tuple[str, int, int]] = []
    found = read(papers, held, WordEmbedder(), lambda *each: told.append(each))
    assert told == [(paper.name, n, 5) for n, paper in enumerate(papers)]
    assert all(np.isclose(np.linalg.norm(each.vector), 1.0) for each in found)
