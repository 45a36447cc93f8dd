"""Answer, Paper, hits, CheckReport, AddReport, Status → dicts in the shape that scripts rely on.

Quotes and texts stay exactly as they are in the paper, so that ``text[start:end] == quote`` holds for
whoever reads the JSON.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.show.plain import UNSAFE
from assistant.types import (
    AddReport,
    Answer,
    CheckedClaim,
    CheckedSentence,
    CheckReport,
    Citation,
    Claim,
    Comparison,
    Disagreements,
    Dropped,
    FileReport,
    Paper,
    PaperHit,
    PaperOrigins,
    Quote,
    RecordCitation,
    Reference,
    Status,
    Transfer,
    Usage,
)


def document(value: Any) -> str:
    """A dict or list → one JSON document that is safe to print, and reads back equal: letters of every
    script as they are, what could steer a terminal as ``\\u`` escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return UNSAFE.sub(lambda found: found[0] if found[0] == "\n" else _escaped(found[0]), text)


def line(value: Any) -> str:
    """As ``document``, on one line."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return UNSAFE.sub(lambda found: _escaped(found[0]), text)


def _escaped(character: str) -> str:
    """As JSON has it: two escapes for one beyond the first 65,536."""
    return json.dumps(character)[1:-1]


def answer_dict(answer: Answer) -> dict[str, Any]:
    """Answer → the object of ``ask --json``."""
    return {
        "question": answer.question,
        **({"asked": answer.asked} if answer.asked else {}),
        "status": answer.status,
        "text": answer.text,
        "claims": [_claim(claim) for claim in answer.claims],
        "references": [reference_dict(reference) for reference in answer.references],
        "dropped": _dropped(answer.dropped),
        "missing": list(answer.missing),
        **({"unmet": list(answer.unmet)} if answer.unmet else {}),
        **({"notes": list(answer.notes)} if answer.notes else {}),
        "nearest": [paper.key for paper in answer.nearest],
        "engine": answer.engine,
        "prompt": answer.prompt,
        **({} if answer.chance is None else {"chance": answer.chance}),
        "usage": _usage(answer.usage),
        "seconds": round(answer.seconds, 3),
    }


def effort(found: Comparison | Disagreements) -> dict[str, Any]:
    """Who made it, what that cost, and what of it was dropped, as of an answer."""
    return {"engine": found.engine, "dropped": _dropped(found.dropped), "usage": _usage(found.usage)}


def _dropped(dropped: Dropped) -> dict[str, Any]:
    return {"citations": dropped.citations, "claims": dropped.claims, "reasons": list(dropped.reasons)}


def _usage(usage: Usage) -> dict[str, Any]:
    spent = {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost_usd": usage.cost_usd,
    }
    return spent | ({"estimated": True} if usage.estimated else {})


def paper_dict(paper: Paper, passages: int, full: bool, tags: Sequence[str] = ()) -> dict[str, Any]:
    """Paper → the object of ``papers show --json``; without ``full`` that of ``papers --json``, which has
    neither text nor abstract."""
    source = paper.source
    return {
        "key": paper.key,
        "id": paper.id,
        "title": paper.title,
        "handle": paper.handle,
        **_bibliography(paper),
        **({"abstract": paper.abstract} if full else {}),
        "source": {"file": source.file, "start": source.start, "end": source.end, "record": source.record},
        "file": source.file,
        "pages": len(paper.page_starts) or None,
        "passages": passages,
        "tags": list(tags),
        **({"text": paper.text} if full else {}),
    }


def hits_list(found: Sequence[PaperHit]) -> list[dict[str, Any]]:
    """Papers that were found → the list of ``search --json``."""
    return [
        {
            "paper": each.best.passage.paper,
            "passage": each.best.passage.id,
            "page": each.best.passage.page,
            "score": round(each.best.score, 4),
            "found_by": each.best.found_by,
            "text": each.best.passage.text,
            "more": each.more,
        }
        for each in found
    ]


def check_dict(report: CheckReport) -> dict[str, Any]:
    """CheckReport → the object of ``check --json``."""
    return {
        "file": report.file,
        "sentences": [_sentence(sentence) for sentence in report.sentences],
        "counts": report.counts,
        "checkable": None if report.checkable is None else round(report.checkable, 4),
        "absent": [
            {
                "key": work.key,
                "places": [{"file": file, "line": line} for file, line in work.places],
                "candidates": list(work.candidates),
            }
            for work in report.absent
        ],
        "suggestions": [_sentence(sentence) for sentence in report.suggestions],
        "warnings": list(report.warnings),
        "read": report.read,
        "seconds": round(report.seconds, 3),
    }


def add_dict(report: AddReport) -> dict[str, Any]:
    """AddReport → the object of ``add --json``."""
    return {
        "files": _files(report.files),
        "papers_added": report.papers_added,
        "papers_updated": report.papers_updated,
        "passages": report.passages,
        "missing": _files(report.missing),
        "pruned": _files(report.pruned),
        "seconds": round(report.seconds, 3),
    }


def status_dict(status: Status) -> dict[str, Any]:
    """Status → the object of ``status --json``."""
    return {
        "library": status.folder,
        "papers": status.papers,
        "passages": status.passages,
        "embedder": status.embedder,
        "bytes": status.bytes,
        "files": _files(status.files),
        "indexes": dict(status.indexes),
        "healthy": status.healthy,
        "checked": list(status.checked),
        "log": status.log,
    }


def origins_dict(origins: PaperOrigins) -> dict[str, Any]:
    """PaperOrigins → what ``papers show --json`` says of sources and fields; an edit by hand has the source null."""
    return {
        "sources": [
            {
                "id": source.id,
                "is_text": source.is_text,
                "characters": source.characters,
                "places": [
                    {"file": place.file, "start": place.start, "end": place.end, "record": place.record}
                    for place in source.places
                ],
            }
            for source in origins.sources
        ],
        "fields": {
            field.name: {
                "value": field.value,
                "source": field.source or None,
                "conflicts": [{"value": value, "source": file or None} for value, file in field.conflicts],
            }
            for field in origins.fields
        },
    }


def _files(files: Sequence[FileReport]) -> list[dict[str, Any]]:
    return [
        {
            "path": file.path,
            "state": file.state,
            "papers": list(file.papers),
            "error": file.error,
            "warnings": list(file.warnings),
            **({"moved_from": file.moved_from} if file.moved_from else {}),
        }
        for file in files
    ]


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        **({"part": claim.part} if claim.part else {}),
        **({"about": claim.about} if claim.about else {}),
        "verdict": claim.verdict,
        "support": None if claim.support is None else round(claim.support, 4),
        "reason": claim.reason,
        "citations": [*map(citation_dict, claim.citations), *map(_record_citation, claim.recorded)],
    }


def _sentence(sentence: CheckedSentence) -> dict[str, Any]:
    """The sentence with what is found of the claim that decides; and, of several, each by itself."""
    claims = [_checked(claim) for claim in sentence.claims]
    several = {"claims": claims} if len(claims) > 1 else {}
    cites = list(dict.fromkeys(key for claim in claims for key in claim["cites"]))
    worst = _checked(sentence.worst)
    return {
        "file": sentence.file,
        "line": sentence.line,
        "last_line": sentence.last_line,
        "accepted": sentence.is_accepted,
        **worst,
        "text": sentence.text,
        "cites": cites,
        **several,
    }


def _checked(claim: CheckedClaim) -> dict[str, Any]:
    return {
        "claim": claim.text,
        "cites": list(claim.cites),
        "papers": list(claim.papers),
        "verdict": claim.verdict,
        "kind": claim.kind,
        "support": None if claim.support is None else round(claim.support, 4),
        "reason": claim.reason,
        "best_quote": claim.quote.text if claim.quote else None,
        "quote": _quote(claim.quote, claim.page),
        "better_paper": claim.better.paper if claim.better else None,
        "better_quote": _quote(claim.better, claim.better_page),
    }


def _quote(quote: Quote | None, page: int | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    return {"paper": quote.paper, "page": page, "start": quote.start, "end": quote.end, "quote": quote.text}


def citation_dict(citation: Citation) -> dict[str, Any]:
    """Citation → its object in ``ask --json``."""
    return {
        "marker": citation.marker,
        "paper": citation.quote.paper,
        "passage": citation.passage,
        "page": citation.page,
        "section": citation.section,
        **({"table": list(citation.table)} if citation.table else {}),
        "quote": citation.quote.text,
        "start": citation.quote.start,
        "end": citation.quote.end,
        **({"before": _before(citation.before, citation.before_page)} if citation.before else {}),
        "verified": True,  # the type holds nothing else: a quote that was not found is only counted
    }


def _before(quote: Quote, page: int | None) -> dict[str, Any]:
    return {"quote": quote.text, "start": quote.start, "end": quote.end, "page": page}


def _record_citation(citation: RecordCitation) -> dict[str, Any]:
    recorded = citation.recorded
    return {
        "marker": citation.marker,
        "paper": recorded.paper,
        "field": recorded.field,
        "value": list(recorded.value) if isinstance(recorded.value, tuple) else recorded.value,
        "source": citation.source or None,
        "verified": True,
    }


def reference_dict(reference: Reference) -> dict[str, Any]:
    """Reference → its object in ``ask --json``."""
    paper = reference.paper
    return {
        "marker": reference.marker,
        "key": paper.key,
        "title": paper.title,
        "handle": paper.handle,
        **_bibliography(paper),
        "file": paper.source.file,
    }


def _bibliography(paper: Paper) -> dict[str, Any]:
    return {
        "authors": list(paper.authors),
        "year": paper.year,
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "url": paper.url,
    }


def transfer_dict(done: Transfer) -> dict[str, Any]:
    return asdict(done)
