"""Papers, hits → text for a window of a given width."""

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.show.window import (
    BOLD,
    DIM,
    block,
    cut,
    pad,
    paint,
    paint_spans,
    paint_start,
    painted,
    wrap,
)
from assistant.text.terms import content_stems, spans_of
from assistant.types import FieldValue, Paper, PaperHit, PaperOrigins

_GAP = 2
_LEAST = 24
"""Cells that a title needs on the line of its key."""


def papers_table(papers: Sequence[Paper], width: int, colour: bool = False) -> str:
    """Papers → one entry each: key, year, title and authors; in a narrow window the key on its own line."""
    column = max((cell_len(one_line(paper.key)) for paper in papers), default=0) + 2
    years = any(paper.year for paper in papers)
    lines = []
    for paper in papers:
        key = one_line(paper.key)
        what = " — ".join(filter(None, (parts.title(paper), parts.first_authors(paper.authors))))
        first = pad(key, column) + (f"{paper.year or '':<6}" if years else "")
        if width - cell_len(first) < _LEAST:
            first, stacked = "  ", [key]
        else:
            stacked = []
        rows = [*stacked, *wrap(one_line(what), width, first)]
        lines += [paint_start(rows[0], key, BOLD, colour), *rows[1:]]
    return "\n".join(lines)


def papers_lines(papers: Sequence[Paper]) -> str:
    """Papers → a line each, for a program: key, year, title and authors, parted by tabs. What is not known is empty."""
    facts = (
        (
            paper.key,
            str(paper.year or ""),
            paper.title or "",
            parts.authors(paper.authors, len(paper.authors)),
        )
        for paper in papers
    )
    return "\n".join("\t".join(map(one_line, each)) for each in facts)


def papers_list(papers: Sequence[Paper], width: int, colour: bool) -> str:
    """Papers → a table with a line each, cut to the width; as ``papers_table`` where keys leave no room for that."""
    rows = [("key", "year", "title", "authors")]
    for paper in papers:
        facts = (paper.key, str(paper.year or ""), parts.title(paper), parts.first_authors(paper.authors))
        rows.append(tuple(map(one_line, facts)))  # type: ignore[arg-type]
    longest = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    years = any(paper.year for paper in papers)
    room = width - longest[0] - _GAP - years * (longest[1] + _GAP)
    if room < _LEAST:
        return papers_table(papers, width, colour)
    side = min(longest[3], room // 3) if room >= 2 * _LEAST else 0
    wide = min(longest[2], room - side - _GAP if side else room)
    lines = []
    for n, (key, year, title, names) in enumerate(rows):
        cells = [paint(pad(key, longest[0]), BOLD if n else DIM, colour), pad(cut(title, wide), wide)]
        cells[1:1] = [pad(year, longest[1])] if years else []
        lines.append((" " * _GAP).join([*cells, *([cut(names, side)] if side else [])]).rstrip())
    return "\n".join(lines)


def facts(
    paper: Paper,
    passages: int,
    width: int,
    colour: bool,
    tags: Sequence[str] = (),
    origins: PaperOrigins | None = None,
) -> str:
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
        "tags": ", ".join(tags),
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


def hits(found: Sequence[PaperHit], papers: Mapping[str, Paper], query: str, width: int, colour: bool) -> str:
    """Papers that were found → the best passage of each whole, under its paper, place, score and what found it; with
    colour the words of the query stand out."""
    sought = set(content_stems(query))
    blocks = []
    for rank, each in enumerate(found, 1):
        hit, passage, of = each.best, each.best.passage, papers[each.best.passage.paper]
        key = one_line(of.key)
        lines = wrap(f"{key} · {one_line(parts.title(of))}", width, f"{rank}. ", "   ")
        page = None if passage.page is None else f"p. {passage.page}"
        more = f"{parts.count(each.more, 'more passage')} with these words" if each.more else ""
        facts = " · ".join(filter(None, (page, f"{hit.score:.2f}", hit.found_by, more)))
        said = wrap(one_line(passage.text), width, "   ")
        blocks.append(
            "\n".join(
                [
                    paint_start(lines[0], f"{rank}. {key}", BOLD, colour),
                    *lines[1:],
                    *painted(wrap(facts, width, "   "), DIM, colour),
                    *(paint_spans(line, spans_of(line, sought), BOLD, colour) for line in said),
                ]
            )
        )
    return "\n\n".join(blocks)


def opening(paper: Paper, width: int, limit: int = 1200) -> str:
    """Paper → its abstract, or the ``limit`` characters with which its text opens."""
    text = paper.text[paper.body :]
    cut_off = text if len(text) <= limit else text[:limit].rsplit(maxsplit=1)[0] + " …"
    return block(paper.abstract or cut_off, width)
