"""AddReport, Status → text: how many files in which state, and for each that needs attention why."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, WARNING, paint_start, painted, wrap
from assistant.types import AddReport, FileReport, Status

_REASONS = {
    "changed": "differs from what was read; to read it again: assistant add PATH",
    "missing": "is not there any more; its papers stay until: assistant papers remove KEY",
}


def added(report: AddReport) -> str:
    """AddReport → a line for each file that failed or is read in part, for what no reader knows, and for the sum."""
    failed = [
        f"failed: {one_line(file.path)}: {one_line(file.error or '')}"
        for file in report.files
        if file.state == "failed"
    ]
    warned = [
        f"warning: {one_line(file.path)}: {one_line(file.warning)}" for file in report.files if file.warning
    ]
    updated = f", {report.papers_updated:,} updated" if report.papers_updated else ""
    counts = [
        f"{parts.count(len(report.files), 'file')}{_by_state(report.files)}",
        f"{parts.count(report.papers_added, 'paper')} added{updated}",
        f"{parts.count(report.passages, 'passage')}",
        f"{report.seconds:.1f} s",
    ]
    return "\n".join([*failed, *warned, *unread(report.unread), " · ".join(counts)])


def unread(paths: Sequence[str]) -> list[str]:
    """Files that no reader knows, counted by the end of their names, with the first of each."""
    kinds: dict[str, list[str]] = {}
    for path in paths:
        kinds.setdefault(Path(path).suffix.lower() or "no ending", []).append(path)
    told = [
        f"{kind} ({len(of)}: {one_line(Path(of[0]).name)}{', ...' if len(of) > 1 else ''})"
        for kind, of in kinds.items()
    ]
    return [f"not read, as no reader knows them: {', '.join(told)}"] if told else []


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
    column = max(map(len, facts)) + 2
    lines = []
    for name, value in facts.items():
        rows = wrap(one_line(value), width, f"{name:<{column}}")
        lines += [paint_start(rows[0], name, BOLD, colour), *rows[1:]]
    for file in status.files:
        if file.state != "ok":
            lines += ["", *_attention(file, width, colour)]
    if status.checked:
        lines += [
            "",
            "Checked:",
            *(row for part in status.checked for row in wrap(f"- {part}", width, "", "  ")),
        ]
    return "\n".join(lines)


def _attention(file: FileReport, width: int, colour: bool) -> list[str]:
    rows = wrap(f"{file.state}: {one_line(file.path)}", width, "", "  ")
    rows[0] = paint_start(rows[0], f"{file.state}:", WARNING, colour)
    reason = file.error or _REASONS.get(file.state, "")
    return rows + painted(wrap(one_line(reason), width, "  "), DIM, colour)


def _by_state(files: Sequence[FileReport]) -> str:
    """ ": 2 ok, 1 failed", what follows the number of files."""
    states = Counter(file.state for file in files)
    counted = ", ".join(f"{number:,} {state}" for state, number in sorted(states.items()))
    return f": {counted}" if counted else ""


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
