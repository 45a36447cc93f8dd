"""Answer, Claim, Paper → the parts that every format lays out, as text not yet escaped for any of them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from assistant.show.plain import one_line
from assistant.types import Answer, Citation, Claim, Dropped, Paper, RecordCitation, Usage

UNTITLED = "(untitled)"
_PROCEEDINGS = re.compile(r"\b(proc|proceedings|conference|workshop|symposium|findings)\b", re.IGNORECASE)
_PREPRINTS = re.compile(r"\b(arxiv|biorxiv|medrxiv|preprint)", re.IGNORECASE)
_CELLS = re.compile(r"\s{2,}")
"""What parts the cells of a row."""


def sentence(claim: Claim) -> tuple[str, tuple[int, ...], str]:
    """The claim's words, its markers, and the closing punctuation that follows them; together they read
    as ``claim.marked_text``."""
    stop = claim.text[-1:] if claim.markers and claim.text[-1:] in ".!?" else ""
    return claim.text.removesuffix(stop), claim.markers, stop


def warning(claim: Claim) -> str:
    """What must be said of a claim before it is read; empty for a supported one."""
    return "" if claim.verdict == "supported" else claim.verdict


def quotes(answer: Answer, marker: int) -> list[Citation]:
    """The quotes from one reference, each once, in the order of the paper; what one leans on only where that is not
    among them."""
    cited = [c for claim in answer.claims for c in claim.citations if c.marker == marker]
    spans = {(c.quote.start, c.quote.end): c for c in sorted(cited, key=lambda c: c.before is not None)}
    return [
        replace(c, before=None)
        if c.before and any(start <= c.before.start and c.before.end <= end for start, end in spans)
        else c
        for _, c in sorted(spans.items())
    ]


def recorded(answer: Answer, marker: int) -> list[str]:
    """What is cited from the record of one reference, each once: field, value, and who says so."""
    cited = (each for claim in answer.claims for each in claim.recorded if each.marker == marker)
    return list(dict.fromkeys(map(on_record, cited)))


def on_record(citation: RecordCitation) -> str:
    """Field, value, and who says so."""
    return (
        f"{citation.recorded.field}: {citation.recorded.said} (says {citation.source or 'an edit by hand'})"
    )


def place(citation: Citation) -> str:
    """Page and section of a quote, as far as they are known; of a table's row also its caption and columns' heads."""
    page = None if citation.page is None else f"p. {citation.page}"
    where = ", ".join(part for part in (page, citation.section) if part)
    return "; ".join(filter(None, (where, *(_CELLS.sub(" | ", line.strip()) for line in citation.table))))


def title(paper: Paper) -> str:
    """The title; for a paper without one its handle, and that it is untitled: none is ever made up."""
    return paper.title or (f"{paper.handle} {UNTITLED}" if paper.handle else UNTITLED)


def authors(names: Sequence[str], limit: int = 3) -> str:
    """The first ``limit`` names and "et al."; "Curie, Marie" needs a semicolon to the next name."""
    separator = "; " if any("," in name for name in names) else ", "
    shown = [*names[:limit], "et al."] if len(names) > limit else names
    return separator.join(shown)


def first_authors(names: Sequence[str]) -> str:
    """One name, or both of two, else the first and "et al."."""
    return authors(names, 2 if len(names) < 3 else 1)


def kind(paper: Paper) -> str:
    """preprint, proceedings or journal, by the venue's name; other where there is none."""
    if not paper.venue:
        return "other"
    if _PREPRINTS.search(paper.venue):
        return "preprint"
    return "proceedings" if _PROCEEDINGS.search(paper.venue) else "journal"


def imprint(paper: Paper) -> str:
    """Venue and year, as far as they are known."""
    return ", ".join(str(part) for part in (paper.venue, paper.year) if part)


def grouped(answer: Answer) -> list[tuple[str, list[Claim]]]:
    """The claims under their headings; "" where they have none."""
    return [(part, list(claims)) for part, claims in groupby(answer.claims, key=lambda claim: claim.part)]


def notes(answer: Answer) -> list[str]:
    """What stands below the claims: what was not found, what is not as it was asked for, how it was made."""
    found = [f"Not found in the papers: {'; '.join(answer.missing)}"] if answer.missing else []
    found += [f"Not as asked: {'; '.join(answer.unmet)}"] if answer.unmet else []
    return [*found, *answer.notes]


def looked_for(answer: Answer) -> str:
    """What the papers do not say."""
    return "; ".join(answer.missing) or answer.question


def footer(answer: Answer) -> str:
    """Answer → one line: how many claims, papers and dropped, how long it took, what a model used."""
    verdicts = Counter(filter(None, map(warning, answer.claims)))
    doubts = ", ".join(f"{number} {verdict}" for verdict, number in verdicts.items())
    pieces = [
        count(len(answer.claims), "claim") + (f" ({doubts})" if doubts else ""),
        count(len(answer.references), "paper"),
        dropped(answer.dropped, "claim"),
        f"{answer.seconds:.2f} s",
        spent(answer.usage),
    ]
    return " · ".join(filter(None, pieces))


def spent(usage: Usage) -> str:
    """Tokens and price; "" without a model."""
    tokens = usage.input_tokens + usage.output_tokens
    price = "price unknown" if usage.cost_usd is None else f"${usage.cost_usd:.4f}"
    return f"{'about ' if usage.estimated else ''}{tokens:,} tokens · {price}" if tokens else ""


def count(number: int, noun: str) -> str:
    """Number and noun: 1 paper, 2 papers."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def dropped(found: Dropped, claim: str) -> str:
    """How much was dropped, and why. ``claim``: what a claim is called."""
    counts = [(found.claims, claim), (found.citations, "citation")]
    told = " and ".join(count(number, noun) for number, noun in counts if number) or "0"
    reasons = Counter(map(one_line, found.reasons))
    why = "; ".join(reason if times == 1 else f"{times} times: {reason}" for reason, times in reasons.items())
    return f"{told} dropped" + (f" ({why})" if why else "")
