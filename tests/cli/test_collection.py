"""add, status, papers, reindex: what goes in, what is there, what goes out."""

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from assistant.embed.minilm import NAME
from assistant.text.people import family_and_given
from tests.cli.running import Run, Terminal, ask_assistant
from tests.cli.texts import BREAD, DEPTH, PAPERS, write_papers

PAPER = {
    *{"key", "id", "title", "handle", "authors", "year", "venue", "doi", "arxiv", "url", "abstract"},
    *{"source", "file", "pages", "passages", "tags", "text"},
}


def document(run: Run, *words: Any, code: int = 0) -> Any:
    """The one JSON document on stdout."""
    result = run(*words, "--json")
    assert (result.exit_code, result.stderr) == (code, "")
    return json.loads(result.stdout)


def states(added: dict[str, Any]) -> dict[str, str]:
    return {os.path.basename(file["path"]): file["state"] for file in added["files"]}


def test_add_then_again_then_a_change(own: Run) -> None:
    first = document(own, "add", "papers")
    counts = {"papers_added", "papers_updated", "passages"}
    assert first.keys() == counts | {"files", "missing", "pruned", "seconds"}
    assert set(states(first).values()) == {"added"}
    assert (first["papers_added"], first["papers_updated"], first["passages"]) == (PAPERS, 0, PAPERS)
    otters = next(file for file in first["files"] if file["path"].endswith("otters.txt"))
    assert otters["papers"] == ["lopezDeep"] and otters["state"] == "added" and otters["error"] is None

    again = document(own, "add", "papers")
    assert set(states(again).values()) == {"unchanged"}
    assert (again["papers_added"], again["passages"]) == (0, 0)

    Path("papers/bread.txt").write_text(BREAD.replace("61%", "62%"), encoding="utf-8")
    changed = document(own, "status")
    assert [file["state"] for file in changed["files"]].count("changed") == 1
    updated = document(own, "add", "papers")
    assert states(updated)["bread.txt"] == "updated"
    assert (updated["papers_added"], updated["papers_updated"]) == (0, 1)
    assert "62%" in document(own, "papers", "show", "bergSlow")["text"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(own: Run) -> None:
    Path("papers/garbage.pdf").write_bytes(bytes(range(256)) * 20)
    Path("papers/empty.txt").touch()
    added = document(own, "add", "papers", code=1)
    assert {name for name, state in states(added).items() if state == "failed"} == {
        "garbage.pdf",
        "empty.txt",
    }
    assert all(file["error"] for file in added["files"] if file["state"] == "failed")
    assert added["papers_added"] == PAPERS
    assert document(own, "ask", DEPTH)["status"] == "answered"

    told = own("add", "papers")
    assert told.exit_code == 1
    lines = told.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == ["failed", "failed"]
    assert lines[-1].startswith("6 files: 2 failed, 4 unchanged · 0 papers added · 0 passages · ")

    known = {os.path.basename(file["path"]): file for file in document(own, "status")["files"]}
    assert (known["garbage.pdf"]["state"], known["otters.txt"]["state"]) == ("failed", "ok")
    assert known["empty.txt"]["error"] == "the file is empty"
    assert "failed: " in own("status").stdout and "the file is empty" in own("status").stdout


def test_a_folder_without_papers(own: Run) -> None:
    Path("nothing").mkdir()
    Path("nothing/picture.png").touch()
    refused = own("add", "nothing")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "nothing to add in nothing (1 .png): readable are ." in refused.stderr
    assert not Path("library").exists()


def test_what_is_not_read_is_named_by_kind(own: Run) -> None:
    for name in ("f.PNG", *(f"{letter}.png" for letter in "edcba"), "notes.doc", "Makefile"):
        Path("papers", name).touch()
    for _ in range(2):  # the second time as the first
        told = own("add", "papers")
        assert told.exit_code == 0
        assert [line for line in told.stdout.splitlines() if line.startswith("skipped")] == [
            "skipped: 1 file without a suffix (Makefile): no reader for this kind of file",
            "skipped: 1 .doc (notes.doc): no reader for this kind of file",
            "skipped: 6 .png (a.png, b.png, c.png, d.png, e.png and 1 more): no reader for this kind of file",
        ]
        assert " skipped" in told.stdout.splitlines()[-1]
    assert "skipped: 6 .png (a.png, " in " ".join(own("status").stdout.split())
    named = document(own, "add", "papers/notes.doc", code=1)["files"]
    assert named[0]["state"] == "failed" and "readable are ." in named[0]["error"]
    assert states(document(own, "add", "papers"))["notes.doc"] == "skipped"
    Path("papers/notes.doc").unlink()
    own("add", "papers")
    assert "notes.doc" not in own("status").stdout


def test_an_empty_library(own: Run) -> None:
    Path("empty.txt").touch()
    own("add", "empty.txt")
    assert document(own, "papers") == []
    assert own("papers").stderr == "No papers yet; add some with: assistant add PATH\n"
    assert document(own, "status")["papers"] == 0
    assert own("papers", "export").stdout.strip() == ""
    assert own("reindex").exit_code == 0
    for words in (["ask", "x"], ["search", "x"], ["ask", "x", "--json"]):
        result = own(*words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert (
            result.stderr == "Error: library holds no papers yet; run: assistant --library library add PATH\n"
        )


def test_status(own: Run) -> None:
    own("add", "papers")
    status = document(own, "status")
    assert {"library", "papers", "passages", "embedder", "bytes", "files", "indexes"} <= status.keys()
    assert (status["library"], status["papers"], status["passages"]) == ("library", PAPERS, PAPERS)
    assert status["embedder"] == NAME and status["bytes"] > 10_000
    assert set(status["indexes"].values()) == {"ok"}
    assert status["files"][0].keys() == {"path", "state", "papers", "error", "warnings"}

    Path("papers/clocks.txt").unlink()
    text = own("status").stdout
    assert f"missing: {Path('papers/clocks.txt').resolve()}" in " ".join(text.split())
    assert "4: 1 missing, 3 ok" in text


def test_verify_reads_files_and_index_again(own: Run) -> None:
    own("add", "papers")
    bread = Path("papers/bread.txt")
    before = bread.stat()
    bread.write_text(BREAD.replace("61%", "62%"), encoding="utf-8")
    os.utime(bread, ns=(before.st_atime_ns, before.st_mtime_ns))
    os.utime("papers/otters.txt")  # touched, and yet the same
    known = {
        verify: {os.path.basename(f["path"]): f["state"] for f in document(own, "status", *verify)["files"]}
        for verify in ((), ("--verify",))
    }
    assert (known[()]["bread.txt"], known[()]["otters.txt"]) == ("ok", "changed")
    assert (known["--verify",]["bread.txt"], known["--verify",]["otters.txt"]) == ("changed", "ok")


def test_papers_and_show(run: Run) -> None:
    listed = document(run, "papers")
    assert len(listed) == PAPERS
    assert all(paper.keys() == PAPER - {"text", "abstract"} for paper in listed)
    for paper in listed:
        shown = document(run, "papers", "show", paper["key"])
        assert shown.keys() == PAPER | {"sources", "fields"}
        assert {name: shown[name] for name in paper} == paper
        assert shown["text"].startswith(shown["title"])
        assert shown["source"].keys() >= {"file", "start", "end"}
    bees = document(run, "papers", "show", "carvalho2019Honeybees")
    assert (bees["year"], bees["doi"], bees["authors"]) == (
        2019,
        "10.1234/bees",
        ["Ines Carvalho", "Jun Tanaka"],
    )

    text = run("papers").stdout
    assert all(paper["key"] in text for paper in listed)
    text = run("papers", "show", "lopezDeep").stdout
    assert "How Deep Sea Otters Dive" in text and "Maria Lopez, John Smith" in text


def test_an_unknown_key_names_the_nearest(run: Run) -> None:
    for words in (["papers", "show"], ["papers", "remove"], ["summarize"], ["ask", "x", "--paper"]):
        result = run(*words, "lopezDeap")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "Error: no paper has the key 'lopezDeap'; did you mean lopezDeep?\n"
    assert run("papers", "show", "zzzz").stderr.endswith("list the keys with: assistant papers\n")


def test_remove(own: Run) -> None:
    own("add", "papers")
    assert own("papers", "remove", "bergSlow", "nobody").exit_code == 2
    assert len(document(own, "papers")) == PAPERS
    assert document(own, "papers", "remove", "bergSlow", "lopezDeep", "bergSlow") == {
        "removed": ["bergSlow", "lopezDeep"]
    }
    assert own("papers", "remove", "brandtPendulum").stdout == "removed brandtPendulum\n"
    assert len(document(own, "papers")) == PAPERS - 3
    assert not [hit for hit in document(own, "search", DEPTH) if hit["paper"] == "lopezDeep"]
    assert set(document(own, "status")["indexes"].values()) == {"ok"}
    assert Path("papers/otters.txt").exists()


def test_reindex_brings_back_what_was_derived(own: Run) -> None:
    own("add", "papers")
    before = document(own, "search", DEPTH)
    for folder in Path("library").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    rebuilt = document(own, "reindex", "--embedder", NAME)
    assert (rebuilt["papers"], rebuilt["indexes"]) == (PAPERS, {"full text": "ok", "vectors": "ok"})
    assert document(own, "search", DEPTH) == before
    assert own("reindex").stdout.startswith("library ")


def test_the_embedder_of_the_help_is_there() -> None:
    assert f"{NAME}," in " ".join(ask_assistant("reindex", "-h").stdout.split())


def keys(run: Run, *words: Any) -> list[str]:
    """The first column of what a script reads."""
    result = run("papers", *words)
    assert result.exit_code == 0
    return [line.split("\t")[0] for line in result.stdout.splitlines()]


def test_a_script_reads_a_line_a_paper(run: Run, own: Run) -> None:
    rows = [line.split("\t") for line in run("papers").stdout.splitlines()]
    assert all(len(row) == 4 for row in rows) and len(rows) == PAPERS
    assert [
        "carvalho2019Honeybees",
        "2019",
        "Honeybees Return by Polarised Light",
        "Ines Carvalho, Jun Tanaka",
    ] in rows
    assert ["lopezDeep", "", "How Deep Sea Otters Dive", "Maria Lopez, John Smith"] in rows
    title = "Voles\tdig\x1b[2J \x07deep\r\nburrows\u202e"
    record = {"title": title, "text": "They do.", "authors": ["A\tB. Voss", "C. Dorn"]}
    Path("hostile.json").write_text(json.dumps(record))
    own("add", "hostile.json")
    assert own("papers").stdout.splitlines() == ["vossVoles\t\tVoles dig[2J deep burrows\tA B. Voss, C. Dorn"]


def test_papers_are_chosen_and_ordered(run: Run) -> None:
    everything = keys(run)
    assert keys(run, "--sort", "key") == sorted(everything)
    assert keys(run, "--sort", "key", "--limit", "2") == sorted(everything)[:2]
    assert keys(run, "--sort", "year")[:2] == ["vries2023Night", "carvalho2019Honeybees"]
    titles = [line.split("\t")[2] for line in run("papers", "--sort", "title").stdout.splitlines()]
    assert titles == sorted(titles) and len(titles) == PAPERS
    assert keys(run, "--author", "LOPEZ") == ["lopezDeep"]
    assert keys(run, "--since", "2020") == ["vries2023Night"]
    assert keys(run, "--until", "2020") == ["carvalho2019Honeybees"]
    assert keys(run, "--grep", "DIVE otters") == ["lopezDeep"]
    assert keys(run, "--grep", "invented zoology") == ["carvalho2019Honeybees"]
    assert keys(run, "--grep", "2019 tanaka") == ["carvalho2019Honeybees"]
    assert [paper["key"] for paper in document(run, "papers", "--author", "lopez")] == ["lopezDeep"]
    none = run("papers", "--author", "Nobody")
    assert (none.exit_code, none.stdout) == (0, "")
    assert none.stderr == "None of 5 papers is meant by that; list all with: assistant papers\n"
    assert document(run, "papers", "--author", "Nobody") == []
    for wrong in (
        ["--since", "2020", "--until", "2010"],
        ["--limit", "0"],
        ["--sort", "size"],
        ["--grep", " "],
    ):
        assert run("papers", *wrong).exit_code == 2


def test_papers_in_the_order_in_which_they_came(own: Run) -> None:
    for name in ("otters", "bread", "clocks"):
        own("add", f"papers/{name}.txt")
    assert keys(own, "--sort", "added") == ["brandtPendulum", "bergSlow", "lopezDeep"]
    assert keys(own, "--sort", "added", "--limit", "1") == ["brandtPendulum"]


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_at_a_terminal_papers_are_a_table_in_its_width(folder: Path, columns: int) -> None:
    write_papers(folder / "papers")
    ask_assistant("add", "papers")
    terminal = Terminal("papers", COLUMNS=str(columns), NO_COLOR="1")
    assert terminal.leave() == 0
    lines = terminal.screen.splitlines()
    assert max(map(len, lines)) <= columns
    shown = [line for line in lines if line.startswith("lopezDeep")]
    if columns == 40:
        assert shown == ["lopezDeep"]
    else:
        assert len(lines) == PAPERS + 1 and lines[0].split()[:3] == ["key", "year", "title"]
    if columns == 200:
        assert shown[0].endswith("Maria Lopez, John Smith")
    if columns == 60:
        assert [line[:9] for line in lines if line.endswith("…")] == ["brandtPen", "carvalho2", "vries2023"]


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl-json"])
def test_export_reads_back_as_the_same_papers(run: Run, folder: Path, form: str) -> None:
    name = {"bibtex": "all.bib", "ris": "all.ris", "csl-json": "all.json"}[form]
    result = run("papers", "export", "--format", form)
    assert run("papers", "export", "--format", form, "--output", name).stdout == ""
    assert (folder / name).read_text(encoding="utf-8") == result.stdout
    assert ask_assistant("add", name).exit_code == 0
    facts = ("title", "year", "venue", "doi", "arxiv", "url", "abstract")
    before, after = (
        {
            paper["title"]: [shown[fact] for fact in facts] + [map(family_and_given, shown["authors"])]
            for paper in document(where, "papers")
            if (shown := document(where, "papers", "show", paper["key"]))
        }
        for where in (run, ask_assistant)
    )
    assert {title: each[:-1] for title, each in before.items()} == {t: each[:-1] for t, each in after.items()}
    assert {title: list(each[-1]) for title, each in before.items()} == {
        t: list(e[-1]) for t, e in after.items()
    }


def test_export_of_some_papers(run: Run) -> None:
    def exported(*words: str) -> list[str]:
        return re.findall(r"^@\w+\{(\w+),$", run("papers", "export", *words).stdout, re.MULTILINE)

    assert exported("lopezDeep", "bergSlow") == ["bergSlow", "lopezDeep"]
    assert exported("--author", "lopez") == ["lopezDeep"] and len(exported()) == PAPERS
    assert exported("--since", "2020") == ["vries2023Night"]
    assert run("papers", "export", "lopezDeap").exit_code == 2
    assert run("papers", "export", "--author", "Nobody").exit_code == 2


def test_export_writes_over_no_file(run: Run, folder: Path) -> None:
    (folder / "all.bib").write_text("mine")
    refused = run("papers", "export", "--output", "all.bib")
    assert (refused.exit_code, (folder / "all.bib").read_text()) == (2, "mine")
    assert "all.bib is there already; write over it with --force" in refused.stderr
    for words in (["--force", "--output", "all.bib"], ["--output", "all.bib", "--force"]):
        assert run("papers", "export", *words).exit_code == 0
        assert (folder / "all.bib").read_text().startswith("@")
    refused = run("papers", "export", "--output", "no/such/folder.bib")
    assert refused.exit_code != 0 and refused.stderr.startswith("Error: ")


def test_the_progress_bar_is_for_a_terminal(folder: Path) -> None:
    write_papers(folder / "papers")
    terminal = Terminal("add", "papers", COLUMNS="100")
    terminal.wait_for("file 1/4")
    terminal.wait_for("otters.txt")
    assert terminal.leave() == 0
    assert "5 papers added" in terminal.screen
    assert ask_assistant("add", "papers").stderr == ""


def test_ctrl_c_within_a_file_keeps_the_papers_that_are_finished(folder: Path) -> None:
    records = ({"title": f"Otter {n}", "text": f"Otter number {n} weighs {n} pebbles."} for n in range(200))
    (folder / "many.jsonl").write_text("\n".join(map(json.dumps, records)))
    terminal = Terminal("add", "many.jsonl", COLUMNS="100")
    terminal.wait_for("file 1/1")
    terminal.wait_for("paper 64/200 of many.jsonl")
    terminal.type("\x03")
    assert terminal.leave() == 130
    kept = re.search(
        r"0 of 1 files are added and (\d+) of the 200 papers in many.jsonl; run the", terminal.screen
    )
    assert kept and 64 <= int(kept[1]) < 200
    asked = ask_assistant("search", "Otter number 63 weighs 63 pebbles")
    assert "63 pebbles" in asked.stdout and f"Warning: {kept[1]} of the 200 papers in" in asked.stderr
    told = " ".join(ask_assistant("status").stdout.split())
    assert f"partial: {folder}/many.jsonl {kept[1]} of its 200 papers can be found; to go on" in told
    added = ask_assistant("add", "many.jsonl").stdout
    assert f"1 file: 1 added · {200 - int(kept[1])} papers added · {200 - int(kept[1])} passages" in added
    assert ask_assistant("status", "--verify").exit_code == 0


def test_a_moved_file_and_a_missing_one(own: Run) -> None:
    own("add", "papers")
    Path("papers/otters.txt").rename("papers/sea.txt")
    Path("papers/clocks.txt").unlink()
    status = " ".join(own("status").stdout.split())
    assert "papers remove" not in status and "assistant add --prune PATH" in status
    asked = " ".join(own("ask", DEPTH).stdout.split())
    assert f"{Path('papers').resolve()}/otters.txt (file is missing)" in asked

    told = own("add", "papers")
    lines = told.stdout.splitlines()
    top = Path("papers").resolve()
    assert lines[:-1] == [
        f"moved: 1 file, with the papers: {top}/otters.txt → {top}/sea.txt",
        f"missing: 1 file ({top}/clocks.txt) with 1 paper, kept until: assistant add --prune, with the same paths",
    ]
    assert (told.exit_code, lines[-1][:35]) == (0, "3 files: 3 unchanged · 0 papers add")
    assert "sea.txt" in own("ask", DEPTH).stdout and "is missing" not in own("ask", DEPTH).stdout
    added = document(own, "add", "papers")
    assert [file["papers"] for file in added["missing"]] == [["brandtPendulum"]]
    pruned = document(own, "add", "papers", "--prune")
    assert [file["state"] for file in pruned["pruned"]] == ["missing"] and pruned["missing"] == []
    assert own("papers", "show", "brandtPendulum").exit_code == 2
    assert set(document(own, "status")["indexes"].values()) == {"ok"}


def test_a_file_that_failed_and_did_not_change_is_told_again(own: Run) -> None:
    Path("papers/empty.txt").touch()
    for words in ((), ("--retry",), ()):
        told = own("add", "papers", *words)
        assert told.exit_code == 1 and told.stdout.startswith("failed: ")


def test_tags_are_given_taken_and_outlive_what_happens_to_a_paper(own: Run) -> None:
    own("add", "papers")
    given = document(own, "papers", "tag", "bergSlow", "lopezDeep", "Thesis")
    assert given == {"tags": {"bergSlow": ["thesis"], "lopezDeep": ["thesis"]}}
    assert own("papers", "tag", "bergSlow", "thesis").stdout == "bergSlow: thesis\n"  # twice is once
    assert own("papers", "tag", "bergSlow", "baking").stdout == "bergSlow: baking, thesis\n"
    assert "tags     baking, thesis" in own("papers", "show", "bergSlow").stdout
    assert {each["key"]: each["tags"] for each in document(own, "papers")} == {
        "bergSlow": ["baking", "thesis"],
        "lopezDeep": ["thesis"],
        "brandtPendulum": [],
        "carvalho2019Honeybees": [],
        "vries2023Night": [],
    }
    assert sorted(keys(own, "--tag", "THESIS")) == ["bergSlow", "lopezDeep"]
    assert "@" in own("papers", "export", "--tag", "baking").stdout

    Path("papers/bread.txt").write_text(BREAD.replace("61%", "62%"), encoding="utf-8")
    Path("papers/otters.txt").rename("papers/sea.txt")
    own("add", "papers")
    assert "62%" in own("papers", "show", "bergSlow").stdout
    assert sorted(keys(own, "--tag", "thesis")) == ["bergSlow", "lopezDeep"]
    own("papers", "remove", "bergSlow")
    assert keys(own, "--tag", "thesis") == ["lopezDeep"]
    assert "there are: thesis" in own("papers", "--tag", "baking").stderr  # none that nothing has
    own("add", "papers/bread.txt")
    assert document(own, "papers", "show", "bergSlow")["tags"] == ["baking", "thesis"]

    assert own("papers", "tag", "bergSlow", "baking", "--remove").stdout == "bergSlow: thesis\n"
    assert own("papers", "tag", "bergSlow", "thesis", "--remove").stdout == "bergSlow: no tags\n"
    assert keys(own, "--tag", "thesis") == ["lopezDeep"]
    assert set(document(own, "status", "--verify")["indexes"].values()) == {"ok"}


def test_only_papers_with_a_tag_are_asked(own: Run) -> None:
    own("add", "papers")
    unknown = own("ask", DEPTH, "--tag", "sea")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "no paper has the tag 'sea'; none has any; give one with: assistant papers tag" in unknown.stderr
    own("papers", "tag", "lopezDeep", "sea")
    own("papers", "tag", "bergSlow", "land")
    assert "97 metres" in own("ask", DEPTH, "--tag", "sea").stdout
    assert own("ask", DEPTH, "--tag", "land").exit_code == 3
    talk = own("chat", input=f"/tag sea\n{DEPTH}\n/tag land\n{DEPTH}\n/unfocus\n{DEPTH}").stdout
    before, after = talk.split("1 paper is asked: bergSlow. /unfocus asks all.")
    assert "1 paper is asked: lopezDeep." in before and "97 metres" in before
    assert "97 metres" not in after.partition("All papers are asked.")[0]
    refused = own("ask", DEPTH, "--tag", "sky")
    assert refused.exit_code == 2 and "no paper has the tag 'sky'; there are: land, sea" in refused.stderr
    refused = own("ask", DEPTH, "--tag", "sea", "--paper", "bergSlow")
    assert refused.exit_code == 2 and "bergSlow is of another author, year or tag" in refused.stderr


def test_a_tag_is_one_word_of_papers_that_are_there(own: Run) -> None:
    own("add", "papers")
    for wrong in ("two words", "a,b", "", "a\tb", "x" * 61):
        assert own("papers", "tag", "bergSlow", wrong).exit_code == 2
    assert own("papers", "tag", "bergSlow", "nobody", "word").exit_code == 2
    assert own("papers", "tag", "bergSlow").exit_code == 2
    assert document(own, "papers", "show", "bergSlow")["tags"] == []


def test_keys_are_found_in_any_case(own: Run) -> None:
    own("add", "papers")
    assert document(own, "papers", "show", "LOPEZdeep")["key"] == "lopezDeep"
    assert "97 metres" in own("ask", DEPTH, "--paper", "LopezDeep").stdout
    assert own("summarize", "lopezdeep").exit_code == 0
    assert own("papers", "tag", "LOPEZDEEP", "sea").stdout == "lopezDeep: sea\n"
    assert "{lopezDeep," in own("papers", "export", "lopezdeep").stdout
    assert own("chat", input="/focus LOPEZDEEP").stdout.startswith("1 paper is asked: lopezDeep.")
    assert document(own, "papers", "remove", "LOPEZDEEP", "lopezDeep") == {"removed": ["lopezDeep"]}


def test_a_key_in_another_case_that_may_be_two_is_none(own: Run) -> None:
    for name, title in (("a", "DEEP nets of rivers"), ("b", "deep lakes of salt")):
        Path(f"{name}.json").write_text(
            json.dumps({"title": title, "text": f"Text {name}.", "authors": ["A. De"]})
        )
        own("add", f"{name}.json")
    first, second = keys(own, "--sort", "added")
    if first.casefold() != second.casefold():
        pytest.fail(f"{first} and {second} are no case of this")
    assert [document(own, "papers", "show", key)["key"] for key in (first, second)] == [first, second]
    refused = own("papers", "show", first.upper())
    assert refused.exit_code == 2 and f"did you mean {second} or {first}?" in refused.stderr
    assert own("papers", "remove", first.upper()).exit_code == 2


def test_several_papers_are_shown(run: Run) -> None:
    shown = run("papers", "show", "lopezDeep", "BERGslow").stdout
    assert shown.index("How Deep Sea Otters Dive") < shown.index("Slow Fermentation of Rye Bread")
    found = document(run, "papers", "show", "lopezDeep", "bergSlow")
    assert [paper["key"] for paper in found] == ["lopezDeep", "bergSlow"]
    assert document(run, "papers", "show", "lopezDeep") == found[0]
    assert run("papers", "show", "lopezDeep", "nobody").exit_code == 2
