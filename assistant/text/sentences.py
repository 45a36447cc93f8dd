"""Text → sentence spans. Written for papers, whose dots mostly do not end sentences.

A candidate end is ``.``, ``!`` or ``?`` (with closing quotes, brackets and citation marks) before white
space, or a blank line. It is refused after an abbreviation, an initial or the number of a list item, before
a lower-case word, and inside numbers, names and URLs, which have no white space after the dot. Offsets are
kept exactly, which the ready-made splitters tried (punkt, pysbd) do not promise or need downloaded data for.
"""

import re
from collections.abc import Sequence

from assistant.types import Sentence

_NEVER_LAST = frozenset("e.g i.e cf vs viz ca approx resp dr mr mrs ms prof".split())
"""Something always follows these."""
_SELDOM_LAST = frozenset(
    "al jr sr st ed eds est inc ltd corp co dept univ u.s u.k ph.d m.sc b.sc a.k.a w.r.t i.i.d"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""These end a sentence only where the next word is one that opens sentences."""
_BEFORE_NUMBER = frozenset(
    "fig figs eq eqs sec secs tab tabs ref refs no nos vol vols p pp ch chap thm lem cor prop def alg app ex"
    " art".split()
)
"""These end a sentence unless a number, a letter or a bracket follows."""
_OPENERS = re.compile(
    r"(?:A|An|And|As|At|Both|But|By|Each|Finally|For|From|Here|How|However|In|It|Its|Moreover|On|Our|Results?|Since"
    r"|Such|That|The|Their|Then|There|These|They|This|Those|Thus|To|Under|Using|We|What|When|While|With)\b"
)
_NUMBER = re.compile(r"[(\[]|[A-Z]?\d|[A-Z]\b|[IVXLC]+\b")
_INITIALS = re.compile(r"\w(?:\.-?\w)*")
_CITED = r"""(?:["'”’»)\]}*_]|\[\d[\d,;\s–-]*\]|[⁰¹²³⁴-⁹][⁰¹²³⁴-⁹⁻,–-]*+)*+"""
_END = re.compile(rf"(?<![.!?])(?P<stop>[.!?]++){_CITED}(?=\s|$)|[。！？]+[」』）”’]*|\n[^\S\n]*\n")
_WORD_BEFORE = re.compile(r"[\w.&-]*$")
_ITEM = re.compile(
    r"\W*(?:\w|\d+)(?:\.\d+)*[.)]?|\W*(?:table|figure|fig\.?|algorithm|theorem|lemma) \w+\.", re.IGNORECASE
)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]`` as (start, end) offsets into ``text``, without the white space
    around them, in order. Together they hold every non-blank character."""
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        if match["stop"] and not _ends_sentence(text, begin, match, stop):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, stop))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return (start + lead, start + len(piece.rstrip())) if piece.strip() else None


def _ends_sentence(text: str, begin: int, match: re.Match[str], stop: int) -> bool:
    after = text[match.end() : min(match.end() + 40, stop)]
    following = after.lstrip()
    if not following or after[: len(after) - len(following)].count("\n") > 1:
        return True  # the end, or a blank line
    if match["stop"] == ".":
        word = _WORD_BEFORE.search(text, max(begin, match.start() - 30), match.start())
        if not _may_be_last((word[0] if word else "").lstrip(".-&"), following):
            return False
        if match.end() - begin < 30 and _ITEM.fullmatch(text[begin : match.end()].strip()):
            return False
    return not following.lstrip("\"'“‘«([")[:1].islower()


def _may_be_last(word: str, following: str) -> bool:
    """Whether a dot behind ``word``, before ``following``, may end a sentence."""
    lower = word.lower()
    if lower in _NEVER_LAST:
        return False
    if lower in _BEFORE_NUMBER:
        return not _NUMBER.match(following)
    if lower in _SELDOM_LAST or (word.isupper() and _INITIALS.fullmatch(word)):
        return _OPENERS.match(following) is not None
    return True


_LEAST_WORDS = 5


def is_prose(sentence: str) -> bool:
    """Whether it reads as a sentence, rather than as a heading, an axis, a table or a formula: words, mostly
    of letters, up to a full stop."""
    words = re.findall(r"[^\W\d_]{2,}", sentence)
    solid = sum(not char.isspace() for char in sentence)
    letters = sum(char.isalpha() for char in sentence)
    ends = sentence.rstrip("\"'”’»)]⁰¹²³⁴⁵⁶⁷⁸⁹⁻,–")[-1:] in ".!?:。！？"
    return ends and letters >= 0.7 * solid and (len(words) >= _LEAST_WORDS or not sentence.isascii())


_POINTING = (
    r"(?:(?i:this|these|those(?! (?:that|who|which|of|with)\b)|such(?! as\b)|it|them)"
    r"(?! (?:paper|article|work|study|(?:sub)?section|chapter|appendix|report|thesis|survey|review|tutorial|talk"
    r"|demo|manuscript|document|project|year|century)s?\b))\b"
)
"""What a word points back with; a paper that speaks of itself does not."""
_OPENING = (
    r"(?:In|For|With|Using|By|Under|From|At|On|After|Before|Due to|Because of|Given|Within|Through|Among|Of|To|Unlike"
    r"|Without|During|Besides|Compared (?:to|with)|According to|Following|Via|As for|(?:All|Each|Most|Some|One|Both"
    r"|None|Neither|Many|Several) of)"
)
_JOINING = (
    r"(?:(?:However|Moreover|Furthermore|Further|Also|Besides|In addition|Additionally|In contrast|Nevertheless"
    r"|Similarly|Likewise|Consequently|Accordingly|Here|Finally|Thus|Hence|Therefore|Then|In particular|Overall"
    r"|Indeed|For (?:example|instance)),? )"
)
_NOTING = (
    r"(?:Note|We note|Notice|Observe|Recall|Remember|We stress|It (?:should|must) be (?:noted|mentioned|stressed)"
    r"|It is (?:worth (?:noting|mentioning)|important to note))(?: here| also)?,? that"
)
_LEANS_BACK = re.compile(
    r"(?:(?:However|But|Yet|And|Also|Moreover|Furthermore|In addition|Additionally|Nevertheless|Still|Finally),?"
    r" (?i:it|its|they|their|this|these|those|such|both|the (?:former|latter))\b"
    r"|(?:It|Its|They|Their|Them|This|These|Those|Such|He|She|Here|Both|Thus|Therefore|Hence|Instead|Otherwise|Then"
    r"|To (?:this end|address (?:this|these)|do so|achieve this|bridge this|overcome this|tackle this)"
    r"|Based on (?:this|these)|On this basis|In this way|By doing so|As a result"
    r"|The (?:former|latter|method|model|approach|framework|dataset|system|results?))\b"
    rf"|{_OPENING} (?:all |both )?{_POINTING}"
    rf"|{_NOTING} (?:{_POINTING}|(?:they|its|their)\b)"
    rf"|{_JOINING}?[Ww]e (?:(?:also|then|further|now|can|could|will|next|thus|first) )?\w+ {_POINTING})"
)
"""How a sentence begins that says nothing without the one before: of 40 in a hundred papers that only the last three
forms find, 38 do."""


def with_context(text: str, spans: Sequence[tuple[int, int]], i: int) -> tuple[int, int]:
    """Sentence ``i`` of ``spans``, with up to two right before it if it opens with a word that points back
    ("This method ..."): what a reader needs to understand it alone."""
    first = i
    while first > max(0, i - 2) and _LEANS_BACK.match(text, spans[first][0]):
        if text[spans[first - 1][1] : spans[first][0]].strip():
            break  # the sentence before is not among the spans
        first -= 1
    return spans[first][0], spans[i][1]


def context(sentences: Sequence[Sentence], i: int) -> list[Sentence]:
    """Sentence ``i`` behind up to two right before it, if it opens with a word that points back ("This method
    ..."): what a reader needs to understand it alone."""
    first = i
    while first > max(0, i - 2) and _LEANS_BACK.match(sentences[first].text):
        if (
            sentences[first].number != sentences[first - 1].number + 1
            or sentences[first - 1].kind != "sentence"
        ):
            break
        first -= 1
    return list(sentences[first : i + 1])
