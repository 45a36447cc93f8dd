"""A process that stays and forks one child a command, so that a test can kill the child at any moment and yet
pay for the imports once. Stubs stand for the weights; catalog, full text and Chroma are the real ones.

Each line of stdin is a JSON list: what to do, and its arguments. For ``start`` the child's number comes back at
once, and its end is waited for by ``wait``; every other answer is the child's own, once it has ended.
"""

import itertools
import json
import os
import signal
import subprocess
import sys
import traceback
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import chromadb.api.client
import chromadb.errors  # noqa: F401
import llama_index.core.node_parser  # noqa: F401

from assistant.chat import Conversation
from assistant.chat.journal import Journal
from assistant.cli.session import telling_damage
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.store import connection
from assistant.store.catalog import Catalog
from assistant.store.sessions import Sessions
from tests.fakes import WordEmbedder


def library(folder: str, embedder: str = "words", create: bool = False) -> Library:
    return Library(Path(folder), Catalog(Path(folder), create), WordEmbedder(embedder))


def add(folder: str, embedder: str, *paths: str) -> Any:
    with library(folder, embedder, create=True) as opened:
        return [file.state for file in opened.add(paths).files]


def remove(folder: str, embedder: str, *keys: str) -> Any:
    """Those of the papers that are there."""
    with library(folder, embedder) as opened:
        opened.remove([key for key in keys if key in {paper.key for paper in opened.papers()}])


def reindex(folder: str, embedder: str) -> Any:
    with library(folder, embedder) as opened:
        opened.reindex()


def ask(folder: str, embedder: str, *words: str) -> Any:
    """What each of the words finds, and what the library warns of."""
    with library(folder, embedder) as opened:
        return _found(opened, words), opened.warnings


def _found(opened: Library, words: Sequence[str]) -> Any:
    hits = [(word, hit) for word in words for hit in opened.search(word, 3)]
    return [(word, hit.passage.id, hit.found_by, round(hit.score, 3)) for word, hit in hits]


def talk(folder: str, embedder: str, *questions: str) -> Any:
    """A conversation that is kept; endless, so that it is killed in it."""
    with library(folder, embedder) as opened, closing(Sessions(Path(folder))) as sessions:
        conversation = Conversation(opened, journal=Journal(sessions, opened.warnings.append))
        for question in itertools.cycle(questions):
            conversation.ask(question)


def turns(folder: str) -> Any:
    """The states of all turns that are kept, by conversation."""
    with closing(Sessions(Path(folder))) as sessions:
        return [[row.state for row in sessions.turns(kept.id)] for kept in sessions.listed()]


def keys(folder: str) -> Any:
    with library(folder) as opened:
        return [paper.key for paper in opened.papers()]


def look(folder: str, embedder: str, *words: str) -> Any:
    """What whoever lists, asks and verifies is told of a library that may be damaged; of a command that an error ends,
    that."""
    told: dict[str, Any] = {}
    for name, command in (("ask", ask), ("contents", contents)):
        try:
            with library(folder, embedder) as opened, telling_damage(opened):
                told[name] = command(folder, embedder, *words)
        except AssistantError as error:
            told[name] = {"error": str(error)}
    return told


TABLES = "files keys papers file_papers passages sentences vectors words_docsize".split()


def contents(folder: str, embedder: str, *words: str) -> Any:
    """All that a library holds, in a form that two of them can be compared in; and what the words find."""
    with library(folder, embedder) as opened:
        state, catalog = opened.status(verify=True), opened._catalog
        rows = [row for ids, _, vectors in catalog.vectors() for row in zip(ids, vectors, strict=True)]
        passages = [passage for paper in opened.papers() for passage in catalog.passages_of(paper.key)]
        return {
            "health": state.indexes,
            "embedder": state.embedder,
            "files": [(os.path.basename(file.path), file.state, list(file.papers)) for file in state.files],
            "papers": [
                (
                    paper.key,
                    paper.id,
                    paper.title,
                    paper.text,
                    paper.year,
                    str(paper.page_starts),
                    *paper.authors,
                )
                for paper in opened.papers()
            ],
            "passages": [(passage.id, passage.start, passage.end) for passage in passages],
            "sentences": [
                asdict(each) for paper in opened.papers() for each in catalog.sentences_of(paper.key)
            ],
            "vectors": sorted((passage, zlib.crc32(vector.tobytes())) for passage, vector in rows),
            "rows": [catalog._db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES],
            "folders": len(list((Path(folder) / "chroma").iterdir())),
            "found": _found(opened, words),
        }


def die_at(statement: int, command: str, *arguments: str) -> Any:
    """Ends itself by SIGKILL before the n-th statement that it sends to SQLite."""
    left = statement
    execute = connection._Cursor.execute

    def counted(cursor: Any, *given: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(cursor, *given)

    connection._Cursor.execute = counted  # type: ignore[method-assign]
    return COMMANDS[command](*arguments)


def as_nobody(command: str, copy: str, *arguments: str) -> Any:
    """As a user who owns nothing; as the superuser first, on a copy, so that no import is left to be done."""
    COMMANDS[command](copy, *arguments[1:])
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    return COMMANDS[command](*arguments)


COMMANDS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (add, look, talk, turns, remove, reindex, ask, keys, contents, die_at, as_nobody)
}


class Nursery:
    """The process, as a test has it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.victims"],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, command: str, *arguments: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps([command, *map(_plain, arguments)]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate("")


def _plain(argument: Any) -> Any:
    return str(argument) if isinstance(argument, Path) else argument


def main() -> None:
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        if command == "wait":
            answer: Any = os.waitstatus_to_exitcode(os.waitpid(int(arguments[0]), 0)[1])
        elif command == "start":
            answer = fork(arguments, None)
        else:
            read, write = os.pipe()
            child = fork([command, *arguments], write)
            os.close(write)
            with os.fdopen(read) as pipe:
                text = pipe.read()
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            answer = json.loads(text) if text else {"code": code}
        print(json.dumps(answer), flush=True)


def fork(command: list[Any], pipe: int | None) -> int:
    """The child's number; what it answers goes into the pipe."""
    if child := os.fork():
        return child
    code = 1
    try:
        try:
            answer: Any = COMMANDS[command[0]](*command[1:])
        except AssistantError as error:
            answer = {"error": str(error)}
        if pipe is not None:
            with os.fdopen(pipe, "w") as file:
                json.dump(answer, file)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
