"""JATS and PubMed Central's XML → papers, with sections, captions and tables; without their reference lists."""

from collections.abc import Iterator

from assistant.read.markup import Node, elements, flat, line
from assistant.read.record import Block, Record, year_in

_LEFT_OUT = frozenset(
    "ref-list fn-group glossary notes bio supplementary-material graphic media label object-id permissions"
    " table-wrap-foot graphic inline-graphic history self-uri title sec-meta kwd-group".split()
)
"""What says nothing of the paper's own, or has been said: a section's title is read with the section."""
_APART = frozenset(
    "fig fig-group table-wrap table-wrap-group disp-formula disp-formula-group list disp-quote boxed-text def-list"
    " code preformat chem-struct-wrap fn p".split()
)
"""What stands in a paragraph and is none of its sentences."""
_DATES = ("epub", "ppub", "pub", "collection", "epreprint", "")


def records(root: Node, size: int) -> list[Record]:
    """A file of several articles gives each; their places are counted, for lxml does not tell them."""
    articles = [root] if root.tag == "article" else list(root.iter("article"))
    return [_record(article, n, size if len(articles) == 1 else n + 1) for n, article in enumerate(articles)]


def _record(article: Node, start: int, end: int) -> Record:
    meta = article.find("front/article-meta")
    if meta is None:
        return Record(start, end, blocks=tuple(_blocks(article)))
    abstracts = meta.findall("abstract")
    abstract = next((each for each in abstracts if not each.get("abstract-type")), None)
    ids = {each.get("pub-id-type", ""): line(each) for each in meta.findall("article-id")}
    said = [] if abstract is None else list(_blocks(abstract))
    if said and said[0].kind == "heading" and said[0].text.strip(":. ").lower() in ("abstract", "summary"):
        del said[0]
    subtitle = line(meta.find("title-group/subtitle"), _words)
    return Record(
        start,
        end,
        ": ".join(filter(None, (line(meta.find("title-group/article-title"), _words), subtitle))),
        tuple(_authors(meta)),
        blocks=(*said, *_full_text(article)),
        opening=len(said),
        year=_year(meta),
        venue=line(article.find("front/journal-meta//journal-title")),
        doi=ids.get("doi", ""),
        id=ids.get("pmc") or ids.get("pmcid") or ids.get("pmid", ""),
    )


def _authors(meta: Node) -> Iterator[str]:
    for contributor in meta.iterfind("contrib-group/contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        name = contributor.find(".//name")
        if name is not None:
            yield ", ".join(filter(None, (line(name.find("surname")), line(name.find("given-names")))))
        else:
            yield line(contributor.find(".//string-name")) or line(contributor.find("collab"))


def _year(meta: Node) -> int | None:
    dates = {
        each.get("pub-type") or each.get("date-type") or "": line(each.find("year"))
        for each in reversed(meta.findall("pub-date"))
    }
    known = [dates[name] for name in _DATES if name in dates]
    return year_in(" ".join([*known, *dates.values()]))


def _full_text(article: Node) -> Iterator[Block]:
    for name in ("body", "back", "floats-group"):
        for part in article.iterfind(name):
            yield from _blocks(part)


def _blocks(node: Node) -> Iterator[Block]:
    """The blocks of a part of the article; a title is the heading of what it stands in."""
    if (
        node.tag in ("sec", "app", "ack", "abstract", "boxed-text")
        and (title := node.find("title")) is not None
    ):
        label = line(node.find("label"))
        yield Block(f"{label} {line(title, _words)}".strip(), "heading")
    for child in elements(node):
        if child.tag in ("p", "disp-quote", "verse-group"):
            yield from _paragraph(child)
        elif child.tag in ("fig", "table-wrap"):
            yield from _figure(child)
        elif child.tag == "list":
            yield from (block for item in child.iterfind("list-item") for block in _blocks(item))
        elif child.tag == "def-list":
            yield from (Block(line(item, _words)) for item in child.iterfind("def-item"))
        elif child.tag == "disp-formula":
            yield Block(line(child, _words), "formula")
        elif child.tag in ("code", "preformat"):
            yield Block(flat(child), "listing")
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _paragraph(node: Node) -> Iterator[Block]:
    """Its sentences, then what interrupts them."""
    apart: list[Node] = []

    def shown(child: Node) -> str | None:
        if child.tag in _APART:
            apart.append(child)
            return " "
        return _words(child)

    yield Block(line(node, shown))
    for child in apart:
        if child.tag == "fn":
            yield Block(line(child, _words), "footnote")
        elif child.tag == "p":
            yield from _paragraph(child)
        else:
            yield from _blocks_of(child)


def _blocks_of(child: Node) -> Iterator[Block]:
    """As ``_blocks`` gives it for what holds ``child`` alone."""
    holder = child.makeelement("holder")
    child.tail = None
    holder.append(child)
    yield from _blocks(holder)


def _figure(node: Node) -> Iterator[Block]:
    label, caption = line(node.find("label")), node.find("caption")
    said = " ".join(line(each, _words) for each in (caption if caption is not None else ()))
    yield Block(f"{label.rstrip('.')}. {said}" if label and said else label or said, "caption")
    for row in node.iter("tr"):
        cells = [line(cell, _words) for cell in elements(row)]
        if any(cells):
            yield Block(" | ".join(cells), "row")


def _words(node: Node) -> str | None:
    """Formulas as they print; the sources of formulas, and figures in a line, are none of its words."""
    if node.tag in ("tex-math", "annotation", "inline-graphic", "graphic", "label", "object-id"):
        return ""
    if node.tag in ("break", "title"):
        return f" {line(node, _words)} "
    return None
