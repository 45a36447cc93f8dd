"""Pages that list many papers, in the shapes that are met and in variants of them; and texts that are none.
The papers are invented; those of the seeds stand beside the checkout and are not copied here."""

import textwrap
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.read import read
from assistant.types import Paper

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "data" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason=f"{SEEDS} is not here (data beside the checkout)")

TITLES = (
    "TideNet: Forecasting Coastal Floods with Sparse Graph Networks",
    "On the Limits of Ice-Core Dating under Irregular Snowfall",
    "A Survey of Beekeeping Robots and the Benchmarks that Measure What They Can Do",
    "Divide, Conquer and Combine",
    "What Do Lighthouses Know? Probing Maritime Language Models",
)
AUTHORS = (
    ("Anna Berg", "Li Wei", "Omar Haddad"),
    ("Jonas Lindqvist", "Mai Tanaka"),
    ("Chidi Okafor", "Rosa Marín", "Ines de la Cruz"),
    ("Petra Novak", "J. R. Smith"),
    ("Zoë Quartey", "Marc O'Neill", "Yuki Mori", "Anna Berg"),
)
SOURCES = (
    "NeurIPS 2023",
    "Journal of Glaciology, vol. 12 (2019)",
    "arXiv:2401.01234",
    "ICRA 2022",
    "Proc. ACL 2021",
)
ABSTRACTS = (
    "Coastal floods are hard to forecast where gauges are few. We introduce TideNet, a graph network that"
    " is trained on sparse gauges alone. On 14 estuaries it lowers the error by 22.5% and, as Haddad et al."
    " (2020) had hoped, it needs no tide tables. It runs in 3 s on one core.",
    "Dating an ice core assumes that snow falls evenly. We show that it does not, and by how much the dates"
    " are wrong: up to 140 years in 1 of 9 cores. In 2015 we drilled a tenth core, which confirms the bound"
    " of Lindqvist and Tanaka. A correction is given in closed form.",
    "Robots that tend bees are built in many places, and measured in none. We survey 61 systems, of which"
    " only 7 report a failure rate. We propose four benchmarks, i.e., smoke, swarm, frost and theft, and find"
    " that no system passes all of them.",
    "Large problems are split into small ones. We ask when the answers can be put together again, and prove"
    " that three conditions are enough. The third is the weakest known; it holds for 88% of the tasks of our"
    " collection, which is released with the paper.",
    "Do language models know where lighthouses stand? We probe 12 of them with 4,018 questions about coasts."
    " The best answers 63% of them, whereas keepers answer 87%. Errors grow with the distance from Europe.",
)
HEADING = "Berg, Anna"
NOISE = "Goto\n\nCollaborating Authors\n\n Haddad, Omar"


def last_first(names: tuple[str, ...]) -> str:
    return ", ".join(", ".join(reversed(name.rsplit(" ", 1))) for name in names)


def with_and(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def wrapped(text: str, width: int = 80) -> str:
    return textwrap.fill(text, width)


def join(
    record: Callable[[int], list[str]], within: str = "\n", between: str = "\n", heading: str = "", n: int = 5
) -> str:
    """A page of ``n`` records of the given lines."""
    return heading + between.join(within.join(record(i)) for i in range(n))


def by_authors(i: int) -> list[str]:
    return [TITLES[i], last_first(AUTHORS[i]), ABSTRACTS[i]]


def by_source(i: int) -> list[str]:
    return [TITLES[i], "Archive of Coastal Sciences", ABSTRACTS[i]]


PAGES = {
    # title, authors, abstract
    "authors": join(by_authors),
    "authors, heading": join(by_authors, heading=HEADING + "\n"),
    "authors, heading and blank line": join(by_authors, heading="Publications\n\n"),
    "authors, blank lines between records": join(by_authors, between="\n\n\n"),
    "authors, blank lines everywhere": join(by_authors, "\n\n", "\n\n", HEADING + "\n\n"),
    "authors as A B, C D and E F": join(lambda i: [TITLES[i], with_and(AUTHORS[i]), ABSTRACTS[i]]),
    "authors as A B; C D": join(lambda i: [TITLES[i], "; ".join(AUTHORS[i]), ABSTRACTS[i]], "\n\n"),
    "authors with affiliation marks": join(
        lambda i: [TITLES[i], ", ".join(f"{name}{n},2" for n, name in enumerate(AUTHORS[i], 1)), ABSTRACTS[i]]
    ),
    "authors, wrapped at 80": join(lambda i: [wrapped(line) for line in by_authors(i)], between="\n\n"),
    "authors, wrapped at 60, no blank lines": join(lambda i: [wrapped(line, 60) for line in by_authors(i)]),
    "authors, abstracts alone wrapped": join(
        lambda i: [*by_authors(i)[:2], wrapped(ABSTRACTS[i])], heading=HEADING + "\n"
    ),
    "authors, wrapped at 80, blank lines everywhere": join(
        lambda i: [wrapped(line) for line in by_authors(i)], "\n\n", "\n\n"
    ),
    "authors and source": join(lambda i: [TITLES[i], with_and(AUTHORS[i]), SOURCES[i], ABSTRACTS[i]]),
    "authors and sometimes a source": join(
        lambda i: [TITLES[i], with_and(AUTHORS[i]), *SOURCES[i : i + 1][: i % 2], ABSTRACTS[i]], "\n", "\n\n"
    ),
    "authors, two paragraphs": join(
        lambda i: [*by_authors(i), "Further work extends this. " * 12], "\n\n", "\n\n"
    ),
    "authors, closing remark": join(
        lambda i: [*by_authors(i), f"Code and {i} models are available."], "\n\n", "\n\n"
    ),
    "authors, note in brackets": join(
        by_authors,
        heading=f"[These are digests. {'They are not the papers, and say so. ' * 5}]\n\n{HEADING}\n",
    ),
    "authors, note in brackets, wrapped": join(
        lambda i: [wrapped(line) for line in by_authors(i)],
        "\n",
        "\n\n",
        wrapped(f"[{'They are digests. ' * 15}]") + "\n\n",
    ),
    "authors, introduction": join(
        by_authors,
        "\n",
        "\n\n",
        "Anna Berg\n\n" + "I study coasts and what they do. I teach as well. " * 5 + "\n\n",
    ),
    "authors, CRLF": join(by_authors, heading=HEADING + "\n").replace("\n", "\r\n"),
    "authors, Markdown": join(
        lambda i: [f"## {TITLES[i]}", f"*{with_and(AUTHORS[i])}*", ABSTRACTS[i]],
        "\n\n",
        "\n\n",
        "# Papers\n\n",
    ),
    "authors, numbered": join(
        lambda i: [f"{i + 1}. {TITLES[i]}", with_and(AUTHORS[i]), ABSTRACTS[i]], "\n", "\n\n"
    ),
    "authors, rulers": join(by_authors, "\n", "\n\n---\n\n"),
    "authors, Abstract: before some": join(
        lambda i: [*by_authors(i)[:2], ("Abstract: " if i == 1 else "") + ABSTRACTS[i]], "\n", "\n\n"
    ),
    "two records": join(by_authors, n=2),
    # title, source, abstract
    "one source": join(by_source, "\n\n", "\n\n\n"),
    "one source, search result": join(by_source, "\n\n", "\n\n\n", NOISE + "\n\n\n"),
    "one source, noise between": join(by_source, "\n\n", f"\n\n\n{NOISE}\n\n\n", NOISE + "\n\n\n"),
    "one source, no blank lines": join(by_source),
    "one source, wrapped": join(
        lambda i: [wrapped(line, 72) for line in by_source(i)], "\n\n", "\n\n\n", NOISE + "\n\n"
    ),
    "sources by year": join(lambda i: [TITLES[i], SOURCES[i], ABSTRACTS[i]], "\n\n", "\n\n"),
    "sources by year, noise below": join(
        lambda i: [TITLES[i], SOURCES[i], ABSTRACTS[i], "PDF | Cite | Share"],
        "\n",
        "\n\n",
        "Results 1-5 of 5\n\n",
    ),
    "sources by year, noise above the abstract": join(
        lambda i: [TITLES[i], SOURCES[i], "Show abstract", ABSTRACTS[i]], "\n", "\n\n"
    ),
    "sources by year, Markdown": join(
        lambda i: [f"### [{TITLES[i]}](https://example.org/{i})", f"_{SOURCES[i]}_", ABSTRACTS[i]],
        "\n",
        "\n\n",
    ),
    # "Abstract:" with a title and more
    "Abstract: below title": join(lambda i: [TITLES[i], "Abstract: " + ABSTRACTS[i]], "\n", "\n\n"),
    "Abstract: below title, heading": join(
        lambda i: [TITLES[i], "Abstract: " + ABSTRACTS[i]], "\n", "\n\n", "Reading list\n\n"
    ),
    "ABSTRACT: below title and authors": join(
        lambda i: [TITLES[i], with_and(AUTHORS[i]), "ABSTRACT: " + ABSTRACTS[i]], "\n\n", "\n\n"
    ),
    "Abstract. wrapped": join(
        lambda i: [wrapped(TITLES[i]), wrapped(last_first(AUTHORS[i])), wrapped("Abstract. " + ABSTRACTS[i])]
    ),
    "Abstract— in Markdown": join(
        lambda i: [f"## {TITLES[i]}", "**Abstract**—" + ABSTRACTS[i]],
        "\n\n",
        "\n\n",
        "# Abstracts of the day\n\n",
    ),
    "Abstract on a line of its own": join(
        lambda i: [TITLES[i], with_and(AUTHORS[i]), "Abstract", ABSTRACTS[i]], "\n", "\n\n"
    ),
    "Markdown heading Abstract": join(
        lambda i: [f"# {TITLES[i]}", with_and(AUTHORS[i]), "### Abstract", ABSTRACTS[i]], "\n\n", "\n\n"
    ),
    "labels": join(
        lambda i: [f"Title: {TITLES[i]}", f"Authors: {with_and(AUTHORS[i])}", f"Abstract: {ABSTRACTS[i]}"],
        "\n",
        "\n\n",
    ),
}
UNTITLED = {
    "Abstract:": join(lambda i: ["Abstract:" + ABSTRACTS[i]]),
    "Abstract: and blank lines": join(lambda i: ["Abstract: " + ABSTRACTS[i]], between="\n\n"),
    "ABSTRACT.": join(lambda i: ["ABSTRACT. " + ABSTRACTS[i]], between="\n\n"),
    "Abstract—": join(lambda i: ["Abstract—" + ABSTRACTS[i]]),
    "wrapped": join(lambda i: [wrapped("Abstract: " + ABSTRACTS[i])]),
    "heading": join(
        lambda i: ["Abstract: " + ABSTRACTS[i]], between="\n\n", heading="Papers of the week\n\n"
    ),
    "note in brackets": join(
        lambda i: ["Abstract:" + ABSTRACTS[i]], heading="[Digests, not the papers.]\n\n"
    ),
    "noise between": join(lambda i: ["Abstract: " + ABSTRACTS[i]], between="\n\nShow more\n\n"),
    "CRLF": join(lambda i: ["Abstract: " + ABSTRACTS[i]]).replace("\n", "\r\n"),
}


def papers_of(page: str) -> list[Paper]:
    return read(page.encode(), Path("page.md"))


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_each_paper_of_a_page_is_one(page: str) -> None:
    papers = papers_of(page)
    n = len(papers)
    assert [paper.title for paper in papers] == list(TITLES[: 2 if page is PAGES["two records"] else 5])
    assert [(paper.abstract or "").startswith(ABSTRACTS[i]) for i, paper in enumerate(papers)] == [True] * n


@pytest.mark.parametrize("name", [name for name in PAGES if "authors" in name or name == "labels"])
def test_authors_are_those_of_the_page(name: str) -> None:
    papers = papers_of(PAGES[name])
    found = [[" ".join(reversed(author.split(", "))) for author in paper.authors] for paper in papers]
    assert found == [list(authors) for authors in AUTHORS]


@pytest.mark.parametrize("name", [name for name in PAGES if "by year" in name])
def test_sources_are_those_of_the_page(name: str) -> None:
    papers = papers_of(PAGES[name])
    assert [paper.venue for paper in papers] == list(SOURCES)
    assert [paper.year for paper in papers] == [2023, 2019, None, 2022, 2021]


def test_authors_and_source_are_told_apart() -> None:
    papers = papers_of(PAGES["authors and source"])
    assert [(len(paper.authors), paper.venue) for paper in papers] == [
        (len(authors), source) for authors, source in zip(AUTHORS, SOURCES, strict=True)
    ]


def test_a_single_author_among_others_is_an_author() -> None:
    page = join(lambda i: [TITLES[i], "Anna Berg" if i == 1 else with_and(AUTHORS[i]), ABSTRACTS[i]])
    assert [paper.authors for paper in papers_of(page)][1] == ("Anna Berg",)


@pytest.mark.parametrize("page", UNTITLED.values(), ids=UNTITLED)
def test_untitled_abstracts_stay_untitled(page: str) -> None:
    papers = papers_of(page)
    assert [(paper.title, paper.abstract) for paper in papers] == [(None, abstract) for abstract in ABSTRACTS]
    assert [paper.text for paper in papers] == list(ABSTRACTS)


@pytest.mark.parametrize("page", [*PAGES.values(), *UNTITLED.values()], ids=[*PAGES, *UNTITLED])
def test_a_paper_knows_its_place_in_the_file(page: str) -> None:
    text = page.replace("\r\n", "\n")
    papers = papers_of(page)
    ends = [0, *(paper.source.end for paper in papers)]
    for i, (paper, end) in enumerate(zip(papers, ends, strict=False)):
        place = " ".join(text[paper.source.start : paper.source.end].split())
        assert end <= paper.source.start
        line = text.count("\n", 0, paper.source.start) + 1
        assert paper.source.record == f"line {line}"
        assert ABSTRACTS[i].split()[-1] in place
        assert paper.title is None or paper.title[:40] in place
        assert all(abstract[:30] not in place for abstract in ABSTRACTS if abstract != ABSTRACTS[i])


def test_the_text_opens_with_title_and_author_lines() -> None:
    paper = papers_of(PAGES["authors"])[0]
    assert paper.text == f"{TITLES[0]}\n{last_first(AUTHORS[0])}\n\n{ABSTRACTS[0]}"
    assert paper.text[paper.body :] == paper.abstract


def test_a_closing_remark_stays_with_its_paper() -> None:
    papers = papers_of(PAGES["authors, closing remark"])
    assert [f"Code and {i} models" in paper.text for i, paper in enumerate(papers)] == [True] * 5


def test_a_section_below_a_marked_abstract_stays_with_its_paper() -> None:
    page = join(
        lambda i: [TITLES[i], "Abstract: " + ABSTRACTS[i], "Results", "It works well. " + ABSTRACTS[i - 1]],
        "\n\n",
        "\n\n",
    )
    papers = papers_of(page)
    assert len(papers) == 5
    assert all("It works well." in paper.text for paper in papers)


# --- texts that are one paper ----------------------------------------------------------------------------

PROSE = " ".join(ABSTRACTS)
SINGLE = {
    "a paper with sections": f"{TITLES[0]}\nAnna Berg and Li Wei\n\nAbstract: {ABSTRACTS[0]}\n\n"
    + "\n\n".join(
        f"{n} {name}\n\n{PROSE}" for n, name in enumerate(("Introduction", "Method", "Results"), 1)
    ),
    "a paper with sections, Markdown": f"# {TITLES[0]}\n\nAnna Berg, Li Wei\n\n## Abstract\n\n"
    + f"{ABSTRACTS[0]}\n\n"
    + "\n\n".join(
        f"## {name}\n\n{PROSE}\n\n{PROSE}" for name in ("Introduction", "Data and Results", "Conclusion")
    ),
    "a paper with sub-sections": f"{TITLES[0]}\n\n"
    + "\n\n".join(f"{n} Experiments\n\n{n}.1 Data and Models\n\n{PROSE}" for n in range(1, 6)),
    "a paper with the same sub-sections": f"# {TITLES[0]}\n\n"
    + "\n\n".join(f"## Data set {name}\n\n### Results\n\n{PROSE}" for name in "ABCDE"),
    "a paper wrapped at 80": wrapped(TITLES[2])
    + "\nAnna Berg and Li Wei\n\n"
    + "\n\n".join(
        f"{name}\n\n{wrapped(PROSE)}" for name in ("Introduction", "Method", "Results and Discussion")
    ),
    "notes": "Notes on floods\n\n"
    + "\n\n".join(f"{name}\n{PROSE}" for name in ("Gauges", "Models", "To do")),
    "a diary": "\n\n".join(
        f"Visit to the estuary of Dee, part {n}\n{n} March 2024\n{PROSE}" for n in range(1, 6)
    ),
    "dated notes": "\n\n".join(f"2024-03-0{n}\nMeeting about the gauges\n{PROSE}" for n in range(1, 6)),
    "a README": f"# tidenet\n\n{PROSE}\n\n## Installation\n\n```\npip install tidenet\n```\n\n{PROSE}\n\n"
    f"## Usage of the command line\n\n- run it\n- read it\n\n{PROSE}\n\n## License\n\nMIT",
    "paragraphs": "\n\n".join(ABSTRACTS),
    "one abstract": f"Abstract: {ABSTRACTS[0]}",
    "one record": "\n".join(by_authors(0)),
    "two words": "hello world",
    "two marks": "Abstract\nAbstract\nhello world",
}


@pytest.mark.parametrize("text", SINGLE.values(), ids=SINGLE)
def test_one_paper_stays_one(text: str) -> None:
    (paper,) = papers_of(text)
    assert "".join(ABSTRACTS[0].split()) in "".join(paper.text.split()) or len(text) < 100


@pytest.mark.parametrize(
    "name", [name for name in SINGLE if name.startswith("a paper") or name == "one record"]
)
def test_one_paper_has_its_title(name: str) -> None:
    (paper,) = papers_of(SINGLE[name])
    assert paper.title == TITLES[2 if name == "a paper wrapped at 80" else 0]


# --- the documents at hand -------------------------------------------------------------------------------


@needs_seeds
def test_the_seeds_are_6_and_10_and_10_papers() -> None:
    pages = {path.name[:3]: read(path.read_bytes(), path) for path in sorted(SEEDS.glob("*.txt"))}
    assert {name: len(papers) for name, papers in pages.items()} == {"000": 6, "001": 10, "002": 10}
    assert all(paper.title and paper.authors and paper.abstract for paper in pages["000"])
    assert [len(paper.authors) for paper in pages["000"]] == [7, 19, 19, 7, 8, 3]
    assert all(paper.title and not paper.authors and paper.venue for paper in pages["001"])
    assert all(paper.title is None and not paper.authors and paper.handle for paper in pages["002"])
    assert {"LeZO", "KID", "CogSteer", "HR-Bench", "USCD", "MQM-APE", "UAL"} <= {
        paper.handle for paper in pages["002"]
    }


@needs_seeds
def test_the_papers_of_the_seeds_fill_their_files() -> None:
    for path in SEEDS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        papers = read(path.read_bytes(), path)
        outside = text[: papers[0].source.start]
        for paper, after in pairwise(papers):
            outside += text[paper.source.end : after.source.start]
        assert len(outside.split()) < 10
        assert not text[papers[-1].source.end :].strip()
        assert not any(
            mark in paper.text for paper in papers for mark in ("\\text", "\\url", "``", "Abstract:")
        )


@needs_seeds
def test_the_demo_digests_the_same_papers() -> None:
    seeds = [paper for path in sorted(SEEDS.glob("*.txt")) for paper in read(path.read_bytes(), path)]
    corpus = ROOT / "eval" / "corpus"
    digests = [
        paper
        for name in ("author-page.txt", "listing-page.txt", "abstracts-page.txt")
        for paper in read((corpus / name).read_bytes(), corpus / name)
    ]
    assert [(paper.title, paper.authors) for paper in digests] == [
        (paper.title, paper.authors) for paper in seeds
    ]


def test_the_demo_has_26_papers_and_its_notes_are_none() -> None:
    papers = [
        paper for path in (ROOT / "eval" / "corpus").glob("*.txt") for paper in read(path.read_bytes(), path)
    ]
    assert len(papers) == 26
    assert not any("digests written for this project" in paper.text for paper in papers)
