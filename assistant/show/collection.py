"""Papers, hits → text for a window of a given width."""

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.show.window import BOLD, DIM, block, pad, paint_start, painted, wrap
from assistant.types import FieldValue, Hit, Paper, PaperOrigins


def papers_table(papers: Sequence[Paper], width: int, colour: bool = False) -> str:
    """Papers → one entry each: key, year, title and authors; in a narrow window the key on its own line."""
    column = max((cell_len(one_line(paper.key)) for paper in papers), default=0) + 2
    years = any(paper.year for paper in papers)
    lines = []
    for paper in papers:
        key = one_line(paper.key)
        what = " — ".join(filter(None, (parts.title(paper), parts.authors(paper.authors, limit=1))))
        first = pad(key, column) + (f"{paper.year or '':<6}" if years else "")
        if width - cell_len(first) < 24:
            first, stacked = "  ", [key]
        else:
            stacked = []
        rows = [*stacked, *wrap(one_line(what), width, first)]
        lines += [paint_start(rows[0], key, BOLD, colour), *rows[1:]]
    return "\n".join(lines)


def paper(paper: Paper, passages: int, width: int, colour: bool, origins: PaperOrigins | None = None) -> str:
    """Paper → all that is known of it, then its abstract or the opening of its text."""
    return (
        facts(paper, passages, width, colour, origins)
        + "\n\n"
        + block(paper.abstract or _opening(paper), width)
    )


def facts(paper: Paper, passages: int, width: int, colour: bool, origins: PaperOrigins | None = None) -> str:
    """Paper → all that is known of it; and by which source, where there are several."""
    head = painted(wrap(one_line(parts.title(paper)), width), BOLD, colour)
    pages = parts.count(len(paper.page_starts), "page") if paper.page_starts else ""
    known = {
        "key": paper.key,
        "authors": parts.authors(paper.authors, limit=len(paper.authors)),
        "year": str(paper.year or ""),
        "venue": paper.venue,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "url": paper.url,
        "file": " · ".join(filter(None, (paper.source.file, paper.source.record))),
        "unread": "; ".join(paper.warnings),
        "size": ", ".join(filter(None, (pages, parts.count(passages, "passage")))),
    }
    lines = [(name, value) for name, value in known.items() if value] + list(
        _origins(origins) if origins else ()
    )
    for name, value in lines:
        rows = wrap(one_line(value), width, f"{name:<9}")
        head += [paint_start(rows[0], name, DIM, colour), *rows[1:]]
    return "\n".join(head)


def _origins(origins: PaperOrigins) -> Iterator[tuple[str, str]]:
    """A line for each source that gave something, and for each field on which they do not agree."""
    by_hand = [field.name for field in origins.fields if not field.source]
    if len(origins.sources) < 2 and not by_hand:
        return
    for source in origins.sources:
        files = [place.file for place in source.places]
        given = [field.name for field in origins.fields if field.source == files[0]]
        places = " = ".join(" · ".join(filter(None, (place.file, place.record))) for place in source.places)
        yield "from", f"{places}: {', '.join(['text'] * source.is_text + given) or 'nothing more'}"
    if by_hand:
        yield "edited", ", ".join(by_hand)
    for field in origins.fields:
        for value, file in field.conflicts:
            yield "differs", f"{field.name} {_value(value)} ({file})"


def _value(value: FieldValue) -> str:
    return parts.authors(value, limit=3) if isinstance(value, tuple) else str(value)


def hits(hits: Sequence[Hit], papers: Mapping[str, Paper], width: int, colour: bool) -> str:
    """Hits → each passage whole, under its paper, place, score and what found it."""
    blocks = []
    for rank, hit in enumerate(hits, 1):
        passage, found = hit.passage, papers[hit.passage.paper]
        key = one_line(found.key)
        lines = wrap(f"{key} · {one_line(parts.title(found))}", width, f"{rank}. ", "   ")
        page = None if passage.page is None else f"p. {passage.page}"
        facts = " · ".join(filter(None, (page, f"{hit.score:.2f}", hit.found_by)))
        blocks.append(
            "\n".join(
                [
                    paint_start(lines[0], f"{rank}. {key}", BOLD, colour),
                    *lines[1:],
                    *painted(wrap(facts, width, "   "), DIM, colour),
                    *wrap(one_line(passage.text), width, "   "),
                ]
            )
        )
    return "\n\n".join(blocks)


def _opening(paper: Paper, limit: int = 1200) -> str:
    text = paper.text[paper.body :]
    return text if len(text) <= limit else text[:limit].rsplit(maxsplit=1)[0] + " …"
