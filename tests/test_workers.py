"""Functions in processes of their own: what they may take, how they end, and that none stays behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from assistant import workers
from assistant.errors import ReadError
from assistant.workers import Bounds, Fault, Workers, tell

ROOT = Path(__file__).resolve().parents[1]
ROOMY = Bounds(60, 2_000_000_000)


def refuse(why: str) -> None:
    raise ReadError(why)


def take_memory(size: int) -> int:
    return len(bytearray(size))


def search_for_ever() -> None:
    """In C, where Python looks at nothing meanwhile."""
    pow(3, 10**9)


def read_nowhere() -> None:
    ctypes.string_at(0)


def number() -> int:
    return os.getpid()


def count_to(last: int, end: bool) -> str:
    for each in range(last):
        tell(each + 1)
    if end:
        os._exit(3)
    return "done"


def leave_a_file() -> str:
    import tempfile

    return tempfile.mkstemp()[1]


@pytest.fixture
def pool() -> "workers.Workers":
    with Workers(2) as opened:
        yield opened  # type: ignore[misc]


def test_a_result_comes_back_and_an_expected_error_is_raised(pool: Workers) -> None:
    assert pool.submit(ROOMY, divmod, 7, 2).result() == (3, 1)
    with pytest.raises(ReadError, match="it is empty"):
        pool.submit(ROOMY, refuse, "it is empty").result()


def test_a_process_lives_on_for_the_next_call(pool: Workers) -> None:
    first = pool.submit(ROOMY, number).result()
    assert first != os.getpid() and pool.submit(ROOMY, number).result() == first
    with Workers(1) as another:
        assert another.submit(ROOMY, number).result() == first


def test_a_process_lives_on_though_its_parent_once_took_much_memory(pool: Workers) -> None:
    much = bytearray(workers._KEPT + 100_000_000)
    much[::4096] = b"x" * len(range(0, len(much), 4096))
    del much
    workers._end_all()
    assert pool.submit(ROOMY, number).result() == pool.submit(ROOMY, number).result()


def test_a_process_that_is_killed_as_it_answers_is_not_kept(
    pool: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = workers._Process.call

    def call(process: Any, *given: Any) -> Any:
        answer = answered(process, *given)
        pool._closed = True  # as close does before it kills those that are busy
        process.kill()
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(workers._Process, "call", call)
        assert pool.submit(ROOMY, divmod, 7, 2).result() == (3, 1)
    with Workers(1) as another:
        assert another.submit(ROOMY, divmod, 7, 2).result() == (3, 1)


def test_a_call_tells_how_far_it_is(pool: Workers) -> None:
    told: list[int] = []
    assert pool.followed(told.append, ROOMY, count_to, 3, end=False).result() == "done" and told == [1, 2, 3]
    assert pool.submit(ROOMY, count_to, 3, end=False).result() == "done"
    with pytest.raises(Fault, match="exit code 3"):
        pool.followed(told.append, ROOMY, count_to, 2, end=True).result()
    assert told == [1, 2, 3, 1, 2]
    assert count_to(9, end=False) == "done"  # where nobody called


@pytest.mark.parametrize(
    ("bounds", "call", "why"),
    [
        (Bounds(0.3, 2_000_000_000), (search_for_ever,), "takes longer than 0 s"),
        (Bounds(0.3, 2_000_000_000), (time.sleep, 60), "takes longer than 0 s"),
        (Bounds(60, 600_000_000), (take_memory, 700_000_000), "takes more than 600 MB of memory"),
    ],
)
def test_what_takes_more_than_it_may_is_ended(pool: Workers, bounds: Bounds, call: tuple, why: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(ReadError, match=why):
        pool.submit(bounds, *call).result(timeout=50)
    assert pool.submit(ROOMY, divmod, 7, 2).result() == (3, 1)


def test_a_bound_is_of_one_call(pool: Workers) -> None:
    assert pool.submit(Bounds(60, 600_000_000), number).result()
    assert pool.submit(ROOMY, take_memory, 700_000_000).result() == 700_000_000


@pytest.mark.parametrize(
    ("call", "how", "trace"),
    [
        ((divmod, 1, 0), "ZeroDivisionError: ", "Traceback"),
        ((read_nowhere,), "SIGSEGV", "read_nowhere"),
        ((os._exit, 3), "exit code 3", ""),
    ],
)
def test_a_fault_says_where(pool: Workers, call: tuple, how: str, trace: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(Fault, match=how) as raised:
        pool.submit(ROOMY, *call).result()
    assert trace in raised.value.log and raised.value.__notes__ == [raised.value.log]


def test_what_still_runs_at_the_end_is_killed(tmp_path: Path) -> None:
    started = time.monotonic()
    with Workers(2) as pool:
        pool.submit(ROOMY, number).result()
        calls = [pool.submit(Bounds(600, 2_000_000_000), time.sleep, 500) for _ in range(3)]
        while sum(call.running() for call in calls) < 2:
            time.sleep(0.01)
    assert time.monotonic() - started < 200 and all(call.done() for call in calls)


def run_alone(program: str) -> "subprocess.CompletedProcess[str]":
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True)


def test_what_a_process_leaves_goes_with_it() -> None:
    program = (
        "from assistant.workers import *; from tests.test_workers import *\n"
        "with Workers(1) as pool: print(pool.submit(ROOMY, leave_a_file).result(), pool.submit(ROOMY, number).result())"
    )
    run = run_alone(program)
    file, process = run.stdout.split()
    assert not os.path.exists(os.path.dirname(file)) and not os.path.exists(f"/proc/{process}")


def test_processes_end_with_the_one_that_started_them() -> None:
    program = (
        "import os; from assistant.workers import *; from tests.test_workers import *\n"
        "with Workers(1) as pool: print(pool.submit(ROOMY, number).result(), flush=True); os.kill(os.getpid(), 9)"
    )
    run = run_alone(program)
    assert run.returncode == -signal.SIGKILL
    for _ in range(1000):
        if not os.path.exists(f"/proc/{int(run.stdout)}"):
            return
        time.sleep(0.02)
    pytest.fail("the worker lives on")
