"""Files into the catalog: what is read, what is skipped, and what one bad file does to the others."""

import gc
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant import ingest, intake
from assistant.errors import UnknownPaper, UsageError
from assistant.indexing import Indexer
from assistant.ingest import Wanted
from assistant.store import catalog as store
from assistant.store.catalog import STEP, Catalog
from assistant.types import AddReport, Contextual, Headway, Paper
from tests.fakes import WordEmbedder
from tests.pdfs import made

OTTERS = "Otters sort pebbles by weight before they crack a shell in the river."
SUBJECTS = [f"{a}{b}" for a in "bcdfghklmn" for b in "aeiou"]
TIDES = "The tides of the Dee are measured by many gauges along the coast."


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(tmp_path / "library", create=True)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def indexer(embedder: WordEmbedder) -> Indexer:
    return Indexer(embedder, embedder)


def with_a_newer_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ingest, intake):
        monkeypatch.setattr(module, "READER_VERSION", module.READER_VERSION + 1)


def add(catalog: Catalog, *paths: Path, embedder: WordEmbedder | None = None) -> AddReport:
    return ingest.add(Wanted(paths), catalog, indexer(embedder or WordEmbedder()))


def states(report: AddReport) -> dict[str, str]:
    return {Path(file.path).name: file.state for file in report.files}


def test_a_library_in_the_folder_is_none_of_its_papers(catalog: Catalog, papers: Path) -> None:
    (papers.parent / "b.txt").write_text(OTTERS)
    (papers.parent / "library" / "chroma").mkdir()
    (papers.parent / "library" / "chroma" / "notes.txt").write_text(OTTERS)
    assert states(add(catalog, papers.parent)) == {"b.txt": "added"}


def test_a_paper_is_called_by_its_authors_though_a_record_without_them_comes_first_by_name(
    catalog: Catalog, papers: Path
) -> None:
    (papers / "a.xml").write_text(
        "<doi_batch><body><journal><journal_article><titles><title>Otters of the Dee in a cold winter</title></titles>"
        "<publication_date><year>2019</year></publication_date><doi_data><doi>10.1/o</doi></doi_data>"
        "</journal_article></journal></body></doi_batch>"
    )
    (papers / "b.md").write_text(
        f"---\ntitle: Otters of the Dee in a cold winter\nauthor: [Ada Brook]\nyear: 2019\n---\n\n{OTTERS}"
    )
    add(catalog, papers)
    (paper,) = catalog.papers()
    assert (paper.key, paper.doi) == ("brook2019Otters", "10.1/o")


def test_a_folder_is_walked_for_what_has_a_reader(catalog: Catalog, papers: Path) -> None:
    (papers / "deep" / "er").mkdir(parents=True)
    (papers / ".git").mkdir()
    for name in ("b.txt", "deep/er/a.md", "image.png", ".hidden.txt", ".git/c.txt"):
        (papers / name).write_text(OTTERS + name)
    seen: list[Headway] = []
    report = ingest.add(Wanted([papers, papers / "b.txt"]), catalog, indexer(WordEmbedder()), seen.append)
    assert states(report) == {"b.txt": "added", "a.md": "added", "image.png": "skipped"}
    names = ("b.txt", "deep/er/a.md", "image.png")
    assert [(each.file, each.place, each.files) for each in seen if not each.unit] == [
        (str(papers / name), n, 3) for n, name in enumerate(names)
    ]
    assert report.passages == 2 == catalog.counts()[1]


def test_a_file_is_the_same_by_whatever_path(
    catalog: Catalog, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (papers / "a.txt").write_text(OTTERS)
    monkeypatch.chdir(papers)
    assert len(add(catalog, Path("a.txt"), papers / ".." / "papers" / "a.txt").files) == 1
    assert states(add(catalog, papers)) == {"a.txt": "unchanged"}


def test_what_has_not_changed_is_not_embedded_again(catalog: Catalog, papers: Path) -> None:
    path = papers / "a.txt"
    path.write_text(OTTERS)
    keys = add(catalog, path).files[0].papers
    os.utime(path, (1, 1))
    again = WordEmbedder()
    for _ in range(2):  # by its content, then by its new time
        report = add(catalog, path, embedder=again)
        assert (states(report), report.files[0].papers) == ({"a.txt": "unchanged"}, keys)
    assert again.calls == []


def test_a_newer_reader_reads_again(catalog: Catalog, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (papers / "a.txt").write_text(OTTERS)
    first = add(catalog, papers)
    with_a_newer_reader(monkeypatch)
    second = add(catalog, papers)
    assert states(second) == {"a.txt": "updated"} and second.files[0].papers == first.files[0].papers
    assert states(add(catalog, papers)) == {"a.txt": "unchanged"}


def test_a_failed_file_keeps_its_papers_and_the_others_go_on(catalog: Catalog, papers: Path) -> None:
    for name, text in (("a.txt", OTTERS), ("b.txt", TIDES)):
        (papers / name).write_text(text)
    keys = add(catalog, papers).files[0].papers
    (papers / "a.txt").write_text("")
    (papers / "b.txt").write_text(TIDES + " More.")
    (papers / "c.pdf").write_bytes(b"%PDF-1.7 and no more")
    report = add(catalog, papers)
    assert states(report) == {"a.txt": "failed", "b.txt": "updated", "c.pdf": "failed"}
    assert report.files[0].papers == keys and report.files[0].error == "the file is empty"
    assert catalog.paper(keys[0]).text == OTTERS
    assert catalog.files()[str(papers / "a.txt")].state == "failed"
    assert states(add(catalog, papers))["a.txt"] == "failed"  # not taken for unchanged
    (papers / "a.txt").write_text(OTTERS)
    mended = add(catalog, papers)
    assert states(mended)["a.txt"] == "updated" and mended.files[0].papers == keys


def test_a_file_that_first_failed_is_added_when_it_is_mended(catalog: Catalog, papers: Path) -> None:
    (papers / "a.txt").write_text(" ")
    assert states(add(catalog, papers)) == {"a.txt": "failed"}
    (papers / "a.txt").write_text(OTTERS)
    assert states(add(catalog, papers)) == {"a.txt": "added"}


def test_a_name_that_is_no_text_fails_alone(catalog: Catalog, papers: Path) -> None:
    (papers / "a.txt").write_text(OTTERS)
    try:
        Path(os.fsdecode(os.fsencode(papers) + b"/caf\xe9.txt")).write_text(TIDES)
    except OSError:  # this file system takes only names that are text, and so needs no answer
        return
    report = add(catalog, papers)
    assert [file.state for file in report.files] == ["added", "failed"]
    assert report.files[1].error == "its name is not UTF-8; rename it"


def test_a_kind_of_file_without_a_reader_fails_only_if_it_is_named(catalog: Catalog, papers: Path) -> None:
    (papers / "a.png").write_bytes(b"x")
    with pytest.raises(UsageError, match=r"nothing to add in .*papers \(1 \.png\): readable are"):
        add(catalog, papers)
    (papers / "a.txt").write_text(OTTERS)
    assert states(add(catalog, papers)) == {"a.png": "skipped", "a.txt": "added"}
    (file,) = add(catalog, papers / "a.png").files
    assert file.state == "failed" and "readable are" in (file.error or "")
    assert states(add(catalog, papers)) == {"a.png": "skipped", "a.txt": "unchanged"}


def test_a_path_that_is_not_there_fails_alone(catalog: Catalog, papers: Path) -> None:
    (papers / "a.txt").write_text(OTTERS)
    report = add(catalog, papers / "nowhere.txt", papers)
    assert states(report) == {"a.txt": "added", "nowhere.txt": "failed"}
    with pytest.raises(UsageError, match=r"nowhere\.txt and no .*nor\.here"):
        add(catalog, papers / "nowhere.txt", papers / "nor.here")


def test_what_the_system_refuses_is_on_record_until_it_is_gone(catalog: Catalog, papers: Path) -> None:
    (papers / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(papers / "pipe.txt")
    assert states(add(catalog, papers)) == {"loop.txt": "failed", "pipe.txt": "failed"}
    known = catalog.files()[str(papers / "loop.txt")]
    assert (known.state, known.sha256) == ("failed", "") and "links back to itself" in (known.error or "")
    (papers / "loop.txt").unlink()
    add(catalog, papers)
    assert catalog.files().keys() == {str(papers / "pipe.txt")}


def test_a_file_that_vanishes_before_it_is_read_fails_alone(catalog: Catalog, papers: Path) -> None:
    for name, text in (("a.txt", OTTERS), ("b.txt", TIDES)):
        (papers / name).write_text(text)
    report = ingest.add(
        Wanted([papers]),
        catalog,
        indexer(WordEmbedder()),
        lambda way: Path(way.file).unlink() if way.file.endswith("a.txt") else None,
    )
    assert states(report) == {"a.txt": "failed", "b.txt": "added"}
    assert "deleted or renamed" in (report.files[0].error or "")
    assert catalog.files().keys() == {str(papers / "b.txt")}


@pytest.mark.parametrize("change", ["grows", "is replaced", "is cut"])
def test_a_file_that_changes_while_it_is_read_is_not_kept(
    catalog: Catalog, papers: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path = papers / "a.txt"
    path.write_text(OTTERS)
    open_file = Path.open

    def changing(self: Path, *arguments: str) -> Any:
        monkeypatch.undo()
        if change == "is replaced":
            (papers / "new").write_text(OTTERS[::-1])
            (papers / "new").replace(path)
        else:
            path.write_text(OTTERS + TIDES if change == "grows" else "")
        return open_file(self, *arguments)

    monkeypatch.setattr(Path, "open", changing)
    report = add(catalog, path)
    assert "changed while it was read" in (report.files[0].error or "")
    path.write_text(OTTERS)
    assert states(add(catalog, path)) == {"a.txt": "added"}


def test_what_is_too_large_is_not_read(
    catalog: Catalog, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (papers / "a.txt").open("w") as file:
        file.truncate(200_000_000)
    monkeypatch.setattr(Path, "open", None)
    (file_report,) = add(catalog, papers).files
    limit = "of this kind of file at most 5 MB are read"
    assert file_report.error == f"too large (200 MB; {limit}); split it, or allow more: --size"


@pytest.mark.parametrize("is_named", [True, False])
def test_removed_papers_come_back_when_their_file_is_named_or_changes(
    catalog: Catalog, papers: Path, is_named: bool
) -> None:
    path = papers / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": text}) for text in (OTTERS, TIDES)))
    keys = add(catalog, papers).files[0].papers
    for removed in (keys[:1], keys):
        catalog.remove(removed)
        assert states(add(catalog, papers)) == {"a.jsonl": "unchanged"}
        assert catalog.keys_of(str(path)) == [key for key in keys if key not in removed]
        if not is_named:
            os.utime(path, (len(removed), len(removed)))
        add(catalog, path if is_named else papers)
        assert tuple(catalog.keys_of(str(path))) == keys


def test_a_paper_in_two_files_is_one(catalog: Catalog, papers: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (papers / name).write_text(OTTERS)
    report = add(catalog, papers)
    assert report.files[0].papers == report.files[1].papers and catalog.counts()[0] == 1


def test_an_interrupted_file_is_not_stored_in_part(catalog: Catalog, papers: Path) -> None:
    class Interrupted(WordEmbedder):
        def embed(self, texts):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt

    (papers / "a.txt").write_text(OTTERS)
    with pytest.raises(KeyboardInterrupt, match="0 of 1 files are added; run the same command to go on"):
        add(catalog, papers, embedder=Interrupted())
    assert catalog.counts() == (0, 0) and catalog.files() == {}


def test_embedding_anew_gives_every_passage_its_vector(catalog: Catalog, papers: Path) -> None:
    for name, text in (("a.txt", OTTERS), ("b.txt", TIDES)):
        (papers / name).write_text(text)
    add(catalog, papers)
    seen: list[tuple[str, int, int]] = []
    vectors = indexer(WordEmbedder("other")).embedded_anew(catalog, lambda *each: seen.append(each))
    assert {passage for passage, _ in vectors} == catalog.passage_ids()
    assert [(n, total) for _, n, total in seen] == [(0, 2), (1, 2)]


def test_a_paper_is_read_again_when_a_file_that_it_takes_in_has_changed(
    catalog: Catalog, papers: Path
) -> None:
    (papers / "main.tex").write_text(
        "\\documentclass{a}\\begin{document}\\title{Otters}\\input{body}\\end{document}"
    )
    (papers / "body.tex").write_text(OTTERS)
    report = add(catalog, papers)
    assert states(report) == {"body.tex": "skipped", "main.tex": "added"}
    assert report.files[0].error == "read as a part of main.tex"
    assert states(add(catalog, papers)) == {"body.tex": "skipped", "main.tex": "unchanged"}
    (papers / "body.tex").write_text(TIDES)
    assert states(add(catalog, papers / "main.tex")) == {"main.tex": "updated"}
    assert TIDES in catalog.paper(report.files[1].papers[0]).text
    assert states(add(catalog, papers / "main.tex")) == {"main.tex": "unchanged"}


class Stopping(WordEmbedder):
    """Is interrupted when it is handed texts for the n-th time."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self._left = n

    def contextual(self, texts: Sequence[str]) -> list[Contextual]:
        self._left -= 1
        if not self._left:
            raise KeyboardInterrupt
        return super().contextual(texts)


def many(papers: Path, number: int, first: int = 0) -> Path:
    path = papers / "many.jsonl"
    records = (
        {"title": f"Otter {n}", "text": f"Otter {n} weighs {n} pebbles."} for n in range(first, number)
    )
    path.write_text("\n".join(map(json.dumps, records)))
    return path


def interrupted(catalog: Catalog, path: Path, n: int) -> str:
    with pytest.raises(KeyboardInterrupt) as caught:
        add(catalog, path, embedder=Stopping(n))
    return str(caught.value)


def test_a_file_of_many_papers_is_kept_in_steps_and_gone_on_with(catalog: Catalog, papers: Path) -> None:
    path, of = many(papers, 2 * STEP + 20), 2 * STEP + 20
    said = interrupted(catalog, path, 3)
    assert said.startswith(
        f"0 of 1 files are added and {2 * STEP} of the {of} papers in many.jsonl; run the same"
    )
    assert catalog.files()[str(path)].state == "partial"
    assert (catalog.counts(), catalog.partial()) == ((2 * STEP,) * 2, {str(path): (2 * STEP, of)})
    waiting = catalog.keys_of(str(path))[-1]
    assert len(list(catalog.papers())) == 2 * STEP and waiting not in catalog.passage_counts()
    with pytest.raises(UnknownPaper):
        catalog.paper(waiting)
    os.utime(path, (1, 1))  # told by its content
    again = WordEmbedder()
    report = add(catalog, papers, embedder=again)
    assert (states(report), report.papers_added, report.passages) == ({"many.jsonl": "added"}, 20, 20)
    assert sum(map(len, again.calls)) == 20 and "Otter 147 weighs" in again.calls[-1][-1]
    assert (catalog.counts(), catalog.partial()) == ((of, of), {})
    assert states(add(catalog, path)) == {"many.jsonl": "unchanged"}


def test_a_files_papers_are_let_go_once_they_are_stored(
    catalog: Catalog, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def alive() -> int:
        return sum(isinstance(each, Paper) for each in gc.get_objects())

    gc.collect()
    before, then = alive(), []
    monkeypatch.setattr(store, "give_back", lambda: then.append(alive() - before))
    add(catalog, many(papers, 2 * STEP))
    assert then == [STEP]


def test_a_file_of_one_step_is_never_partial(catalog: Catalog, papers: Path) -> None:
    path = many(papers, STEP)
    assert interrupted(catalog, path, 1).startswith("0 of 1 files are added; run")
    assert catalog.files() == {}
    seen: list[str] = []
    ingest.add(Wanted([path]), catalog, indexer(WordEmbedder()), lambda way: seen.extend(catalog.partial()))
    assert seen == [] and catalog.counts() == (STEP, STEP)


def test_long_papers_make_shorter_steps(
    catalog: Catalog, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_STEP_TEXT", 60)
    path = many(papers, 3)  # of 34 characters each, with the title
    interrupted(catalog, path, 2)
    assert catalog.partial() == {str(path): (1, 3)}
    monkeypatch.setattr(store, "_STEP_TEXT", 10_000)
    add(catalog, path)
    assert catalog.partial() == {}


def test_a_partial_file_that_changes_is_read_anew(catalog: Catalog, papers: Path) -> None:
    interrupted(catalog, many(papers, 3 * STEP), 2)
    again = WordEmbedder()
    report = add(catalog, many(papers, 3 * STEP, first=STEP // 2), embedder=again)
    assert states(report) == {"many.jsonl": "updated"} and sum(map(len, again.calls)) == 2 * STEP
    assert catalog.counts() == (2 * STEP + STEP // 2,) * 2 and catalog.partial() == {}


def test_a_partial_file_waits_for_add_to_go_on_with_it(catalog: Catalog, papers: Path) -> None:
    path = many(papers, 2 * STEP)
    interrupted(catalog, path, 2)
    mending = WordEmbedder()
    indexer(mending).complete(catalog)
    (papers / "b.txt").write_text(TIDES)
    assert states(add(catalog, papers / "b.txt", embedder=mending)) == {"b.txt": "added"}
    assert mending.calls == [[TIDES]] and catalog.due() == []
    (papers / "c.jsonl").write_text(
        path.read_text().splitlines()[-1]
    )  # a paper that waits, in a file of its own
    add(catalog, papers / "c.jsonl", embedder=mending)
    assert len(mending.calls) == 2 and catalog.partial() == {str(path): (STEP + 1, 2 * STEP)}
    catalog.remove(catalog.keys_of(str(path))[: STEP // 2])
    assert states(add(catalog, papers))["many.jsonl"] == "added" and catalog.partial() == {}
    assert catalog.counts() == (2 * STEP - STEP // 2 + 1,) * 2


def test_headway_counts_papers_within_a_file_and_shares_by_size(catalog: Catalog, papers: Path) -> None:
    (papers / "a.txt").write_text(OTTERS)  # counts for the least
    path = many(papers, 2 * STEP)
    (papers / "z.txt").write_text(TIDES)
    add(catalog, papers / "z.txt")
    seen: list[Headway] = []
    ingest.add(Wanted([papers]), catalog, indexer(WordEmbedder()), seen.append)
    within = [(each.unit, each.done, each.of) for each in seen if each.place == 1]
    assert within == [("", 0, 0), ("paper", 0, 2 * STEP), ("paper", STEP, 2 * STEP)]
    least = 1000 / (1000 + path.stat().st_size)
    shares = [round(each.share, 6) for each in seen]
    assert shares == [
        round(share, 6)
        for share in (0, 0.1 * least, least, least + 0.1 * (1 - least), least + 0.55 * (1 - least), 1)
    ]


def test_headway_counts_the_pages_of_a_pdf_as_they_are_read_and_embedded(
    catalog: Catalog, papers: Path
) -> None:
    names = [f"{first}{second}" for first in "Ada Bea Cid Dan Eve Fay Gus".split() for second in SUBJECTS]
    said = [(10, f"The otter called {name} sorts many pebbles by their weight there.") for name in names]
    (papers / "a.pdf").write_bytes(made([said[n : n + 35] for n in range(0, 350, 35)]))
    seen: list[Headway] = []
    report = ingest.add(Wanted([papers]), catalog, indexer(WordEmbedder(max_tokens=20)), seen.append)
    assert {each.unit for each in seen[1:]} == {"page"} and {each.of for each in seen[1:]} == {10}
    assert [each.done for each in seen[1:11]] == list(range(1, 11)) and seen[10].share == pytest.approx(0.1)
    starts = [start / report.passages for start in range(0, report.passages, 64)]
    assert len(starts) > 2 and [each.done for each in seen[11:]] == [int(10 * start) for start in starts]
    assert [each.share for each in seen[11:]] == pytest.approx([0.1 + 0.9 * start for start in starts])
