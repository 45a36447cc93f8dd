"""XML → papers, read by what its root says it is: JATS, TEI, the ACL Anthology's, arXiv's answers, or Crossref's."""

from assistant.errors import ReadError, UnknownKind
from assistant.read import acl, atom, crossref, html, jats, tei
from assistant.read.markup import xml_tree
from assistant.read.record import paper_of
from assistant.text.encoding import decode
from assistant.types import Paper, Warn

LARGEST = 100_000_000


def read(data: bytes, file: str, warn: Warn) -> list[Paper]:
    """Warns of each record without a title and a text. Raises ReadError, and UnknownKind for other XML."""
    root = xml_tree(data)
    text = decode(data)
    if (
        root.tag in ("article", "pmc-articleset", "articles")
        and next(root.iter("article-meta"), None) is not None
    ):
        found = jats.records(root, len(text))
    elif root.tag in ("TEI", "teiCorpus"):
        found = tei.records(root, len(text))
    elif root.tag == "collection" and root.find("volume") is not None:
        found = acl.records(root, text)
    elif root.tag == "feed":
        found = atom.records(root, text)
    elif root.tag == "doi_batch":
        found = crossref.records(root, text)
    elif root.tag == "html":
        return html.read(data, file, warn)
    else:
        raise UnknownKind(
            f"XML of a kind that is not read (<{root.tag}>); read are JATS, TEI, ACL Anthology, Atom and Crossref"
        )
    papers = [paper_of(record, file) for record in found if record.title or record.abstract or record.blocks]
    if not papers:
        raise ReadError("no title and no text in it")
    if len(papers) < len(found):
        warn(f"{len(found) - len(papers)} of {len(found)} records have neither a title nor a text")
    return papers
