"""A suite asked: what is kept when a run is ended, and what a result file gives back."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Answer, Library
from assistant.errors import ModelError
from eval import commands, run, shelves
from eval.scorers import outcome
from eval.suite import Case
from tests.eval.conftest import ROWS


class Counting:
    """A library that counts what it is asked, and is killed at one question."""

    def __init__(
        self, library: Library, fails: str = "", error: type[BaseException] = KeyboardInterrupt
    ) -> None:
        self.library, self.fails, self.error = library, fails, error
        self.asked: list[str] = []

    def ask(self, question: str, model: str | None = None) -> Answer:
        if question == self.fails:
            raise self.error("gone")
        self.asked.append(question)
        return self.library.ask(question)

    def __getattr__(self, name: str) -> object:
        return getattr(self.library, name)


def test_a_run_that_was_killed_goes_on(asked: list[Case], shelf: Library, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    killed, second = Counting(shelf, fails=asked[1].question), Counting(shelf)
    with pytest.raises(KeyboardInterrupt):
        list(run.asked(killed, asked, kept, "same"))  # type: ignore[arg-type]
    kept.write_text(kept.read_text() + '{"id": "b", "sta')  # killed while it wrote
    found = list(run.asked(second, asked, kept, "same"))  # type: ignore[arg-type]
    assert killed.asked == [asked[0].question]
    assert second.asked == [each.question for each in asked[1:]]
    assert [each.id for each in found] == ["a", "b", "c"] and found[0].said and found[2].is_refused
    third = Counting(shelf)
    assert list(run.asked(third, asked, kept, "same")) == found and third.asked == []  # type: ignore[arg-type]


def test_two_processes_answer_as_one_does(asked: list[Case], shelf: Library, tmp_path: Path) -> None:
    one, two = (list(run.asked(shelf, asked, tmp_path / str(n), "x", processes=n)) for n in (1, 2))
    assert [replace(each, seconds=0) for each in one] == [replace(each, seconds=0) for each in two]
    assert (
        (tmp_path / "1").read_text().count("\n") == (tmp_path / "2").read_text().count("\n") == 1 + len(asked)
    )


def test_what_is_kept_counts_for_the_same_code_and_cases_alone(
    asked: list[Case], shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(run.asked(shelf, asked[2:], tmp_path / "kept", "same"))
    other = Counting(shelf)
    list(run.asked(other, asked[2:], tmp_path / "kept", "other"))  # type: ignore[arg-type]
    assert other.asked == [asked[2].question]
    same = run._same(asked, None)
    assert same == run._same(list(asked), None)
    assert same != run._same(asked, "some-model") and same != run._same(asked[1:], None)
    monkeypatch.setattr(shelves, "code", lambda parts: "changed")
    assert same != run._same(asked, None)


def test_a_hash_of_the_code_changes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("assistant/read", "assistant/show", "prompts", "eval"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "x.py").write_text("1")
    monkeypatch.setattr(shelves, "ROOT", tmp_path / "eval")
    whole, part = shelves.code(()), shelves.code(("read",))
    (tmp_path / "assistant/show/x.py").write_text("2")
    assert shelves.code(()) != whole and shelves.code(("read",)) == part
    (tmp_path / "assistant/read/x.py").write_text("2")
    assert shelves.code(("read",)) != part
    whole = shelves.code(())
    (tmp_path / "prompts/x.py").write_text("2")
    assert shelves.code(()) != whole


def test_a_follow_up_is_asked_after_what_was_before(asked: list[Case], shelf: Library) -> None:
    case = replace(asked[1], question="who wrote it?", before=(asked[0].question, asked[1].question))
    assert run.ask(shelf, case).text != run.ask(shelf, replace(case, before=())).text


def test_a_fault_of_the_model_is_an_outcome(asked: list[Case], shelf: Library) -> None:
    down = Counting(shelf, fails=asked[0].question, error=ModelError)
    found = run.ask(down, asked[0])  # type: ignore[arg-type]
    assert found.status == "failed" and found.text == "gone" and found.said == ()
    values = outcome(asked[0], found).values
    assert (values["some sentence answers"], values["refused, answerable"]) == (0, 0)


@pytest.fixture
def made(
    asked: list[Case], shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[run.Run]:
    monkeypatch.setattr(shelves, "KEPT", tmp_path / "kept")
    said: list[tuple[int, int]] = []
    yield run.run("otters", shelf, asked, progress=lambda done, of: said.append((done, of)))
    assert said == [(1, 3), (2, 3), (3, 3)]


def test_a_result_gives_back_the_run(made: run.Run, tmp_path: Path) -> None:
    path = run.save(made, tmp_path)
    assert path.name == f"{made.commit}-otters.json"
    assert run.load(path) == made and made.outcomes[0].values["some sentence answers"] == 1
    assert not list((tmp_path / "kept").iterdir())  # nothing is left to go on with


def test_a_file_that_is_no_result_is_named(tmp_path: Path) -> None:
    for text in ("{}", "[]", "no"):
        (tmp_path / "x").write_text(text)
        with pytest.raises(ValueError, match="x is no result of eval run"):
            run.load(tmp_path / "x")


def test_a_suite_of_ones_own_over_ones_own_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shelves, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(run, "RESULTS", tmp_path)
    (tmp_path / "otters.md").write_text("# Otters at Sea\n\nOtters sort pebbles in 31 of 40 dives.\n")
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([tmp_path / "otters.md"])
    (tmp_path / "my.jsonl").write_text(json.dumps(ROWS[0] | {"gold": [], "relevant": []}))
    words = ["--library", str(tmp_path / "library"), "--suite", str(tmp_path / "my.jsonl")]
    commands.run_(_parsed(words))
    assert "my, 1 cases" in capsys.readouterr().out
    assert [path.suffix for path in sorted(tmp_path.glob("*-my.*"))] == [".html", ".json"]
    with pytest.raises(SystemExit, match="my has no case in its test half; ask without --half"):
        commands.run_(_parsed([*words, "--half", "test"]))
    (tmp_path / "my.jsonl").write_text("{}\n")
    with pytest.raises(SystemExit, match=r"my.jsonl:1: lacks id, kind, papers, question"):
        commands.run_(_parsed(words))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "no suite is called nonsense; there are seeds"),
        ([__file__], "a file needs --library"),
        (["--library", ".", "seeds"], "--library asks one suite of your own"),
        (["--library", "."], "--library asks one suite of your own"),
    ],
)
def test_what_cannot_be_asked_is_refused(words: list[str], said: str) -> None:
    with pytest.raises(SystemExit, match=said):
        commands.run_(_parsed(words))


@pytest.mark.parametrize("words", [["--draw", "0"], ["--draw", "few"], ["--processes", "-1"]])
def test_a_number_of_nothing_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        _parsed(words)
    assert "must be a number from 1 on" in capsys.readouterr().err


def test_a_suite_whose_papers_are_not_here_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(commands.shelves, "ACL", tmp_path / "acl.gz")
    with pytest.raises(SystemExit, match=r"the papers of abstracts are not here: .*acl.gz"):
        commands.run_(_parsed(["abstracts", "--haystack", "10"]))


def _parsed(words: list[str]) -> object:
    parser = commands.ArgumentParser()
    commands.takes_run(parser)
    return parser.parse_args(words)
