"""AddReport, Status → text: how many files in which state, and for each that needs attention why."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, WARNING, paint_start, painted, wrap
from assistant.types import AddReport, FileReport, Status, Transfer

_REASONS = {
    "changed": "differs from what was read; to read it again: assistant add PATH",
    "missing": "is not there any more; if it was moved: assistant add its new PATH; if it was deleted, its papers stay"
    " until: assistant add --prune PATH",
}


_NAMED = 5
"""Files of one kind that are named; a folder of pictures has thousands."""


def added(report: AddReport) -> str:
    """AddReport → a line for each file that failed or could not be read whole, for each kind of file that was
    skipped, and one that counts."""
    failed = [
        f"failed: {one_line(file.path)}: {one_line(file.error or '')}"
        for file in report.files
        if file.state == "failed"
    ]
    failed += [
        f"warning: {one_line(file.path)}: {one_line(each)}" for file in report.files for each in file.warnings
    ]
    updated = f", {report.papers_updated:,} updated" if report.papers_updated else ""
    counts = [
        f"{parts.count(len(report.files), 'file')}{_by_state(report.files)}",
        f"{parts.count(report.papers_added, 'paper')} added{updated}",
        f"{parts.count(report.passages, 'passage')}",
        f"{report.seconds:.1f} s",
    ]
    return "\n".join([*failed, *_skipped(report.files), *_whereabouts(report), " · ".join(counts)])


def _whereabouts(report: AddReport) -> list[str]:
    """A line each for the files that were moved, that are missing, and whose papers were taken out."""
    moved = [f"{file.moved_from} → {file.path}" for file in report.files if file.moved_from]
    lines = [f"moved: {parts.count(len(moved), 'file')}, with the papers: {_some(moved)}"] if moved else []
    for state, files, what in (
        ("missing", report.missing, "kept until: assistant add --prune, with the same paths"),
        ("pruned", report.pruned, "taken out"),
    ):
        if files:
            papers = parts.count(len({key for file in files for key in file.papers}), "paper")
            named = _some([file.path for file in files])
            lines.append(f"{state}: {parts.count(len(files), 'file')} ({named}) with {papers}, {what}")
    return [one_line(line) for line in lines]


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")


def _skipped(files: Sequence[FileReport]) -> list[str]:
    """A line for each kind of file, by the end of its name, that was skipped for the same reason."""
    kinds: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for file in files:
        if file.state == "skipped":
            path = PurePath(file.path)
            kinds[path.suffix.lower(), file.error or ""].append(path.name)
    lines = []
    for (suffix, reason), names in sorted(kinds.items()):
        what = f"{len(names):,} {suffix}" if suffix else parts.count(len(names), "file") + " without a suffix"
        lines.append(one_line(f"skipped: {what} ({_some(names)}): {reason}"))
    return lines


def transferred(done: Transfer) -> str:
    there = f", of which {done.skipped:,} were there" if done.skipped else ""
    held = f"{parts.count(done.papers, 'paper')} in {parts.count(done.passages, 'passage')}"
    return f"{parts.count(done.files, 'file')}{there}; {held}, compared: {done.digest} · {done.seconds:.1f} s"


def status(status: Status, width: int, colour: bool) -> str:
    """Status → what there is, then each file whose state is not ok, then what was checked."""
    facts = {
        "library": status.folder,
        "papers": f"{status.papers:,} in {parts.count(status.passages, 'passage')}",
        "embedder": status.embedder or "none yet",
        "size": _size(status.bytes),
        **status.indexes,
        "files": f"{len(status.files):,}{_by_state(status.files)}",
    }
    if status.log:
        facts["log"] = f"{status.log} (tracebacks of readers that failed; please report them, and delete it)"
    column = max(map(len, facts)) + 2
    lines = []
    for name, value in facts.items():
        rows = wrap(one_line(value), width, f"{name:<{column}}")
        lines += [paint_start(rows[0], name, BOLD, colour), *rows[1:]]
    for file in status.files:
        if file.state not in ("ok", "skipped") or file.warnings:
            lines += ["", *_attention(file, width, colour)]
    for line in _skipped(status.files):
        lines += ["", *wrap(line, width, "", "  ")]
    if status.checked:
        lines += [
            "",
            "Checked:",
            *(row for part in status.checked for row in wrap(f"- {part}", width, "", "  ")),
        ]
    return "\n".join(lines)


def _attention(file: FileReport, width: int, colour: bool) -> list[str]:
    state = "not whole" if file.warnings else file.state
    rows = wrap(f"{state}: {one_line(file.path)}", width, "", "  ")
    rows[0] = paint_start(rows[0], f"{state}:", WARNING, colour)
    reason = "; ".join(file.warnings) or file.error or _REASONS.get(file.state, "")
    return rows + painted(wrap(one_line(reason), width, "  "), DIM, colour)


def _by_state(files: Sequence[FileReport]) -> str:
    """ ": 2 ok, 1 failed", what follows the number of files."""
    states = Counter(file.state for file in files)
    counted = ", ".join(f"{number:,} {state}" for state, number in sorted(states.items()))
    return f": {counted}" if counted else ""


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
