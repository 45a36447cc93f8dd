"""Where a setting comes from: flag, environment, assistant.toml, default."""

import json
from pathlib import Path

import pytest

from assistant import config
from assistant.cli import main
from assistant.cli.app import _fields
from tests.cli.running import Run, ask_assistant
from tests.cli.texts import DEPTH, write_papers


def settings(text: str, file: str = "assistant.toml") -> None:
    Path(file).write_text(text, encoding="utf-8")


@pytest.fixture
def libraries(folder: Path) -> None:
    """Empty libraries named after who chooses them."""
    (folder / "none.txt").touch()
    for name in ("flag", "variable", "file", "other", "library"):
        assert ask_assistant("--library", name, "add", "none.txt").exit_code == 1


def opened(*words: str, **environ: str) -> str:
    return str(json.loads(ask_assistant(*words, "status", "--json", **environ).stdout)["library"])


def test_order_of_the_library(libraries: None) -> None:
    assert opened() == "library"
    settings('library = "file"')
    assert opened() == "file"
    assert opened(ASSISTANT_LIBRARY="variable") == "variable"
    assert opened("--library", "flag", ASSISTANT_LIBRARY="variable") == "flag"


def test_another_file_by_flag_or_variable(libraries: None) -> None:
    settings('library = "file"')
    settings('library = "other"', "other.toml")
    assert opened("--config", "other.toml") == "other"
    assert opened(ASSISTANT_CONFIG="other.toml") == "other"


def test_paths_in_a_file_count_from_its_folder(libraries: None, folder: Path) -> None:
    (folder / "sub").mkdir()
    settings('library = "../file"', "sub/my.toml")
    assert Path(opened("--config", "sub/my.toml")).resolve() == folder / "file"
    settings(f'library = "{folder}/other"', "sub/my.toml")
    assert opened("--config", "sub/my.toml") == str(folder / "other")


def test_order_of_a_commands_option(run: Run) -> None:
    def form(*words: str, **environ: str) -> str:
        text = run("ask", *words, DEPTH, **environ).stdout
        return {"#": "markdown", "{": "json", "<": "html", "@": "bibtex"}.get(text[0], "text")

    assert form() == "text"
    settings('[ask]\nformat = "markdown"')
    assert form() == "markdown"
    assert form(ASSISTANT_ASK_FORMAT="html") == "html"
    assert form("--format", "bibtex", ASSISTANT_ASK_FORMAT="html") == "bibtex"
    settings("[ask]\njson = true")
    assert (form(), form("--format", "html")) == ("json", "html")


def test_a_nested_command_and_a_list(run: Run) -> None:
    settings('[papers.export]\noutput = "out.bib"\n[ask]\npaper = ["bergSlow"]')
    assert run("papers", "export").stdout == ""
    assert "@misc{bergSlow" in Path("out.bib").read_text(encoding="utf-8")
    cited = json.loads(run("ask", "--json", DEPTH).stdout)["references"]
    assert {reference["key"] for reference in cited} <= {"bergSlow"}
    assert run("papers", "export", ASSISTANT_PAPERS_EXPORT_OUTPUT="-").stdout.startswith("@")


def test_settings_of_the_embedder_reach_it(folder: Path) -> None:
    papers = write_papers(folder / "papers")
    settings('weights = "no-such-folder"')
    result = ask_assistant("add", papers)
    assert result.exit_code == 1
    assert "no-such-folder" in result.stderr and result.stderr.count("\n") == 1
    settings('cache = "my-cache"\nthreads = 1')
    assert ask_assistant("add", papers).exit_code == 0
    assert list((folder / "my-cache").iterdir())
    assert ask_assistant("add", papers, ASSISTANT_THREADS="0").exit_code == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('libary = "x"', "assistant.toml: there is no setting 'libary'; did you mean library?"),
        ("[asks]\nlimit = 3", "assistant.toml: there is no setting 'asks'; did you mean ask?"),
        ("[ask]\nlimit = 3", "assistant.toml [ask]: there is no setting 'limit'; there are author, cache, fast"),
        ("[papers.all]\njson = true", "assistant.toml [papers]: there is no setting 'all'; there are author"),
        ("library = 3", "assistant.toml: library must be text in quotes"),
        ("threads = true", "assistant.toml: threads must be a whole number"),
        ("[ask]\npassages = [3]", "assistant.toml [ask]: passages must be a whole number"),
        ("[ask]\nstrict = 1", "assistant.toml [ask]: strict must be true or false"),
        ('[ask]\npaper = "lezo"', "assistant.toml [ask]: paper must be a list"),
        ("ask = 3", "assistant.toml: ask must be a table"),
        ('[model]\nmodel = "x"', "assistant.toml [model]: there is no setting 'model'; there are base_url, context"),
        ("[model]\ncontext = 0", "context of the model must be at least 1, not 0"),
        ("[model]\ntimeout = -1.5", "timeout of the model must be at least 0.001, not -1.5"),
        ("[ask]\nmax_cost = true", "assistant.toml [ask]: max_cost must be a number"),
        ("help = true", "assistant.toml: there is no setting 'help'"),
        ("threads = [", "assistant.toml cannot be read as TOML ("),
        ("[search]\nlimit = 0", "in the settings file: Invalid value for '--limit': 0 is not in the range x>=1."),
        ('[search]\nlimit = "0"', "assistant.toml [search]: limit must be a whole number"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_one_line(text: str, line: str) -> None:
    settings(text)
    result = ask_assistant("search", "x")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {line}")
    assert result.stderr.count("\n") == 1


def test_a_file_that_is_not_text(folder: Path) -> None:
    (folder / "assistant.toml").write_bytes(b"\xff\xfe\x00")
    assert ask_assistant("status").stderr.startswith("Error: assistant.toml cannot be read as TOML")
    assert ask_assistant("--config", folder, "status").exit_code == 2


def test_help_comes_even_with_a_wrong_file() -> None:
    settings("nonsense = [")
    assert ask_assistant("--help").exit_code == 0


def test_every_field_of_config_is_a_setting() -> None:
    fields = _fields(main)
    assert set(config.Config.__dataclass_fields__) == {"model", "server"} | {
        name for name, kind in fields.items() if kind in (str, int)
    }
    of_one_run = {"max_cost", "log", "replay_known", "distrusted"}
    assert set(config.MODEL) | of_one_run == set(config.ModelConfig.__dataclass_fields__)
    assert set(config.SERVER) == set(config.ServerConfig.__dataclass_fields__)
    assert set(config.PATHS) < set(fields)
