"""A draft against a library of notes: verdicts, quotes, who supports it instead, suggestions."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Library
from assistant.draft import read
from assistant.draft.check import Checker
from assistant.draft.nearest import Finder
from assistant.draft.remembered import Findings
from assistant.draft.verdicts import Verdicts
from assistant.errors import NoLibrary
from assistant.judge.judge import SupportChecker
from assistant.store.catalog import Catalog
from assistant.types import CheckReport, Evidence, Judgement
from tests.fakes import WordEmbedder, WordJudge

PAPERS = {
    "otters.txt": "Otters at Rest\nAda Brook, Per Rill\n\nThis paper is about otters in winter and their long days. "
    "Otters carry 42 pebbles home to the shore in the evening. Such animals rest at night in the kelp of the bay.",
    "herons.txt": "Herons in Town\nMia Sand, Jun Tanaka\n\nHerons hunt small fish under the street lamps of Utrecht. "
    "They caught 24 fish under white lamps in every single night of that winter.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("check")
    folder = home / "papers"
    folder.mkdir()
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library(home / "library", Catalog(home / "library", create=True), WordEmbedder()) as opened:
        opened.add([folder])
        yield opened


def check(library: Library, text: str, judge: WordJudge | None = None, suggest: bool = False) -> CheckReport:
    path = library.folder.parent / "draft.md"
    path.write_text(text, encoding="utf-8")
    report = library.check(path, judge=judge or WordJudge(), suggest=suggest)
    for sentence in (*report.sentences, *report.suggestions):
        for claim in sentence.claims:
            for quote in filter(None, (claim.quote, claim.better)):
                assert library.paper(quote.paper).text[quote.start : quote.end] == quote.text
    return report


def test_the_verdicts_of_a_draft(library: Library) -> None:
    report = check(
        library,
        "Otters carry 42 pebbles home [@brookOtters]. Otters eat big heavy stones up [@brookOtters].\n"
        "Otters never rest at night [@brookOtters].\n\nBees dance daily [@frisch1927]. We follow [@brookOtters].\n",
    )
    assert [(s.line, s.verdict) for s in report.sentences] == [
        (1, "supported"),
        (1, "not-shown"),
        (2, "wrong"),
        (4, "not-in-library"),
        (4, "no-citation-needed"),
    ]
    assert report.counts == {
        "supported": 1, "not-shown": 1, "wrong": 1, "not-in-library": 1, "no-citation-needed": 1
    }  # fmt: skip
    assert (report.sentences[2].worst.kind, report.passed) == ("denied", False)
    assert (report.read, report.checkable) == (5, 0.75)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("42", ""), ("212", "42"), ("4.2", "42"), ("42%", ""), ("forty", "42"), ("several", "")],
)
def test_no_figure_is_supported_that_the_sentences_do_not_hold(
    library: Library, said: str, wrong: str
) -> None:
    draft = f"Otters carry {said} pebbles home [@brookOtters]."
    (sentence,) = check(library, draft, SupportChecker(WordEmbedder())).sentences
    assert (sentence.worst.reason == f"says {said}, and its quotes say {wrong}") == bool(wrong)
    assert (sentence.verdict, sentence.worst.kind) == ("wrong", "figure") or not wrong


def test_a_figure_of_another_thing_is_not_wrong(library: Library) -> None:
    (sentence,) = check(
        library, "Otters dive for 99 seconds [@brookOtters].", SupportChecker(WordEmbedder())
    ).sentences
    assert (sentence.verdict, sentence.worst.kind) == ("not-shown", None)


def test_the_quote_is_the_nearest_sentence(library: Library) -> None:
    (sentence,) = check(library, "Otters carry 42 pebbles home [@brookOtters].").sentences
    quote = sentence.worst.quote
    assert quote and quote.text == "Otters carry 42 pebbles home to the shore in the evening."


def test_a_quote_that_leans_back_has_its_sentence(library: Library) -> None:
    (sentence,) = check(library, "They caught 24 fish under white lamps [@sandHerons].").sentences
    quote = sentence.worst.quote
    assert quote and quote.text.startswith("Herons hunt") and quote.text.endswith("winter.")


def test_another_paper_supports_it(library: Library) -> None:
    (sentence,) = check(library, "Herons hunt small fish under the street lamps [@brookOtters].").sentences
    assert sentence.verdict == "not-shown"
    assert sentence.worst.better and sentence.worst.better.paper == "sandHerons"
    assert sentence.worst.better.text.startswith("Herons hunt")


def test_several_papers_support_it_together(library: Library) -> None:
    text = "Otters carry 42 pebbles home and herons hunt small fish"
    (sentence,) = check(library, f"{text} [@brookOtters; @sandHerons].").sentences
    assert sentence.verdict == "supported"
    (alone,) = check(library, f"{text} [@sandHerons].").sentences
    assert alone.verdict == "not-shown"


def test_each_clause_by_its_own_citation(library: Library) -> None:
    text = "Otters carry 42 pebbles home [@brookOtters], while herons eat 700 green cucumbers daily [@sandHerons]."
    (sentence,) = check(library, text).sentences
    assert [claim.verdict for claim in sentence.claims] == ["supported", "not-shown"]
    assert (sentence.verdict, sentence.worst.papers) == ("not-shown", ("sandHerons",))


def test_what_is_absent_is_listed_and_not_guessed(library: Library) -> None:
    report = check(
        library, "Otters dive [@brookOtter].\n\nBees dance [@frisch; @brookOtters]. They do [@frisch]."
    )
    assert [(work.key, [line for _, line in work.places]) for work in report.absent] == [
        ("brookOtter", [1]),
        ("frisch", [3, 3]),
    ]
    assert [s.verdict for s in report.sentences] == ["not-in-library"] * 3
    assert report.sentences[1].worst.cites == ("frisch", "brookOtters")
    assert (
        "frisch is not in the library; of what is, brookOtters: missing" in report.sentences[1].worst.reason
    )
    assert report.passed


def test_a_known_paper_is_enough_where_another_is_absent(library: Library) -> None:
    (sentence,) = check(library, "Otters carry 42 pebbles home [@brookOtters; @frisch].").sentences
    assert sentence.verdict == "supported"


def test_mentions_are_shown_by_key(library: Library) -> None:
    (sentence,) = check(library, "Otters carry 42 pebbles home (Brook and Rill, 2021).").sentences
    assert (sentence.verdict, sentence.worst.cites) == ("supported", ("brookOtters",))


def test_suggestions(library: Library) -> None:
    text = (
        "Herons hunt small fish under the street lamps.\n\nWe saw herons hunt small fish under the street lamps.\n\n"
        "Do herons hunt small fish under the street lamps?\n\nQuarks have six well known flavours in all.\n\n"
        "Otters carry 42 pebbles home [@brookOtters]. Such animals rest at night in the kelp of the bay.\n"
    )
    report = check(library, text, WordJudge(0.9), suggest=True)
    assert [(s.line, s.worst.papers) for s in report.suggestions] == [(1, ("sandHerons",))]
    assert report.counts == {"supported": 1}
    assert check(library, text).suggestions == ()


def test_the_judge_reads_sentences_of_the_cited_paper_alone(library: Library) -> None:
    judge = WordJudge()
    check(library, "Otters carry 42 pebbles home [@brookOtters].", judge)
    ((claim, evidence),) = judge.asked
    assert claim == "Otters carry 42 pebbles home."
    assert len(evidence) == 2 and all(text in PAPERS["otters.txt"] for text in evidence)
    assert not any("Brook" in text for text in evidence)


def test_a_draft_that_cites_nothing(library: Library) -> None:
    report = check(library, "Otters rest. So do we.")
    assert (report.sentences, report.read, report.passed) == ((), 2, True)
    assert check(library, "").read == 0


@pytest.mark.parametrize(
    ("name", "text", "accepted"),
    [
        ("a.md", "Otters never rest\nat night [@brookOtters]. <!-- check: ok -->\n", True),
        ("a.md", "<!-- check: OK: seen -->\nOtters never rest at night [@brookOtters].\n", True),
        ("a.md", "Otters never rest at night [@brookOtters].\n\nIt is. <!-- check: ok -->\n", False),
        ("a.md", "It is. <!-- check: ok -->\nOtters never rest at night [@brookOtters].\n", False),
        ("a.tex", "Otters never rest % check: ok\nat night \\cite{brookOtters}.\n", True),
        ("a.tex", "% check: ok\nOtters never rest\nat night \\cite{brookOtters}.\n", True),
        ("a.tex", "Otters never rest\nat night \\cite{brookOtters}. %check:ok\n", True),
        ("a.tex", "Otters never rest at night \\cite{brookOtters}. % check okay\n", False),
    ],
)
def test_an_author_may_accept_a_finding(library: Library, name: str, text: str, accepted: bool) -> None:
    path = library.folder.parent / name
    path.write_text(text, encoding="utf-8")
    report = library.check(path, judge=WordJudge())
    (sentence,) = report.sentences
    assert (sentence.verdict, sentence.is_accepted, report.passed) == ("wrong", accepted, accepted)


def test_progress_is_told(library: Library) -> None:
    path = library.folder.parent / "draft.md"
    path.write_text("Otters rest at night [@brookOtters].", encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    library.check(path, judge=WordJudge(), progress=lambda *each: told.append(each))
    assert ("judging", 0, 1) in told and all(n < total for _, n, total in told)


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    with (
        Library(tmp_path, Catalog(tmp_path, create=True), WordEmbedder()) as library,
        pytest.raises(NoLibrary, match="holds no papers yet"),
    ):
        library.check(tmp_path / "draft.md", judge=WordJudge())


class Kept(dict[str, str]):
    """A Memory that lasts as long as it does."""

    put = dict.__setitem__


@pytest.fixture
def checker(library: Library) -> Callable[[Kept, WordJudge, list[tuple[str, str]]], CheckReport]:
    """Checks a draft of three claims with what is remembered, for a library of these papers."""

    def checked(kept: Kept, judge: WordJudge, papers: list[tuple[str, str]]) -> CheckReport:
        path = library.folder.parent / "draft.md"
        path.write_text(
            "Otters carry 42 pebbles home [@brookOtters]. Otters never rest at night [@brookOtters].\n\n"
            "Herons hunt small fish under the street lamps [@brookOtters].\n"
        )
        draft = read(path)
        keys = {key: (key,) for sentence in draft.sentences for cite in sentence.cites for key in cite.keys}
        finder = Finder(library._catalog, WordEmbedder(), library._retrieve)
        return Checker(Verdicts(finder, judge), keys, Findings(kept, papers)).report(draft)

    return checked


def test_what_has_not_changed_is_not_judged_again(checker: Callable[..., CheckReport]) -> None:
    kept, papers = Kept(), [("brookOtters", "a"), ("sandHerons", "b")]
    first, judge = checker(kept, WordJudge(), papers), WordJudge()
    assert checker(kept, judge, papers[::-1]) == first
    assert judge.asked == [] and len(kept) == 3
    assert first.sentences[2].worst.better and first.sentences[2].worst.quote
    checker(kept, judge, [*papers, ("new", "c")])
    assert judge.asked


WIDE = {
    "a.txt": "Otters of the Dee\nAda Brook\n\nOtters of the Dee carry 42 pebbles home each night. They rest by day.",
    "b.txt": "Otters of the Don\nMia Sand\n\nOtters of the Don carry many pebbles home each night. They rest at noon.",
    "c.txt": "Herons in Town\nJun Tanaka\n\nHerons hunt small fish under the street lamps of Utrecht. They sleep late.",
}


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three papers that are asked, among thirty others."""
    home = tmp_path_factory.mktemp("wide")
    (home / "papers").mkdir()
    others = {
        f"x{n}.txt": f"Moss {n}\nPer Rill\n\nMoss number {n} grows on the walls of house {n}."
        for n in range(30)
    }
    for name, text in (WIDE | others).items():
        (home / "papers" / name).write_text(text, encoding="utf-8")
    with Library(home / "library", Catalog(home / "library", create=True), WordEmbedder()) as opened:
        opened.add([home / "papers"])
        yield opened


def keyed(library: Library, name: str) -> str:
    return next(paper.key for paper in library.papers() if paper.source.file.endswith(name))


def test_a_contradiction_by_figures_alone_alarms_nobody(wide: Library) -> None:
    class Statistics(WordJudge):
        def judge(self, claim: str, evidence: Evidence, question: str = "") -> Judgement:
            return Judgement("contradicted", 0.1, "by statistics")

    (sentence,) = check(wide, f"Otters carry pebbles home [@{keyed(wide, 'a.txt')}].", Statistics()).sentences
    assert (sentence.verdict, sentence.worst.kind) == ("not-shown", None)


def test_the_second_nearest_of_the_others_is_tried_too(wide: Library) -> None:
    claim = "Otters of the Don and of the Dee carry 42 pebbles home each night"
    report = check(wide, f"{claim} [@{keyed(wide, 'c.txt')}].", WordJudge(0.7))
    assert report.sentences[0].worst.better
    nearest = [hit.passage.paper for hit in wide.search(claim, 2)]
    assert report.sentences[0].worst.better.paper in nearest


@pytest.mark.parametrize(("enough", "kind"), [(0.5, "wrong-paper"), (0.95, None)])
def test_a_paper_that_is_not_even_near_is_the_wrong_one(
    wide: Library, enough: float, kind: str | None
) -> None:
    """If another says it, and surely."""
    claim = "Otters of the Dee carry 42 pebbles home each single night"
    (sentence,) = check(wide, f"{claim} [@{keyed(wide, 'x3.txt')}].", WordJudge(enough)).sentences
    assert sentence.worst.kind == kind
    if kind:
        assert sentence.worst.reason.endswith(f"does not say it, and {keyed(wide, 'a.txt')} does")


def test_a_claim_that_another_says_with_doubt_is_not_the_wrong_papers(wide: Library) -> None:
    claim = "Otters of the Dee carry blue and green glass home to a shore in spring"
    (sentence,) = check(wide, f"{claim} [@{keyed(wide, 'x3.txt')}].", WordJudge(0.3)).sentences
    assert sentence.worst.better and sentence.worst.kind is None


def test_where_a_cited_work_is_absent_no_other_is_the_wrong_one(wide: Library) -> None:
    claim = "Otters of the Dee carry 42 pebbles home each night"
    (sentence,) = check(wide, f"{claim} [@{keyed(wide, 'x3.txt')}; @gone].", WordJudge(0.5)).sentences
    assert (sentence.verdict, sentence.worst.kind) == ("not-in-library", None)


def test_of_several_papers_cited_together_each_may_have_its_own_figure(wide: Library) -> None:
    a, c = keyed(wide, "a.txt"), keyed(wide, "c.txt")
    claim = "Otters of the Dee carry 24 pebbles home each night"
    judge = SupportChecker(WordEmbedder())
    for keys, verdict in ((f"@{a}", "wrong"), (f"@{a}; @{c}", "not-shown")):
        path = wide.folder.parent / "draft.md"
        path.write_text(f"{claim} [{keys}].", encoding="utf-8")
        assert [s.verdict for s in wide.check(path, judge=judge).sentences] == [verdict]
