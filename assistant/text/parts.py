"""A question with several parts → its parts."""

import re

MOST = 4
"""Parts of a question that are searched for."""
JOINS = re.compile(
    r"\b(?:and|or|but|while|whereas|versus|vs|compar\w*|contrast\w*|differ\w*|both|each|respectively|unlike|another"
    r"|opposed|than|in common|similar|alike)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[,;?:]?\s+(?:and|whereas|while|but)\s+(?:also\s+)?"
    r"(?=(?:(?:by|in|on|to|for|under|from|into|with|at)\s+)?"
    r"(?:how|what|which|who|whose|why|where|when|does|do|did|is|are|was|were)\b)|[?;]\s+(?=\S)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w-])(?:[A-Z][A-Za-z]+ \d+(?:\.\d+)?(?![\w.%])|[\w./+'-]*[A-Z0-9²³][\w./+^'-]*)")
_SENTENCE_START = re.compile(r"(^|[.?!:]\s+)\W*[\w'-]+")
_INNER_CAPITAL = re.compile(r"[A-Z].*[A-Z0-9]|\d|[a-z][A-Z]")


def clauses(text: str) -> list[str]:
    """Its clauses of more than two words."""
    return [clause.strip(" ,;") for clause in _CLAUSE.split(text) if len(clause.split()) > 2]


def question_names(text: str) -> list[str]:
    """Words of a question with capitals or digits, but for a capital that only starts a sentence; "Llama 2" is one."""
    lowered = _SENTENCE_START.sub(lambda m: m[0] if _INNER_CAPITAL.search(m[0]) else m[0].lower(), text)
    found = [re.sub(r"'s$", "", match.strip(".'-/")) for match in _NAME.findall(lowered)]
    return list(dict.fromkeys(name for name in found if name and name != "I"))


def unmistakable(name: str) -> bool:
    """Whether it is written as no other word is, in whatever language: "RouteSAE", "MQM-APE", "Llama 2"."""
    return bool(_INNER_CAPITAL.search(name)) and any(map(str.isalpha, name))


def without(text: str, names: list[str]) -> str:
    """The text without these names."""
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:'s)?(?!\w)", " ", text)
    return " ".join(text.split())


def searches(text: str) -> list[str]:
    """What to search for of a question with several parts, besides the whole of it: its clauses; where it joins
    or compares names, the question by each of them alone."""
    parts = [part.strip("?") for part in clauses(text)]
    if len(parts) > 1:
        return parts[:MOST]
    names = question_names(text) if JOINS.search(text) else []
    if len(names) < 2:
        return []
    return [without(text, [other for other in names if other != name]) for name in names[:MOST]]
