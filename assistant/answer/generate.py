"""Question and hits → Draft, written by a language model from the passages alone.

Nothing in the draft is believed here; verification looks up every quote. What this file sees to is that it
can: passages go under ids that cannot be guessed, so that an invented one names nothing, and a reply in
another form than was asked for is refused whole rather than read for what it may mean.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, TypeVar

from assistant.errors import ModelReply
from assistant.prompts import Prompt, load
from assistant.types import ChatModel, Draft, DraftCitation, DraftClaim, Hit, Paper, Passage

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "citations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"id": {"type": "string"}, "quote": {"type": "string"}},
                            "required": ["id", "quote"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["text", "citations"],
                "additionalProperties": False,
            },
        },
        "missing": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["claims", "missing"],
    "additionalProperties": False,
}
"""The reply's form. Strict servers want every property required and no others allowed."""

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""32 of them, without those that are mistaken for each other."""
_AUTHORS = 10
"""Named above a passage; a collaboration's thousands would crowd out its text."""
_TAG = re.compile(r"<(?=\s*/?\s*passage\b)", re.IGNORECASE)
_FENCED = re.compile(r"```(?:json)?\s*\n(.*)\n\s*```", re.DOTALL | re.IGNORECASE)
_KINDS = {str: "text", list: "a list"}

_T = TypeVar("_T", str, list[Any])


def generate(
    question: str,
    hits: Sequence[Hit],
    papers: Mapping[str, Paper],
    model: ChatModel,
    prompt: Prompt | None = None,
) -> tuple[Draft, dict[str, Passage]]:
    """The model's draft, and the passages it was offered by the ids that its citations name. ``papers``:
    those of the hits, by key; ``prompt``: prompts/answer.md unless given. Without hits the model is not
    asked. Raises ModelError."""
    offered = _offered(question, hits)
    if not offered:
        return Draft(engine=model.name), offered
    passages = "\n\n".join(_shown(name, p, papers[p.paper]) for name, p in offered.items())
    text = (prompt or load("answer")).fill(question=question, passages=passages)
    reply = model.complete([{"role": "user", "content": text}], SCHEMA)
    try:
        claims, missing = _read(reply.text)
    except (ValueError, RecursionError) as error:
        raise ModelReply(
            f"{model.name} did not reply in the JSON that was asked for ({error});"
            " ask again, or use another model"
        ) from error
    return Draft(claims, missing, model.name, reply.usage), offered


def _offered(question: str, hits: Sequence[Hit]) -> dict[str, Passage]:
    """The passages under distinct ids: the same again for the same question, others for another, so that
    neither a paper's text nor an earlier answer can have named one."""
    offered: dict[str, Passage] = {}
    for hit in hits:
        seeds = (f"{question}\0{hit.passage.id}\0{n}" for n in count())
        name = next(name for seed in seeds if (name := _opaque(seed)) not in offered)
        offered[name] = hit.passage
    return offered


def _opaque(seed: str) -> str:
    digest = hashlib.sha256(seed.encode("utf-8", "replace")).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:4])


def _shown(name: str, passage: Passage, paper: Paper) -> str:
    more = ("et al.",) if len(paper.authors) > _AUTHORS else ()
    authors = "; ".join((*paper.authors[:_AUTHORS], *more))
    parts = [paper.name, authors, paper.year and str(paper.year), passage.page and f"page {passage.page}"]
    headline = " · ".join(" ".join(part.split()) for part in parts if part)
    return f'<passage id="{name}">\n{_tame(headline)}\n{_tame(passage.text)}\n</passage>'


def _tame(text: str) -> str:
    """The text with no passage tag in it. A full-width sign takes the place of ``<``: the model sees no tag,
    and a quote of it is still found, as both signs are one after NFKC."""
    return _TAG.sub("＜", text)


def _read(reply: str) -> tuple[tuple[DraftClaim, ...], tuple[str, ...]]:
    """Claims and what is missing. Fields that were not asked for are passed over. Raises ValueError (or
    RecursionError, from json) saying what is wrong where."""
    fenced = _FENCED.fullmatch(reply.strip())
    answer = json.loads(fenced[1] if fenced else reply)
    claims = _field(answer, "claims", list, "")
    missing = _field(answer, "missing", list, "")
    parts = [_checked(part, str, f"missing[{i}]") for i, part in enumerate(missing)]
    return (
        tuple(_claim(claim, f"claims[{i}].") for i, claim in enumerate(claims)),
        tuple(" ".join(part.split()) for part in parts if part.strip()),
    )


def _claim(claim: Any, at: str) -> DraftClaim:
    text = " ".join(_field(claim, "text", str, at).split())
    if not text:
        raise ValueError(f"{at}text is empty")
    citations = _field(claim, "citations", list, at)
    return DraftClaim(text, tuple(_citation(c, f"{at}citations[{i}].") for i, c in enumerate(citations)))


def _citation(citation: Any, at: str) -> DraftCitation:
    return DraftCitation(_field(citation, "id", str, at), _field(citation, "quote", str, at))


def _field(parent: Any, name: str, kind: type[_T], where: str) -> _T:
    if not isinstance(parent, dict):
        raise ValueError(f"{where.removesuffix('.') or 'the reply'} is not an object")
    if name not in parent:
        raise ValueError(f"{where}{name} is not there")
    return _checked(parent[name], kind, where + name)


def _checked(value: Any, kind: type[_T], where: str) -> _T:
    if not isinstance(value, kind):
        raise ValueError(f"{where} is not {_KINDS[kind]}")
    if isinstance(value, str):  # JSON may hold halves of characters, which nothing can print or store
        return value.encode("utf-8", "replace").decode()
    return value
