"""chat from a pipe: questions, commands, exit codes, and what is kept."""

import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.chat.talk import Reading, Turn
from assistant.cli.chat.commands import COMMANDS
from assistant.cli.chat.room import recalled
from assistant.cli.session import show_warnings
from assistant.types import Answer
from tests.cli.running import Run, in_a_process
from tests.cli.texts import DEPTH, FRUCTAN, LOSS, OTTERS, UNKNOWN
from tests.scripted_server import ScriptedServer, failing


def sources(text: str) -> list[tuple[int, str]]:
    return [(int(number), key) for number, key in re.findall(r"^\[(\d+)\] (\w+) ·", text, re.MULTILINE)]


def test_question_and_answer_alternate_and_numbers_run_on(run: Run) -> None:
    result = run("chat", input=f"{DEPTH}\n\n  \n{FRUCTAN}\n{DEPTH}\n")
    assert result.exit_code == 0
    _, first, second, third = re.split(r"^> ", result.stdout, flags=re.MULTILINE)
    assert first.startswith(DEPTH) and "97 metres [1]." in first
    assert second.startswith(FRUCTAN) and re.search(r"61% \[\d+\]\.", second)
    assert third.startswith(DEPTH) and sources(third)[0] == (1, "lopezDeep") == sources(first)[0]
    shown = sources(result.stdout)
    assert len({number for number, _ in shown}) == len({key for _, key in shown}) >= 2
    assert result.stderr.count(" dropped ") == 3 and "Error" not in result.stderr


def test_papers_are_listed_by_all_the_words(run: Run) -> None:
    assert "bergSlow" in run("chat", input="/papers berg rye").stdout
    assert "No paper is called 'berg otters'" in run("chat", input="/papers berg otters").stdout


def test_what_is_asked_back_is_not_said_twice(run: Run) -> None:
    assert "~" not in run("chat", input="who wrote it?").stdout


def test_a_follow_up_says_how_it_is_understood(run: Run) -> None:
    result = run("chat", input=f"{DEPTH}\nwho wrote it?\n{UNKNOWN}\nwho wrote it?")
    assert result.exit_code == 3
    assert (
        "> who wrote it?\n~ Who wrote “How Deep Sea Otters Dive”?\nMaria Lopez, John Smith [1]"
        in result.stdout
    )
    assert "Which paper do you mean? The last one cited is [1] “How Deep Sea Otters Dive”." in result.stdout


def test_the_exit_code_is_that_of_the_worst_turn(run: Run) -> None:
    assert run("chat", input="").exit_code == 0
    assert run("chat", input=f"{UNKNOWN}\n{DEPTH}").exit_code == 3
    assert run("chat", input=f"{'x' * 100_001}\n{UNKNOWN}\n{DEPTH}").exit_code == 1


def test_json_is_an_object_a_turn(run: Run) -> None:
    result = run("chat", "--json", input=f"{DEPTH}\nwho wrote it?\n{'x' * 100_001}\n/sources\n{UNKNOWN}")
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["status"] for each in found] == ["answered", "answered", "failed", "abstained"]
    assert found[1]["asked"].startswith("Who wrote ") and found[1]["question"] == "who wrote it?"
    assert found[0]["references"][0]["marker"] == 1 == found[1]["references"][0]["marker"]
    assert found[2]["error"].startswith("the question is longer") and "[1] lopezDeep" in result.stderr
    assert len({each.get("session") for each in found if each["status"] != "failed"}) == 1


def test_commands(run: Run, folder: Path) -> None:
    keys = "sources|ASK|quote 1|focus 1|LOSE|unfocus|LOSE|sources|cost|papers berg|bib cited.bib|save talk.md"
    keys += "|save talk.md|undo|model offline|new|sessions|help|quit|sources"
    lines = [{"ASK": DEPTH, "LOSE": LOSS}.get(key, f"/{key}") for key in keys.split("|")]
    result = run("chat", input="\n".join(lines))
    assert result.exit_code == 3, "the otters do not say what clocks lose"
    assert "Error" not in result.stderr
    before, _, after = result.stdout.partition("Nothing is cited yet.")
    assert before == ""
    quoted = after.partition("1 paper is asked: lopezDeep.")[0]
    assert "[1] lopezDeep\n  Sea otters dive for food" in quoted and "Female otters dived less deep" in quoted
    assert {(1, "lopezDeep"), (2, "brandtPendulum")} <= set(sources(after))
    assert "Nothing: no model was asked.\nbergSlow" in after
    assert (folder / "cited.bib").read_text().count("@") == 2
    assert (folder / "talk.md").read_text().count("## ") >= 3
    assert (
        f"Taken back: {LOSS}" in after
        and "A new conversation" in after
        and "by the papers themselves" in after
    )
    assert "/quote N" in after and "Nothing is cited yet." not in after


def test_help_says_each_command_on_one_line_of_a_narrow_window(run: Run) -> None:
    lines = run("chat", input="/help", COLUMNS="60").stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("/")] == [f"/{name}" for name in COMMANDS]
    assert max(map(len, lines)) <= 60 and sum(not line.startswith("/") for line in lines) == 4


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/sorces", "there is no command /sorces; did you mean /sources?"),
        ("/zzz", "there is no command /zzz; see /help"),
        ("/quote 9", "there is no source [9]; nothing is cited yet"),
        ("/quote", "name the number of a source: /quote 1"),
        ("/open 1", "there is no source [1]"),
        ("/focus", "name papers to ask"),
        ("/focus 3", "there is no source [3]"),
        ("/focus lopezDeap", "lopezDeep"),
        ("/since soon", "name a year"),
        ("/since 3000", "no paper is selected"),
        ("/author", "name an author"),
        ("/tag", "name a tag"),
        ("/tag sea", "no paper has the tag 'sea'"),
        ("/save talk.md", "there is nothing to save yet"),
        ("/bib talk.bib", "nothing is cited yet"),
        ("/undo", "there is no turn to take back"),
        ("/retry", "there is no question to ask again"),
    ],
)
def test_a_command_that_cannot_be_done_says_what_to_do(run: Run, line: str, says: str) -> None:
    result = run("chat", input=f"{line}\n{DEPTH}")
    assert result.exit_code == 1 and result.stderr.count("Error: ") == 1
    assert says in result.stderr and "97 metres" in result.stdout


def test_a_file_that_is_there_is_not_written_over(run: Run, folder: Path) -> None:
    (folder / "talk.md").write_text("mine")
    result = run("chat", input=f"{DEPTH}\n/save talk.md\n/save talk\n/save no/talk.md\n/bib talk.md")
    assert result.exit_code == 1 and result.stderr.count("Error: ") == 4
    assert "talk.md is there already; name another file" in result.stderr
    assert (folder / "talk.md").read_text() == "mine"


def test_a_question_is_asked_again_in_place_of_its_answer(own: Run) -> None:
    own("add", "papers")
    assert own("chat", input=f"{DEPTH}\n{LOSS}\n/retry\nwho wrote it?").exit_code == 0
    found = json.loads(own("chat", "--export", "last", "--json").stdout)
    assert [turn["question"] for turn in found] == [DEPTH, LOSS, "who wrote it?"]


def test_a_question_that_failed_is_asked_again(own: Run) -> None:
    own("add", "papers")
    with ScriptedServer(failing(401)) as server:
        words = ("chat", "--model", "scripted")
        lines = f"{LOSS}\n/model offline\n/retry\n/retry\nwho wrote it?"
        result = own(*words, input=lines, OPENAI_BASE_URL=server.url, OPENAI_API_KEY="")
    assert result.exit_code == 1 and result.stderr.count("Error: ") == 1
    assert result.stdout.count("28 seconds") == 4 and "Brandt" in result.stdout
    found = json.loads(own("chat", "--export", "last", "--json").stdout)
    assert [turn["state"] for turn in found] == ["failed", "done", "done"]


def test_a_warning_is_given_once_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    library: Any = SimpleNamespace(warnings=["one", "one", "two"])
    show_warnings(library)
    assert capsys.readouterr().err == "Warning: one\nWarning: two\n" and not library.warnings


def test_of_many_papers_that_are_asked_the_first_are_named(run: Run) -> None:
    keys = [each["key"] for each in json.loads(run("papers", "--json").stdout)]
    said = run("chat", input=f"/focus {' '.join(keys[:5])}\n/focus {' '.join(keys[:4])}").stdout.splitlines()
    assert said == [
        f"5 papers are asked: {', '.join(keys[:4])} and 1 more. /unfocus asks all.",
        f"4 papers are asked: {', '.join(keys[:4])}. /unfocus asks all.",
    ]


def test_a_talk_that_is_taken_up_shows_what_came_of_its_last_question() -> None:
    nothing = Turn(Reading("Why?"), Answer("Why?", "abstained"))
    assert "The papers do not say." in recalled([nothing])
    assert "The papers do not say." not in recalled([replace(nothing, state="stopped")])


def test_a_paper_is_focused_by_its_name(own: Run, folder: Path) -> None:
    titles = {
        "one": "OtterNet: How Deep They Dive",
        "two": "OtterNet: How Far They Swim",
        "three": "Slow.jl: Rye in Cold",
    }
    for name, title in titles.items():
        (folder / f"{name}.txt").write_text(
            f"{title}\nAnna Berg, Tom Roe\n\nRye is baked from dough {name}.\n"
        )
    own("add", "one.txt", "two.txt", "three.txt")
    assert "1 paper is asked: " in own("chat", input="/focus slow").stdout
    assert "no paper has the key 'otternet'" in own("chat", input="/focus otternet").stderr


def test_bytes_that_are_no_text(run: Run) -> None:
    result = run("chat", input=b"\xff\xfe\x00 otter\n" + DEPTH.encode())
    assert result.exit_code in (0, 3)
    assert "97 metres" in result.stdout


def test_from_a_real_pipe(shared_library: Path) -> None:
    result = in_a_process("--library", shared_library, "chat", input=f"{DEPTH}\n{LOSS}\n")
    assert (result.returncode, result.stderr.count("Error")) == (0, 0)
    assert result.stdout.index("97 metres [1]") < result.stdout.index("28 seconds")


def test_a_question_from_stdin(run: Run) -> None:
    for words in ((), ("-",)):
        result = run("ask", *words, input=f"{DEPTH}\n")
        assert result.exit_code == 0 and "97 metres [1]." in result.stdout
        empty = run("ask", *words, input=" \n")
        assert empty.exit_code == 2 and "Missing argument" in empty.stderr


# what is kept


def test_conversations_are_kept_listed_found_and_taken_up(own: Run) -> None:
    own("add", "papers")
    assert own("chat", "--list").stdout == "" and own("chat", "--list").exit_code == 0
    assert own("chat", "-c", input=DEPTH).exit_code == 2
    own("chat", input=f"{DEPTH}\n{UNKNOWN}")
    own("chat", input=LOSS)
    first, second = json.loads(own("chat", "--list", "--json").stdout)
    assert (first["title"], first["turns"], second["title"], second["turns"]) == (DEPTH, 2, LOSS, 1)
    assert LOSS in own("chat", "--list").stdout
    assert json.loads(own("chat", "--find", "28 PENDULUM", "--json").stdout)[0]["id"] == second["id"]
    assert "No turn holds 'zebra'." in own("chat", "--find", "zebra").stderr
    result = own("chat", "--resume", first["id"], input=f"{LOSS}\nwho wrote [1]?")
    assert "Maria Lopez, John Smith [1]" in result.stdout
    assert dict(sources(result.stdout))[2] == "brandtPendulum"
    assert [each["turns"] for each in json.loads(own("chat", "--list", "--json").stdout)] == [1, 4]
    exported = own("chat", "--export", "last")
    assert (
        exported.exit_code == 0
        and exported.stdout.count("\n## ") == 4
        and "*Understood as: " in exported.stdout
    )
    assert own("chat", "--export", "last", "--format", "html").stdout.count("<h2>") == 4
    unknown = own("chat", "--resume", "nope", input=DEPTH)
    assert unknown.exit_code == 2 and "there is no conversation 'nope'; they are listed by" in unknown.stderr


def test_what_changed_or_went_since_is_said_and_not_quoted(own: Run, folder: Path) -> None:
    own("add", "papers")
    own("chat", input=f"{DEPTH}\n{LOSS}\n{FRUCTAN}")
    (folder / "papers" / "otters.txt").write_text(OTTERS.replace("97 metres", "79 metres"))
    own("add", "papers")
    own("papers", "remove", "brandtPendulum")
    found = json.loads(own("chat", "--export", "last", "--json").stdout)
    assert any("lopezDeep has changed: its quote is no longer in it" in line for line in found[0]["lost"])
    assert any("brandtPendulum is no longer in the library" in line for line in found[1]["lost"])
    assert found[2]["lost"] == [] and "61%" in found[2]["text"]
    assert "97 metres" not in json.dumps(found) and "28 seconds" not in json.dumps(found[1]["claims"])
    result = own("chat", "-c", input="who wrote [2]?\nwho wrote [9]?\n/quote 1\nwho wrote [1]?")
    assert (
        "[2] brandtPendulum is no longer in the library." in result.stdout and "Maria Lopez" in result.stdout
    )
    assert "There is no source [9]; there are [1] to [3]." in result.stdout
    assert "Error: [1] lopezDeep has changed: its quote is no longer in it" in result.stderr


def test_what_was_spoken_of_may_be_gone(own: Run) -> None:
    own("add", "papers")
    own("chat", input=LOSS)
    own("papers", "remove", "brandtPendulum")
    result = own("chat", "-c", input="who wrote it?")
    assert "[1] brandtPendulum is no longer in the library; name one." in result.stdout


def test_where_nothing_can_be_kept_the_talk_goes_on(own: Run, folder: Path) -> None:
    own("add", "papers")
    (folder / "library" / "sessions.db").write_bytes(b"no database" * 200)
    result = own("chat", input=f"{DEPTH}\n{LOSS}")
    assert result.exit_code == 0 and "28 seconds" in result.stdout
    assert (
        result.stderr.count("Warning: this conversation is not kept: ") == 1
        and "move it away" in result.stderr
    )
    assert own("chat", "--list").exit_code == 1


def test_a_review_counts_by_turns(own: Run) -> None:
    own("add", "papers")
    own("chat", input=f"{DEPTH}\nwho wrote it?\n{UNKNOWN}")
    page = own("chat", "--review", "last").stdout
    assert "Asked, 3 turns" in page and "authors: 1 (turn 2)" in page and "lopezDeep: 2 (turn 1, 2)" in page
    found = json.loads(own("chat", "--review", "last", "--json").stdout)
    assert [gap["turn"] for gap in found["gaps"]] == [3] and found["gaps"][0]["nearest"]
    assert {each["what"]: each["turns"] for each in found["flow"]} == {"new topic": [1, 3], "follow-up": [2]}


def test_one_way_at_a_time(run: Run) -> None:
    result = run("chat", "--list", "--find", "otter")
    assert result.exit_code == 2 and "--list and --find contradict each other" in result.stderr


def test_what_is_lost_of_all_turns_is_told_once_where_a_talk_is_taken_up() -> None:
    def turn(asked: str, *lost: str) -> Turn:
        return Turn(Reading(asked), Answer(asked, "abstained"), lost=lost)

    gone = "[1] brandtPendulum is no longer in the library"
    changed = "[2] lopezTide has changed: its quote is no longer in it"
    told = recalled([turn("one", gone), turn("two", gone, changed), turn("three")])
    assert told.startswith(f"~ {gone}\n~ {changed}\n> three\n") and told.count(gone) == 1
    assert recalled([turn("one", gone)]) == f"> one\n~ {gone}"
