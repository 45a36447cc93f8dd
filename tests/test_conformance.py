"""What holds of a library wherever it is kept: in a folder, and on a real Chroma server, which two clients share."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant import Library
from assistant.errors import NoLibrary, UnknownPaper
from assistant.selection import Listing, Selection
from assistant.store.catalog import Catalog
from eval.bench.chroma import ChromaServer
from tests.chroma_server import client
from tests.fakes import WordEmbedder

Opened = Callable[..., Library]
OTTERS = "Otters sort pebbles by weight before they crack a shell in the river. In 31 of 40 dives they did."
HERONS = "Herons stand in shallow water at dawn. They wait 14 minutes for a fish, and strike once."
VOLES = "Voles dig burrows in the fields of the north. A burrow of theirs has 3 doors."


@pytest.fixture(params=["folder", "server"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """Opens the library as one of its users. What is opened is closed at the end."""
    held: list[Library] = []
    name = re.sub(r"\W", "-", request.node.name)[:60]

    def open_it(who: str = "ann") -> Library:
        if request.param == "folder":
            library = Library(
                tmp_path / "library", Catalog(tmp_path / "library", create=True), WordEmbedder()
            )
        else:
            server: ChromaServer = request.getfixturevalue("chroma")
            library = client(server.address(f"c-{name}x"), tmp_path, who)
        held.append(library)
        return library

    yield open_it
    for library in held:
        library.close()


def notes(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def states(library: Library, *paths: Path) -> dict[str, str]:
    return {Path(file.path).stem: file.state for file in library.add(paths).files}


def found(library: Library, words: str) -> list[str]:
    return [library.paper(hit.passage.paper).text[:6] for hit in library.search(words)]


def test_what_is_added_is_found_updated_and_removed(opened: Opened, tmp_path: Path) -> None:
    ann, bob = opened(), opened("bob")
    with pytest.raises(NoLibrary, match="holds no papers yet"):
        bob.search("pebbles")
    folder = notes(tmp_path / "notes", otters=OTTERS, herons=HERONS)
    assert states(ann, folder) == {"otters": "added", "herons": "added"}
    assert states(ann, folder) == {"otters": "unchanged", "herons": "unchanged"}
    assert found(bob, "who sorts pebbles by weight")[0] == "Otters"
    (key,) = (paper.key for paper in bob.papers() if paper.text == OTTERS)
    notes(folder, otters=f"{OTTERS} Their dens are dry.")
    assert states(ann, folder) == {"otters": "updated", "herons": "unchanged"}
    hit = bob.search("dens dry")[0]
    assert hit.passage.paper == key and bob.paper(key).text.endswith("Their dens are dry.")
    assert bob.passage_counts() == ann.passage_counts()
    assert bob.remove([key]) == [key]
    assert [paper.text for paper in bob.papers()] == [HERONS]
    assert found(ann, "who sorts pebbles by weight") == ["Herons"]
    with pytest.raises(UnknownPaper, match="herons"):
        ann.paper("heronz")


def test_what_a_user_says_holds_for_all_and_for_ever(opened: Opened, tmp_path: Path) -> None:
    ann, bob = opened(), opened("bob")
    ann.add([notes(tmp_path / "notes", otters=OTTERS, herons=HERONS, voles=VOLES)])
    otters, herons, voles = (
        paper.key for text in (OTTERS, HERONS, VOLES) for paper in ann.papers() if paper.text == text
    )
    ann.edit(otters, {"title": "On pebbles", "year": 1999})
    ann.tag([voles], "dry")
    one = ann.merge([otters, herons])
    bob.search("pebbles")
    assert (bob.paper(one).title, bob.paper(one).year) == ("On pebbles", 1999)
    assert len(bob.origins(one).sources) == 2 and bob.tags() == {voles: ("dry",)}
    assert bob.chosen(Selection(tag="dry")) == [voles]
    parted = bob.split(one)
    assert one in parted and len(parted) == 2
    bob.tag([voles], "dry", remove=True)
    bob.edit(one, {"title": None})
    assert found(ann, "herons stand in shallow water")[0] == "Herons" and ann.tags() == {}
    assert [paper.key for paper in ann.listed(words="pebbles")] == []
    assert {paper.key for paper in ann.listed(listing=Listing("year"))} == {*parted, voles}
    assert ann.status(verify=True).healthy and bob.status(verify=True).healthy


def test_it_answers_checks_and_summarizes(opened: Opened, tmp_path: Path) -> None:
    ann, bob = opened(), opened("bob")
    ann.add([notes(tmp_path / "notes", otters=OTTERS, herons=HERONS, voles=VOLES)])
    key = next(paper.key for paper in ann.papers() if paper.text == OTTERS)
    answer = bob.ask("How do otters sort pebbles?")
    assert answer.claims and answer.references[0].paper.key == key
    for citation in (each for claim in answer.claims for each in claim.citations):
        quote = citation.quote
        assert bob.paper(quote.paper).text[quote.start : quote.end] == quote.text
    assert [each.is_missing for each in answer.references] == [False] * len(answer.references)
    assert bob.summarize(key).claims
    draft = tmp_path / "draft.md"
    draft.write_text(f"Otters sort pebbles by weight in 35 of 40 dives [@{key}].\n")
    (sentence,) = bob.check(draft).sentences
    assert sentence.worst.papers == (key,)


def test_several_add_and_ask_at_once(opened: Opened, tmp_path: Path) -> None:
    """Each has files of its own, and one that all have."""
    everyone = ("ann", "bob", "cid")
    libraries = {who: opened(who) for who in everyone}
    faults: list[BaseException] = []

    def work(who: str) -> None:
        try:
            for n in range(2):
                text = f"{who.title()} counted {n + 5} geese on lake {n}, and wrote that down."
                libraries[who].add([notes(tmp_path / who, **{f"note{n}": text, "same": OTTERS})])
                libraries[who].search("geese on a lake")
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(who,)) for who in everyone]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    reader = opened("dan")
    texts = [paper.text for paper in reader.papers()]
    assert len(texts) == len(set(texts)) == 2 * len(everyone) + 1
    assert len({paper.key for paper in reader.papers()}) == len(texts)
    for library in libraries.values():
        library.search("geese")
        assert library.status(verify=True).healthy
        assert {paper.key: paper.text for paper in library.papers()} == {
            paper.key: paper.text for paper in reader.papers()
        }


def test_a_server_finds_what_a_folder_finds(chroma: ChromaServer, tmp_path: Path) -> None:
    """The same passages with the same scores: the fusion is the same, of the same two legs."""
    folder = notes(tmp_path / "notes", otters=OTTERS, herons=HERONS, voles=VOLES)
    own = Library(tmp_path / "library", Catalog(tmp_path / "library", create=True), WordEmbedder())
    with own, client(chroma.address("same-as-folder"), tmp_path) as shared:
        own.add([folder])
        shared.add([folder])
        for words in ("otters sort pebbles", "water at dawn", "doors", "nothing of this"):
            for only in (None, [paper.key for paper in own.papers()][:2], []):
                here, there = own._retrieve(words, 10, only), shared._retrieve(words, 10, only)
                assert [hit.passage for hit in here] == [hit.passage for hit in there]
                assert [hit.score for hit in here] == pytest.approx([hit.score for hit in there], abs=1e-5)
                assert [hit.found_by for hit in here] == [hit.found_by for hit in there]
