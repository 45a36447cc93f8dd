"""The public class over real digests: what is asked, what is shown, and what happens while others write."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Library
from assistant.errors import (
    EmbedderMismatch,
    LibraryError,
    LibraryLocked,
    ModelReply,
    NoLibrary,
    UnknownPaper,
    UsageError,
)
from assistant.selection import Selection, selected
from assistant.store.catalog import Catalog
from assistant.store.lock import writer
from assistant.types import Headway
from tests.fakes import FakeModel, WordEmbedder
from tests.scripted_server import ScriptedServer, honest

ROOT = Path(__file__).resolve().parents[1]
GAIN = "How many more features does RouteSAE extract than baseline SAEs?"
OTTERS = "Otters sort pebbles by weight before they crack a shell in the river. In 31 of 40 dives they did."
ABOUT_OTTERS = "How do otters sort pebbles?"


def quotes(answer: Answer) -> list[str]:
    return [citation.quote.text for claim in answer.claims for citation in claim.citations]


def cited(answer: Answer) -> list[str]:
    return [reference.paper.key for reference in answer.references]


def check(library: Library, answer: Answer) -> None:
    """What holds of every answer."""
    markers = {reference.marker: reference.paper.key for reference in answer.references}
    for claim in answer.claims:
        for citation in claim.citations:
            for quote in filter(None, (citation.quote, citation.before)):
                assert library.paper(quote.paper).text[quote.start : quote.end] == quote.text
                assert markers[citation.marker] == quote.paper
        for told in claim.recorded:
            assert getattr(library.paper(told.paper), told.recorded.field) == told.recorded.value
            assert markers[told.marker] == told.paper
    assert (answer.status == "abstained") == (not answer.claims) == (not answer.references)


@pytest.fixture
def words(tmp_path: Path) -> Iterator[Library]:
    """An empty library with an embedder that needs no weights."""
    with fake_library(tmp_path / "library") as library:
        yield library


def fake_library(folder: Path, embedder: str = "words") -> Library:
    return Library(folder, Catalog(folder, create=True), WordEmbedder(embedder))


def note(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- which papers are asked ----------------------------------------------------------------------------


def test_what_is_selected_is_what_is_selected_now(words: Library, tmp_path: Path) -> None:
    """A chat keeps its selection while this process, and others, add papers to it."""
    otters = note(tmp_path, "otters.md", "---\ntitle: Otters\nyear: 1999\n---\n\nOtters sleep in kelp.\n")
    whales = note(tmp_path, "whales.md", "---\ntitle: Whales\nyear: 2005\n---\n\nWhales sleep upright.\n")
    bats = note(tmp_path, "bats.md", "---\ntitle: Bats\nyear: 2007\n---\n\nBats sleep upside down.\n")
    words.add([otters, whales])
    late, long_ago = Selection(since=2000), Selection(since=1900)
    (otter, whale) = [paper.key for paper in words.papers()]
    assert words._selected(late) == [whale] and words._selected(long_ago) is None
    assert words._selected(Selection((otter, whale))) == [otter, whale]
    assert words._selected(Selection((otter, whale), since=2000)) == words._selected(late) == [whale]
    with fake_library(words.folder) as other:
        other.add([bats])
        other.tag([otter], "sea")
    bat = next(paper.key for paper in words.papers() if paper.title == "Bats")
    assert set(words._selected(late) or ()) == {whale, bat}
    assert words._selected(Selection(tag="sea")) == [otter]
    words.tag([bat], "sea")
    assert set(words._selected(Selection(tag="sea")) or ()) == {otter, bat}
    words.remove([bat])
    assert words._selected(late) == [whale]


def test_what_is_selected_is_read_once_while_nothing_changes(
    words: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words.add([note(tmp_path, "otters.txt", "On Otters\n\nOtters sleep in kelp, and hold hands.")])
    (key,) = [paper.key for paper in words.papers()]
    assert words._selected(Selection((key,))) == [key]
    monkeypatch.setattr(Catalog, "described", lambda self: pytest.fail("read again"))
    assert words._selected(Selection((key,))) == [key]


# --- what is asked ---------------------------------------------------------------------------------------


def test_a_single_fact_is_answered_by_its_own_sentence(digests: Library) -> None:
    answer = digests.ask(GAIN)
    check(digests, answer)
    assert answer.status == "answered" and "22.5%" in quotes(answer)[0]
    assert cited(answer) == ["shiRoute"]
    assert {(claim.verdict, claim.support, claim.reason) for claim in answer.claims} == {
        ("supported", 1.0, "is the quote")
    }
    assert answer.engine == "extract" and answer.seconds > 0
    assert answer.text.startswith(answer.claims[0].text.removesuffix(".")) and "[1]" in answer.text


@pytest.mark.parametrize("question", ["Who wrote the RouteSAE paper?", "Who are the authors of RouteSAE?"])
def test_who_wrote_it_quotes_the_author_line(digests: Library, question: str) -> None:
    answer = digests.ask(question)
    check(digests, answer)
    (claim,) = answer.claims
    assert claim.text.startswith("Shi, Wei, Li, Sihang, Liang, Tao") and claim.verdict == "supported"
    assert claim.text in quotes(answer)
    assert "Route Sparse Autoencoder to Interpret Large Language Models" in quotes(answer)


@pytest.mark.parametrize(
    "question",
    [
        "What did Tao Liang write?",
        "What has Liang Tao written?",
        "Which papers are by Tao Liang?",
        "Show me everything by T. Liang",
    ],
)
def test_what_somebody_wrote_is_every_title_of_theirs(digests: Library, question: str) -> None:
    theirs = {p.key for p in digests.papers() if "Liang, Tao" in p.authors}
    answer = digests.ask(question)
    check(digests, answer)
    assert theirs and set(cited(answer)) == theirs
    assert {claim.text for claim in answer.claims} == {digests.paper(key).title for key in theirs}


def test_authorship_that_no_paper_states_is_not_made_up(digests: Library) -> None:
    answer = digests.ask("Who wrote MQM-APE?")
    assert digests.paper("mqmape").authors == ()
    assert answer.status == "abstained" and "mqmape" in {paper.key for paper in answer.nearest}


def test_a_list_has_one_claim_a_paper(digests: Library) -> None:
    answer = digests.ask("Which papers introduce a benchmark?")
    check(digests, answer)
    papers = [citation.quote.paper for claim in answer.claims for citation in claim.citations]
    assert len(papers) == len(set(papers)) == len(answer.references) >= 4
    assert {"hrbench", "iopoEmpowering", "leaveNo"} <= set(papers)


def test_a_comparison_cites_both_sides(digests: Library) -> None:
    answer = digests.ask("How do the savings of LeZO and CogSteer compare?")
    check(digests, answer)
    assert set(cited(answer)) == {"lezo", "cogsteer"}


def test_no_sentence_is_shown_twice(digests: Library) -> None:
    """Two of the sentences chosen here lean on the same one before them."""
    answer = digests.ask("How do the savings of LeZO and CogSteer compare?")
    places = sorted((c.quote.paper, c.quote.start, c.quote.end) for k in answer.claims for c in k.citations)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(places))


def test_a_sentence_that_leans_back_carries_the_one_before(tmp_path: Path) -> None:
    before = "The Pebble Sieve ranks stones with a wooden drum."
    text = "It loses 17% of the gravel on wet days."
    note(tmp_path, "sieve.txt", f"Sieving\n\n{before} {text} Nothing else was tried by the two keepers.")
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "sieve.txt"])
        answer = library.ask("How much of the gravel is lost on wet days?")
        check(library, answer)
    (claim,) = (each for each in answer.claims if each.text == text)
    assert claim.verdict == "supported" and claim.citations[0].quote.text == text
    assert claim.citations[0].before and claim.citations[0].before.text == before


def test_what_stands_only_on_record_is_cited_from_there(tmp_path: Path) -> None:
    bib = tmp_path / "refs.bib"
    abstract = "Otters dive in rivers and sort pebbles by weight before they crack a shell."
    bib.write_text(
        f"@article{{o, title={{Pebbles of Otters}}, author={{Brook, Ada}}, year=2021, abstract={{{abstract}}}}}"
    )
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([bib])
        answer = library.ask("When was the study on pebbles of otters published?")
        check(library, answer)
        ((told,),) = [claim.recorded for claim in answer.claims]
        assert (answer.text, told.recorded.value, told.source) == ("Published in 2021 [1].", 2021, str(bib))
        library.edit("o", {"year": 2022})
        ((told,),) = [
            c.recorded for c in library.ask("When was the study on pebbles of otters published?").claims
        ]
        assert (told.recorded.value, told.source) == (2022, "")


@pytest.mark.parametrize(
    "question",
    [
        "How many qubits does the error-corrected processor use?",
        "Which bees pollinate alpine clover?",
        "Which papers are about volcanic ash?",
    ],
)
def test_what_the_papers_do_not_say_is_said_to_be_so(digests: Library, question: str) -> None:
    answer = digests.ask(question)
    check(digests, answer)
    assert (answer.status, answer.claims) == ("abstained", ())
    assert 0 < len(answer.nearest) <= 3 and answer.missing
    assert answer.text.startswith("The papers do not say.") and answer.nearest[0].name in answer.text


def test_markers_run_on(digests: Library) -> None:
    markers: dict[str, int] = {}
    first = digests.ask(GAIN, markers=markers)
    second = digests.ask("How much training time does CogSteer save?", markers=markers)
    again = digests.ask(GAIN, markers=markers)
    assert [r.marker for r in first.references] == [1] == [r.marker for r in again.references]
    assert min(r.marker for r in second.references) == 2
    assert markers["shiRoute"] == 1 and "[2]" in second.text


def test_a_question_that_asks_for_nothing_is_not_answered(digests: Library) -> None:
    for question in ("the of and", "?!?", "\x00", "(((", "which what who", "'" * 10_000):
        assert digests.ask(question).status == "abstained"


@pytest.mark.parametrize("question", ["", " ", "\n\t "])
def test_an_empty_question_is_refused(digests: Library, question: str) -> None:
    for refuse in (digests.ask, digests.search):
        with pytest.raises(UsageError, match="empty"):
            refuse(question)


@pytest.mark.parametrize(
    "question",
    [
        "a" * 10_000,
        "1" * 10_000,
        "./" * 5_000,
        "What papers by " * 700,
        "and how and how " * 600,
        " ".join(f"word{i}" for i in range(400)),
        "Was ist LeZO und wozu dient es?",
        "什么是LeZO？",
        "Что такое LeZO?",
        "ما هو LeZO؟",
        'LeZO AND OR NOT NEAR("x", 2) * ^ title:x {text} - "',
        '"',
        "LeZO\x00 saves what?",
        "\udcff what does LeZO save?",
        "e\u0301 \u202e \ufeff LeZO 🦦",
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_an_odd_question_gets_an_honest_answer(digests: Library, question: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = digests.ask(question)
        digests.search(question, limit=3)
    check(digests, answer)
    answer.text.encode()


def test_half_a_character_reaches_a_model_as_text(digests: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ScriptedServer(honest) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        answer = digests.ask("\udcff " + GAIN, model="scripted")
    check(digests, answer)
    assert answer.status != "abstained"


def test_a_sentence_longer_than_a_passage_is_shown_whole(tmp_path: Path) -> None:
    setts = ", and that ".join(f"sett {i} holds {i + 3} badgers of the northern kind" for i in range(80))
    note(tmp_path, "badgers.txt", f"Badgers\n\nWe find that {setts}. The rest were not counted by us at all.")
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "badgers.txt"])
        assert sum(library.passage_counts().values()) > 2
        answers = [library.ask("How many badgers does sett 70 hold?"), library.summarize("badgers")]
        for answer in answers:
            check(library, answer)
            assert answer.claims and not answer.dropped.claims
            assert {claim.verdict for claim in answer.claims} == {"supported"}


# --- selection -------------------------------------------------------------------------------------------


def test_only_the_selected_papers_answer(digests: Library) -> None:
    anywhere = digests.ask("Which papers introduce a benchmark?")
    only = digests.ask("Which papers introduce a benchmark?", Selection(papers=("hrbench",)))
    assert cited(only) == ["hrbench"] and len(cited(anywhere)) > 1
    elsewhere = digests.ask(GAIN, Selection(papers=("hrbench", "lezo")))
    assert set(cited(elsewhere)) <= {"hrbench", "lezo"}


def test_a_selection_by_author(digests: Library) -> None:
    theirs = {p.key for p in digests.papers() if any("liang" in a.casefold() for a in p.authors)}
    answer = digests.ask(GAIN, Selection(author="LIANG"))
    assert set(cited(answer)) == {"shiRoute"} <= theirs
    works = digests.ask("What did Tao Liang write?", Selection(papers=("shiRoute",)))
    assert cited(works) == ["shiRoute"]


def test_a_selection_by_year_and_by_an_accented_name(words: Library, tmp_path: Path) -> None:
    records = [
        {"title": "Old otters", "text": OTTERS, "year": 1999, "authors": ["Jürgen Müller"]},
        {"title": "New otters", "text": OTTERS + " Always.", "year": 2020, "authors": ["Ann Smith-Jones"]},
        {"title": "Timeless otters", "text": OTTERS + " Never."},
    ]
    words.add([note(tmp_path, "otters.jsonl", "\n".join(map(json.dumps, records)))])
    titles = {
        selection: {words.paper(key).title for key in selected(selection, words._catalog) or ()}
        for selection in (
            Selection(since=2000),
            Selection(until=2000),
            Selection(since=1999, until=2020),
            Selection(author="muller"),
        )
    }
    assert list(titles.values()) == [
        {"New otters"},
        {"Old otters"},
        {"Old otters", "New otters"},
        {"Old otters"},
    ]
    for name, title in (("Muller", "Old otters"), ("Ann Smith-Jones", "New otters")):
        answer = words.ask(f"What did {name} write?")
        assert [claim.text for claim in answer.claims] == [title]


def test_a_selection_of_nothing_is_refused(digests: Library) -> None:
    with pytest.raises(UnknownPaper, match="shiRoute"):
        digests.ask(GAIN, Selection(papers=("shiRout",)))
    with pytest.raises(UsageError, match="20 have no author and 26 no year"):
        digests.ask(GAIN, Selection(author="Nobody At All"))


# --- a language model ------------------------------------------------------------------------------------


def reply(*claims: tuple[str, list[tuple[str, str]]], missing: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "claims": [
            {"text": text, "citations": [{"id": i, "quote": quote} for i, quote in citations]}
            for text, citations in claims
        ],
        "missing": list(missing),
    }


def holding(shown: dict[str, str], word: str) -> tuple[str, str]:
    """The id of the passage with the word, and its sentence's first 60 characters or so."""
    i, text = next((i, text) for i, text in shown.items() if word in text)
    at = text.index(word)
    start = text.rfind(". ", 0, at) + 2 if ". " in text[:at] else 0
    return i, text[start : text.index(" ", at + 40)]


def test_an_honest_model_is_shown_with_its_quotes(digests: Library) -> None:
    model = FakeModel(lambda shown: reply(("RouteSAE finds 22.5% more.", [holding(shown, "22.5%")])))
    answer = digests.ask(GAIN, model=model)
    check(digests, answer)
    (claim,) = answer.claims
    assert (answer.status, claim.verdict, answer.engine) == ("answered", "supported", "fake")
    assert "22.5%" in quotes(answer)[0] and cited(answer) == ["shiRoute"]
    assert answer.usage.input_tokens == 100 and answer.dropped.citations == 0
    assert GAIN in model.prompts[0]


def test_what_a_model_finds_missing_makes_the_answer_partial(digests: Library) -> None:
    model = FakeModel(
        lambda shown: reply(("RouteSAE finds 22.5% more.", [holding(shown, "22.5%")]), missing=("the price",))
    )
    answer = digests.ask(GAIN, model=model)
    assert (answer.status, answer.missing) == ("partial", ("the price",))


def lies(shown: dict[str, str]) -> dict[str, Any]:
    """One claim that stands, and one for every way to lie."""
    i, quote = holding(shown, "22.5%")
    other, text = next((j, text) for j, text in shown.items() if "RouteSAE" not in text)
    foreign = " ".join(text.split()[-12:])
    return reply(
        ("RouteSAE finds 22.5% more.", [(i, quote), ("zzzz", quote)]),
        ("An id is invented.", [("p_1", quote)]),
        ("A number is altered.", [(i, quote.replace("22.5%", "32.5%"))]),
        ("Another paper's words.", [(i, foreign)]),
        ("Words joined over a gap.", [(i, f"{quote[:30]} ... {quote[-10:]}")]),
        ("No words.", [(i, ""), (other, " ... ")]),
        ("No citation.", []),
    )


def test_a_lying_model_is_found_out(digests: Library) -> None:
    answer = digests.ask(GAIN, model=FakeModel(lies))
    check(digests, answer)
    assert answer.status == "partial" and cited(answer) == ["shiRoute"]
    assert [claim.verdict for claim in answer.claims] == ["supported"] + ["unsupported"] * 6
    assert all(not claim.citations for claim in answer.claims[1:])
    assert answer.dropped.citations == len(answer.dropped.reasons) == 7 and answer.dropped.claims == 0
    assert answer.text.count("[unsupported]") == 6


def test_strict_withholds_what_is_unsupported_and_counts_it(digests: Library) -> None:
    answer = digests.ask(GAIN, model=FakeModel(lies), strict=True)
    check(digests, answer)
    assert [claim.text for claim in answer.claims] == ["RouteSAE finds 22.5% more."]
    assert (answer.status, answer.dropped.claims, answer.dropped.citations) == ("partial", 6, 7)
    assert "invented" not in answer.text


def test_a_model_with_nothing_but_lies_is_not_shown(digests: Library) -> None:
    liar = FakeModel(lambda shown: reply(("Invented.", [("p_1", "22.5%")])))
    answer = digests.ask(GAIN, model=liar)
    check(digests, answer)
    assert (answer.status, answer.dropped.claims, answer.dropped.citations) == ("abstained", 1, 1)
    assert answer.nearest and "Invented" not in answer.text


def test_a_model_that_finds_nothing_abstains(digests: Library) -> None:
    answer = digests.ask(GAIN, model=FakeModel(lambda shown: reply(missing=("qubits",))))
    assert (answer.status, answer.missing) == ("abstained", ("qubits",)) and answer.nearest


def test_claims_are_handed_on_and_the_turn_before_is_read(digests: Library) -> None:
    told: list[str] = []
    model = FakeModel(
        lambda shown: GAIN,
        lambda shown: reply(("RouteSAE finds 22.5% more.", [holding(shown, "22.5%")]), ("No.", [])),
    )
    before = digests.ask("What is RouteSAE?")
    answer = digests.ask(
        "And how many more?", model=model, before=before, on_claim=lambda claim: told.append(claim.text)
    )
    check(digests, answer)
    assert told == [claim.text for claim in answer.claims] == ["RouteSAE finds 22.5% more.", "No."]
    assert answer.question == "And how many more?" and answer.prompt and "answer@" in answer.prompt
    assert model.prompts[1].endswith(f"Question: {GAIN}") and answer.seconds > 0


def test_a_second_opinion_may_be_asked(digests: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.judge.second.UNSURE", (-1.0, 2.0))
    model = FakeModel(lambda shown: reply(("RouteSAE finds 22.5% more.", [holding(shown, "22.5%")])))
    judge = FakeModel(lambda shown: {"evidence": "It does.", "verdict": "not shown"}, name="judge")
    answer = digests.ask(GAIN, model=model, judge=judge)
    assert (answer.status, answer.dropped.claims) == ("abstained", 1) and len(judge.prompts) >= 2


def test_a_reply_in_another_form_is_an_error(digests: Library) -> None:
    with pytest.raises(ModelReply, match="JSON"):
        digests.ask(GAIN, model=FakeModel(lambda shown: ["no"]))


def test_as_many_passages_are_offered_as_are_asked_for(digests: Library) -> None:
    model = FakeModel(lambda shown: reply(missing=(str(len(shown)),)))
    assert digests.ask(GAIN, model=model, passages=5).missing == ("5",)


# --- while others write, and after harm ------------------------------------------------------------------


def test_a_library_that_another_process_changes_is_seen(own_digests: Library, tmp_path: Path) -> None:
    own_digests.ask(ABOUT_OTTERS)
    path = note(tmp_path, "otters.txt", OTTERS)
    program = (
        "import sys; from assistant import Library\n"
        "with Library.open(sys.argv[1]) as library: library.add([sys.argv[2]])"
    )
    subprocess.run([sys.executable, "-c", program, own_digests.folder, path], cwd=ROOT, check=True)
    answer = own_digests.ask(ABOUT_OTTERS)
    check(own_digests, answer)
    assert OTTERS.split(". ")[0] in quotes(answer)[0] and own_digests.warnings == []
    assert own_digests.search(ABOUT_OTTERS, 1)[0].found_by == "both"  # Chroma has seen it as well


@pytest.mark.parametrize("when", ["open", "closed"])
def test_a_deleted_index_is_mended(own_digests: Library, when: str) -> None:
    before = own_digests.ask(GAIN)
    library = own_digests
    if when == "closed":
        library.close()
    shutil.rmtree(library.folder / "chroma")
    if when == "closed":
        library = Library.open(library.folder)
    assert library.ask(GAIN).claims == before.claims and library.warnings == []
    assert (library.folder / "chroma").exists() and library.search(GAIN, 1)[0].found_by == "both"
    assert library.status(verify=True).indexes["vectors"] == "ok"
    library.close()


def test_adding_after_the_index_was_deleted_finds_old_and_new(own_digests: Library, tmp_path: Path) -> None:
    own_digests.ask(GAIN)
    shutil.rmtree(own_digests.folder / "chroma")
    own_digests.add([note(tmp_path, "otters.txt", OTTERS)])
    for question in (GAIN, ABOUT_OTTERS):
        assert own_digests.search(question, 1)[0].found_by == "both"


def test_while_another_writes_the_full_text_answers_and_says_so(own_digests: Library) -> None:
    before = own_digests.search(GAIN, 1)[0]
    shutil.rmtree(own_digests.folder / "chroma")
    with writer(own_digests.folder):
        answer = own_digests.ask(GAIN)
        check(own_digests, answer)
        assert cited(answer) == ["shiRoute"]
        assert own_digests.warnings and "full text" in own_digests.warnings[0]
        assert str(os.getpid()) in own_digests.warnings[0]
        assert {hit.found_by for hit in own_digests.search(GAIN)} == {"words"}
    own_digests.warnings.clear()
    assert own_digests.search(GAIN, 1)[0] == before and own_digests.warnings == []


def test_a_library_that_cannot_be_written_to_still_answers(
    own_digests: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(folder: Path, wait: float = 0) -> Any:
        raise LibraryError(f"{folder} cannot be written to")

    shutil.rmtree(own_digests.folder / "chroma")
    monkeypatch.setattr("assistant.store.follow.writer", refused)
    answer = own_digests.ask(GAIN)
    check(own_digests, answer)
    assert cited(answer) == ["shiRoute"] and "cannot be written to" in own_digests.warnings[0]


def test_writing_while_another_writes_is_refused(words: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(folder: Path, wait: float) -> Any:
        return writer(folder, wait=0)

    monkeypatch.setattr("assistant.store.keeping.writer", at_once)
    with writer(words.folder):
        for write in (lambda: words.add([]), lambda: words.remove(["x"]), words.reindex):
            with pytest.raises(LibraryLocked, match=str(os.getpid())):
                write()


def test_another_embedder_is_refused_with_the_cure(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    path = note(tmp_path, "otters.txt", OTTERS)
    with fake_library(folder) as library:
        library.add([path])
        expected = [hit.passage for hit in library.search(ABOUT_OTTERS)]
    with fake_library(folder, "other") as library:
        for use in (
            lambda: library.ask(ABOUT_OTTERS),
            lambda: library.search("x"),
            lambda: library.add([path]),
        ):
            with pytest.raises(EmbedderMismatch, match=f"{folder} reindex --embedder other"):
                use()
        library.reindex()
        assert [hit.passage for hit in library.search(ABOUT_OTTERS)] == expected
        assert library.status().embedder == "other"


def test_a_library_with_no_papers_says_what_to_do(words: Library) -> None:
    for use in (words.ask, words.search):
        with pytest.raises(NoLibrary, match="add PATH"):
            use(ABOUT_OTTERS)


def test_a_library_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        Library.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


# --- the collection --------------------------------------------------------------------------------------


def test_removed_papers_are_gone_and_come_back_with_their_keys(words: Library, tmp_path: Path) -> None:
    paths = [
        note(tmp_path, "otters.txt", OTTERS),
        note(tmp_path, "tides.txt", "The tides of the Dee are high."),
    ]
    first = words.add(paths)
    assert (first.papers_added, first.papers_updated, [f.state for f in first.files]) == (2, 0, ["added"] * 2)
    (key,) = first.files[0].papers
    words.remove([key])
    assert key not in {paper.key for paper in words.papers()}
    assert key not in {hit.passage.paper for hit in words.search(ABOUT_OTTERS)}
    with pytest.raises(UnknownPaper):
        words.remove([key])
    assert words.add(paths).files[0].papers == (key,)
    assert words.search(ABOUT_OTTERS)[0].passage.paper == key


def test_an_update_keeps_the_key_and_forgets_the_old_text(words: Library, tmp_path: Path) -> None:
    path = note(tmp_path, "otters.txt", OTTERS)
    (key,) = words.add([path]).files[0].papers
    note(tmp_path, "otters.txt", OTTERS.replace("31 of 40", "38 of 40"))
    report = words.add([path])
    assert (report.files[0].state, report.files[0].papers, report.papers_added) == ("updated", (key,), 0)
    assert report.papers_updated == 1
    texts = [hit.passage.text for hit in words.search("dives of otters")]
    assert len(texts) == 1 and "38 of 40" in texts[0]
    again = words.add([path])
    assert again.files[0].state == "unchanged" and again.files[0].papers == (key,) and again.passages == 0


def test_ctrl_c_in_the_middle_loses_nothing_that_was_stored(words: Library, tmp_path: Path) -> None:
    paths = [note(tmp_path, "a.txt", OTTERS), note(tmp_path, "b.txt", "The tides of the Dee are high.")]

    def stop(way: Headway) -> None:
        if way.place == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        words.add(paths, progress=stop)
    assert [hit.found_by for hit in words.search(ABOUT_OTTERS)] == ["both"]
    assert words.status(verify=True).healthy
    report = words.add(paths)  # and the lock is free
    assert [file.state for file in report.files] == ["unchanged", "added"]


def test_a_paper_is_asked_by_its_number(words: Library, tmp_path: Path) -> None:
    rows = [
        {"title": "On Otters", "text": OTTERS, "doi": "10.1234/otters"},
        {"title": "On Seals", "text": OTTERS.replace("tters", "eals"), "doi": "10.1234/seals"},
    ]
    words.add([note(tmp_path, "rows.jsonl", "\n".join(map(json.dumps, rows)))])
    otters, seals = (paper.key for paper in words.papers())
    for number, key in (("10.1234/otters", otters), ("10.1234/seals", seals)):
        answer = words.ask(f"What does {number} show?")
        assert {c.quote.paper for claim in answer.claims for c in claim.citations} == {key}
        assert answer.question == f"What does {number} show?" and "On " in answer.asked
        answer = words.ask(f"How many dives does doi:{number} count?")
        assert {c.quote.paper for claim in answer.claims for c in claim.citations} <= {key}
    answer = words.ask("What does 10.1234/otters show?", Selection(papers=(seals,)))
    assert {c.quote.paper for claim in answer.claims for c in claim.citations} <= {seals}
    answer = words.ask(
        "What does 10.1234/otters show?", model=FakeModel(lambda held: {"claims": [], "missing": []})
    )
    assert answer.asked == "What does “On Otters” show?" and not answer.claims


def stored_in_part(words: Library, folder: Path) -> Path:
    """A file of 70 papers, of which 64 can be found."""
    path = note(
        folder, "many.jsonl", "\n".join(f'{{"text": "Otter {n} weighs {n} pebbles."}}' for n in range(70))
    )

    def stop(way: Headway) -> None:
        if way.done == 64:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match="64 of the 70 papers in many"):
        words.add([path], progress=stop)
    return path


def test_a_question_while_the_first_file_is_added_is_answered_by_what_is_there(
    words: Library, tmp_path: Path
) -> None:
    path = note(
        tmp_path, "many.jsonl", "\n".join(f'{{"text": "Otter {n} weighs {n} pebbles."}}' for n in range(70))
    )
    found = []

    def ask(way: Headway) -> None:
        if way.done == 64:
            with Library(words.folder, Catalog(words.folder), WordEmbedder()) as reader:
                found.append(reader.search("Otter 63 weighs 63 pebbles")[0].passage.text)

    words.add([path], progress=ask)
    assert found == ["Otter 63 weighs 63 pebbles."]


def test_a_file_stored_in_part_is_asked_said_and_gone_on_with(words: Library, tmp_path: Path) -> None:
    path = stored_in_part(words, tmp_path)
    status = words.status(verify=True)
    assert status.healthy and [(file.state, file.error) for file in status.files] == [
        ("partial", "64 of its 70 papers can be found; to go on: assistant add PATH")
    ]
    for _ in range(2):
        assert words.search("Otter 63 weighs 63 pebbles")[0].found_by == "both"
    assert words.warnings == [
        f"64 of the 70 papers in {path} can be found; to go on: assistant --library {words.folder} add {path}"
    ]
    key = words.papers().__next__().key
    words.tag([key], "seen")
    words.remove([key])
    assert words.status().passages == 63
    report = words.add([path.parent])
    assert (report.files[0].state, report.papers_added, words.status().passages) == ("added", 6, 69)
    assert words.status(verify=True).healthy and words.status().files[0].state == "ok"


def test_reindex_goes_on_with_a_file_stored_in_part(words: Library, tmp_path: Path) -> None:
    path = stored_in_part(words, tmp_path)
    words.reindex()
    assert (words.status().passages, words.status().files[0].state) == (70, "ok")
    assert words.add([path]).files[0].state == "unchanged" and words.status(verify=True).healthy


def test_an_index_that_cannot_be_written_leaves_the_papers_stored(words: Library, tmp_path: Path) -> None:
    path = note(tmp_path, "otters.txt", OTTERS)
    (words.folder / "chroma").write_text("in the way")
    with pytest.raises(LibraryError, match="the papers are stored and stay"):
        words.add([path])
    (words.folder / "chroma").unlink()
    assert [hit.found_by for hit in words.search(ABOUT_OTTERS)] == ["both"]
    assert words.add([path]).files[0].state == "unchanged" and words.status(verify=True).healthy


def test_status_compares_the_files_as_they_are_now(words: Library, tmp_path: Path) -> None:
    names = ["changed", "failed", "missing", "ok"]
    texts = [OTTERS + name for name in names]
    paths = [note(tmp_path, f"{name}.txt", text) for name, text in zip(names, texts, strict=True)]
    note(tmp_path, "failed.txt", "")
    words.add(paths)
    note(tmp_path, "changed.txt", "Another text is here now.")
    paths[2].unlink()
    status = words.status()
    assert [file.state for file in status.files] == names
    assert status.files[1].error == "the file is empty"
    assert (status.papers, status.passages, status.embedder) == (3, 3, "words") and status.bytes > 0
    os.utime(paths[3], (1, 1))
    assert words.status().files[3].state == "changed" and words.status(verify=True).files[3].state == "ok"


def test_status_finds_a_harmed_full_text_and_reindex_mends_it(words: Library, tmp_path: Path) -> None:
    words.add([note(tmp_path, "otters.txt", OTTERS)])
    with sqlite3.connect(words.folder / "catalog.db") as database:
        database.execute("INSERT INTO words (words) VALUES ('delete-all')")
    assert words.status().indexes["full text"] != "ok"
    words.reindex()
    assert words.status(verify=True).healthy
    assert words.search(ABOUT_OTTERS)[0].found_by == "both"
