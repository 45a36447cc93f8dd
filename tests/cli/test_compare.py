"""``compare`` and ``disagree``: what is chosen, what is printed in which form, and the exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import Run, ask_assistant

RAISES = "Kelp raises the oxygen of coastal water at night."
LOWERS = "At night kelp lowers the oxygen of coastal water."


@pytest.fixture(scope="session")
def at_odds(environment: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two papers that contradict each other."""
    home = tmp_path_factory.mktemp("odds")
    records = [
        {"title": f"Kelp {n}", "abstract": text}
        for n, text in (("by Night", RAISES), ("Reconsidered", LOWERS))
    ]
    (home / "kelp.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert ask_assistant("--library", home / "library", "add", home / "kelp.jsonl").exit_code == 0
    return home / "library"


def keys(run: Run) -> list[str]:
    return [paper["key"] for paper in json.loads(run("papers", "--json").stdout)]


def test_compare_prints_what_the_contract_says(run: Run) -> None:
    one, two = keys(run)[:2]
    result = run("compare", one, two, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["aspects"] == ["task", "method", "data", "size", "result", "code"] and "seconds" in found
    assert [row["paper"] for row in found["rows"]] == [one, two]
    for row in found["rows"]:
        text = json.loads(run("papers", "show", row["paper"], "--json").stdout)["text"]
        for cell in row["cells"]:
            assert cell.keys() == {"aspect", "value", "citations"}
            assert bool(cell["citations"]) == (cell["value"] is not None)
            for each in cell["citations"]:
                assert text[each["start"] : each["end"]] == each["quote"] and each["verified"] is True
                assert each["paper"] == row["paper"]


@pytest.mark.parametrize(
    "form, opens", [("markdown", "# Comparison of 5 papers"), ("html", "<!doctype"), ("latex", "% needs")]
)
def test_each_form_is_printed(run: Run, form: str, opens: str) -> None:
    result = run("compare", "--all", "--format", form)
    assert result.exit_code == 0 and result.stdout.startswith(opens)


def test_csv_is_a_line_a_paper(run: Run) -> None:
    result = run("compare", "--all", "--format", "csv")
    assert len(list(csv.reader(io.StringIO(result.stdout)))) == 1 + len(keys(run))
    assert "5 papers" in result.stderr


def test_a_topic_chooses_papers(run: Run) -> None:
    found = json.loads(run("compare", "--topic", "diving of sea otters", "--json").stdout)
    assert found["topic"] == "diving of sea otters" and "otter" in found["references"][0]["title"].lower()
    assert len(found["rows"]) < len(keys(run))


def test_a_topic_of_no_paper_is_not_answered(run: Run) -> None:
    result = run("compare", "--topic", "superconducting qubits", "--json")
    assert result.exit_code == 3 and json.loads(result.stdout)["rows"] == []


def test_a_free_aspect_is_asked_of_each_paper(run: Run) -> None:
    result = run("compare", "--all", "--aspects", "deepest dive, deepest dive", "--json")
    found = json.loads(result.stdout)
    assert found["aspects"] == ["deepest dive"]
    said = [cell["value"] for row in found["rows"] for cell in row["cells"] if cell["value"]]
    assert said == ["The deepest dive of a sea otter reached 97 metres"]


@pytest.mark.parametrize(
    "words, said",
    [
        ([], "name two papers or more, or give --topic TEXT or --all"),
        (["KEY"], "two papers or more can be compared"),
        (["KEY", "KEY"], "two papers or more can be compared"),
        (["KEY", "--all"], "keys and --all contradict each other"),
        (["--all", "--topic", "otters"], "--topic and --all contradict each other"),
        (["--all", "--aspects", " , "], "--aspects names none"),
        (["--topic", " "], "it is empty"),
        (["--all", "--json", "--format", "csv"], "contradict each other"),
    ],
)
def test_what_cannot_be_compared(run: Run, words: list[str], said: str) -> None:
    result = run("compare", *[keys(run)[0] if word == "KEY" else word for word in words])
    assert result.exit_code == 2 and said in result.stderr and not result.stdout


def test_an_unknown_key_names_the_nearest(run: Run) -> None:
    known = keys(run)[0]
    result = run("compare", known, f"{known}x")
    assert result.exit_code == 2 and f"did you mean {known}" in result.stderr


def test_disagree_prints_what_the_contract_says(at_odds: Path) -> None:
    result = ask_assistant("--library", at_odds, "disagree", "--json")
    assert result.exit_code == 0
    (pair,) = json.loads(result.stdout)["pairs"]
    assert pair["kind"] == "direction" and 0.5 < pair["score"] <= 1
    assert [side["quote"] for side in pair["sides"]] == [RAISES, LOWERS]
    assert len({side["paper"] for side in pair["sides"]}) == 2


def test_disagree_shows_both_sides(at_odds: Path) -> None:
    result = ask_assistant("--library", at_odds, "disagree", "--topic", "oxygen in kelp forests")
    assert result.exit_code == 0 and RAISES in result.stdout and LOWERS in result.stdout
    assert "1 pair among 2 sentences of 2 papers" in result.stderr


def test_no_disagreement_is_no_agreement(run: Run) -> None:
    result = run("disagree")
    assert result.exit_code == 3 and "no sign that they agree" in " ".join(result.stdout.split())
    assert json.loads(run("disagree", "--json").stdout)["pairs"] == []


def test_one_paper_has_nobody_to_disagree_with(folder: Path) -> None:
    (folder / "one.txt").write_text(f"Kelp by Night\n\n{RAISES}", encoding="utf-8")
    assert ask_assistant("add", folder / "one.txt").exit_code == 0
    result = ask_assistant("disagree")
    assert result.exit_code == 2 and "two papers or more can be compared" in result.stderr
