"""CheckReport → text for a window, or one "file:line: message" each for an editor."""

from rich.cells import cell_len, set_cell_size

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, MARKER, WARNING, block, paint, painted, wrap
from assistant.types import AbsentWork, CheckedClaim, CheckedSentence, CheckReport, Quote

_INDENT = "    "
_SOUND = frozenset({"supported", "no-citation-needed"})


def report(report: CheckReport, width: int, colour: bool, everything: bool = False) -> str:
    """What is wrong, in full, near the prompt; ``everything``: before it also what is sound, what is not shown, and
    where each work is cited that the library does not hold."""
    of = {verdict: [s for s in report.sentences if s.verdict == verdict] for verdict in report.counts}
    sections = {
        "Supported": [_brief(s, width, colour) for s in of.get("supported", ()) if everything],
        "Cited without a claim": [
            _brief(s, width, colour) for s in of.get("no-citation-needed", ()) if everything
        ],
        "Not shown by what the library holds": [
            _full(s, width, colour) for s in of.get("not-shown", ()) if everything
        ],
        "Not found in the library": [
            "\n".join(wrap(absent(work), width, "", _INDENT)) for work in report.absent
        ]
        if everything
        else [block(", ".join(_named(work) for work in report.absent), width)]
        if report.absent
        else [],
        "Could cite": [_full(s, width, colour) for s in report.suggestions],
        "Accepted": [_brief(s, width, colour) for s in report.sentences if everything and s.is_accepted],
        "Wrong": [_full(s, width, colour) for s in of.get("wrong", ()) if not s.is_accepted],
    }
    blocks = []
    for title, found in sections.items():
        if found:
            blocks += [paint(title, BOLD, colour), *found]
    if not report.sentences:
        blocks.insert(0, block(_nothing(report), width))
    elif report.passed and report.checkable:
        blocks.append(block(one_line(outcome(report)), width))
    return "\n\n".join(blocks)


def footer(report: CheckReport) -> str:
    """One line: how many sentences of which verdict, how much could be checked, and how long it took."""
    counted = ", ".join(f"{number:,} {verdict}" for verdict, number in report.counts.items())
    pieces = [
        parts.count(report.read, "sentence"),
        f"{len(report.sentences):,} cited" + (f": {counted}" if counted else ""),
        *([] if report.checkable is None else [f"{report.checkable:.0%} could be checked"]),
        f"{report.seconds:.2f} s",
    ]
    return " · ".join(pieces)


def lines(report: CheckReport, everything: bool = False) -> str:
    """One "file:line: message" for each thing to look at; empty if there is none."""
    told = [*map(one_line, report.warnings)]
    for sentence in (*report.sentences, *report.suggestions):
        for claim in sentence.claims:
            if not claim.cites or _is_told(claim, sentence, everything):
                told.append(f"{place(sentence)}: {message(claim)}")
    return "\n".join(told)


def _is_told(claim: CheckedClaim, sentence: CheckedSentence, everything: bool) -> bool:
    return (
        claim.verdict not in _SOUND if everything else claim.verdict == "wrong" and not sentence.is_accepted
    )


def message(claim: CheckedClaim) -> str:
    """What is found of a claim, on one line."""
    return one_line("; ".join([verdict(claim), *_findings(claim)]))


def outcome(report: CheckReport) -> str:
    """How the draft as a whole stands."""
    wrong = report.counts.get("wrong", 0)
    if not report.sentences:
        return _nothing(report)
    if not report.checkable:
        return f"Nothing in {report.file} could be checked."
    found = f"{parts.count(wrong, 'sentence')} found wrong" if wrong else "nothing found wrong"
    return f"{report.file}: {found}."


def _nothing(report: CheckReport) -> str:
    if not report.read:
        return f"{one_line(report.file)} holds no sentence."
    return f"No sentence of {one_line(report.file)} cites anything."


def _brief(sentence: CheckedSentence, width: int, colour: bool) -> str:
    """The sentence on one line, cut where that ends, and the quotes behind it."""
    head = f"{place(sentence)}  "
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
    shown = [paint(place(sentence), BOLD, colour), *wrap(one_line(sentence.text), width, "  ")]
    for claim in sentence.claims:
        if claim.cites and claim.verdict in _SOUND:
            continue
        opening = verdict(claim)
        rows = wrap(opening, width, "  ")
        shown += painted(rows, MARKER if not claim.cites else WARNING, colour)
        if len(sentence.claims) > 1:
            shown += wrap(f"of: {one_line(claim.text)}", width, _INDENT)
        for finding in _findings(claim):
            shown += wrap(finding, width, _INDENT)
    return "\n".join(shown)


def verdict(claim: CheckedClaim) -> str:
    """The verdict with its reason, and its score where that decided; for a sentence without citation whom it could
    cite."""
    score = "" if claim.support is None or claim.kind else f" ({claim.support:.2f})"
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


def absent(work: AbsentWork) -> str:
    """A key that the library cannot answer for, and each place that cites it."""
    places: dict[str, list[str]] = {}
    for file, line in work.places:
        places.setdefault(file, []).append(str(line))
    where = "; ".join(f"{one_line(file)}:{','.join(numbers)}" for file, numbers in places.items())
    return f"{_named(work)}: {where}"


def _named(work: AbsentWork) -> str:
    return one_line(work.key) + (f" (may be {' or '.join(work.candidates)})" if work.candidates else "")


def place(sentence: CheckedSentence) -> str:
    return f"{one_line(sentence.file)}:{sentence.line}"
