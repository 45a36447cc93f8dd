"""Questions for the papers that stand in a relation to something named ("which packages build on JuMP?") → the
sentences of each that say so.

A whole paper names hundreds of things in passing, and a named thing's own paper speaks of it most: so what counts is a
sentence that names the thing as it is written, beside words of the relation, in a paper that is not its own.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.extract.lists import asks_list
from assistant.extract.question import LONGEST, Question
from assistant.text.showable import is_readable
from assistant.text.terms import STOP_WORDS, tokens
from assistant.types import Paper, Sentence

_USES = (
    r"us(?:e[sd]?|ing)|employ\w*|appl(?:y|ies|ied|ying)|buil(?:d|ds|t|ding)|based|extend\w*|depend\w*"
    r"|rel(?:y|ies|ied|ying)|run(?:s|ning)?|train(?:s|ed|ing)?|evaluat\w*|test(?:s|ed|ing)?|wrap\w*|interfac\w*"
    r"|integrat\w*|implement(?:s|ed)|written|leverag\w*|adopt\w*|adapt\w*|import\w*"
)
_COMPARES = r"compar\w*|benchmark(?:s|ed|ing)?|outperform\w*|beat(?:s|en)?"
_MENTIONS = r"mention\w*|cit(?:e[sd]?|ing)|refer(?:s|red|ring)?\s+to|name[sd]?|speak\w*\s+of|discuss\w*|talk\w*\s+about"
_SAYS_USE = rf"(?:{_USES}|usage|extension|on top of|by means of|with the help of|via)"
_HINTS_AT_USE = (
    r"(?:on|with|in|through|thanks to|perform\w*|power\w*|inherit\w*|measur\w*|analy[sz]ed|carried out|fine-tun\w*"
    r"|support\w*|compatib\w*|combin\w*|ecosystem|implement\w*|provid\w*)"
)
_SAYS_COMPARED = (
    rf"(?:{_COMPARES}|than|versus|vs|against|unlike|faster|slower|baselines?|whereas|similar\w*|contrast)"
)


class _Relation(NamedTuple):
    """``asked``: how a question says it; ``said``: what stands beside the name where a paper says it; ``hints``: what
    may stand close by instead. Mentioning has neither: the name is enough."""

    asked: re.Pattern[str]
    said: re.Pattern[str] | None = None
    hints: re.Pattern[str] | None = None


def _asked(verbs: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{verbs})\s+(?:(?:themselves|itself|directly|also|only)\s+)?"
        r"(?:(?:on\s+top\s+of|up?on|in|with|to|from|against|by|for)\s+)?(?=\W*\w)",
        re.IGNORECASE,
    )


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


_RELATIONS = (
    _Relation(_asked(_USES), _words(_SAYS_USE), _words(_HINTS_AT_USE)),
    _Relation(_asked(_COMPARES), _words(_SAYS_COMPARED)),
    _Relation(_asked(_MENTIONS)),
)
_WHAT = re.compile(r"\W*(?:what|who)\s+(?:(?:else|is|are|was|were|has|have|been)\s+)*$", re.IGNORECASE)
"""What stands before the relation where no word for papers asks for a list: "what builds on X", "who uses X"."""
_PLAIN = frozenset(
    "package packages library libraries framework frameworks software tool tools toolkit toolkits model models format"
    " formats file files data dataset datasets set sets algorithm algorithms method methods ecosystem experiment"
    " experiments system systems language languages program programs benchmark benchmarks programming interface code"
    " machine machines implementation implementations solver solvers evaluation training work papers paper".split()
)
"""What may stand beside a name and asks no more than it does."""
BEHIND, BEFORE, HINTED = 8, 5, 4
"""Words between those of a relation and a name behind them, before them, and behind a hint, at most."""
_OTHERS = re.compile(
    r"\b(?:related|previous|prior|existing) (?:work|research|software|packages)|state of the art",
    re.IGNORECASE,
)
"""Headings under which a paper speaks of what others use."""
OPENING = 25
"""Sentences in which a paper says what it offers."""


class Related(NamedTuple):
    """What a question asks: ``names`` that are named, ``any_one`` of them or all; ``of_papers``: whether it is papers
    that it asks for, not who or what."""

    names: Sequence[str]
    any_one: bool
    of_papers: bool
    relation: _Relation


def asked_relation(text: str) -> Related | None:
    """What is asked, if it is nothing but which papers stand in one relation to what is named."""
    question = Question(text)
    if len(text) > LONGEST or not question.names:
        return None
    of_papers = asks_list(text)
    for relation in _RELATIONS:
        for match in relation.asked.finditer(text):
            before, rest = text[: match.start()], text[match.end() :]
            if not (of_papers or _WHAT.match(before)):
                continue
            named = [name for name in question.names if name in rest]
            for name in named:
                rest = rest.replace(name, " ")
            if len(named) == len(question.names) and all(
                token in STOP_WORDS or token in _PLAIN for token in tokens(rest)
            ):
                return Related(named, bool(re.search(r"\bor\b", rest)), of_papers, relation)
    return None


def saying(
    related: Related, paper: Paper, sentences: Sequence[Sentence], is_long: bool = True
) -> Sentence | None:
    """The sentence of ``paper`` that says most plainly that it stands in the relation. An abstract names little in
    passing: there the name itself tells of use."""
    patterns = [_written(name) for name in related.names]
    own = [pattern for pattern in patterns if _is_own(pattern, paper, sentences)]
    if own and not related.any_one:
        return None
    patterns = [pattern for pattern in patterns if pattern not in own]
    prose = [
        each
        for each in sentences
        if each.kind == "sentence"
        and is_readable(each.text)
        and not (related.relation.hints and _OTHERS.search(each.section or ""))
    ]
    held = [[each for each in prose if pattern.search(each.text)] for pattern in patterns]
    if not (any(held) if related.any_one else all(held)):
        return None
    told = [
        (sum(bool(pattern.search(each.text)) for pattern in patterns), -apart, -each.number, each)
        for own_sentences, pattern in zip(held, patterns, strict=True)
        for each in own_sentences
        if (apart := _apart(related.relation, pattern, each.text)) is not None
    ]
    if told:
        return max(told, key=lambda each: each[:3])[-1]
    return (
        None
        if is_long or not related.relation.hints
        else next(each for own_sentences in held for each in own_sentences)
    )


def _written(name: str) -> re.Pattern[str]:
    """The name as it is written, also with a size behind it ("Llama-2-7B"); a plain word only with its capital."""
    plain = re.sub(r"\.jl$", "", name)
    letters = r"[\s-]*".join(map(re.escape, re.split(r"[\s-]+", plain)))
    exact = plain.isalpha() and plain.istitle()
    return re.compile(rf"(?<![\w-]){letters}(?:\.jl)?s?(?!\w|\.\w)", 0 if exact else re.IGNORECASE)


def _is_own(name: re.Pattern[str], paper: Paper, sentences: Iterable[Sentence]) -> bool:
    """Whether the thing is what the paper offers: named before its title's colon, or introduced in its opening."""
    title, colon, _ = (paper.title or paper.handle or "").partition(":")
    if (colon or not paper.title) and name.search(title):
        return True
    offers = re.compile(
        rf"\b(?:introduc|propos|present|releas)\w*\s+(?:\S+\s+){{0,4}}?{name.pattern}", name.flags
    )
    return any(offers.search(each.text) for each in sentences if each.number < OPENING)


def _apart(relation: _Relation, name: re.Pattern[str], text: str) -> int | None:
    """Words between the name and what says the relation; None if they are too many, or nothing says it."""
    if relation.said is None:
        return 0
    found = []
    for named in name.finditer(text):
        for said in relation.said.finditer(text):
            if said.end() <= named.start():
                found += [n for n in [_count(text, said.end(), named.start())] if n <= BEHIND]
            elif named.end() <= said.start():
                found += [n for n in [_count(text, named.end(), said.start())] if n <= BEFORE]
        for hint in relation.hints.finditer(text, 0, named.start()) if relation.hints else ():
            found += [BEHIND + n for n in [_count(text, hint.end(), named.start())] if n <= HINTED]
    return min(found, default=None)


def _count(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
