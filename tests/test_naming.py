"""Which papers a question names by number or key, and what is asked of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.naming import naming
from assistant.store.catalog import Catalog
from tests.store.samples import BEES, ICE, TIDES, paper, put


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """tidesHigh, with a DOI; brook2024Ice, of an arXiv number; hivesBees, whose key stands in another's text."""
    catalog = Catalog(tmp_path / "library", create=True)
    put(catalog, "tides.pdf", paper(TIDES, "Tides High: A Study", doi="10.1234/Tides"))
    put(catalog, "ice.pdf", paper(ICE, "Ice", ["Ada Brook"], arxiv="2403.01234", year=2024))
    put(
        catalog,
        "bees.pdf",
        paper(BEES, "Hives of Bees"),
        paper("There is a robot called hivesBees.", "Robots"),
    )
    return catalog


def keys(catalog: Catalog) -> list[str]:
    return [each.key for each in catalog.papers()]


@pytest.mark.parametrize(
    ("question", "papers", "plain"),
    [
        ("What does doi:10.1234/TIDES measure?", ["tidesHigh"], "What does it measure?"),
        ("what did 2403.01234v2 find?", ["brook2024Ice"], "what did it find?"),
        (
            "What does tideshigh report on tides and buoys?",
            ["tidesHigh"],
            "What does it report on tides and buoys?",
        ),
        ("What do [@brook2024Ice] and tidesHigh say?", ["brook2024Ice", "tidesHigh"], ""),
        ("How does tidesHigh differ from other work?", [], ""),
        ("Which papers build on tidesHigh?", [], ""),
    ],
)
def test_what_is_named_is_asked(catalog: Catalog, question: str, papers: list[str], plain: str) -> None:
    assert set(keys(catalog)) >= {"tidesHigh", "brook2024Ice", "hivesBees"}
    found = naming(question, catalog)
    assert (sorted(found.papers), found.plain) == (papers, plain)
    assert found.text != question and "tidesHigh" not in found.text and "2403" not in found.text


def test_papers_are_called_by_their_names(catalog: Catalog) -> None:
    assert naming("Do 2403.01234 and 10.1234/tides agree?", catalog).text == "Do “Ice” and Tides High agree?"


@pytest.mark.parametrize(
    "question",
    ["What is hivesBees?", "What does 10.1234/other show?", "What did ice do?", "How high are tides?"],
)
def test_what_names_nothing_is_left_as_it_is(catalog: Catalog, question: str) -> None:
    found = naming(question, catalog)
    assert (found.text, found.papers, found.plain, found.is_general) == (question, (), "", False)


def test_only_papers_that_may_be_asked_are(catalog: Catalog) -> None:
    found = naming("What does tidesHigh say?", catalog, ["brook2024Ice"])
    assert (found.papers, found.plain) == ((), "")


def test_a_former_number_of_one_work_names_what_stands_for_it(catalog: Catalog) -> None:
    longer = replace(paper(ICE * 9, "Ice", ["Ada Brook"], arxiv="2403.01234", year=2024))
    put(catalog, "longer.pdf", longer)
    assert naming("what did arXiv:2403.01234 find?", catalog).papers == ("brook2024Ice",)
    assert catalog.paper("brook2024Ice").text == longer.text


@pytest.mark.parametrize(
    ("question", "general"),
    [
        ("What does tidesHigh show?", True),
        ("Tell me about tidesHigh", True),
        ("What does tidesHigh show of tides?", False),
    ],
)
def test_all_that_a_paper_says(catalog: Catalog, question: str, general: bool) -> None:
    assert naming(question, catalog).is_general == general
