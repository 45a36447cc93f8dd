"""Text that names a work by its DOI or its arXiv number → that name alone, as every source writes it alike."""

import re
from urllib.parse import unquote

_ARXIV = re.compile(
    r"arxiv[\s.:/]*(?:(?:org/)?(?:abs|pdf|html)/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_ARXIV_ID = re.compile(
    r"(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?=\s|$)", re.IGNORECASE
)
_DOI_BEFORE = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi\s*:?\s*)", re.IGNORECASE)


def arxiv_id(text: str) -> str:
    """The number of a field that holds nothing else, without its version; empty if it holds something else."""
    match = _ARXIV_ID.match(text.strip())
    return match[1] if match else ""


def arxiv_in(text: str) -> str:
    """The first arXiv number that ``text`` calls one, in words or by its address."""
    match = _ARXIV.search(text)
    return match[1] if match else ""


def doi_of(text: str) -> str:
    """The DOI in a field for it: without address and label."""
    text = _DOI_BEFORE.sub("", text.strip())
    return unquote(text) if "%2f" in text.lower() else text
