"""A sentence → what it states of the world, as it is compared with what another paper states; nothing of a sentence
that asks, aims, or tells of its own paper's things.

"The corpus", "our method" and "240 patients" are other things in every paper, so what is said of them is never in
conflict. This is where most false disagreements come from.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.judge.lexicon import DOWN, NEGATIONS, OPPOSITES, UP
from assistant.judge.swaps import is_label
from assistant.judge.words import Words, words_of
from assistant.text.names import marked_names, proper_names, squashed
from assistant.text.numbers import Number, numbers
from assistant.text.terms import STOP_WORDS, stem

_LEAST = 2
"""Content words that a topic has at least."""
_LONGEST = 60
"""Words of a sentence; a longer one is a list or several that were not parted."""
_OWN = re.compile(
    r"\b(?:our|ours|my)\b(?! (?:results?|findings?|experiments?|analys[ie]s|data|study|evidence|runs?|observations?)\b)"
    r"|\bthe (?:proposed|presented|introduced|resulting|present|new|novel)\b|\bproposed (?:method|model|approach"
    r"|system)"
    r"|\bwe (?:\w+ly )?(?:propose|present|introduce|develop|build|built|collect|annotat|train|create|construct"
    r"|design|use"
    r"|employ|release|describe|submit|participat|enrol|recruit|includ|select|compile|apply|implement|extend|adopt|rank"
    r"|achiev|outperform|improv|aim|investigat|explor|examin|stud|ask|address|focus|compar|evaluat|consider|analy[sz]e?"
    r"|conduct|perform|carr|hypothes|argue|need|hope|plan|want|test)\w*"
    r"|\b(?:this|the present|the current) (?:paper|work|article|thesis|review|demo|report|tutorial|survey)\b",
    re.IGNORECASE,
)
_LOCAL = (
    r"(?:model|models|method|approach|system|systems|corpus|dataset|data ?set|data|task|trial|study|cohort|framework"
    r"|algorithm|results?|participants?|patients|subjects|authors?|tool|resource|experiments?|parser|architecture"
    r"|technique|classifier|baseline|first|second|third|former|latter|overall|final|other|same|two|three|combination"
    r"|team|submission|submissions|treatment|control|intervention|groups?|test set|addition|use|network)"
)
_POINTS_BACK = re.compile(
    rf"(?:(?:the|both|all) (?:\w+ )?{_LOCAL}\b|(?:it|its|this|these|those|they|their|such|he|she|both|here|one"
    r"|another|each|as a result|thus|therefore|hence|instead|to this end|first|second|finally)\b)",
    re.IGNORECASE,
)
"""How a sentence opens that is about what its paper has told of before."""
_ASIDE = re.compile(
    r"\b(?:whether|if|unless|without|aim(?:s|ed)?|goal|unclear|unknown|remains?|should|future|suppose|assum\w+"
    r"|(?:existing|previous|prior|current|traditional|conventional|most|many|some|recent|earlier|other|several)"
    r" (?:\w+ ){0,2}(?:methods?|models?|systems?|works?|approaches|metrics?|studies|research|datasets?|corpora|parsers?"
    r"|techniques|papers|resources|benchmarks?)|challeng\w+|in order to|in contrast to|(?:is|are|was"
    r"|were) (?:\w+ )?(?:believed|thought)|claim\w*"
    r"|e\.g\.|for (?:example|instance)|respectively|state[- ]of[- ]the[- ]art|baselines?|compared (?:to|with)"
    r"|versus|vs)\b"
    r"|\?",
    re.IGNORECASE,
)
_REPORTING = frozenset(
    map(
        stem,
        "find finds found show shows showed shown result results report reports reported suggest suggests indicate"
        " indicates evidence study studies significant significantly observe observed estimate estimated estimates"
        " measure measured obtain obtained demonstrate demonstrated reveal revealed analysis experiments conclude"
        " data confirm confirmed reach reaches reached amount amounts total average mean identify identified".split(),
    )
)
"""Words that say no more than that something is stated."""
DENYING = (NEGATIONS | frozenset(map(stem, "poorly weakly scarcely".split()))) - {"hard", "rare"}
"""Less the stems of hardly and rarely, which are also those of words that deny nothing."""
_NUMBERED = re.compile(r"(?:^|(?<= ))(?!\w*(?:s|ed|ing) )([A-Za-z]{3,}) $")
"""The noun before a number that may be called by it: no verb, as far as its ending tells."""
_COUNTED = re.compile(r"[ -]+(of the|[a-z]\w*)")
"""What stands behind a number; a noun there is what it counts."""
_TURNING = UP | DOWN | frozenset(OPPOSITES)


@dataclass(frozen=True, slots=True)
class Statement:
    """``topic``: what it is about, the stems of its content words without those of denial and of reporting;
    ``denials``: how often it denies; ``names``: those in it, letters and digits alone; ``figures``: what it measures;
    ``labels``: years, versions and sizes, which tell things apart."""

    text: str
    words: Words
    topic: frozenset[str]
    denials: int
    names: frozenset[str]
    figures: tuple[Number, ...]
    labels: frozenset[float]

    def lacks(self, other: "Statement") -> bool:
        """Whether the other names what this does not."""
        held = squashed(self.text)
        return any(name not in held for name in other.names)

    @property
    def turns(self) -> bool:
        """Whether it says a direction or denies."""
        return bool(self.denials or not _TURNING.isdisjoint(self.words.stems))


@lru_cache(maxsize=100_000)
def statement(text: str) -> Statement | None:
    """None for a sentence that states nothing which another paper could contradict."""
    if _OWN.search(text) or _ASIDE.search(text) or _POINTS_BACK.match(text):
        return None
    words = words_of(" ".join(text.split()))
    if len(words.words) > _LONGEST:
        return None
    topic = frozenset(
        each
        for each, word in zip(words.stems, words.words, strict=True)
        if word not in STOP_WORDS
        and word[:1].isalpha()
        and len(word) > 1
        and each not in DENYING
        and each not in _REPORTING
    )
    if len(topic) < _LEAST:
        return None
    said = numbers(text)
    labels = frozenset(each.value for each in said if is_label(each, text) or _is_numbered(each, text))
    figures = tuple(each for each in said if each.in_digits and each.value not in labels)
    names = frozenset(map(squashed, (*marked_names(text), *proper_names(text))))
    denials = sum(words.denies(i) or each in DENYING for i, each in enumerate(words.stems))
    return Statement(text, words, topic, denials, names, figures, labels)


def _is_numbered(number: Number, text: str) -> bool:
    """Whether it is what its thing is called by, one of several: in river 10, Experiment 2."""
    before, behind = text[: number.start], text[number.start + len(number.text) :]
    named = _NUMBERED.search(before)
    if not named or number.percent or number.unit or number.decimals:
        return False
    counted = _COUNTED.match(behind)
    opens = named.start() == 0
    return named[1].lower() not in STOP_WORDS and (opens or not counted or counted[1] in STOP_WORDS)
