"""The door to lxml: bytes of XML or HTML → a tree, and a tree → its words.

Nothing is fetched, no external DTD or entity is read, none that a file defines is expanded; what nests deeper than 256
elements is refused. Names are without their namespaces, comments and processing instructions are gone.
"""

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from assistant.errors import ReadError
from assistant.text.latex import lowered, raised

Node = Any
"""An element of lxml's, which ships no types."""
Shown = Callable[[Node], str | None]
"""An element inside a line → what stands there for it, or None for what it holds."""


def xml_tree(data: bytes) -> Node:
    """Raises ReadError for what is not well-formed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            f"not well-formed XML ({getattr(error, 'msg', error)}); fetch or export it anew"
        ) from error
    for node in root.iter(etree.Element):
        node.tag = node.tag.rpartition("}")[2]
    return root


def html_tree(text: str) -> Node | None:
    """What a browser would make of it, however broken it is; None if nothing is left."""
    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", default_doctype=False
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing but comments, say
        return None
    for node in root.iter(etree.Element):
        name = node.tag.rpartition("}")[2].rpartition(":")[2]
        if name != node.tag and re.fullmatch(
            r"[a-z][a-z0-9-]*", name
        ):  # a browser takes any name, lxml does not
            node.tag = name
    return root


def elements(node: Node) -> Iterator[Node]:
    """The elements in it, one level deep."""
    return (child for child in node if isinstance(child.tag, str))


def flat(node: Node | None, shown: Shown = lambda node: None) -> str:
    """The words of an element, with its white space; raised and lowered characters as such; of None nothing."""
    if node is None:
        return ""
    parts = [node.text or ""]
    for child in node:
        if not isinstance(child.tag, str):
            parts.append(_entity(child))
        elif (instead := shown(child)) is not None:
            parts.append(instead)
        else:
            words = flat(child, shown)
            mark = {"sup": raised, "sub": lowered}.get(child.tag)
            parts.append(mark(words) if mark and words.strip() else words)
        parts.append(child.tail or "")
    return "".join(parts)


def line(node: Node | None, shown: Shown = lambda node: None) -> str:
    """As ``flat``, on one line."""
    return " ".join(flat(node, shown).split())


def _entity(node: Node) -> str:
    """A character that a DTD would name; one that HTML knows has the same name there."""
    name = getattr(node, "name", None)
    return html5.get(f"{name};", f"&{name};") if name else ""
