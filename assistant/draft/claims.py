"""A cited sentence → what it says on the strength of which citations.

The whole sentence, on the strength of all; or, where each citation closes a clause of its own ("A finds B [1],
whereas C finds D [2]."), clause by clause. A sentence that only points to a work says nothing of it.
"""

import re
from dataclasses import dataclass

from assistant.draft import Cite, DraftSentence
from assistant.text.terms import content_stems

_UPPER = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """``text``: what is said, without the citations; ``keys``: what is cited for it, as the draft writes it."""

    text: str
    keys: tuple[str, ...]


_LEAST_CLAUSE = 5
"""Words of a clause that is judged for itself."""
_LEAST_STEMS = 2
"""Content words of what says something."""
_PLAIN = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")
"""A word that is no name."""
_POINTER = re.compile(
    r"\b(?:surveys?|reviews?|overviews?|details?|discussions?|references?|therein|examples?|information|introductions?"
    r"|works?|papers?|stud(?:y|ies)|literature|related|recent|prior|previous|earlier|see|refer|follow|readers?|interested"
    r"|authors?)\b",
    re.IGNORECASE,
)
_OPENING = (
    r"\W*(?:(?:following|as in|inspired by|similar to|like|unlike|in line with|for|to|in|here|thus|hence|therefore"
    r"|finally|first|instead)\b[^.;:]{0,80}?,\s*)?(?:(?:here|thus|hence|then|so|in (?:our|this|all) \w+)\s+)?"
)
_OWN_DEED = re.compile(
    rf"{_OPENING}(?:our\s+(?:\w+\s+){{1,3}}(?:is|are|was|were)\s+"
    r"(?:compared|based|built|trained|evaluated|inspired|similar)\b"
    r"|we\s+(?:\w+ly\s+|also\s+|then\s+|first\s+|instead\s+|again\s+)*"
    r"(?:follow|use|adopt|employ|apply|take|borrow|build (?:up)?on|extend|adapt|compare|evaluate|train|test|run|rely on"
    r"|refer|start from|fine-?tune|initiali[sz]e|implement|reuse|choose|select|include|consider)\b)",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(r"\b(?:we|our|us|I)\b")
_SAYS_MORE = re.compile(
    r"\b(?:because|since|as it|as they|which|who|whose|where|and (?:we )?(?:show|find|observe|demonstrate))\b"
)
_NO_CLAUSE = re.compile(
    r"\W*(?:unlike|in contrast|compared|following|inspired|based on|using|with|without|for|as in|besides|instead of"
    r"|similar|such as|including|like|e\.g|from|by|of|in)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|could|may|might|must|will|would|does|do|did"
    r"|[a-z]{2,}(?:s|ed)(?=\s+(?!such|like|including|of|for|in|with|from|at|and|or|that|which)\w))\b"
)
_JOINT = re.compile(r"^[\s,;:]*(?:(?:and|but|or|while|whereas|although|though|yet|which|so)\s+)?")
_REPORTED = re.compile(
    r"^(?:as )?the authors (?:also )?(?:show|find|found|report|note|argue|observe|demonstrate|state|claim|conclude"
    r"|suggest)(?:ed|s)? that ",
    re.IGNORECASE,
)
_NAMES_BEFORE = re.compile(
    rf"{_UPPER}[\w'’-]+(?:\s+(?:and|&)\s+{_UPPER}[\w'’-]+)?\s+(?:et\.?\s+al\.?,?|and colleagues)\s*$"
)


_LONGEST_NAMES = 200
"""Characters before a citation in which the names stand that it is read with."""


def claims(sentence: DraftSentence) -> tuple[CitedClaim, ...]:
    """What is to be judged; nothing if the sentence cites and says nothing of the cited work."""
    if sentence.is_caption:
        return ()
    whole = [(0, len(sentence.text), sentence.cites)]
    found = []
    for start, end, cites in _clauses(sentence) or whole:
        text = _said(sentence, start, end)
        if _says_something(text):
            found.append(CitedClaim(text, tuple(dict.fromkeys(key for cite in cites for key in cite.keys))))
    return tuple(found)


def _clauses(sentence: DraftSentence) -> list[tuple[int, int, tuple[Cite, ...]]]:
    """(start, end, citations) of each clause that a citation closes; none if any of them is no clause."""
    text, found, start = sentence.text, [], 0
    groups = _groups(sentence)
    for n, group in enumerate(groups):
        end, after = group[-1].end, text[group[-1].end :].lstrip()
        piece = _JOINT.sub("", text[start : group[0].start])
        ends = n == len(groups) - 1 and not after.strip(".!?)]")
        closed = ends or after[:1] in (",", ";", ":")
        if (
            not closed
            or len(piece.split()) < _LEAST_CLAUSE
            or _NO_CLAUSE.match(piece)
            or not _VERB.search(piece)
        ):
            return []
        found.append((start, len(text) if ends else end, group))
        start = end
    if found and not _OWN_WORDS.search(
        text[start:]
    ):  # what goes on behind the last citation goes on about its work
        found[-1] = (found[-1][0], len(text), found[-1][2])
    return found


def _groups(sentence: DraftSentence) -> list[tuple[Cite, ...]]:
    """The citations, those together that stand beside each other."""
    groups: list[list[Cite]] = []
    for cite in sentence.cites:
        if groups and not sentence.text[groups[-1][-1].end : cite.start].strip(" ,;"):
            groups[-1].append(cite)
        else:
            groups.append([cite])
    return list(map(tuple, groups))


def _said(sentence: DraftSentence, start: int, end: int) -> str:
    """The words between, without the citations; where one is read as a name, "the authors"."""
    text, position, said = sentence.text, start, ""
    for cite in sentence.cites:
        if start <= cite.start < end:
            said += text[position : cite.start]
            named = _NAMES_BEFORE.search(said, max(0, len(said) - _LONGEST_NAMES))
            said = said[: named.start()] if named else said
            is_first = not said or said.isspace()
            opens = is_first and text[cite.end : cite.end + 40].lstrip()[:1].islower()
            if cite.textual or named or opens:
                said += "The authors" if is_first else "the authors"
            position = cite.end
    said = _JOINT.sub("", said + text[position:end])
    said = re.sub(r"\s+([.,;:!?)])", r"\1", re.sub(r"\(\s*\)|\[\s*\]", "", said))
    said = re.sub(r"[,;](?=[,;.)])", "", said)
    said = _REPORTED.sub("", " ".join(said.split()))
    return said[:1].upper() + said[1:]


def _says_something(claim: str) -> bool:
    """Whether it says something of the work, not where to read on or what the draft's own authors did with it."""
    if _OWN_DEED.match(claim) and not _SAYS_MORE.search(claim):
        return False
    if not _PLAIN.search(claim) and not _VERB.search(claim):  # a list of names
        return False
    return len(content_stems(_POINTER.sub(" ", claim))) >= _LEAST_STEMS
