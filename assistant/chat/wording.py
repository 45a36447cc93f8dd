"""A question that leans on the talk → the same in words that stand alone: names where pronouns were."""

import re
from collections.abc import Sequence

from assistant.text.names import squashed
from assistant.text.parts import question_names

_OWN = r"(?:its|their)(?: own)?"
GENERIC = (
    r"(?:papers?|articles?|stud(?:y|ies)|works?|publications?|surveys?|methods?|approach(?:es)?|frameworks?|techniques?"
    r"|algorithms?|systems?|tools?|datasets?|benchmarks?|optimi[sz]ers?|mechanisms?|models?|findings?|results?|packages?|software|toolbox(?:es)?|projects?)"
)
"""What a paper, or what it offers, is called without a name."""
POINTING = re.compile(
    rf"\b(?:(?:this|that|these|those|the same)(?:\s+(?:very|two|latter|former))?\s+{GENERIC}\b(?:'s)?|{_OWN}\b"
    r"|(?:this|that)\s+one\b|(?:it|they|them|this|that|these|those)\b(?:'s)?)",
    re.IGNORECASE,
)
AUTHORS = re.compile(r"\bthe\s+authors\b(?!\s+(?:of|behind)\b)", re.IGNORECASE)
_PAPER = re.compile(
    rf"\b(?<!-)the\s+{GENERIC}\b(?!\s+(?:of|for|on|in|by|behind|from|that|which|who|called|named|with|to|[A-Z]))",
    re.IGNORECASE,
)
_SAME = re.compile(r"\bthe same(?=\W*$)", re.IGNORECASE)
CONNECTIVE = re.compile(r"^\W*(?:and|but|so|also|or|then)\b[,\s]*", re.IGNORECASE)
WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|so|no|sorry)\b[,\s]*)*(?:(?:what|how)\s+about|(?:that|those)\s+(?:of|in)|i\s+meant?"
    r"|(?:(?:ask|do)\s+)?(?:the\s+)?same(?:\s+(?:question|thing))?\s+(?:for|of|about|with))\b\s*",
    re.IGNORECASE,
)


def listed(names: Sequence[str], join: str = "and") -> str:
    """A, B and C."""
    return f" {join} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def put_in(text: str, name: str) -> str:
    """The question with ``name`` in place of what points at it; behind it, where nothing does."""
    text = _SAME.sub(lambda match: f"{match[0]} as {name}", text)
    found = _PAPER.sub(name, POINTING.sub(lambda match: _replaced(match[0], name), text))
    found = AUTHORS.sub(lambda match: f"{match[0]} of {name}", found)
    return found if name in found else f"{found.rstrip(' ?.!')} in {name}?"


def nameless(text: str, name: str) -> str:
    """The question with "it" in place of ``name``: what the one paper that is asked need not say."""
    return re.sub(rf"(?<!\w){re.escape(name)}('s)?(?!\w)", lambda match: "its" if match[1] else "it", text)


def _replaced(pointer: str, name: str) -> str:
    owning = re.fullmatch(_OWN, pointer, re.IGNORECASE) or pointer.endswith("'s")
    return f"{name}'s" if owning and not re.match(r"(?:it|that|this)'s$", pointer, re.IGNORECASE) else (
        f"{name} is" if owning else name
    )  # fmt: skip


def exchanged(question: str, before: Sequence[str], name: str) -> str:
    """The last question, asked of another paper: ``before``, names in it that give way to ``name``."""
    for old in sorted(before, key=len, reverse=True):
        pattern = re.compile(re.escape(old) if old.startswith("“") else rf"(?<!\w){re.escape(old)}(?!\w)")
        if pattern.search(question):
            return pattern.sub(lambda _: name, question, count=1)
    same = {squashed(old) for old in before}
    for old in question_names(question):
        if squashed(old) in same:
            return question.replace(old, name, 1)
    return f"{question.rstrip(' ?.!')}, in {name}?"
