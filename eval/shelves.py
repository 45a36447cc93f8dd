"""A suite's name → the papers it is asked of, as a library that is kept between runs, and its cases.

The library is kept in .eval beside the code, under a name that holds a hash of all that reads, cuts and embeds; when
that changes, it is made anew.
"""

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assistant import Config, Library, ModelConfig
from eval import adapters
from eval.sets import CORPORA, DATA, ROOT
from eval.suite import Case, cases, squeezed

FOLDER = ROOT / "suites"
KEPT = ROOT.parent / ".eval"
MAKES = ("read", "text", "embed", "store", "types", "split.py", "ingest.py", "intake.py", "indexing.py")
"""What of assistant/ decides what a library holds."""
ACL = CORPORA["acl"][0]
_STRETCH = 60
_TEXT = {".txt", ".md", ".jsonl", ".html"}


@dataclass(frozen=True)
class Shelf:
    """``papers``: given a folder for what must be written first, the paths to add; ``cases``: given the same folder,
    the suite's file; ``needs``: what must be there."""

    papers: Callable[[Path], list[Path]]
    cases: Callable[[Path], Path]
    needs: tuple[Path, ...] = ()


def shelves() -> dict[str, Shelf]:
    """Suite → where its papers and cases come from."""
    found = {
        "seeds": Shelf(lambda folder: CORPORA["seeds"], _own("seeds"), tuple(CORPORA["seeds"])),
        "abstracts": Shelf(lambda folder: CORPORA["digests"], _own("abstracts")),
        "papers": Shelf(whole_papers, _own("papers"), (DATA / "pdf", DATA / "covid_qa")),
        "tables": Shelf(whole_papers, _own("tables"), (DATA / "pdf", DATA / "covid_qa")),
    }
    for name, adapter, source in (
        ("pubmedqa", adapters.pubmedqa, DATA / "pubmedqa" / "pqal_dev500.json"),
        ("covidqa", adapters.squad, DATA / "covid_qa" / "covid_qa_dev49.json"),
        *((name, adapters.questions(name), ACL) for name in ("acl-a", "acl-b", "acl-c", "acl-d")),
    ):
        found[name] = _adapted(adapter, source)
    return found


def _own(name: str) -> Callable[[Path], Path]:
    return lambda folder: FOLDER / f"{name}.jsonl"


def _adapted(adapter: adapters.Adapter, source: Path) -> Shelf:
    return Shelf(
        lambda folder: adapters.written(adapter(source), folder).papers,
        lambda folder: adapters.written(adapter(source), folder).suite,
        (source,),
    )


def whole_papers(folder: Path) -> list[Path]:
    """Whole papers: PDFs, JATS, and COVID-QA's as text files, of which the first paragraph is the title."""
    articles = json.loads((DATA / "covid_qa" / "covid_qa_dev49.json").read_text(encoding="utf-8"))["data"]
    first = sorted((each["paragraphs"][0] for each in articles), key=lambda each: int(each["document_id"]))
    for each in first:
        (folder / f"covid-{each['document_id']}.txt").write_text(each["context"], encoding="utf-8")
    jats = DATA / "formats" / "jats"
    return [DATA / "pdf", *sorted(jats.iterdir()), *sorted(folder.glob("covid-*.txt"))]


def around(shelf: Shelf, many: int) -> Shelf:
    """The same papers with ``many`` abstracts of the ACL Anthology around them, spread evenly over its years; without
    those that stand in the papers' own texts, for a paper that is there twice is right twice."""

    def papers(folder: Path) -> list[Path]:
        asked = shelf.papers(folder)
        own = _squeezed_texts(asked)
        with gzip.open(ACL, "rt", encoding="utf-8") as lines:
            every = [line for line in lines if json.loads(line).get("abstract")]
        step = max(1, len(every) // many)
        kept = [line for line in every[::step][:many] if not _stands_in(json.loads(line)["abstract"], own)]
        (folder / "haystack.jsonl").write_text("".join(kept), encoding="utf-8")
        return [*asked, folder / "haystack.jsonl"]

    return replace(shelf, papers=papers, needs=(*shelf.needs, ACL))


def _squeezed_texts(paths: list[Path]) -> str:
    """Of the files that are text: what others hold cannot be told before it is read."""
    files = [each for path in paths for each in ([path] if path.is_file() else sorted(path.rglob("*")))]
    texts = (
        each.read_text(encoding="utf-8", errors="replace")
        for each in files
        if each.suffix in _TEXT and each.is_file()
    )
    return "\n".join(map(squeezed, texts))


def _stands_in(text: str, own: str) -> bool:
    """Whether most of it does, stretch by stretch: symbols and line breaks are written otherwise."""
    letters = squeezed(text)
    stretches = [letters[i : i + _STRETCH] for i in range(0, len(letters), _STRETCH)]
    return sum(each in own for each in stretches) > len(stretches) / 2


def absent(shelf: Shelf) -> list[Path]:
    return [path for path in shelf.needs if not path.exists()]


@contextmanager
def opened(name: str, haystack: int = 0) -> Iterator[tuple[Library, list[Case]]]:
    """The suite's library and its cases; with a ``haystack``, those alone that it makes neither answerable nor longer.
    Raises Malformed."""
    shelf = shelves()[name]
    shelf = around(shelf, haystack) if haystack else shelf
    kept = KEPT / f"{name}{f'-{haystack}' if haystack else ''}-{code(MAKES)}"
    for older in KEPT.glob(f"{kept.name.rpartition('-')[0]}-{'?' * 12}"):
        if older != kept:
            shutil.rmtree(older)
    files = kept / "files"
    files.mkdir(parents=True, exist_ok=True)
    with Library.open(kept / "library", Config(model=ModelConfig(replay_known=True)), create=True) as library:
        library.add(shelf.papers(files), prune=True)
        found = cases(shelf.cases(files), library)
        yield library, [each for each in found if not haystack or (each.is_answerable and not each.is_list)]


def code(parts: tuple[str, ...]) -> str:
    """A hash of what stands under assistant/ in these files and folders; with no parts, of all of it and prompts/."""
    top = ROOT.parent
    places = [top / "assistant" / part for part in parts] or [top / "assistant", top / "prompts"]
    files = sorted(path for place in places for path in ([place] if place.is_file() else place.rglob("*")))
    digest = hashlib.sha256()
    for path in files:
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(top)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
