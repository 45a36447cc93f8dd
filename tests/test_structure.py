"""Imports point down. Walks every import of assistant/ (those inside functions, too) and fails on one that
points up or sideways, or that reaches an outside system anywhere but at its door. Read from the source, not
from what was loaded, so that an import nobody has run yet counts as well."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "assistant"

LAYERS = (
    {"types", "errors", "telemetry"},
    {"private", "address"},
    {"trust"},
    {"heap", "text", "workers"},
    {"config", "prompts"},
    {
        *{"read", "split", "embed", "store", "retrieve", "model"},
        *{"extract", "write", "judge", "verify", "draft", "summarize", "show"},
    },
    {"asking"},
    {
        *{"ahead", "compare", "disagree", "doors", "headway"},
        *{"indexing", "naming", "selection", "summarizing", "walk", "whereabouts"},
    },
    {"comparing", "intake", "kept", "transfer"},
    {"holdings", "ingest"},
    {"surveys"},
    {"library", "judging"},
    {"chat", "llama_index_socket"},
    {"cli"},
    {"__main__"},
)
"""A unit is a module or a folder of assistant/; it may import itself and the units of lower layers."""

LEVEL = {unit: level for level, units in enumerate(LAYERS) for unit in units}

PUBLIC = "__init__"
"""The package itself, which only hands on names. Whoever imports it imports the library."""
PUBLIC_MAY_IMPORT = {"library", "selection", "summarize", "telemetry", "judging", "types", "errors", "config"}

DOORS = {
    "chromadb": ("store/index.py",),
    "httpx": ("store/server.py",),
    "sqlite3": ("store/",),
    "openai": ("model/",),
    "llama_index": ("split.py", "llama_index_socket.py"),
    "click": ("cli/",),
    "rich": ("cli/", "show/"),
    "prompt_toolkit": ("cli/chat/prompt.py",),
    "bibtexparser": ("text/bib.py",),
    "lxml": ("read/markup.py",),
    "yaml": ("read/matter.py",),
}
"""Outside system → the files and folders that may import it."""

OUTSIDERS = {"eval", "tests"}
"""They import assistant; assistant never imports them."""

SLOW_TO_IMPORT = ("chromadb", "llama_index", "onnxruntime", "openai")


def violations(path: str, source: str) -> list[str]:
    """What is wrong with the imports of ``path`` (relative to assistant/), one sentence each."""
    found = []
    own = _unit(path)
    if own not in LEVEL and own != PUBLIC:
        found.append(f"{path}: {own} has no layer; give it one in LAYERS")
    for line, name in _imports(path, ast.parse(source)):
        where = f"{path}:{line}"
        top, *rest = name.split(".")
        if name == COMPUTED:
            if own != "cli":  # the top layer may load its commands lazily: nothing stands above it
                found.append(f"{where}: a computed import cannot be checked; write the name out")
        elif top in OUTSIDERS:
            found.append(f"{where}: assistant never imports {top}")
        elif top in DOORS and not any(_is_at(path, door) for door in DOORS[top]):
            found.append(f"{where}: {top} is imported only in {' and '.join(DOORS[top])}")
        elif top == "assistant" and (wrong := _wrong_way(own, rest[0] if rest else PUBLIC)):
            found.append(f"{where}: {wrong}")
    return found


COMPUTED = "<computed>"


def _unit(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def _is_at(path: str, door: str) -> bool:
    return path.startswith(door) if door.endswith("/") else path == door


def _wrong_way(own: str, target: str) -> str | None:
    if own == PUBLIC:
        return None if target in PUBLIC_MAY_IMPORT else f"the package hands on no names of {target}"
    if own == target or own not in LEVEL:
        return None
    level = LEVEL["library"] if target == PUBLIC else LEVEL.get(target)
    if level is None:
        return f"{target} has no layer; give it one in LAYERS"
    if level >= LEVEL[own]:
        return f"{own} imports {target}, which stands {'beside' if level == LEVEL[own] else 'above'} it"
    return None


def _imports(path: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, absolute dotted name) of everything imported; in ``from a import b`` b may be a module, so
    ``a.b`` is the name where a is a package of ours."""
    package = ["assistant", *path.split("/")[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute("." * node.level + (node.module or ""), package)
            for alias in node.names:
                yield node.lineno, _submodule(base, alias.name)
        elif isinstance(node, ast.Call) and _called(node.func) in {"import_module", "__import__"}:
            literal = node.args[0] if node.args else None
            if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
                yield node.lineno, _absolute(literal.value, package)
            else:
                yield node.lineno, COMPUTED


def _absolute(name: str, package: list[str]) -> str:
    stem = name.lstrip(".")
    dots = len(name) - len(stem)
    if not dots:
        return name
    return ".".join([*package[: len(package) - dots + 1], *([stem] if stem else [])])


def _submodule(base: str, name: str) -> str:
    """``from assistant import x``: the unit x if there is one by that name, else a public name."""
    if base != "assistant":
        return base
    return f"assistant.{name}" if name in LEVEL or (PACKAGE / f"{name}.py").exists() else base


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


# --- the tree --------------------------------------------------------------------------------------------

FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def test_the_walk_sees_the_package() -> None:
    assert {"types/__init__.py", "errors.py"} <= set(FILES)


@pytest.mark.parametrize("path", FILES)
def test_imports_point_down(path: str) -> None:
    found = violations(path, (PACKAGE / path).read_text(encoding="utf-8"))
    assert not found, "\n".join(found)


def test_dependencies_are_what_is_imported() -> None:
    """None is had by luck, through another one; none is installed for nothing."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared, only_here = (
        {canonicalize_name(Requirement(line).name) for line in lines}
        for lines in (table["project"]["dependencies"], table["dependency-groups"]["dev"])
    )
    trees = {path: ast.parse((PACKAGE / path).read_text(encoding="utf-8")) for path in FILES}
    tops = {name.split(".")[0] for path, tree in trees.items() for _, name in _imports(path, tree)}
    owners = packages_distributions()
    imported = {
        canonicalize_name(owner)
        for top in tops - set(sys.stdlib_module_names) - {"assistant", COMPUTED}
        for owner in set(owners.get(top, [top]))
    }
    assert imported - only_here == declared  # llama_index has many owners, one of them of eval alone


def test_the_readme_names_each_room_once() -> None:
    table = (
        (ROOT / "README.md")
        .read_text(encoding="utf-8")
        .split("## How it is built")[1]
        .split("From Python:")[0]
    )
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    rooms = {
        path.name + "/" * path.is_dir()
        for path in PACKAGE.iterdir()
        if list(path.glob("*.py")) or path.suffix == ".py"
    }
    rooms -= {"__init__.py", "__main__.py"}
    inside = [
        name.removeprefix("assistant/") for name in named if name not in ("prompts/", "eval/", "tests/")
    ]
    assert sorted(inside) == sorted(rooms)


def test_there_is_no_utils() -> None:
    assert not [path for folder in ("assistant", "eval") for path in (ROOT / folder).rglob("*utils*.py")]


def test_importing_the_package_loads_nothing_slow() -> None:
    assert all(importlib.util.find_spec(name) for name in SLOW_TO_IMPORT), "not installed: proves nothing"
    program = f"import sys, assistant; print([m for m in {SLOW_TO_IMPORT} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (run.stdout.strip(), run.stderr) == ("[]", "")


# --- the checker itself: it must be able to fail ---------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("types/papers.py", "from assistant.errors import Fault"),  # sideways at the bottom
        ("errors.py", "from assistant import config"),  # up, module named after the import
        ("config.py", "import assistant.prompts"),
        ("retrieve.py", "from assistant.store.catalog import Catalog"),  # a stage and a door
        ("retrieve.py", "from .store import catalog"),
        ("retrieve.py", "from . import split"),
        ("judge/quotes.py", "from ..extract.engine import pick"),
        ("judge/quotes.py", "from .. import extract"),
        ("verify/quotes.py", "def f():\n    from assistant.library import Library"),  # inside a function
        (
            "verify/quotes.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import assistant.chat",
        ),
        ("verify/quotes.py", "try:\n    import assistant.cli as c\nexcept ImportError:\n    c = None"),
        ("split.py", "from assistant import Library"),  # through the package to the library
        ("split.py", "import assistant"),
        ("library.py", "from assistant import Answer"),
        ("library.py", "import assistant.chat"),
        ("library.py", "from importlib import import_module\nimport_module('assistant.cli')"),
        ("library.py", "import importlib\nimportlib.import_module('.chat', 'assistant')"),
        ("library.py", "import importlib\nimportlib.import_module(name)"),
        ("library.py", "__import__('assistant.chat')"),
        ("chat/talk.py", "from assistant.cli.ask import ask"),
        ("chat/talk.py", "import assistant.llama_index_socket"),
        ("__init__.py", "from assistant.retrieve import search"),
        ("__init__.py", "from .cli import main"),
        ("__init__.py", "def __getattr__(name):\n    from assistant import chat"),
        ("library.py", "from eval.metrics import recall"),
        ("library.py", "import tests.fakes"),
        ("library.py", "import assistant.newcomer"),  # no layer given
        ("newcomer.py", "import re"),
    ],
)
def test_a_wrong_import_is_found(path: str, source: str) -> None:
    assert len(violations(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("store/catalog.py", "import chromadb"),
        ("store/other/index.py", "import chromadb"),
        ("library.py", "import sqlite3"),
        ("embed/remote.py", "import openai"),
        ("embed/remote.py", "def f():\n    from openai.types import Embedding"),
        ("retrieve.py", "from llama_index.core.schema import TextNode"),
        ("read/split.py", "import llama_index.core"),
        ("errors.py", "import click"),
        ("library.py", "from rich.progress import track"),
        ("verify/show.py", "import rich"),
        ("show/text.py", "import click"),
        ("cli/chat/typed.py", "from prompt_toolkit import PromptSession"),
    ],
)
def test_a_system_reached_past_its_door_is_found(path: str, source: str) -> None:
    (found,) = violations(path, source)
    assert "is imported only in" in found


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("types/papers.py", "import dataclasses, numpy as np"),
        ("config.py", "from assistant.errors import Fault\nfrom .types import Paper"),
        ("write/exchange.py", "from assistant.write._words import join\nfrom . import extract\nimport re"),
        (
            "extract/engine.py",
            "from ..text import spans\nfrom .. import types\nfrom assistant import text",
        ),
        ("read/__init__.py", "from .pdf import read_pdf\nfrom assistant.read import bib"),
        ("library.py", "from assistant.store.index import Vectors\nfrom assistant import split"),
        ("chat/talk.py", "from assistant import Library, types\nimport assistant.library"),
        ("llama_index_socket.py", "from llama_index.core import QueryBundle\nfrom assistant import Library"),
        ("cli/ask.py", "import click, rich\nfrom assistant.chat import Chat\nfrom .common import options"),
        ("cli/__init__.py", "from importlib import import_module\nimport_module(f'assistant.cli.{name}')"),
        ("__main__.py", "from assistant.cli import main"),
        ("__init__.py", "from assistant.library import Library\nfrom .types import Paper"),
        ("store/index.py", "import chromadb, sqlite3\nfrom chromadb.config import Settings"),
        ("store/_schema.py", "import sqlite3"),
        ("model/chat.py", "from openai import OpenAI"),
        ("split.py", "def f():\n    from llama_index.core.node_parser import SentenceSplitter"),
        ("show/text.py", "from rich.console import Console"),
        ("retrieve.py", "import clickhouse, richer"),  # names that only begin alike
    ],
)
def test_a_right_import_passes(path: str, source: str) -> None:
    assert violations(path, source) == []
