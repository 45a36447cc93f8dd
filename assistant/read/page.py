"""A web page's tree → the blocks of its main text, without navigation, menus and lists of links."""

import re
from collections.abc import Iterator

from assistant.read.markup import Node, elements, flat, line
from assistant.read.record import Block

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NEVER = frozenset(
    "script style noscript template nav aside footer form button select option input textarea svg canvas iframe object"
    " video audio dialog head menu annotation".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo complementary search menu menubar dialog alert toolbar".split()
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|side-?bar|footer|breadcrumbs?|cookies?|consent|share|sharing|social"
    r"|related|recommend(?:ed|ations)?|adverts?|ads?|promo|banner|toolbar|popup|modal|newsletter|comments?|skip-?link"
    r"|pagination|toc|table-of-contents|metrics|altmetric|ltx_page_(?:navbar|footer)|ltx_bibliography|ltx_TOC)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What authors of pages call what stands beside the text."""
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math q rp rt ruby s samp"
    " small span strike strong sub sup time tt u var wbr".split()
)
_LINKS = 0.6
"""The share of a block's letters that, in links, make it a list of links and no prose."""
_SENTENCE = 300
"""Characters from which a block is prose, however many links it has."""
_ENOUGH = 200
"""Characters of the text of an article element, from which it is the page's main text."""


def main_text(root: Node) -> list[Block]:
    """The blocks of the main text: the longest article or main element, if it says enough; else the page's."""
    body = root.find("body")
    places = [each for name in ("main", "article") for each in root.iter(name)]
    places += (each for each in root.iter() if isinstance(each.tag, str) and each.get("role") == "main")
    kept = [list(walk(place)) for place in places]
    best = max(kept, key=_size, default=[])
    if _size(best) >= _ENOUGH:
        return best
    return list(walk(root if body is None else body))


def chapter(root: Node) -> Iterator[Block]:
    """The blocks of a page that is a part of a book."""
    for block in walk(root):
        yield Block(block.text, "heading") if block.kind in HEADINGS else block


def _size(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def walk(node: Node) -> Iterator[Block]:
    """The blocks in an element; its headings are of the kinds h1 to h6."""
    if _is_beside(node):
        return
    if node.tag in HEADINGS:
        yield Block(line(node, shown), node.tag)
    elif node.tag == "pre":
        yield Block(flat(node), "listing")
    elif node.tag == "tr":
        cells = [line(cell, shown) for cell in node if cell.tag in ("td", "th")]
        if any(cells) and not _is_links(node):
            yield Block(" | ".join(cells), "row")
    elif node.tag in ("figcaption", "caption"):
        yield Block(line(node, shown), "caption")
    elif not any(
        isinstance(each.tag, str) and each.tag not in _INLINE for each in node.iter() if each is not node
    ):
        if not _is_links(node):
            yield Block(line(node, shown))
    else:
        yield from _mixed(node)


def _mixed(node: Node) -> Iterator[Block]:
    """An element that holds both words of its own and elements that are blocks."""
    own: list[str] = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str) and _is_inline(child):
            words = shown(child)
            own.append(flat(child, shown) if words is None else words)
        elif isinstance(child.tag, str):
            yield Block(" ".join("".join(own).split()))
            own = []
            yield from walk(child)
        own.append(child.tail or "")
    yield Block(" ".join("".join(own).split()))


def _is_inline(node: Node) -> bool:
    """Whether an element stands in a line; a formula does, whatever it is made of."""
    return node.tag == "math" or (node.tag in _INLINE and all(map(_is_inline, elements(node))))


def _is_beside(node: Node) -> bool:
    """Whether an element is no part of the main text, by its name, its role, or what its author calls it."""
    if node.tag in _NEVER or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return bool(node.tag != "math")
    if node.get("role") in _ROLES or (node.tag == "header" and node.find(".//h1") is None):
        return True
    if "display:none" in (node.get("style") or "").replace(" ", ""):
        return True
    called = f"{node.get('class') or ''} {node.get('id') or ''}"
    return node.tag not in ("body", "html", "main", "article") and _BESIDE.search(called) is not None


def _is_links(node: Node) -> bool:
    """Whether most of what an element says stands in links; a sentence with links is none."""
    words = line(node)
    if len(words) > _SENTENCE or re.search(r"\w[.!?]$", words):
        return False
    linked = sum(len(line(each)) for each in ([node] if node.tag == "a" else node.iter("a")))
    return linked > _LINKS * len(words)


def shown(node: Node) -> str | None:
    """What stands in a line for an element: for a formula its LaTeX, if the page gives it."""
    if node.tag == "math":
        source = node.get("alttext") or line(node.find(".//annotation[@encoding='application/x-tex']"))
        return f"${source.strip()}$" if source.strip() else None
    if node.tag in _NEVER or node.get("hidden") is not None:
        return ""
    return " " if node.tag in ("br", "wbr", "img") else None
