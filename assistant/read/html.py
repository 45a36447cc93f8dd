"""HTML → a paper: what its meta tags say (citation_title and its like, as publishers and arXiv give them), and its main
text."""

import re
from collections import defaultdict
from collections.abc import Mapping

from assistant.errors import ReadError
from assistant.read.authors import is_author_line, is_one_name, split_authors
from assistant.read.markup import Node, html_tree, line
from assistant.read.page import HEADINGS, main_text, shown
from assistant.read.record import Block, Record, abstract_first, paper_of, year_in
from assistant.text.encoding import decode
from assistant.text.identifiers import arxiv_in
from assistant.types import Paper, Warn

LARGEST = 30_000_000
"""Bytes: a saved page may hold its pictures."""
_TITLE = ("citation_title", "dc.title", "dcterms.title")
_ABSTRACT = ("citation_abstract", "dcterms.abstract", "eprints.abstract")
_VENUE = (
    *("citation_journal_title", "citation_conference_title", "citation_inbook_title"),
    "prism.publicationname",
)
_DATE = (
    *("citation_publication_date", "citation_date", "citation_year", "citation_online_date"),
    *("prism.publicationdate", "dc.date", "dcterms.issued", "article:published_time"),
)
_MARK = re.compile(r"^abstract\s*[:.]?\s*", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:Authors?|By)(?:\s*:\s*|\s+)", re.IGNORECASE)
_IS_PERSON = re.compile(r"(?:^|\s)ltx_personname(?:$|\s)")
"""As LaTeXML, which makes arXiv's pages, calls a name."""
_CALLED_ABSTRACT = re.compile(r"(?:^|[\s_-])abstract(?:$|[\s_-])", re.IGNORECASE)
_SHORTEST_ABSTRACT = 80
_SITE = re.compile(r"\s+(?:[|–—·»]|-(?=\s))\s+[^|–—·»]{1,60}$")
"""What a page's title says of the site, behind a mark."""
_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?>(?>(?><!--.*?-->)\s*+)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)

Meta = Mapping[str, list[str]]


def is_html(text: str) -> bool:
    """Whether a text is a web page, whatever its file is called."""
    return _PAGE.match(text[:5000]) is not None


def read(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """The one paper that the page is. Raises ReadError for a page without text."""
    return [of_text(decode(data), file)]


def of_text(text: str, file: str) -> Paper:
    """As ``read``, of a file's characters."""
    root = html_tree(text)
    if root is None:
        raise ReadError("no text in it")
    meta = _meta(root)
    blocks = main_text(root)
    title = _said(meta, *_TITLE) or next((block.text for block in blocks if block.kind == "h1"), "")
    title = title or _said(meta, "og:title") or _SITE.sub("", line(root.find(".//title")))
    blocks, authors = _below_title(blocks, title, _people(root, meta))
    body, opening = _abstract_in_front(root, meta, blocks)
    if not body:
        raise ReadError("a web page without text of its own; save the page as it is shown, or its PDF")
    address = _said(meta, "citation_public_url", "citation_abstract_html_url", "og:url") or _canonical(root)
    record = Record(
        0,
        len(text),
        title,
        authors,
        blocks=body,
        opening=opening,
        year=year_in(_said(meta, *_DATE)),
        venue=_said(meta, *_VENUE),
        doi=_said(meta, "citation_doi", "prism.doi") or _doi(meta),
        arxiv=_said(meta, "citation_arxiv_id") or arxiv_in(address),
        url=address,
    )
    return paper_of(record, file)


def _meta(root: Node) -> Meta:
    """What the meta tags say, by name in lower case."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in root.iter("meta"):
        name, content = (
            each.get("name") or each.get("property") or "",
            " ".join((each.get("content") or "").split()),
        )
        if name and content:
            found[name.lower()].append(content)
    return found


def _said(meta: Meta, *names: str) -> str:
    return next((meta[name][0] for name in names if name in meta), "")


def _people(root: Node, meta: Meta) -> tuple[str, ...]:
    for name in ("citation_author", "citation_authors", "dc.creator", "dcterms.creator"):
        if people := [person for person in meta.get(name, ()) if person]:
            return tuple(people) if len(people) > 1 or ";" not in people[0] else split_authors(people[0])
    called = (each for each in root.iter("span", "a", "div") if _IS_PERSON.search(each.get("class") or ""))
    return tuple(filter(None, map(line, called)))


def _doi(meta: Meta) -> str:
    return next((each for each in meta.get("dc.identifier", ()) if re.match(r"(?:doi:)?10\.\d+/", each)), "")


def _canonical(root: Node) -> str:
    link = next((each for each in root.iter("link") if (each.get("rel") or "").lower() == "canonical"), None)
    return "" if link is None else str(link.get("href") or "")


def _abstract_in_front(root: Node, meta: Meta, blocks: list[Block]) -> tuple[tuple[Block, ...], int]:
    """The blocks, the abstract first, and how many it is: as the meta tags give it, as it stands under its heading, or
    in an element that is called so."""
    body, opening = abstract_first(blocks)
    abstract = _said(meta, *_ABSTRACT)
    if opening and not abstract:
        return body, opening
    if not abstract:
        abstract = _MARK.sub("", line(_abstract_element(root), shown))
    if not abstract:
        return body, 0
    known = " ".join(abstract.split())
    rest = (block for block in body[opening:] if _MARK.sub("", " ".join(block.text.split())) not in known)
    return (Block(abstract), *rest), 1


def _below_title(
    blocks: list[Block], title: str, people: tuple[str, ...]
) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks below the title, with their headings as such; and the authors, from a line there if none are known."""
    place = next((n for n, block in enumerate(blocks) if block.kind == "h1"), None)
    if place is None:
        place = next((n for n, block in enumerate(blocks[:20]) if title and block.text == title), None)
    rest = [block for block in blocks[0 if place is None else place + 1 :] if block.text.strip()]
    for n, block in enumerate(rest[:4]):
        named = _BYLINE.sub("", block.text)
        known = (
            people and len(named) < 2 * len(" ".join(people)) and all(_last(name) in named for name in people)
        )
        if block.kind or not (known or is_author_line(named) or (named != block.text and is_one_name(named))):
            continue
        people = people or split_authors(named)
        del rest[n]
        break
    return [Block(each.text, "heading") if each.kind in HEADINGS else each for each in rest], people


def _last(name: str) -> str:
    return name.split(",")[0] if "," in name else name.split()[-1]


def _abstract_element(root: Node) -> Node | None:
    """The element that its author calls the abstract."""
    return next(
        (
            each
            for each in root.iter("div", "section", "blockquote", "p")
            if re.search(
                r"(?:^|[\s_-])abstract(?:$|[\s_-])", f"{each.get('class') or ''} {each.get('id') or ''}", re.I
            )
            and len(line(each)) > _SHORTEST_ABSTRACT
        ),
        None,
    )
