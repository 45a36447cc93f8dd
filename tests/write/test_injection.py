"""Poisoned passages change nothing: not what a model is asked, not what is shown, not what is fetched.

No model is needed to show it. What a passage can reach is the prompt, and there it stays inside its frame; and
the model of these tests is the worst there is, as it obeys every passage.

How it is proved that no URL is ever fetched: Python announces every connection, name look-up, process and
browser that it starts to its audit hooks (sys.addaudithook), whatever library asks for it. One hook listens
while each poison goes the whole way, from a file through the library to every format, and must hear nothing.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from assistant.library import Library
from assistant.read import read
from assistant.show import as_json, html, markdown, terminal
from assistant.store.catalog import Catalog
from assistant.types import Answer
from assistant.workers import CORES
from assistant.write.reply import schema
from tests.fakes import FakeModel, WordEmbedder, claims, tags_in
from tests.write.desk import KEPT, OTTERS, QUESTION, SORT, Shelf, Strict, paper, written
from tests.write.poison import POISONS, SAID, SINK, Poison, obeyed

HONEST = ("They sort pebbles.", SORT)
HARMLESS = "Otters rest at noon."
IDS = [f"{poison.kind}-{n}" for n, poison in enumerate(POISONS)]
each_poison = pytest.mark.parametrize("poison", POISONS, ids=IDS)


def answered(text: str, model: FakeModel, judge: Any = None, **order: Any) -> Answer:
    """The answer from the paper on otters and one with this text (and, for a title, its beginning)."""
    title = " ".join(text.split())[:80]
    return written(
        model, Shelf(paper("foeNote", text, title=title, authors=(title,)), OTTERS), judge, **order
    )


def honest(shown: dict[str, str]) -> dict[str, Any]:
    return claims((HONEST[0], [(next(i for i, words in shown.items() if SORT in words), SORT)]))


def test_the_set_is_as_large_as_it_should_be() -> None:
    assert len({poison.text for poison in POISONS}) == len(POISONS) >= 60
    assert len({poison.kind for poison in POISONS}) >= 10


# --- what the model is asked -----------------------------------------------------------------------------


def frames(prompt: str) -> tuple[str, list[str]]:
    """What is around the passages, and the passages' blocks."""
    blocks = re.findall(r'^<passage id="[B-Z]{2,3}">\n.*?\n</passage>$', prompt, re.DOTALL | re.MULTILINE)
    for block in blocks:
        prompt = prompt.replace(block, "BLOCK")
    return prompt, blocks


@each_poison
def test_a_poison_stays_inside_its_frame(poison: Poison) -> None:
    poisoned, clean = FakeModel(honest), FakeModel(honest)
    answered(poison.text, poisoned)
    answered(HARMLESS, clean)
    assert len(poisoned.messages) == 1
    assert poisoned.schemas == [schema(tags_in(poisoned.prompts[0]))]
    assert [message["role"] for message in poisoned.messages[0]] == ["user"]
    around, (foe, otters) = frames(poisoned.prompts[0])
    assert (around, otters) == (frames(clean.prompts[0])[0], frames(clean.prompts[0])[1][1])
    inside = "\n".join(foe.splitlines()[1:-1])
    assert not re.search(
        r"<\s*/?\s*(passage|system|s|think|tool|user)\b|<[|｜<]|\[/?INST", inside, re.IGNORECASE
    )
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", inside)
    for tag in tags_in(poisoned.prompts[0]):
        assert tag not in poison.text


# --- what is shown ---------------------------------------------------------------------------------------


@each_poison
@pytest.mark.parametrize("judge", [None, Strict()], ids=["unjudged", "judged"])
def test_a_model_that_obeys_is_found_out(poison: Poison, judge: Any) -> None:
    clean = answered(HARMLESS, FakeModel(honest), judge)
    answer = answered(poison.text, FakeModel(lambda shown: obeyed(poison, shown, HONEST)), judge)
    first, *lies = answer.claims
    assert (first, answer.references) == (clean.claims[0], clean.references)
    assert lies and all((lie.verdict, lie.citations) == ("unsupported", ()) for lie in lies)
    assert answer.status == "partial" and answer.dropped.citations == len(lies) - 1
    strict = answered(poison.text, FakeModel(lambda shown: obeyed(poison, shown, HONEST)), judge, strict=True)
    assert (strict.claims, strict.dropped.claims) == (clean.claims, len(lies))
    assert SAID not in strict.text and SINK not in strict.text


@each_poison
def test_what_a_poison_says_is_shown_as_its_own_words_only_and_does_nothing(poison: Poison) -> None:
    """Quoted to the letter it is a quote like any other: under its paper's name, and inert in every format."""

    def quoting(shown: dict[str, str]) -> dict[str, Any]:
        name, words = next((i, words) for i, words in shown.items() if SORT not in words)
        return claims((words, [(name, words)]))

    answer = answered(poison.text, FakeModel(quoting))
    assert {reference.paper.key for reference in answer.references} <= {"foeNote"}
    assert_inert(answer)


class Tags(HTMLParser):
    """The tags of a page, and what its attributes point to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name: value or "" for name, value in attrs if not (value or "").startswith("#")}


def assert_inert(answer: Answer) -> None:
    """No format turns a paper's or a model's words into markup, a link or a command to the terminal."""
    page = Tags(html.answer(answer))
    assert not page.tags & {"script", "img", "link", "iframe", "object", "form", "base", "svg"}
    assert not {"href", "src", "style", "action", "srcset"} & page.attributes.keys()
    assert not [name for name in page.attributes if name.startswith("on")]
    assert not re.search(r"(?<!\\)!?\[[^\]]*(?<!\\)\]\(|(?<!\\)<\w", markdown.answer(answer))
    unsafe = "[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]"
    for shown in (terminal.answer(answer, 80, False), terminal.footer(answer)):
        assert not re.search(unsafe, shown)
    assert not re.search(unsafe, as_json.document(as_json.answer_dict(answer)))


@each_poison
def test_lies_do_nothing_in_any_format(poison: Poison) -> None:
    assert_inert(answered(poison.text, FakeModel(lambda shown: obeyed(poison, shown, HONEST))))


@pytest.mark.parametrize("kind", sorted({poison.kind for poison in POISONS}))
def test_poisons_do_not_reach_the_other_prompts_unframed(kind: str) -> None:
    """A model's own words come back in the prompts that mend and look again."""
    for poison in (each for each in POISONS if each.kind == kind):
        parrot = FakeModel(lambda shown, text=poison.text: claims((text, []), (KEPT, []), missing=[text]))
        answered(poison.text, parrot)
        for messages in parrot.messages[1:]:
            last = messages[-1]["content"]
            assert not re.search(r"<\s*/\s*passage\b(?!>$)|<[|｜<]|\[/?INST", frames(last)[0], re.IGNORECASE)


# --- what is fetched -------------------------------------------------------------------------------------

OUTSIDE = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request")
OUTSIDE += (
    "http.client.connect",
    "webbrowser.open",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
)
_heard: list[str] | None = None


def _listen(event: str, arguments: Sequence[Any]) -> None:
    if _heard is not None and event in OUTSIDE:
        _heard.append(f"{event} {arguments}")


sys.addaudithook(_listen)  # cannot be taken away again, so it hears only while a test listens


@contextmanager
def listening() -> Iterator[list[str]]:
    global _heard
    _heard = heard = []
    try:
        yield heard
    finally:
        _heard = None


def test_the_ear_hears() -> None:
    import socket

    with listening() as heard, socket.socket() as probe:
        probe.settimeout(0.1)
        assert probe.connect_ex(("127.0.0.1", 9)) != 0
    assert len(heard) == 1 and heard[0].startswith("socket.connect")


def test_no_url_from_a_passage_is_ever_fetched(tmp_path: Path) -> None:
    """From files to every format, through the library itself, with every poison in it."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "otters.txt").write_text(f"Pebbles\nAda Brook\n\n{KEPT} {SORT}", encoding="utf-8")
    for n, poison in enumerate(POISONS):
        text = f"Notes on otters and pebbles {n}\nEve Foe\n\nOtters choose pebbles. {poison.text}"
        (folder / f"foe{n}.txt").write_text(text, encoding="utf-8")
    with Library(tmp_path / "library", Catalog(tmp_path / "library", create=True), WordEmbedder()) as library:
        with listening() as heard:
            for file in folder.iterdir():  # here, too, where it is heard: a process of its own reads it below
                read(file.read_bytes(), file)
            assert heard == []
            library.add([folder])
            own = [each for each in heard if each.startswith(f"subprocess.Popen ('{sys.executable}', [")]
            assert heard == own and len(own) <= CORES
            heard.clear()
            for poison in POISONS:
                model = FakeModel(
                    lambda shown, each=poison: obeyed(
                        each, shown, ("Otters choose.", "Otters choose pebbles.")
                    )
                )
                answer = library.ask(f"{QUESTION} {poison.kind}", model=model)
                for show in (html.answer, markdown.answer, lambda each: terminal.answer(each, 80, True)):
                    show(answer)
            offline = library.ask(QUESTION)
        assert heard == [] and answer.claims and offline.seconds > 0
