"""EPUB → a paper: its package's title and authors, and its chapters in the order of reading."""

import re
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from assistant.errors import ReadError
from assistant.read.markup import Node, html_tree, line, xml_tree
from assistant.read.packed import member, opened, spared
from assistant.read.page import chapter
from assistant.read.record import Block, Record, abstract_first, paper_of, year_in
from assistant.text.encoding import decode
from assistant.types import Paper, Warn

LARGEST = 100_000_000


def read(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """Warns of chapters that are missing or damaged. Raises ReadError."""
    archive = opened(data)
    container = member(archive, "META-INF/container.xml")
    place = None if container is None else next(xml_tree(container).iter("rootfile"), None)
    path = "" if place is None else str(place.get("full-path") or "")
    package = member(archive, path) if path else None
    if package is None:
        raise ReadError("not an EPUB, whatever its name says")
    root = xml_tree(package)
    title = line(root.find("metadata/title"))
    blocks: list[Block] = []
    unread: list[str] = []
    there = set(archive.namelist())
    for name in _chapters(root, dirname(path)):
        if name not in there:
            unread.append(f"{name} is missing in it")
        blocks += spared(archive, name, unread.append, _blocks) or []
    blocks = [block for block in blocks if block.text.strip() and block.text != title]
    if not blocks:
        raise ReadError(next(iter(unread), "no text in it"))
    for each in unread:
        warn(each)
    body, opening = abstract_first(blocks)
    doi = re.search(r"10\.\d{4,9}/\S+", " ".join(line(each) for each in root.iterfind("metadata/identifier")))
    record = Record(
        0,
        len(data),
        title,
        tuple(line(each) for each in root.iterfind("metadata/creator")),
        blocks=body,
        opening=opening,
        year=year_in(line(root.find("metadata/date"))),
        venue=line(root.find("metadata/publisher")),
        doi=doi[0] if doi else "",
    )
    return [paper_of(record, file)]


def _chapters(root: Node, folder: str) -> list[str]:
    """The names of the files that are read one after another, each once; what is aside of the text, or lists its
    chapters, is left out."""
    items = {item.get("id"): item for item in root.iterfind("manifest/item")}
    order = [
        items.get(each.get("idref")) for each in root.iterfind("spine/itemref") if each.get("linear") != "no"
    ]
    names = (
        normpath(join(folder, unquote(item.get("href") or "")))
        for item in order
        if item is not None and "nav" not in (item.get("properties") or "").split()
    )
    return list(dict.fromkeys(names))


def _blocks(data: bytes) -> list[Block]:
    root = html_tree(decode(data)) if data.strip() else None
    return [] if root is None else list(chapter(root))
