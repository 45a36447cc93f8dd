"""``assistant check``: its JSON, its lines, exit codes, and bad drafts."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Run, in_a_process

SENTENCE = {"line", "text", "cites", "verdict", "kind", "support", "best_quote", "better_paper"}
VERDICTS = {"supported", "not-shown", "wrong", "not-in-library", "no-citation-needed"}
GOOD = "The deepest dive of a sea otter reached 97 metres [@lopezDeep]."
BAD = "The deepest dive of a sea otter reached 212 metres [@lopezDeep]."
VAGUE = "Sea otters were hunted for their fur until the treaty of 1911 [@lopezDeep]."
ELSEWHERE = "Slow fermentation lowered the fructan content of rye bread by 61% [@lopezDeep]."


def draft(text: str | bytes, name: str = "draft.md") -> Path:
    path = Path(name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def document(run: Run, *words: Any, code: int = 0) -> Any:
    result = run("check", *words, "--json")
    assert (result.exit_code, result.stderr) == (code, "")
    return json.loads(result.stdout)


def test_the_shape_of_its_json(run: Run) -> None:
    text = f"{GOOD}\n\n{BAD}\n{ELSEWHERE} We follow [@lopezDeep]. Bees dance in circles [@frisch1927].\n"
    made = document(run, draft(text), code=3)
    assert made["file"] == "draft.md"
    assert [(s["line"], s["verdict"]) for s in made["sentences"]] == [
        (1, "supported"),
        (3, "wrong"),
        (4, "wrong"),
        (4, "no-citation-needed"),
        (4, "not-in-library"),
    ]
    assert made["counts"] == {
        "supported": 1, "wrong": 2, "no-citation-needed": 1, "not-in-library": 1
    }  # fmt: skip
    assert [s["kind"] for s in made["sentences"]] == [None, "figure", "wrong-paper", None, None]
    assert made["checkable"] == 0.75
    for sentence in made["sentences"]:
        assert sentence.keys() >= SENTENCE
        assert sentence["verdict"] in VERDICTS
        if quote := sentence["quote"]:
            text = json.loads(run("papers", "show", quote["paper"], "--json").stdout)["text"]
            assert text[quote["start"] : quote["end"]] == quote["quote"] == sentence["best_quote"]
    assert "97 metres" in made["sentences"][0]["best_quote"]
    assert made["sentences"][2]["better_paper"] == "bergSlow"
    assert [work["key"] for work in made["absent"]] == ["frisch1927"]


def test_a_report_and_its_exit_code(run: Run) -> None:
    result = run("check", draft(f"{GOOD}\n\n{BAD}\n{VAGUE}\n"))
    assert result.exit_code == 3
    assert "draft.md:3" in result.stdout and "wrong: says 212" in result.stdout
    assert "draft.md:1" not in result.stdout and "draft.md:4" not in result.stdout
    assert "3 cited: 1 supported, 1 not-shown, 1 wrong · 100% could be checked" in result.stderr
    every = run("check", "draft.md", "--all").stdout
    assert all(f"draft.md:{line}" in every for line in (1, 3, 4))


def test_what_the_papers_do_not_show_is_no_failure(run: Run) -> None:
    result = run("check", draft(f"{GOOD} {VAGUE}\n"))
    assert (result.exit_code, result.stdout) == (0, "draft.md: nothing found wrong.\n")


def test_lines_for_an_editor(run: Run) -> None:
    result = run("check", draft(f"{GOOD}\n\n{BAD}\n{VAGUE}\n"), "--format", "lines")
    assert (result.exit_code, result.stderr) == (3, "")
    assert [line.partition(": says")[0] for line in result.stdout.splitlines()] == ["draft.md:3: wrong"]
    every = run("check", "draft.md", "--format", "lines", "--all").stdout
    assert [line.partition(" (")[0] for line in every.splitlines()][1:] == ["draft.md:4: not-shown"]
    fine = run("check", draft(GOOD), "--format", "lines")
    assert (fine.exit_code, fine.stdout) == (0, "")


def test_a_draft_of_which_nothing_can_be_checked_is_a_fault(run: Run) -> None:
    result = run("check", draft("Bees dance in circles [@frisch1927]."))
    assert (result.exit_code, "frisch1927" in result.stdout) == (1, True)
    assert "of the 1 works that draft.md cites none is in the library: add them" in result.stderr


def test_how_much_must_be_checkable(run: Run) -> None:
    some = f"{GOOD} Bees dance in circles [@frisch1927].\n"
    assert run("check", draft(some), "--least", "0.5").exit_code == 0
    result = run("check", "draft.md", "--least", "0.6")
    assert (result.exit_code, "50% could be checked, less than --least 0.6" in result.stderr) == (1, True)
    assert run("check", draft(some + BAD), "--least", "1").exit_code == 3
    assert run("check", "draft.md", "--least", "2").exit_code == 2


def test_a_latex_draft_by_its_own_keys(run: Run) -> None:
    draft("@article{bees, doi={10.1234/BEES}}", "refs.bib")
    draft("@article{herons, title={Night Herons Hunt under Street Lamps}}", "more.bib")
    text = (
        "Of the displaced honeybees 84\\% returned to the hive within an hour~\\cite{bees}.\n\\input{gone}\n"
    )
    text += "Herons caught 2.4 times as many fish under white lamps \\citep{herons}.\n\\bibliography{refs}\n"
    made = document(run, draft(text, "draft.tex"), "--bib", "more.bib")
    assert [(s["cites"], s["verdict"]) for s in made["sentences"]] == [
        (["carvalho2019Honeybees"], "supported"),
        (["vries2023Night"], "supported"),
    ]
    assert made["warnings"] == ["draft.tex:2: gone was not read (there is no such file)"]
    told = run("check", "draft.tex")
    assert "Warning: draft.tex:2: gone was not read" in told.stderr


def test_a_plain_draft_by_author_and_year(run: Run) -> None:
    text = "Of the displaced honeybees 84% returned to the hive (Carvalho and Tanaka, 2019).\n"
    assert document(run, draft(text, "draft.txt"))["sentences"][0]["cites"] == ["carvalho2019Honeybees"]


def test_suggestions_do_not_fail(run: Run) -> None:
    text = "Slow fermentation lowered the fructan content of rye bread by 61%."
    made = document(run, draft(text), "--suggest")
    assert [s["papers"] for s in made["suggestions"]] == [["bergSlow"]]
    assert made["sentences"] == [] and document(run, draft(text))["suggestions"] == []


@pytest.mark.parametrize("text", ["", "\n\n", "# Heading\n", b"\xef\xbb\xbf"])
def test_an_empty_draft(run: Run, text: str | bytes) -> None:
    result = run("check", draft(text))
    assert (result.exit_code, result.stdout) == (0, "draft.md holds no sentence.\n")
    assert document(run, "draft.md")["sentences"] == []


def test_a_draft_that_cites_nothing(run: Run) -> None:
    result = run("check", draft("Otters rest. So do we."))
    assert (result.exit_code, result.stdout) == (0, "No sentence of draft.md cites anything.\n")


def test_a_draft_in_latin_1(run: Run) -> None:
    text = "Wie Müller weiß: the deepest dive of a sea otter reached 97 metres [@lopezDeep].".encode(
        "latin-1"
    )
    assert document(run, draft(text))["sentences"][0]["text"].startswith("Wie Müller weiß")


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("draft.docx", "x", 2, "is not a draft that can be read; its name must end in .md"),
        ("draft.md", bytes(range(32)) * 99, 1, "is not a text file, whatever its name says"),
    ],
)
def test_what_is_no_draft(run: Run, name: str, content: str | bytes, code: int, said: str) -> None:
    result = run("check", draft(content, name))
    assert (result.exit_code, result.stdout, said in result.stderr) == (code, "", True)
    assert result.stderr.count("\n") == 1


def test_no_such_file(run: Run) -> None:
    result = run("check", "none.md")
    assert (result.exit_code, "does not exist" in result.stderr) == (2, True)


def test_an_empty_library(folder: Path) -> None:
    (folder / "none.txt").touch()
    assert in_a_process("--library", "new", "add", "none.txt").returncode == 1
    draft(GOOD)
    result = in_a_process("--library", "new", "check", "draft.md")
    assert (result.returncode, result.stdout) == (1, "")
    assert "holds no papers yet" in result.stderr
