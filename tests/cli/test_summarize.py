"""summarize: one paper, several, a topic; its wishes and bad input; with a model, one that dies midway, and one that
does not keep to what was asked."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.summarize import LENGTHS
from assistant.summarize import LENGTHS as WORDS
from tests.cli.running import Run
from tests.cli.test_ask import ANSWER, check_quotes, document
from tests.scripted_server import Reply, Request, Script, ScriptedServer, completion, failing

PAPERS = ["lopezDeep", "bergSlow", "brandtPendulum"]
FORMATS = ("text", "markdown", "json", "html", "bibtex")


def test_one_paper(run: Run) -> None:
    answer = document(run, "summarize", "bergSlow")
    assert answer.keys() >= ANSWER and answer["question"] == "Summary of Slow Fermentation of Rye Bread"
    assert [reference["key"] for reference in answer["references"]] == ["bergSlow"]
    assert check_quotes(run, answer) == len(answer["claims"]) > 1
    assert {claim["verdict"] for claim in answer["claims"]} == {"supported"}
    assert any("61%" in claim["text"] and claim["part"] == "Results" for claim in answer["claims"])


def test_lengths_are_those_of_the_library(run: Run) -> None:
    assert tuple(WORDS) == LENGTHS
    told = [len(document(run, "summarize", "lopezDeep", "--length", n)["claims"]) for n in ("20", "60")]
    assert told[0] < told[1]


def test_wishes_that_are_not_met_are_told(run: Run) -> None:
    answer = document(run, "summarize", "bergSlow", "--length", "400", "--must-mention", "otters")
    assert answer["status"] == "partial" and len(answer["unmet"]) == 2
    told = run("summarize", "bergSlow", "--must-mention", "otters")
    assert "Not as asked: 'otters' is not mentioned: the paper does not hold it" in told.stdout


def test_bullets(run: Run) -> None:
    told = run("summarize", "lopezDeep", "--bullets", "2").stdout
    assert len(re.findall(r"^- ", told, re.MULTILINE)) == 2
    page = run("summarize", "lopezDeep", "--bullets", "2", "--format", "html").stdout
    assert page.count("<li dir=") == 2
    assert (
        len(
            re.findall(
                r"^- ", run("summarize", "lopezDeep", "--bullets", "2", "--format", "markdown").stdout, re.M
            )
        )
        == 2
    )


def test_several_papers(run: Run) -> None:
    answer = document(run, "summarize", *PAPERS)
    assert answer["question"] == "Summary of 3 papers"
    assert {reference["key"] for reference in answer["references"]} == set(PAPERS)
    assert check_quotes(run, answer) >= 3 and all(claim["part"] for claim in answer["claims"])
    assert answer["notes"][0] == "Papers read: 3; cited: 3"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_a_bibliography_of_exactly_the_cited(run: Run, form: str) -> None:
    keys = {paper["key"] for paper in document(run, "papers")}
    cited = {each["key"] for each in document(run, "summarize", "--all", "--length", "30")["references"]}
    told = run("summarize", "--all", "--length", "30", "--format", form).stdout
    shown = told if form != "text" else told.split("Sources")[1]
    shown = shown.split("<h2>Sources</h2>")[1] if form == "html" else shown
    shown = shown.split("## Sources")[1] if form == "markdown" else shown
    shown = json.dumps(json.loads(shown)["references"]) if form == "json" else shown
    assert {key for key in keys if key in shown} == cited < keys


def test_a_topic(run: Run) -> None:
    answer = document(run, "summarize", "--topic", "sea otters that dive")
    assert [reference["key"] for reference in answer["references"]] == ["lopezDeep"]
    assert "near 'sea otters that dive'" in answer["notes"][0]
    told = run("summarize", "--topic", "sea otters that dive").stdout
    assert "Left out as further from the topic: " in told


def test_no_paper_on_the_topic(run: Run) -> None:
    answer = document(run, "summarize", "--topic", "entangled qubits of Zurich", code=3)
    assert (answer["status"], answer["claims"]) == ("abstained", [])
    assert answer["missing"] == ["a paper on entangled qubits of Zurich"] and answer["nearest"]


def test_all(run: Run) -> None:
    assert document(run, "summarize", "--all")["notes"][0].startswith("Papers read: 5; cited: ")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "name papers, or give --topic or --all"),
        (["lopezDeep", "--all"], "name papers, or give --topic or --all"),
        (["--all", "--topic", "x"], "name papers, or give --topic or --all"),
        (["lopezDep"], "lopezDeep"),
        (["lopezDeep", "--length", "huge"], "Invalid value for '--length'"),
        (["lopezDeep", "--length", "3"], "a summary has 20 to 5,000 words, not 3"),
        (["lopezDeep", "--bullets", "0"], "Invalid value for '--bullets'"),
        (["lopezDeep", "--bullets", "30", "--length", "50"], "30 bullets do not go into 50 words"),
        (["lopezDeep", "--must-mention", " "], "Invalid value for '--must-mention'"),
        (["lopezDeep", "--for", "children"], "--for needs a model that writes"),
        (["lopezDeep", "--language", "German"], "--language needs a model that writes"),
        (["--topic", " "], "Invalid value for '--topic'"),
    ],
)
def test_bad_input_is_one_line(run: Run, words: list[str], line: str) -> None:
    result = run("summarize", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert line in result.stderr and result.stderr.count("\n") == 1


# with a model


def written(run: Run, script: Script, *words: str, code: int = 0) -> tuple[Any, ScriptedServer]:
    with ScriptedServer(script) as server:
        result = run(
            "summarize",
            "--model",
            "scripted",
            *words,
            "--json",
            OPENAI_BASE_URL=server.url,
            OPENAI_API_KEY="",
        )
    assert result.exit_code == code, result.stderr
    return (json.loads(result.stdout) if result.stdout else result.stderr), server


def every(request: Request) -> Reply:
    """A claim of each sentence that it was shown."""
    return completion(json.dumps({"claims": [
        {"text": words, "shown_by": [tag]} for tag, words in request.tags.items()], "missing": []}))  # fmt: skip


def test_a_model_sees_numbered_sentences_and_the_wishes(run: Run) -> None:
    words = ("bergSlow", "--length", "40", "--for", "bakers", "--must-mention", "salt")
    answer, server = written(run, every, *words)
    assert (answer["engine"], answer["prompt"].split("@")[0]) == ("scripted", "summary")
    assert {claim["verdict"] for claim in answer["claims"]} == {"supported"} and check_quotes(run, answer)
    for wish in ("about 40 words", "Write for bakers.", "Mention 'salt'."):
        assert wish in server.requests[0].text
    assert "Slow fermentation lowered the fructan content" in " ".join(server.requests[0].tags.values())


def test_what_a_model_did_not_keep_to_is_told(run: Run) -> None:
    answer, _ = written(
        run, every, "bergSlow", "--bullets", "1", "--must-mention", "otters", "--language", "German"
    )
    assert [re.sub(r"\d+ bullets", "bullets", line) for line in answer["unmet"]] == [
        "bullets, not 1: the model did not write it so",
        "'otters' is not mentioned: the model did not write it so",
        "it is in English, not in German",
    ]


def test_a_claim_that_nothing_supports_is_marked(run: Run) -> None:
    def liar(request: Request) -> Reply:
        tag, words = next((tag, words) for tag, words in request.tags.items() if "61%" in words)
        return completion(json.dumps({"claims": [
            {"text": words, "shown_by": [tag]}, {"text": words.replace("61", "16"), "shown_by": [tag]}],
            "missing": []}))  # fmt: skip

    answer, _ = written(run, liar, "bergSlow")
    true, false = (claim["verdict"] for claim in answer["claims"])
    assert true == "supported" and false in ("unsupported", "contradicted")


@pytest.fixture
def many(own: Run, folder: Path) -> Run:
    """Runs a command on a library of twenty papers on one subject."""
    rows = [
        {
            "_id": f"r{n}",
            "title": f"Otters of river {n}",
            "text": f"We found that otters of river {n} keep {n} pebbles.",
        }
        for n in range(20)
    ]
    (folder / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert own("--library", "many", "add", "many.jsonl").exit_code == 0
    return lambda *words, **more: own("--library", "many", *words, **more)


def test_a_model_that_dies_goes_on_where_it_was(many: Run) -> None:
    def mortal(request: Request) -> Reply:
        asked.append(request.text)
        return failing(401, "it died")(request) if len(asked) == 2 else every(request)

    asked: list[str] = []
    with ScriptedServer(mortal) as server:
        words = ("summarize", "--model", "scripted", "--all")
        died, whole = (many(*words, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="") for _ in range(2))
    assert (died.exit_code, died.stdout, whole.exit_code) == (1, "", 0)
    parts = int(
        re.search(r"; 1 of (\d+) parts are written, and kept: the same command goes on", died.stderr)[1]
    )  # type: ignore[index]
    assert (len(asked), asked[0] in asked[1:], asked[1] in asked[2:]) == (parts + 1, False, True)
    first = whole.stderr.splitlines()[0]
    told = rf"asking scripted {parts} times: about [\d,]+ tokens to read and [\d,]+ to write, price unknown"
    assert re.fullmatch(told, first)
