"""TEI, as GROBID makes it of PDFs → a paper with sections, captions and tables; without its reference list."""

from collections.abc import Iterator

from assistant.read.markup import Node, elements, line
from assistant.read.record import Block, Record, year_in

_LEFT_OUT = frozenset(("listBibl", "listOrg", "head", "figDesc", "label"))


def records(root: Node, size: int) -> list[Record]:
    """A corpus gives each of its papers; their places are counted, for lxml does not tell them."""
    papers = [root] if root.tag == "TEI" else list(root.iter("TEI"))
    return [_record(paper, n, size if len(papers) == 1 else n + 1) for n, paper in enumerate(papers)]


def _record(paper: Node, start: int, end: int) -> Record:
    header = paper.find("teiHeader")
    header = paper.makeelement("teiHeader") if header is None else header
    work = header.find(".//sourceDesc/biblStruct")
    work = header if work is None else work
    ids = {each.get("type", "").lower(): line(each) for each in work.iter("idno")}
    date = work.find(".//date")
    abstract = header.find(".//profileDesc/abstract")
    said = () if abstract is None else tuple(block for block in _blocks(abstract) if not block.kind)
    text = (part for part in paper.iterfind("text/*") if part.tag in ("body", "back"))
    return Record(
        start,
        end,
        line(header.find(".//titleStmt/title")) or line(work.find(".//title")),
        tuple(_authors(work if work.find(".//author") is not None else header)),
        blocks=(*said, *(block for part in text for block in _blocks(part))),
        opening=len(said),
        year=None if date is None else year_in(date.get("when") or line(date)),
        venue=line(work.find("monogr/title")),
        doi=ids.get("doi", ""),
        arxiv=ids.get("arxiv", "").removeprefix("arXiv:").split(" ")[0],
    )


def _authors(work: Node) -> Iterator[str]:
    for author in work.iter("author"):
        name = author.find("persName")
        if name is None:
            yield line(author) if not len(author) else line(author.find("orgName"))
            continue
        given = " ".join(line(each) for each in name.iterfind("forename"))
        yield ", ".join(filter(None, (line(name.find("surname")), given)))


def _blocks(node: Node) -> Iterator[Block]:
    if node.tag == "p" and not any(
        child.tag in ("figure", "formula", "list", "note") for child in elements(node)
    ):
        yield Block(line(node))
        return
    head = node.find("head")
    if node.tag == "figure":
        yield from _figure(node, head)
        return
    if head is not None:
        yield Block(f"{head.get('n', '')} {line(head)}".strip(), "heading")
    if node.text and node.text.strip() and node.tag in ("abstract", "div", "p", "ab"):
        apart = ("figure", "formula", "list", "note", "p", "div", "head")
        yield Block(line(node, lambda child: " " if child.tag in apart else None))
    for child in elements(node):
        if child.tag == "formula":
            yield Block(line(child), "formula")
        elif child.tag == "note":
            yield Block(line(child), "footnote")
        elif child.tag in ("item", "quote", "s"):
            yield Block(line(child))
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _figure(node: Node, head: Node | None) -> Iterator[Block]:
    said = " ".join(filter(None, (line(head), line(node.find("figDesc")))))
    yield Block(said, "caption")
    for row in node.iter("row"):
        cells = [line(cell) for cell in row.iterfind("cell")]
        if any(cells):
            yield Block(" | ".join(cells), "row")
