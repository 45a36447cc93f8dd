"""Word and OpenDocument files → a paper: title, headings, paragraphs, captions, tables and footnotes, by their styles.

Both are ZIP archives of XML; a paragraph's style says what it is, whatever language the program speaks.
"""

import re
from collections.abc import Iterator, Mapping

from assistant.errors import ReadError
from assistant.read.authors import is_author_line, is_one_name, split_authors
from assistant.read.markup import Node, elements, line, xml_tree
from assistant.read.packed import member, opened, spared
from assistant.read.record import Block, Record, abstract_first, paper_of
from assistant.text.latex import lowered, raised
from assistant.types import Paper, Warn

LARGEST = 100_000_000
_LONGEST_TITLE = 250
_NEAR_TOP = 5
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|document\s*\d*$|dokument\s*\d*$|\S+\.docx?$)", re.IGNORECASE
)
"""What programs write where nobody has given a title."""
_LEFT_OUT = ("toc", "bibliography", "table of contents", "contents", "index", "header", "footer")
"""Styles of what is no text of the paper's own."""


def read_docx(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """Warns of damaged parts that it is read without. Raises ReadError."""
    archive = opened(data)
    document = member(archive, "word/document.xml")
    if document is None:
        raise ReadError("not a Word document, whatever its name says")
    body = xml_tree(document).find("body")
    styles = _styles(spared(archive, "word/styles.xml", warn, xml_tree))
    notes = _notes(spared(archive, "word/footnotes.xml", warn, xml_tree))
    blocks = list(_word_blocks(body, styles, notes)) if body is not None else []
    return [
        _paper(blocks, _core_title(spared(archive, "docProps/core.xml", warn, xml_tree)), file, len(data))
    ]


def read_odt(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """Warns of damaged parts that it is read without. Raises ReadError."""
    archive = opened(data)
    content = member(archive, "content.xml")
    if content is None:
        raise ReadError("not an OpenDocument text, whatever its name says")
    root = xml_tree(content)
    text = root.find("body/text")
    styles = {_of(style, "name"): _of(style, "parent-style-name") for style in root.iter("style")}
    blocks = list(_open_blocks(text, styles)) if text is not None else []
    return [_paper(blocks, _core_title(spared(archive, "meta.xml", warn, xml_tree)), file, len(data))]


def _paper(blocks: list[Block], given: str, file: str, size: int) -> Paper:
    """The blocks, of which some may be of the kinds title, author and abstract; ``given``: the title that the file says
    it has, which may be its template's."""
    blocks = [block for block in blocks if block.text.strip()]
    if not blocks:
        raise ReadError("no text in it")
    title = next((block.text for block in blocks if block.kind == "title"), "")
    if (
        not title
        and _may_be_title(blocks[0])
        and not any(block.text == given for block in blocks[:_NEAR_TOP])
    ):
        title = blocks[0].text
    title = title or given
    rest = [block for block in blocks if block.kind != "title" and block.text != title]
    authors = tuple(name for block in rest if block.kind == "author" for name in split_authors(block.text))
    if not authors and rest and title and _is_people(rest[0]):
        authors, rest = split_authors(rest[0].text), rest[1:]
    said = [Block(block.text) for block in rest if block.kind == "abstract"]
    body, opening = abstract_first([block for block in rest if block.kind not in ("author", "abstract")])
    return paper_of(
        Record(0, size, title, authors, blocks=(*said, *body), opening=len(said) or opening), file
    )


def _is_people(block: Block) -> bool:
    return not block.kind and (is_author_line(block.text) or is_one_name(block.text))


def _may_be_title(block: Block) -> bool:
    return (
        block.kind in ("", "heading")
        and len(block.text) <= _LONGEST_TITLE
        and block.text.strip()[-1] not in ".,;:"
    )


def _kind(style: str) -> str | None:
    """What a paragraph of a style is; None for what is left out."""
    name = style.lower().replace("_20_", " ").strip()
    if name.startswith(_LEFT_OUT):
        return None
    if name in ("title", "abstract"):
        return name
    if name in ("author", "authors"):
        return "author"
    if name.startswith("heading"):
        return "heading"
    return (
        "caption" if name in ("caption", "figure", "table caption", "image caption", "illustration") else ""
    )


def _core_title(root: Node | None) -> str:
    title = "" if root is None else line(next(root.iter("title"), None))
    return "" if _NO_TITLE.match(title) else title


def _of(node: Node, name: str) -> str:
    """An attribute by its name without the namespace."""
    return next((str(value) for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


# Word


def _styles(root: Node | None) -> dict[str, str]:
    """The id of each style, which the program's language may shape, → its name, which is English."""
    styles = () if root is None else root.iter("style")
    names = ((style, style.find("name")) for style in styles)
    return {_of(style, "styleId"): _of(name, "val") for style, name in names if name is not None}


def _notes(root: Node | None) -> dict[str, str]:
    notes = () if root is None else root.iter("footnote")
    return {_of(note, "id"): " ".join(_runs(note)[0].split()) for note in notes}


def _word_blocks(node: Node, styles: Mapping[str, str], notes: Mapping[str, str]) -> Iterator[Block]:
    for child in elements(node):
        if child.tag == "p":
            style = child.find("pPr/pStyle")
            named = "" if style is None else _of(style, "val")
            kind = _kind(styles.get(named, named))
            if kind is not None:
                text, called = _runs(child)
                yield Block(" ".join(text.split()), kind)
                yield from (Block(notes.get(each, ""), "footnote") for each in called)
        elif child.tag == "tbl":
            for row in child.iter("tr"):
                cells = [" ".join(_runs(cell)[0].split()) for cell in row.iterfind("tc")]
                yield Block(" | ".join(cells) if any(cells) else "", "row")
        elif child.tag in ("sdt", "sdtContent", "ins", "smartTag", "customXml"):
            yield from _word_blocks(child, styles, notes)


def _runs(node: Node) -> tuple[str, list[str]]:
    """The text of a paragraph, and the ids of the footnotes that it calls. What a text box repeats for older programs,
    and what was deleted while changes were kept track of, is left out."""
    parts: list[str] = []
    called: list[str] = []
    for child in elements(node):
        if child.tag in ("Fallback", "del", "moveFrom", "pPr", "rPr", "instrText"):
            continue
        if child.tag == "t":
            parts.append(child.text or "")
        elif child.tag in ("tab", "br", "cr", "p"):
            parts.append(" ")
        elif child.tag == "noBreakHyphen":
            parts.append("-")
        elif child.tag == "footnoteReference":
            called.append(_of(child, "id"))
        if len(child):
            text, more = _runs(child)
            place = child.find("rPr/vertAlign")
            place_name = "" if place is None else _of(place, "val")
            shift = {"superscript": raised, "subscript": lowered}.get(place_name)
            parts.append(shift(text) if shift and text.strip() else text)
            called += more
    return "".join(parts), called


# OpenDocument


def _open_blocks(node: Node, styles: Mapping[str, str]) -> Iterator[Block]:
    for child in elements(node):
        if child.tag in ("h", "p"):
            notes: list[Node] = []

            def shown(each: Node, notes: list[Node] = notes) -> str | None:
                if each.tag == "note":
                    notes.append(each)
                    return ""
                return (
                    " "
                    if each.tag in ("s", "tab", "line-break")
                    else ""
                    if each.tag == "annotation"
                    else None
                )

            named = _of(child, "style-name")
            kind = "heading" if child.tag == "h" else _kind(styles.get(named) or named)
            text = line(child, shown)
            if kind is not None:
                yield Block(text, kind)
                yield from (Block(line(note.find("note-body")), "footnote") for note in notes)
        elif child.tag == "table":
            for row in child.iter("table-row"):
                cells = [line(cell) for cell in row.iterfind("table-cell")]
                yield Block(" | ".join(cells) if any(cells) else "", "row")
        elif child.tag in ("list", "list-item", "section", "list-header", "frame", "text-box"):
            yield from _open_blocks(child, styles)
