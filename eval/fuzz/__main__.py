"""python -m eval.fuzz [--minutes M] [--growth]: hostile files to every reader; what fails is kept in .fuzz."""

import argparse
import sys
from collections import Counter
from concurrent.futures import Future
from pathlib import Path
from time import monotonic

from assistant.errors import ReadError
from assistant.workers import Bounds, Fault, Workers
from eval.fuzz import damage
from eval.fuzz.growth import FILES, GOAL, all_growth
from eval.fuzz.trial import Taken, take
from eval.sets import DATA

BOUNDS = Bounds(5, 1_000_000_000)
"""What no damaged file may need."""
KEPT = Path(".fuzz")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long files are damaged")
    parser.add_argument(
        "--first", type=int, default=0, help="the number of the first damaged file of each format"
    )
    parser.add_argument("--most", type=int, default=10_000, help="damaged files of each format")
    parser.add_argument("--growth", action="store_true", help="growing texts instead, about an hour")
    parser.add_argument("--files", nargs="*", default=list(FILES), help="formats of growing texts")
    arguments = parser.parse_args()
    failed = _growth(arguments.files) if arguments.growth else _damage(arguments)
    sys.exit(failed > 0)


def _growth(names: list[str]) -> int:
    tried = failed = 0
    for each in all_growth(names):
        tried += 1
        if each.factor > GOAL:
            failed += 1
            print(
                f"{each.file:12} {each.family:22} {each.size:>8,} {each.seconds:6.2f} s x {each.factor:.1f}",
                flush=True,
            )
    print(f"{tried} growing texts, {failed} grow more than {GOAL} times at twice the size")
    return failed


def _damage(arguments: argparse.Namespace) -> int:
    files, ends = damage.originals(DATA), monotonic() + 60 * arguments.minutes
    counts, slowest = Counter[tuple[str, str]](), dict[str, float]()
    with Workers() as workers:
        for number in range(arguments.first, arguments.first + arguments.most):
            if monotonic() > ends:
                break
            begun = [
                (name, data, workers.submit(BOUNDS, take, data, name))
                for name, data in damage.cases(files, number)
            ]
            for name, data, future in begun:
                outcome, seconds = _outcome(future)
                counts[name, outcome] += 1
                slowest[name] = max(slowest.get(name, 0.0), seconds)
                if outcome not in ("read", "refused"):
                    KEPT.mkdir(exist_ok=True)
                    (KEPT / f"{number}-{name}").write_bytes(data)
                    print(f"{KEPT / f'{number}-{name}'}: {outcome}", flush=True)
    for name in slowest:
        told = {outcome: n for (file, outcome), n in sorted(counts.items()) if file == name}
        print(f"{name:10} {sum(told.values()):>6,} files, slowest {slowest[name]:.2f} s: {told}")
    return sum(n for (_, outcome), n in counts.items() if outcome not in ("read", "refused"))


def _outcome(future: "Future[Taken]") -> tuple[str, float]:
    try:
        taken = future.result()
    except (ReadError, Fault) as error:
        return str(error), BOUNDS.seconds
    return ("refused" if taken.refused else "read"), taken.seconds


if __name__ == "__main__":
    main()
