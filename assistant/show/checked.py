"""CheckReport → text for a window, or one "file:line: message" each for an editor."""

from rich.cells import cell_len, set_cell_size

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, MARKER, WARNING, block, paint, painted, wrap
from assistant.types import DOUBTFUL, AbsentWork, CheckedClaim, CheckedSentence, CheckReport, Quote

_INDENT = "    "
_SOUND = frozenset({"supported", "no-citation-needed"})


def report(report: CheckReport, width: int, colour: bool) -> str:
    """What is sound, briefly; then, near the prompt, what needs attention, in full."""
    sections = {
        "Supported": [_brief(s, width, colour) for s in report.sentences if s.verdict == "supported"],
        "Cited without a claim": [
            _brief(s, width, colour) for s in report.sentences if s.verdict == "no-citation-needed"
        ],
        "To look at": [_full(s, width, colour) for s in report.sentences if s.verdict in DOUBTFUL],
        "Not found in the library": [_absent(work, width) for work in report.absent],
        "Could cite": [_full(s, width, colour) for s in report.suggestions],
    }
    blocks = []
    for title, found in sections.items():
        if found:
            blocks += [paint(title, BOLD, colour), *found]
    if not report.sentences:
        blocks.insert(0, block(_nothing(report), width))
    return "\n\n".join(blocks)


def footer(report: CheckReport) -> str:
    """One line: how many sentences of which verdict, and how long it took."""
    counted = ", ".join(f"{number:,} {verdict}" for verdict, number in report.counts.items())
    pieces = [
        parts.count(report.read, "sentence"),
        f"{len(report.sentences):,} cited" + (f": {counted}" if counted else ""),
        f"{report.seconds:.2f} s",
    ]
    return " · ".join(pieces)


def lines(report: CheckReport) -> str:
    """One "file:line: message" for each thing to look at; empty if there is none."""
    told = [*map(one_line, report.warnings)]
    for sentence in (*report.sentences, *report.suggestions):
        for claim in sentence.claims:
            if not claim.cites or claim.verdict not in _SOUND:
                told.append(
                    f"{_place(sentence)}: {one_line('; '.join([_verdict(claim), *_findings(claim)]))}"
                )
    return "\n".join(told)


def _nothing(report: CheckReport) -> str:
    if not report.read:
        return f"{one_line(report.file)} holds no sentence."
    return f"No sentence of {one_line(report.file)} cites anything."


def _brief(sentence: CheckedSentence, width: int, colour: bool) -> str:
    """The sentence on one line, cut where that ends, and the quotes behind it."""
    head = f"{_place(sentence)}  "
    room = max(20, width - cell_len(head))
    text = one_line(sentence.text)
    if cell_len(text) > room:
        text = set_cell_size(text, room - 2).rsplit(maxsplit=1)[0] + " …"
    shown = [head + text]
    for claim in sentence.claims:
        for finding in _findings(claim) if claim.quote else []:
            shown += painted(wrap(finding, width, _INDENT), DIM, colour)
    return "\n".join(shown)


def _full(sentence: CheckedSentence, width: int, colour: bool) -> str:
    """The sentence whole; then, for each claim that is not supported, why not, and what the papers say."""
    shown = [paint(_place(sentence), BOLD, colour), *wrap(one_line(sentence.text), width, "  ")]
    for claim in sentence.claims:
        if claim.cites and claim.verdict in _SOUND:
            continue
        opening = _verdict(claim)
        rows = wrap(opening, width, "  ")
        shown += painted(rows, MARKER if not claim.cites else WARNING, colour)
        if len(sentence.claims) > 1:
            shown += wrap(f"of: {one_line(claim.text)}", width, _INDENT)
        for finding in _findings(claim):
            shown += wrap(finding, width, _INDENT)
    return "\n".join(shown)


def _verdict(claim: CheckedClaim) -> str:
    """The verdict with its score and reason; for a sentence without citation whom it could cite."""
    score = "" if claim.support is None else f" ({claim.support:.2f})"
    if not claim.cites:
        return f"could cite {', '.join(claim.papers)}{score}"
    return f"{claim.verdict}{score}: {one_line(claim.reason)}"


def _findings(claim: CheckedClaim) -> list[str]:
    """What the cited papers say, and what another one does."""
    found = [_said(claim.quote, claim.page, "says")] if claim.quote else []
    return found + ([_said(claim.better, claim.better_page, "supports it")] if claim.better else [])


def _said(quote: Quote, page: int | None, verb: str) -> str:
    place = "" if page is None else f" (p. {page})"
    return f"{one_line(quote.paper)} {verb}: “{one_line(quote.text)}”{place}"


def _absent(work: AbsentWork, width: int) -> str:
    places: dict[str, list[str]] = {}
    for file, line in work.places:
        places.setdefault(file, []).append(str(line))
    where = "; ".join(f"{one_line(file)}:{','.join(numbers)}" for file, numbers in places.items())
    which = f" (may be {' or '.join(work.candidates)})" if work.candidates else ""
    return "\n".join(wrap(f"{one_line(work.key)}{which}: {where}", width, "", _INDENT))


def _place(sentence: CheckedSentence) -> str:
    return f"{one_line(sentence.file)}:{sentence.line}"
