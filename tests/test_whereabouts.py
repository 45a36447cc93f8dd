"""Files that are not where they were: known again by their content, or missing, and never embedded a second time."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import ingest, intake
from assistant.ahead import Reading
from assistant.errors import UsageError
from assistant.ingest import Wanted
from assistant.store.catalog import Catalog
from assistant.types import AddReport
from assistant.whereabouts import missing_under
from tests.fakes import WordEmbedder
from tests.test_ingest import OTTERS, TIDES, add, catalog, indexer, papers, states, with_a_newer_reader

__all__ = ["catalog", "papers"]  # fixtures

BEES = "Bees dance in the hive to tell the others where the heather is in bloom."


@pytest.fixture
def three(catalog: Catalog, papers: Path) -> dict[str, tuple[str, ...]]:
    """Three files, added; the keys of each."""
    (papers / "sub").mkdir()
    for name, text in (("a.txt", OTTERS), ("b.txt", TIDES), ("sub/c.txt", BEES)):
        (papers / name).write_text(text)
    return {Path(file.path).name: file.papers for file in add(catalog, papers).files}


def places(catalog: Catalog, papers: Path) -> dict[str, tuple[str, ...]]:
    """Each file on record, by its path from the folder's parent, and its keys."""
    return {os.path.relpath(path, papers.parent): tuple(catalog.keys_of(path)) for path in catalog.files()}


def move(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    old.rename(new)


MOVES: dict[str, tuple[Callable[[Path], object], dict[str, str]]] = {
    "renamed": (lambda top: move(top / "a.txt", top / "z.txt"), {"a.txt": "papers/z.txt"}),
    "into a folder": (lambda top: move(top / "a.txt", top / "new" / "a.txt"), {"a.txt": "papers/new/a.txt"}),
    "up": (lambda top: move(top / "sub/c.txt", top / "c.txt"), {"c.txt": "papers/c.txt"}),
    "with its folder": (lambda top: move(top / "sub", top / "other"), {"c.txt": "papers/other/c.txt"}),
    "out of the folder": (
        lambda top: move(top / "a.txt", top.parent / "else" / "a.txt"),
        {"a.txt": "else/a.txt"},
    ),
    "to an ending of the same kind": (
        lambda top: move(top / "a.txt", top / "a.md"),
        {"a.txt": "papers/a.md"},
    ),
    "touched on the way": (
        lambda top: (move(top / "a.txt", top / "z.txt"), os.utime(top / "z.txt", (7, 7))),
        {"a.txt": "papers/z.txt"},
    ),
    "in a chain": (
        lambda top: (move(top / "b.txt", top / "y.txt"), move(top / "a.txt", top / "b.txt")),
        {"a.txt": "papers/b.txt", "b.txt": "papers/y.txt"},
    ),
}


@pytest.mark.parametrize("how", MOVES)
def test_what_was_moved_keeps_its_papers(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]], how: str
) -> None:
    act, new = MOVES[how]
    act(papers)
    embedder = WordEmbedder()
    elsewhere = [papers.parent / "else"] if (papers.parent / "else").exists() else []
    report = add(catalog, papers, *elsewhere, embedder=embedder)
    was = {"a.txt": "papers/a.txt", "b.txt": "papers/b.txt", "c.txt": "papers/sub/c.txt"}
    assert places(catalog, papers) == {(was | new)[name]: keys for name, keys in three.items()}
    assert embedder.calls == [] and set(states(report).values()) == {"unchanged"}
    told = {file.moved_from: file.path for file in report.files if file.moved_from}
    top = papers.parent
    assert told == {str(top / was[name]): str(top / place) for name, place in new.items()}
    assert (report.papers_added, report.missing) == (0, ())
    again = add(catalog, papers, *elsewhere)
    assert all(file.moved_from is None for file in again.files)


def test_what_was_moved_and_is_added_where_it_is_now_alone(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]
) -> None:
    move(papers / "a.txt", papers.parent / "else" / "a.txt")
    assert add(catalog, papers.parent / "else").files[0].papers == three["a.txt"]
    assert add(catalog, papers).missing == ()


def test_a_copy_is_no_move(catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]) -> None:
    shutil.copy2(papers / "a.txt", papers / "z.txt")
    report = add(catalog, papers)
    assert states(report) == {
        "a.txt": "unchanged",
        "b.txt": "unchanged",
        "c.txt": "unchanged",
        "z.txt": "added",
    }
    assert catalog.keys_of(str(papers / "a.txt")) == catalog.keys_of(str(papers / "z.txt"))
    (papers / "a.txt").unlink()  # its paper has another place
    assert add(catalog, papers).missing == () and str(papers / "a.txt") not in catalog.files()
    assert catalog.paper(three["a.txt"][0]).source.file == str(papers / "z.txt")


def test_files_that_change_places_keep_their_keys(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]
) -> None:
    a, b = (papers / "a.txt").read_text(), (papers / "b.txt").read_text()
    (papers / "a.txt").write_text(b)
    (papers / "b.txt").write_text(a)
    report = add(catalog, papers)
    assert [file.papers for file in report.files[:2]] == [three["b.txt"], three["a.txt"]]
    assert catalog.counts()[0] == 3 and report.missing == ()


def test_a_file_that_took_the_place_of_another(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]
) -> None:
    (papers / "a.txt").replace(papers / "b.txt")
    report = add(catalog, papers)
    assert places(catalog, papers) == {"papers/b.txt": three["a.txt"], "papers/sub/c.txt": three["c.txt"]}
    assert report.missing == () and catalog.counts()[0] == 2


def test_what_was_moved_and_has_changed_is_another_file(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]
) -> None:
    (papers / "a.txt").unlink()
    (papers / "z.txt").write_text(OTTERS[::-1])  # of the same size
    report = add(catalog, papers)
    assert states(report)["z.txt"] == "added" and [f.path for f in report.missing] == [str(papers / "a.txt")]


def test_removed_papers_stay_removed_when_their_file_is_moved(catalog: Catalog, papers: Path) -> None:
    path = papers / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in (OTTERS, TIDES)))
    removed, kept = add(catalog, papers).files[0].papers
    catalog.remove([removed])
    move(path, papers / "deep" / "a.jsonl")
    assert add(catalog, papers).files[0].papers == (kept,)
    assert places(catalog, papers) == {"papers/deep/a.jsonl": (kept,)}


def test_a_paper_is_moved_with_the_files_that_it_takes_in(catalog: Catalog, papers: Path) -> None:
    body = "\\documentclass{a}\\begin{document}\\title{Otters}\\input{body}\\end{document}"
    (papers / "old").mkdir()
    (papers / "old" / "main.tex").write_text(body)
    (papers / "old" / "body.tex").write_text(OTTERS)
    keys = add(catalog, papers).files[1].papers
    move(papers / "old", papers / "new")
    embedder = WordEmbedder()
    report = add(catalog, papers, embedder=embedder)
    assert states(report) == {"body.tex": "skipped", "main.tex": "unchanged"} and embedder.calls == []
    assert places(catalog, papers) == {"papers/new/body.tex": (), "papers/new/main.tex": keys}


def test_missing_files_keep_their_papers_until_they_are_pruned(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]
) -> None:
    (papers / "a.txt").unlink()
    assert add(catalog, papers / "sub").missing == ()  # another folder was named
    for _ in range(2):
        (file,) = add(catalog, papers).missing
        assert (file.path, file.state, file.papers) == (str(papers / "a.txt"), "missing", three["a.txt"])
        assert catalog.paper(three["a.txt"][0]).text == OTTERS
    assert prune(catalog, papers / "sub").pruned == () and catalog.counts()[0] == 3
    (file,) = prune(catalog, papers).pruned
    assert file.papers == three["a.txt"] and catalog.counts()[0] == 2
    assert str(papers / "a.txt") not in catalog.files() and not list(catalog.integrity_faults())
    (papers / "a.txt").write_text(OTTERS)
    assert add(catalog, papers).files[0].papers == three["a.txt"]  # a key once given


def test_a_folder_that_is_gone_can_be_pruned(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]
) -> None:
    shutil.rmtree(papers / "sub")
    with pytest.raises(UsageError, match="there is no"):
        add(catalog, papers / "sub")
    with pytest.raises(UsageError, match="there is no"):
        prune(catalog, papers / "su")  # no folder of that name was ever added
    report = prune(catalog, papers / "sub")
    assert [file.papers for file in report.pruned] == [three["c.txt"]] and report.files == ()
    (papers / "a.txt").unlink()
    (papers / "b.txt").unlink()
    assert len(add(catalog, papers).missing) == 2  # an empty folder is no mistake where it once was full


def prune(catalog: Catalog, *paths: Path) -> AddReport:
    return ingest.add(Wanted(paths, prune=True), catalog, indexer(WordEmbedder()))


def test_a_paper_of_two_files_is_pruned_with_the_last(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]
) -> None:
    (papers / "d.jsonl").write_text("\n".join(json.dumps({"text": text}) for text in (OTTERS, "Voles dig.")))
    both = add(catalog, papers)
    (papers / "d.jsonl").unlink()
    assert set(prune(catalog, papers).pruned[0].papers) == set(both.files[2].papers)
    assert catalog.keys_of(str(papers / "a.txt")) == list(three["a.txt"])
    assert catalog.counts()[0] == 3


def test_what_failed_is_tried_again_when_it_changed_was_named_or_is_asked_for(
    catalog: Catalog, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (papers / "a.txt").write_text(OTTERS)
    (papers / "c.pdf").write_bytes(b"%PDF-1.7 and no more")
    tried: list[str] = []
    read = Reading.read
    monkeypatch.setattr(
        Reading,
        "read",
        lambda self, data, path, *told: tried.append(path.name) or read(self, data, path, *told),
    )

    def attempt(*paths: Path, retry: bool = False) -> list[str]:
        tried.clear()
        report = ingest.add(Wanted(paths, retry=retry), catalog, indexer(WordEmbedder()))
        assert states(report)["c.pdf"] == "failed" and [f.error for f in report.files if f.error]
        return list(tried)

    assert attempt(papers) == ["a.txt", "c.pdf"]
    assert attempt(papers) == []
    assert attempt(papers, retry=True) == ["c.pdf"]
    assert attempt(papers / "c.pdf") == ["c.pdf"]
    (papers / "c.pdf").write_bytes(b"%PDF-1.7 and no more either")
    assert attempt(papers) == ["c.pdf"]
    with_a_newer_reader(monkeypatch)
    assert attempt(papers) == ["a.txt", "c.pdf"]


def test_what_the_system_refused_is_tried_each_time(
    catalog: Catalog, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (papers / "a.txt").write_text(OTTERS)
    with monkeypatch.context() as patch:
        for module in (ingest, intake):
            patch.setattr(module, "content", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
        assert states(add(catalog, papers)) == {"a.txt": "failed"}
    assert states(add(catalog, papers)) == {"a.txt": "added"}  # its time is as it was


def test_what_is_missing_is_told_of_the_files_and_folders_that_are_named(
    catalog: Catalog, papers: Path, three: dict[str, tuple[str, ...]]
) -> None:
    gone, *others = (Path(path) for path in catalog.files())
    gone.unlink()
    for named, told in (([gone], [str(gone)]), ([papers], [str(gone)]), (others, []), ([f"{gone}x"], [])):
        assert missing_under(named, catalog) == told, named
