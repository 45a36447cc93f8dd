"""``compare`` and ``disagree`` by a language model: what it is shown, what of its words is shown, and one that dies."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Run, ask_assistant
from tests.scripted_server import Reply, Request, Script, ScriptedServer, completion, failing

FOUND = "We found that otters of river Q{n} keep {n} pebbles."
TRIED = "Otters of river {n} were weighed on a balance of brass."


@pytest.fixture(scope="session")
def otters(environment: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of twelve papers that give different numbers for different rivers."""
    home = tmp_path_factory.mktemp("otters")
    records = [
        {"_id": f"r{n}", "title": f"Otters of river {n}", "text": f"{TRIED} {FOUND}".format(n=n)}
        for n in range(10, 22)
    ]
    (home / "otters.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert ask_assistant("--library", home / "library", "add", home / "otters.jsonl").exit_code == 0
    return home / "library"


def asked(library: Path, script: Script, *words: str, code: int = 0) -> tuple[Any, ScriptedServer, str]:
    """What was printed as JSON, the server, and what stands on stderr."""
    with ScriptedServer(script) as server:
        result = ask_assistant(
            "--library", library, *words, "--model", "scripted", "--json",
            OPENAI_BASE_URL=server.url, OPENAI_API_KEY="",
        )  # fmt: skip
    assert result.exit_code == code, result.stderr
    return (json.loads(result.stdout) if result.stdout else None), server, result.stderr


def claiming(*made: tuple[str, list[str]]) -> Reply:
    claims = [{"text": text, "shown_by": tags} for text, tags in made]
    return completion(json.dumps({"claims": claims, "missing": []}))


def tag_of(request: Request, words: str) -> str:
    return next(tag for tag, text in request.tags.items() if words in text)


def keys(library: Path) -> list[str]:
    return [
        each["key"] for each in json.loads(ask_assistant("--library", library, "papers", "--json").stdout)
    ]


def filled(request: Request) -> Reply:
    """A cell that is right, one of no aspect, one that nothing shows, and the first again."""
    brass, pebbles = tag_of(request, "balance of brass"), tag_of(request, "pebbles")
    return claiming(
        ("Method: a balance of brass", [brass]),
        ("weather: otters were weighed on a balance", [brass]),
        ("data: forty thousand trained beavers of Canada", [pebbles]),
        ("method: otters were weighed on a balance of brass", [brass]),
        ("**result**: otters of the river keep pebbles", [pebbles]),
        ("task: " + "otters were weighed on a balance of brass " * 5, [brass]),
    )


def test_a_model_fills_cells_that_its_sentences_support(otters: Path) -> None:
    one, two = keys(otters)[:2]
    found, server, told = asked(otters, filled, "compare", one, two, "--aspects", "task,method,data,result")
    assert (found["engine"], found["dropped"]["claims"]) == ("scripted", 8)
    assert found["usage"]["input_tokens"] > 0
    for row, n in zip(found["rows"], (10, 11), strict=True):
        task, method, data, result = row["cells"]
        assert (task["value"], data["value"], method["value"]) == (
            f"Otters of river {n}",
            None,
            "a balance of brass",
        )
        assert result["value"] == "otters of the river keep pebbles"
        (cited,) = result["citations"]
        assert (cited["quote"], cited["paper"], cited["verified"]) == (FOUND.format(n=n), row["paper"], True)
        assert cited["marker"] == n - 9
    first = server.requests[0]
    assert "data (what it is tried or measured on, by name)" in first.text
    assert sorted(first.tags.values()) == [TRIED.format(n=10), FOUND.format(n=10)]
    assert re.search(r"asking scripted 2 times: about [\d,]+ tokens to read", told)


def test_the_same_words_of_two_papers_are_held_against_each_ones_own_sentences(otters: Path) -> None:
    """Tags of two requests may be the same, so that what was judged of the one must not be taken for the other."""
    two = keys(otters)[:2]

    def same(request: Request) -> Reply:
        return claiming(("result: otters of river Q10 keep 10 pebbles", [tag_of(request, "pebbles")]))

    found, _, _ = asked(otters, same, "compare", *two, "--aspects", "result")
    first, second = (row["cells"][0]["value"] for row in found["rows"])
    assert (first, second) == ("otters of river Q10 keep 10 pebbles", "otters of river Q11 keep 11 pebbles")
    assert found["dropped"]["claims"] == 1


def test_a_cell_that_the_model_leaves_empty_is_filled_as_without_it(otters: Path) -> None:
    two = keys(otters)[:2]
    plain = json.loads(ask_assistant("--library", otters, "compare", *two, "--json").stdout)["rows"]
    found, _, _ = asked(otters, lambda request: claiming(), "compare", *two)
    assert [[cell["value"] for cell in row["cells"]] for row in found["rows"]] == [
        [cell["value"] for cell in row["cells"]] for row in plain
    ]
    assert any(cell["value"] for row in plain for cell in row["cells"])


def test_an_aspect_of_ones_own_is_looked_for(otters: Path) -> None:
    def one(request: Request) -> Reply:
        return claiming(("number of pebbles: keep pebbles", [tag_of(request, "pebbles")]))

    found, server, _ = asked(otters, one, "compare", *keys(otters)[:2], "--aspects", "number of pebbles")
    assert [row["cells"][0]["value"] for row in found["rows"]] == ["keep pebbles"] * 2
    assert "fill the cells number of pebbles" in server.requests[0].text


@pytest.mark.parametrize(
    ("words", "cells"), [(("compare", "--all", "--aspects", "method"), True), (("disagree",), False)]
)
def test_a_model_that_dies_goes_on_where_it_was(otters: Path, words: tuple[str, ...], cells: bool) -> None:
    sent: list[str] = []

    def mortal(request: Request) -> Reply:
        sent.append(request.text)
        if len(sent) == 3:
            return failing(401, "it died")(request)
        return claiming((f"method: {TRIED[:6]}", [tag_of(request, "brass")])) if cells else claiming()

    with ScriptedServer(mortal) as server:
        told = [
            ask_assistant(
                "--library",
                otters,
                *words,
                "--model",
                "scripted",
                OPENAI_BASE_URL=server.url,
                OPENAI_API_KEY="",
            )
            for _ in range(2)
        ]
    assert [each.exit_code for each in told] == [1, 0 if cells else 3] and told[0].stdout == ""
    parts = re.search(r"; 2 of (\d+) parts are written, and kept: the same command goes on", told[0].stderr)
    assert parts and len(sent) == int(parts[1]) + 1
    assert (sent[0] in sent[1:], sent[1] in sent[2:], sent[2] in sent[3:]) == (False, False, True)


def clashing(request: Request) -> Reply:
    """A pair that clashes, the same again, and three that are none: of no kind, of one sentence, not shown."""
    tags = [tag for tag, text in request.tags.items() if "pebbles" in text][:2]
    if len(tags) < 2:
        return claiming()
    one, two = (re.search(r"keep (\d+)", request.tags[tag])[1] for tag in tags)  # type: ignore[index]
    said = f"otters of river Q{one} keep {one} pebbles, otters of river Q{two} keep {two} pebbles"
    return claiming(
        (f"Number: {said}", tags),
        (f"conclusion: {said}", tags),
        (f"colour: {said}", tags),
        (f"number: otters of river Q{one} keep {one} pebbles", tags[:1]),
        ("direction: beavers of Canada were trained by the thousand", tags),
    )


def test_a_model_finds_pairs_that_both_sentences_support(otters: Path) -> None:
    found, server, told = asked(otters, clashing, "disagree")
    assert found["pairs"] and found["engine"] == "scripted" and found["dropped"]["claims"] > 0
    for pair in found["pairs"]:
        one, two = pair["sides"]
        assert pair["kind"] == "number" and one["paper"] != two["paper"] and 0.6 <= pair["score"] <= 1
        for side in (one, two):
            assert re.search(r"keep (\d+) pebbles", side["quote"])[0] in pair["reason"]  # type: ignore[index]
    pairs = [frozenset(side["quote"] for side in pair["sides"]) for pair in found["pairs"]]
    assert len(pairs) == len(set(pairs))
    scores = [pair["score"] for pair in found["pairs"]]
    assert scores == sorted(scores, reverse=True)
    assert "asking scripted" in told and all(
        "Find pairs of sentences" in each.text for each in server.requests
    )


def test_no_pair_is_no_agreement_with_a_model_either(otters: Path) -> None:
    found, _, _ = asked(otters, lambda request: claiming(), "disagree", code=3)
    assert found["pairs"] == [] and found["sentences"] > 0


def test_pairs_that_clash_by_their_form_are_found_beside_the_models(tmp_path: Path) -> None:
    said = (
        "We found that smoking raises the risk of lung cancer.",
        "We found that smoking lowers the risk of lung cancer.",
        "We found that the smoking rate of Oslo is 12%.",
        "We found that the smoking rate of Oslo is 19%.",
    )
    records = [{"_id": f"r{n}", "title": f"Paper {n}", "text": text} for n, text in enumerate(said)]
    (tmp_path / "papers.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert ask_assistant("--library", tmp_path / "lib", "add", tmp_path / "papers.jsonl").exit_code == 0
    own = "the smoking rate of Oslo is 12% against 19%"

    def one(request: Request) -> Reply:
        return claiming((f"number: {own}", [tag_of(request, "12%"), tag_of(request, "19%")]))

    for script, told in ((one, True), (lambda request: claiming(), False)):
        found, _, _ = asked(tmp_path / "lib", script, "disagree")
        assert sorted(pair["kind"] for pair in found["pairs"]) == ["direction", "number"]
        assert any(pair["reason"] == own for pair in found["pairs"]) is told
        assert found["engine"] == "scripted"


def test_what_was_dropped_is_told(otters: Path) -> None:
    with ScriptedServer(filled) as server:
        two = keys(otters)[:2]
        told = ask_assistant(
            "--library",
            otters,
            "compare",
            *two,
            "--model",
            "scripted",
            OPENAI_BASE_URL=server.url,
            OPENAI_API_KEY="",
        )
    assert re.search(
        r"\d+ cells dropped \(\d+ times: not supported by what it points at, [^)]*\)", told.stderr
    )
    assert "tokens · price unknown" in told.stderr


@pytest.mark.parametrize("command", ["compare", "disagree"])
def test_a_model_and_none_contradict_each_other(run: Run, command: str) -> None:
    more = ("--all",) if command == "compare" else ()
    result = run(command, *more, "--model", "scripted", "--offline")
    assert result.exit_code == 2 and "contradict each other" in result.stderr
