"""run, compare, report, gate, adapt: what they take at the command line, and what they do with it."""

import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from assistant import Library
from eval import adapters, gate, report, run, shelves, suite, tables


def takes_run(parser: ArgumentParser) -> None:
    names = ", ".join(shelves.shelves())
    parser.add_argument("names", nargs="*", metavar="SUITE", help=f"{names}; by default seeds and abstracts")
    parser.add_argument(
        "--suite", nargs="+", default=[], metavar="SUITE", help="the same; or a file, with --library"
    )
    parser.add_argument("--library", type=Path, help="ask this library a suite of your own")
    parser.add_argument(
        "--haystack", type=int, default=0, metavar="N", help="with N abstracts of the ACL Anthology around"
    )
    parser.add_argument("--model", help="let this model write the answers")
    parser.add_argument(
        "--processes",
        type=_some,
        default=1,
        metavar="N",
        help="ask in N at a time; how long each takes then means little",
    )
    parser.add_argument("--half", choices=("dev", "test"), help="ask this half of the suite alone")
    parser.add_argument(
        "--draw", type=_some, metavar="N", help="ask N cases alone, drawn at random, always the same"
    )


def _some(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("must be a number from 1 on")
    return int(text)


def run_(given: Namespace) -> None:
    names = [*given.names, *given.suite]
    if given.library and (len(names) != 1 or not Path(names[0]).is_file()):
        raise SystemExit("--library asks one suite of your own: --library DIR --suite FILE.jsonl")
    for name in names or _defaults():
        if given.library:
            with Library.open(given.library) as library:
                cases = suite.drawn(_cases(Path(name), library), given.half, given.draw)
                _asked(Path(name).stem, library, cases, given)
        else:
            _check_there(name, given.haystack)
            try:
                with shelves.opened(name, given.haystack) as (library, cases):
                    parts = (name, given.haystack, given.half, given.draw)
                    cases = suite.drawn(cases, given.half, given.draw)
                    _asked("-".join(str(part) for part in parts if part), library, cases, given)
            except suite.Malformed as error:
                raise SystemExit(str(error)) from error


def _defaults() -> list[str]:
    found = [name for name in ("seeds", "abstracts") if not shelves.absent(shelves.shelves()[name])]
    if "seeds" not in found:
        print(f"seeds is passed over: its papers are not in {shelves.DATA}", file=sys.stderr)
    return found


def _check_there(name: str, haystack: int) -> None:
    known = shelves.shelves()
    if name not in known:
        hint = (
            f"; a file needs --library: python -m eval run --library DIR --suite {name}"
            if Path(name).is_file()
            else ""
        )
        raise SystemExit(f"no suite is called {name}; there are {', '.join(known)}{hint}")
    shelf = shelves.around(known[name], haystack) if haystack else known[name]
    if gone := shelves.absent(shelf):
        raise SystemExit(f"the papers of {name} are not here: {', '.join(map(str, gone))}")


def _cases(path: Path, library: Library) -> list[suite.Case]:
    try:
        return suite.cases(path, library)
    except (OSError, suite.Malformed) as error:
        raise SystemExit(str(error)) from error


def _asked(name: str, library: Library, cases: list[suite.Case], given: Namespace) -> None:
    if not cases:
        raise SystemExit(f"{name} has no case in its {given.half} half; ask without --half")
    found = run.run(name, library, cases, given.model, _bar(name), given.processes)
    print(f"{name}, {len(cases)} cases, {found.commit}\n", tables.table(found.outcomes), sep="\n")
    path = run.save(found, run.RESULTS)
    path.with_suffix(".html").write_text(report.page(found), encoding="utf-8")
    print(f"\n{path}\n{path.with_suffix('.html')}\n")


def _bar(name: str) -> run.Progress:
    """A bar at a terminal; elsewhere nothing."""
    started = time.monotonic()

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            left = (time.monotonic() - started) / done * (of - done)
            drawn = "#" * (30 * done // of)
            end = "\n" if done == of else ""
            print(
                f"\r{name} [{drawn:30}] {done}/{of}, {left:3.0f} s left ",
                end=end,
                file=sys.stderr,
                flush=True,
            )

    return progress


def compare(given: Namespace) -> None:
    before, after = _loaded(given.before), _loaded(given.after)
    if not tables.shared(before.outcomes, after.outcomes):
        raise SystemExit(
            f"{given.before} is of {before.suite}, {given.after} of {after.suite}; they share no case"
        )
    print(tables.compared(before.outcomes, after.outcomes))


def report_(given: Namespace) -> None:
    out = given.out or given.file.with_suffix(".html")
    out.write_text(report.page(_loaded(given.file)), encoding="utf-8")
    print(out)


def _loaded(path: Path) -> run.Run:
    try:
        return run.load(path)
    except (OSError, ValueError) as error:
        raise SystemExit(str(error)) from error


def gate_(given: Namespace) -> None:
    with shelves.opened(gate.SUITE) as (library, cases):
        found = run.run("gate", library, cases, progress=_bar("gate"), processes=2)
    if given.accept:
        gate.accept(found)
        print(gate.BASELINE)
    elif said := gate.failures(found):
        raise SystemExit("\n".join(said))
    else:
        print(f"gate: nothing fell in {len(cases)} cases")


def adapt(given: Namespace) -> None:
    try:
        print(adapters.adapt(given.form, given.source, given.out))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"{given.source} is not in the form of {given.form}: {error!r}") from error


def takes_two(parser: ArgumentParser) -> None:
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)


def takes_report(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a result of run")
    parser.add_argument("--out", type=Path, help="by default beside it")


def takes_gate(parser: ArgumentParser) -> None:
    parser.add_argument("--accept", action="store_true", help="make what is found the baseline")


def takes_adapt(parser: ArgumentParser) -> None:
    parser.add_argument("form", choices=[*adapters.FORMS, *adapters.JUDGED])
    parser.add_argument("source", type=Path, help="the set's file; for beir, its folder")
    parser.add_argument("--out", type=Path, required=True, help="a folder for papers and suite")
