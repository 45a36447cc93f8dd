"""ask, search, summarize without a model: their JSON, every format, and questions of every kind."""

import json
from typing import Any

import pytest

from assistant.cli.summarize import LENGTHS
from assistant.library import PASSAGES
from assistant.summarize import LENGTHS as SENTENCES
from tests.cli.running import Run
from tests.cli.texts import DEPTH, FRUCTAN, LOSS, UNKNOWN

ANSWER = {
    *{"question", "status", "text", "claims", "references", "dropped", "missing", "engine", "usage"},
    *{"seconds", "prompt"},
}
CITATION = {"marker", "paper", "passage", "page", "section", "quote", "start", "end", "verified"}
REFERENCE = {"marker", "key", "title", "authors", "year", "venue", "doi", "arxiv", "url", "file"}
ODD = [
    "the of and to",
    "¿A qué profundidad bucea la nutria marina?",
    "海獭能潜多深？",
    'AND OR NEAR( "',
    '"""" * NEAR(a b, 3) ^ { } col: -x',
    "NOT",
    "otter " * 1700,
    "x" * 10_000,
    "?",
    "bell\a and \x1b[31mred",
    "half \ud800 a character",
    "a\n\nb\tc",
]


def document(run: Run, *words: Any, code: int = 0) -> Any:
    result = run(*words, "--json")
    assert (result.exit_code, result.stderr) == (code, "")
    return json.loads(result.stdout)


TEXTS: dict[str, str] = {}


def text_of(run: Run, key: str) -> str:
    """The text of a paper of the shared library, as ``papers show`` gives it."""
    if key not in TEXTS:
        TEXTS[key] = document(run, "papers", "show", key)["text"]
    return TEXTS[key]


def check_quotes(run: Run, answer: dict[str, Any]) -> int:
    """Looks every quote up in the text of its paper. Returns how many there were."""
    markers = {reference["marker"]: reference["key"] for reference in answer["references"]}
    citations = [citation for claim in answer["claims"] for citation in claim["citations"]]
    for citation in citations:
        if "field" in citation:
            assert citation["verified"] is True and citation["value"] and citation["source"]
            continue
        assert citation.keys() >= CITATION and citation["verified"] is True
        text = text_of(run, citation["paper"])
        for quote in filter(None, (citation, citation.get("before"))):
            assert text[quote["start"] : quote["end"]] == quote["quote"] != ""
        assert markers[citation["marker"]] == citation["paper"]
        assert f"[{citation['marker']}]" in answer["text"]
    return len(citations)


@pytest.mark.parametrize(
    ("question", "paper", "fact"),
    [(DEPTH, "lopezDeep", "97 metres"), (FRUCTAN, "bergSlow", "61%"), (LOSS, "brandtPendulum", "28 seconds")],
)
def test_ask(run: Run, question: str, paper: str, fact: str) -> None:
    answer = document(run, "ask", question)
    assert answer.keys() >= ANSWER
    assert (answer["question"], answer["status"], answer["engine"]) == (question, "answered", "extract")
    assert fact in answer["text"]
    assert answer["references"][0].keys() >= REFERENCE
    assert paper in {reference["key"] for reference in answer["references"]}
    assert answer["usage"] == {"input_tokens": 0, "output_tokens": 0, "cost_usd": None}
    assert answer["dropped"] == {"citations": 0, "claims": 0, "reasons": []}
    for claim in answer["claims"]:
        assert {name: claim[name] for name in ("verdict", "support", "reason")} == {
            "verdict": "supported", "support": 1.0, "reason": "is the quote",
        }  # fmt: skip
    assert check_quotes(run, answer) >= len(answer["claims"]) >= 1


def test_words_without_quotation_marks_are_one_question(run: Run) -> None:
    assert document(run, "ask", *DEPTH.split())["question"] == DEPTH
    assert (
        document(run, "ask", "How", "deep", "--offline", "do otters dive?")["question"]
        == "How deep do otters dive?"
    )


def test_what_the_papers_do_not_say(run: Run) -> None:
    answer = document(run, "ask", UNKNOWN, code=3)
    assert (answer["status"], answer["claims"], answer["references"]) == ("abstained", [], [])
    assert answer["text"].startswith("The papers do not say.")
    keys = {paper["key"] for paper in document(run, "papers")}
    assert answer["nearest"] and set(answer["nearest"]) <= keys
    result = run("ask", UNKNOWN)
    assert result.exit_code == 3
    assert result.stdout.startswith("The papers do not say.") and "Nearest papers" in result.stdout
    assert "0 claims" in result.stderr


@pytest.mark.parametrize(
    ("form", "opening", "holds"),
    [
        ("text", "", "Sources"),
        ("markdown", "# How deep was", "> "),
        ("json", "{", '"claims"'),
        ("html", "<!doctype html>", "</html>"),
        ("bibtex", "@", "lopezDeep,"),
    ],
)
@pytest.mark.parametrize("words", [["ask", DEPTH], ["summarize", "lopezDeep"]], ids=["ask", "summarize"])
def test_every_format(run: Run, words: list[str], form: str, opening: str, holds: str) -> None:
    result = run(*words, "--format", form)
    assert result.exit_code == 0
    assert result.stdout.startswith(opening if words[0] == "ask" else opening[:2])
    assert holds in result.stdout and "How Deep Sea Otters Dive" in result.stdout
    assert result.stdout.endswith("\n") and not result.stdout.endswith("\n\n")
    footer = "" if form in ("markdown", "json", "html") else " 0 dropped "
    assert footer in result.stderr and bool(result.stderr) == bool(footer)


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html", "bibtex"])
def test_every_format_of_an_abstention(run: Run, form: str) -> None:
    result = run("ask", UNKNOWN, "--format", form)
    assert result.exit_code == 3
    assert ("do not say" in result.stdout) is (form != "bibtex")


def test_selections(run: Run) -> None:
    def cited(*words: str) -> set[str]:
        answer = json.loads(run("ask", "What was counted, displaced or compared?", *words, "--json").stdout)
        return {reference["key"] for reference in answer["references"]} | set(answer["nearest"])

    bees, herons = "carvalho2019Honeybees", "vries2023Night"
    assert cited("--paper", bees) == {bees}
    assert cited("--paper", bees, "--paper", "bergSlow") <= {bees, "bergSlow"}
    assert cited("--author", "carvalho") == {bees}
    assert cited("--since", "2020") == {herons}
    assert cited("--until", "2020") == {bees}
    result = run("ask", "x", "--author", "nobody")
    assert (result.exit_code, result.stdout) == (2, "")
    told = "Error: no paper is selected: of 5 papers, 0 have no author and 3 no year on record; see: assistant papers"
    assert result.stderr == f"{told}\n"


@pytest.mark.parametrize("question", ODD, ids=lambda question: ascii(question[:20]))
def test_odd_questions(run: Run, question: str) -> None:
    result = run("ask", "--json", "--", question)
    assert result.exit_code in (0, 3)
    assert result.stderr == ""
    check_quotes(run, json.loads(result.stdout))
    found = run("search", "--json", "--", question)
    assert found.exit_code == 0
    assert isinstance(json.loads(found.stdout), list)


@pytest.mark.parametrize("question", ["", " ", "\n\t "])
@pytest.mark.parametrize(
    ("words", "what"), [(["ask"], "question"), (["search"], "query"), (["ask", "--json"], "question")]
)
def test_an_empty_question_is_a_usage_error(run: Run, words: list[str], what: str, question: str) -> None:
    result = run(*words, question)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: the {what} is empty") and result.stderr.count("\n") == 1


def test_search(run: Run) -> None:
    hits = document(run, "search", "sea", "otter", "dives", "--limit", "3")
    assert len(hits) == 3
    assert hits[0].keys() >= {"paper", "passage", "page", "score", "found_by", "text", "more"}
    assert len({hit["paper"] for hit in hits}) == 3 and all(hit["more"] >= 0 for hit in hits)
    assert hits[0]["paper"] == "lopezDeep"
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True) and 0 <= scores[-1] <= scores[0] <= 1
    for hit in hits:
        assert hit["found_by"] in ("words", "meaning", "both")
        assert hit["text"] in text_of(run, hit["paper"])
    result = run("search", "sea otter dives", "--limit", "1")
    assert result.stdout.startswith("1. lopezDeep · How Deep Sea Otters Dive\n")
    assert "2. " not in result.stdout


def test_summarize(run: Run) -> None:
    counts = []
    for length in LENGTHS:
        answer = document(run, "summarize", "bergSlow", "--length", length)
        assert answer.keys() >= ANSWER
        assert [reference["key"] for reference in answer["references"]] == ["bergSlow"]
        assert check_quotes(run, answer) == len(answer["claims"])
        starts = [claim["citations"][0]["start"] for claim in answer["claims"]]
        assert starts == sorted(starts)
        counts.append(len(starts))
    assert counts == sorted(counts) and 1 <= counts[0] <= SENTENCES["short"]


def test_what_the_options_say_is_what_the_library_does(run: Run) -> None:
    assert tuple(SENTENCES) == LENGTHS
    assert f"default: {PASSAGES}" in run("ask", "--help").stdout
