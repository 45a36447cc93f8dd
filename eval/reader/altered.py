"""Sentences of abstracts → pairs of a claim and evidence that is almost the same, with what the one says of the other.

One of the two is the sentence as it stands, the other is altered: denied, merely tested, turned, with its sides
exchanged, of another number, unit, thing or quantity (not supported); or said so that nothing changes (supported).
Both kinds of pair share nearly all their words, so that only what is altered can tell them apart.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

SUPPORTED, CONTRADICTED, NEITHER, UNSUPPORTED = "supported", "contradicted", "neither", "unsupported"


@dataclass(frozen=True)
class Pair:
    """``label``: one of the four above; unsupported is contradicted or neither. ``kind``: what was done."""

    claim: str
    evidence: str
    label: str
    kind: str


Alteration = Callable[[str, Random], str | None]
"""A sentence → the altered one; None where there is nothing to alter."""


def pairs(sentence: str, others: Sequence[str], random: Random) -> Iterator[Pair]:
    """All that can be made of a sentence. ``others``: sentences of the same paper, not this one."""
    for kind, alter in WORSE.items():
        if altered := alter(sentence, random):
            evidence = kept(altered, random) if random.random() < 0.3 else altered
            claim = kept(sentence, random) if random.random() < 0.5 else sentence
            swapped = random.random() < 0.5
            label = _LABELS.get(kind, CONTRADICTED)
            yield Pair(evidence, claim, label, kind) if swapped else Pair(claim, evidence, label, kind)
            if swapped and random.random() < 0.5:  # what is altered is no reason by itself
                yield Pair(evidence, altered, SUPPORTED, f"{kind}, both")
    if altered := _stronger(sentence, random, _MORE + _OTHERWISE):
        yield Pair(altered, sentence, UNSUPPORTED, "stronger")
    if altered := _stronger(sentence, random, _MORE):
        yield Pair(sentence, altered, SUPPORTED, "weaker")
    bare = _bare(sentence)
    if bare and (frame := random.choice(DENYING)):
        yield Pair(sentence, frame.replace("{}", bare), UNSUPPORTED, "framed")
    if bare and (frame := random.choice(TESTING)):
        yield Pair(kept(sentence, random), frame.replace("{}", bare), UNSUPPORTED, "framed")
    if bare and (frame := random.choice(AFFIRMING)):
        yield Pair(kept(sentence, random), frame.replace("{}", bare), SUPPORTED, "affirmed")
    if bare and (frame := random.choice((*DENYING, *TESTING))):
        same = frame.replace("{}", bare)
        yield Pair(kept(same, random), same, SUPPORTED, "framed, both")
    if bare and (frame := random.choice(DENYING)):
        yield Pair(frame.replace("{}", bare), sentence, UNSUPPORTED, "frame added")
    yield Pair(kept(sentence, random), sentence, SUPPORTED, "kept")
    if others:
        around = random.sample(list(others), min(len(others), random.choice((1, 2))))
        mixed = [sentence, *around]
        random.shuffle(mixed)
        yield Pair(kept(kept(sentence, random), random), " ".join(mixed), SUPPORTED, "kept, among others")
        yield Pair(kept(sentence, random), " ".join(around), NEITHER, "elsewhere")


# what changes nothing

_SAME = [
    (r"\bshow(s)?\b", ("demonstrate\\1", "indicate\\1", "find\\1")),
    (r"\bdemonstrate(s)?\b", ("show\\1",)),
    (r"\bimprove(s|d)?\b", ("enhance\\1",)),
    (r"\bpropose(s|d)?\b", ("introduce\\1", "present\\1")),
    (r"\bintroduce(s|d)?\b", ("present\\1", "propose\\1")),
    (r"\bpresent(s|ed)\b", ("introduc\\1",)),
    (r"\boutperforms\b", ("does better than", "is better than", "beats")),
    (r"\boutperform\b", ("beat", "surpass")),
    (r"\bsignificantly\b", ("considerably", "substantially", "")),
    (r"\bachieves\b", ("reaches", "attains")),
    (r"\bachieve\b", ("reach", "attain")),
    (r"\buse(s)?\b", ("employ\\1",)),
    (r"\butilize(s)?\b", ("use\\1",)),
    (r"\bin order to\b", ("to",)),
    (r"\bvarious\b", ("several", "different")),
    (r"\bnovel\b", ("new",)),
    (r"\bHowever, ", ("",)),
    (r"\bMoreover, |Furthermore, |In addition, |Additionally, ", ("", "Also, ")),
    (r"\bincreases\b", ("raises",)),
    (r"\breduces\b", ("lowers", "decreases")),
    (r"\breduce\b", ("lower", "decrease")),
    (r"\bdecrease\b", ("reduction",)),
    (r"\bassociated with\b", ("linked to", "related to")),
    (r"\brequire(s)?\b", ("need\\1",)),
    (r"\bcontain(s)?\b", ("hold\\1", "include\\1")),
    (r"\bobtain\b", ("get",)),
    (r"\bapproach\b", ("method",)),
    (r"\bapproaches\b", ("methods",)),
    (r"\bmethod\b", ("approach", "technique")),
    (r"\bperforms\b", ("does",)),
    (r"\bvia\b", ("through", "by")),
    (r"\bthus\b|\bhence\b", ("therefore",)),
    (r"\bbecause\b", ("since", "as")),
    (r"\balso\b", ("",)),
    (r"\bfor example\b", ("for instance",)),
    (r"\bplay(s)? (?:a|an) (?:important|key|crucial) role in\b", ("matter\\1 for",)),
    (r"\blarge\b", ("big",)),
    (r"\bhelp(s)?\b", ("aid\\1",)),
    (r"\bpatients with\b", ("people with",)),
    (r"\bcauses\b", ("leads to",)),
    (r"\bmice\b", ("mouse models",)),
    (r"\bremains\b", ("is still",)),
    (r"\bdifficult\b", ("hard",)),
    (r"\bimportant\b", ("relevant",)),
    (r"\bobserve(d)? that\b", ("found that",)),
    (r"\bsuggest(s)? that\b", ("indicate\\1 that",)),
]
_PERSON = [
    (r"\b[Ww]e\b", ("The authors", "The paper", "The study", "Researchers")),
    (r"\bour\b", ("the", "their")),
    (r"\bOur\b", ("The", "Their")),
    (r"\b[Ii]n this (?:paper|work|study|article), ", ("",)),
    (r"^This (?:paper|work|study)\b", ("The paper", "The work", "The authors' work")),
    (
        r"^(?:Our |The )?(?:results|experiments|findings|experimental results)\s+(?:show|demonstrate"
        r"|indicate|suggest) that\s+",
        ("",),
    ),
    (r"^(?:We|The authors) (?:show|find|demonstrate|found|showed|observe|conclude) that\s+", ("",)),
]
_PARENTHESIS = re.compile(r"\s*\([^()]{2,60}\)")
_LAST_ADJUNCT = re.compile(
    r",\s+(?:which|where|including|such as|thereby|thus|while|and thus|making|leading)\b[^,;]*(?=[.]$)"
)
_OPENING = re.compile(
    r"^(?:In|On|For|With|By|To|Through|Using|Based on|Besides|Finally|First|Second|Here|Specifically|In particular"
    r"|As a result|Overall|Therefore|Thus|Meanwhile|Recently|Concretely)\b[^,;]{0,60},\s+"
)
_BEATS = re.compile(
    r"^(?P<a>[^,;:]{3,80}?) (?P<verb>outperforms|surpasses|exceeds|beats)"
    r" (?P<b>[^,;:]{3,80}?)(?P<rest>(?: on | by | in | across |[,.;]).*)$"
)


def kept(sentence: str, random: Random) -> str:
    """The sentence said otherwise, or with less, so that whoever says it still says what it says."""
    said = sentence
    for pattern, choices in random.sample(_SAME, 12) + _PERSON:
        if random.random() < 0.6:
            said = re.sub(pattern, random.choice(choices), said, count=1)
    if random.random() < 0.4:
        said = _PARENTHESIS.sub("", said)
    if random.random() < 0.4:
        said = _LAST_ADJUNCT.sub("", said)
    if random.random() < 0.3:
        said = _OPENING.sub("", said)
    if (beats := _BEATS.match(said)) and random.random() < 0.4:
        a, b, rest = beats["a"], beats["b"], beats["rest"]
        passive = {
            "outperforms": "outperformed",
            "surpasses": "surpassed",
            "exceeds": "exceeded",
            "beats": "beaten",
        }
        said = f"{b} is {passive[beats['verb']]} by {a}{rest}"
    if random.random() < 0.15:
        words = said.split()
        said = " ".join(
            w for w in words if w.lower() not in ("very", "highly", "the", "a", "an", "quite", "recently")
        )
    return _sentence(said)


def _sentence(text: str) -> str:
    text = re.sub(r"\s+([,.;])", r"\1", " ".join(text.split()))
    return text[:1].upper() + text[1:]


# what changes what is said

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|can|could|will|would|should|may|might|does|do|did|has|have|had)\b(?!\s+not\b)(?!n't)"
)
_VERB_S = re.compile(
    r"\b(improves|outperforms|achieves|increases|reduces|shows|requires|provides|leads|allows|enables"
    r"|performs|uses|contains"
    r"|supports|helps|depends|affects|predicts|causes|induces|inhibits|promotes|prevents|activates"
    r"|plays|yields|remains|works"
    r"|suggests|indicates|correlates|benefits|contributes|exhibits|captures|generalizes|suffers|lacks"
    r"|covers|includes)\b"
)
_VERB_PAST = {
    "improved": "improve",
    "increased": "increase",
    "reduced": "reduce",
    "showed": "show",
    "found": "find",
    "decreased": "decrease",
    "achieved": "achieve",
    "led": "lead",
    "caused": "cause",
    "inhibited": "inhibit",
    "induced": "induce",
    "enhanced": "enhance",
    "performed": "perform",
    "outperformed": "outperform",
    "affected": "affect",
    "predicted": "predict",
    "provided": "provide",
    "required": "require",
}
_NOT = re.compile(
    r"\b(is|are|was|were|can|could|will|would|should|may|might|has|have|had) (?:not|never)\b"
    r"|\bcannot\b|\b(does|do|did) not (\w+)"
)
_NO = re.compile(r"\b(?:no|without|neither)\b", re.IGNORECASE)


def _negated(sentence: str, random: Random) -> str | None:
    ways = [
        (m, f"{m[1]} {random.choice(('not', 'not', 'not', 'never', 'by no means'))}")
        for m in _AUXILIARY.finditer(sentence)
    ]
    for match in _VERB_S.finditer(sentence):
        base = match[1][:-2] if match[1].endswith(("sses", "ches", "shes")) else match[1][:-1]
        ways.append(
            (
                match,
                random.choice(
                    (f"does not {base}", f"fails to {base}", f"doesn't {base}", f"never {match[1]}")
                ),
            )
        )
    for match in re.finditer(r"\b\w+ed\b|\bfound\b|\bled\b", sentence):
        before = sentence[: match.start()].split()[-1:] or [""]
        if match[0] in _VERB_PAST and before[0].lower() not in (
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "has",
            "have",
            "had",
            "and",
        ):
            ways.append(
                (
                    match,
                    random.choice((f"did not {_VERB_PAST[match[0]]}", f"failed to {_VERB_PAST[match[0]]}")),
                )
            )
    if not ways or _NO.search(sentence):
        return None
    match, new = random.choice(ways)
    return sentence[: match.start()] + new + sentence[match.end() :]


def _affirmed(sentence: str, random: Random) -> str | None:
    """A negation dropped."""
    match = _NOT.search(sentence)
    if not match:
        found = re.search(
            r"\b[Nn]o (?=(?:significant |clear |statistically )*(?:evidence|difference|effect"
            r"|improvement|association|correlation|increase|change|benefit))",
            sentence,
        )
        return (
            sentence[: found.start()] + random.choice(("a ", "some ", "")) + sentence[found.end() :]
            if found
            else None
        )
    if match[3]:
        return sentence[: match.start()] + f"{match[2]} {match[3]}" + sentence[match.end() :]
    return sentence[: match.start()] + (match[1] or "can") + sentence[match.end() :]


_TURNS = [
    "increase/decrease increases/decreases increased/decreased increasing/decreasing higher/lower"
    " highest/lowest improve/worsen"
    " improves/worsens improved/worsened improves/degrades improvement/degradation more/less"
    " better/worse best/worst larger/smaller"
    " faster/slower greater/smaller gain/loss gains/losses rise/fall rises/falls up/down high/low"
    " above/below positively/negatively"
    " positive/negative strong/weak stronger/weaker before/after reduce/increase reduces/increases reduced/increased"
    " reduction/increase enhances/impairs enhanced/impaired enhance/impair promotes/inhibits"
    " promote/inhibit activates/inhibits"
    " upregulated/downregulated longer/shorter easy/difficult easier/harder easily/hardly"
    " success/failure succeeds/fails"
    " effective/ineffective efficient/inefficient able/unable sufficient/insufficient outperforms/underperforms"
    " outperform/underperform outperformed/underperformed superior/inferior most/least rich/poor"
    " common/rare frequently/rarely"
    " similar/different protects/harms prevents/causes cheaper/costlier accurate/inaccurate reliable/unreliable"
    " robust/fragile many/few supervised/unsupervised early/late gain/lose accelerates/slows"
    " raises/lowers maximum/minimum"
    " simple/complex known/unknown possible/impossible with/without significant/insignificant"
    " beneficial/harmful open/closed"
]
_OPPOSITE: dict[str, list[str]] = {}
for _pair in _TURNS[0].split():
    _a, _b = _pair.split("/")
    _OPPOSITE.setdefault(_a, []).append(_b)
    _OPPOSITE.setdefault(_b, []).append(_a)


def _turned(sentence: str, random: Random) -> str | None:
    found = [m for m in re.finditer(r"[A-Za-z]+", sentence) if m[0].lower() in _OPPOSITE]
    found = [
        m
        for m in found
        if m[0].lower() not in ("up", "down", "with", "without", "more", "most") or random.random() < 0.3
    ]
    if not found:
        return None
    match = random.choice(found)
    new = random.choice(_OPPOSITE[match[0].lower()])
    return (
        sentence[: match.start()]
        + (new.capitalize() if match[0][0].isupper() else new)
        + sentence[match.end() :]
    )


_SIDES = [
    re.compile(
        r"^(?P<lead>(?:[^,]{0,60}, )?(?:\w+ (?:show|demonstrate|find|indicate)s? that"
        r" )?)(?P<a>[^,;:]{2,70}?) (?P<verb>outperforms?|surpass(?:es)?|exceeds?|beats?"
        r"|(?:significantly |consistently )?outperform(?:s|ed)?"
        r"|(?:is|are|was|were|performs?|works?|does) (?:significantly |much |consistently |slightly"
        r" )?(?:better|worse|higher|lower|larger|smaller|faster|slower|more \w+|less \w+|superior"
        r"|inferior) (?:than|to))"
        r" (?P<b>[^,;:]{2,70}?)(?P<rest>(?: on | by | in | for | with | across | when | while |[,.;]).*)$"
    ),
    re.compile(
        r"^(?P<lead>.{0,80}?)\b(?P<a>\w[\w-]*(?: \w[\w-]*)?) (?P<verb>than|causes|induces|inhibits"
        r"|activates|precedes|follows|predicts|replaces|leads to|depends on|is derived from|is based"
        r" on|binds to|regulates)"
        r" (?P<b>\w[\w-]*(?: \w[\w-]*)?)(?P<rest>(?: on | by | in | for | with |[,.;]).*)$"
    ),
    re.compile(
        r"^(?P<lead>.*?)\bfrom (?P<a>[\w%.-]+(?: \w[\w-]*)?)(?P<verb> to )(?P<b>[\w%.-]+(?: \w[\w-]*)?)(?P<rest>\b.*)$"
    ),
]


def _exchanged(sentence: str, random: Random) -> str | None:
    """The two sides of a comparison or a relation in each other's place."""
    for pattern in random.sample(_SIDES, len(_SIDES)):
        if match := pattern.match(sentence):
            a, b = match["a"].strip(), match["b"].strip()
            if (
                a.lower() in b.lower()
                or b.lower() in a.lower()
                or a.lower() in ("we", "it", "which", "that", "this")
            ):
                continue
            lead, verb, rest = match["lead"], match["verb"].strip(), match["rest"]
            word = "from " if verb == "to" else ""
            if not lead:
                b, a = (
                    b[:1].upper() + b[1:],
                    (a if a[1:2].isupper() or a[:1].islower() else a[:1].lower() + a[1:]),
                )
            return f"{lead}{word}{b} {verb} {a}{rest}"
    return None


_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")
_COUNTS = "two three four five six seven eight nine ten".split()


def _renumbered(sentence: str, random: Random) -> str | None:
    found = list(_NUMBER.finditer(sentence))
    words = [m for m in re.finditer(r"\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", sentence)]
    if found and (not words or random.random() < 0.8):
        match = random.choice(found)
        digits = list(match[0])
        places = [i for i, c in enumerate(digits) if c.isdigit()]
        place = random.choice(places)
        digits[place] = random.choice([d for d in "123456789" if d != digits[place]])
        new = "".join(digits)
        if len(places) > 1 and random.random() < 0.2:
            new = match[0][:-1].rstrip(".,") or new
        return sentence[: match.start()] + new + sentence[match.end() :]
    if words:
        match = random.choice(words)
        return (
            sentence[: match.start()]
            + random.choice([w for w in _COUNTS if w != match[0]])
            + sentence[match.end() :]
        )
    return None


_SETS = [
    "English German French Chinese Spanish Arabic Japanese Hindi Russian Turkish Korean Italian"
    " Portuguese Dutch Finnish Czech Vietnamese",
    "patients mice rats children adults women men infants students physicians cells zebrafish volunteers",
    "BLEU F1 accuracy ROUGE recall precision perplexity METEOR",
    "% points",
    "mg g kg µg",
    "ms s minutes hours days weeks months years",
    "million billion thousand",
    "GB MB TB",
    "BERT GPT-2 RoBERTa T5 BART LSTM word2vec ELMo GPT-4 LLaMA Mistral",
    "summarization translation parsing tagging classification retrieval generation",
    "words sentences documents paragraphs tokens",
    "nouns verbs adjectives",
    "cancer diabetes asthma malaria stroke hypertension obesity depression tuberculosis",
    "liver kidney brain heart lung",
    "Twitter Wikipedia Reddit Facebook YouTube news",
    "training testing inference evaluation",
    "encoder decoder",
    "syntactic semantic phonological morphological",
    "human automatic",
    "speech text images video audio",
    "lung breast prostate colorectal gastric ovarian",
    "memory speed accuracy cost",
    "sentiment emotion stance sarcasm",
    "supervised unsupervised semi-supervised",
    "first second third last",
    "January March June October",
    "Europe Asia Africa China India Germany Brazil",
    "Monday Friday",
    "morning evening",
    "left right",
    "parents teachers nurses doctors",
    "aspirin metformin ibuprofen insulin",
    "mortality morbidity incidence prevalence severity",
    "precision recall",
    "quality quantity",
    "monolingual bilingual multilingual",
    "short long",
    "T B NK",
    "proteins genes RNAs lipids",
]
_SIBLINGS = {word: [w for w in group.split() if w != word] for group in _SETS for word in group.split()}


def _other_thing(sentence: str, random: Random) -> str | None:
    """A unit, a population or a thing in another's place."""
    found = [m for m in re.finditer(r"[A-Za-zµ%][\w-]*|%", sentence) if m[0] in _SIBLINGS]
    if not found:
        return None
    match = random.choice(found)
    new = random.choice(_SIBLINGS[match[0]])
    return None if new in sentence else sentence[: match.start()] + new + sentence[match.end() :]


_MORE = [
    (r"\b[Ss]ome\b", ("all", "most", "every")),
    (r"\b[Mm]any\b", ("all", "most")),
    (r"\b[Mm]ost\b(?! \w+ly\b)", ("all", "every")),
    (r"\boften\b|\busually\b|\bsometimes\b|\bgenerally\b|\btypically\b", ("always", "in every case")),
    (r"\b[Ss]everal\b", ("all", "all known")),
    (r"\bmay\b|\bmight\b|\bcould\b", ("will", "must")),
    (r"\b[Aa] few\b", ("all", "most")),
    (r"\bpartially\b|\bpartly\b", ("completely", "fully")),
    (r"\bone of the\b", ("the only one of the",)),
    (r"\bsuggests? that\b", ("proves that",)),
    (r"\bin most\b", ("in all",)),
    (r"\btends? to\b", ("always",)),
]
_OTHERWISE = [
    (r"\bcan\b", ("always", "must")),
    (r"\b(?:about|nearly|almost|approximately) (half|all|every|one)\b", ("more than \\1",)),
    (r"\bassociated with\b", ("caused by",)),
    (r"\bamong the (best|first|largest)\b", ("the very \\1",)),
    (r"\bup to\b", ("at least",)),
    (r"\bat least\b", ("at most",)),
    (r"\bmainly\b|\bmostly\b", ("only", "exclusively")),
    (r"\bcorrelat(?:es|ed) with\b", ("causes",)),
    (r"\bpotential(?:ly)?\b", ("proven",)),
    (r"\b(?<!a )[Ff]ew\b", ("no",)),
]


def _stronger(sentence: str, random: Random, ways: Sequence[tuple[str, tuple[str, ...]]]) -> str | None:
    """Of more things, or more surely, than the sentence says."""
    found = [(p, c) for p, c in ways if re.search(p, sentence)]
    if not found:
        return None
    pattern, choices = random.choice(found)
    return _sentence(re.sub(pattern, random.choice(choices), sentence, count=1))


WORSE: dict[str, Alteration] = {
    "negated": _negated,
    "affirmed": _affirmed,
    "turned": _turned,
    "exchanged": _exchanged,
    "renumbered": _renumbered,
    "other thing": _other_thing,
}
_LABELS = {"other thing": UNSUPPORTED, "renumbered": UNSUPPORTED, "exchanged": UNSUPPORTED}

# what the evidence does with the sentence

DENYING = [
    "We found no evidence that {}.",
    "There is no evidence that {}.",
    "The results do not show that {}.",
    "It is a myth that {}.",
    "It is not the case that {}.",
    "We reject the hypothesis that {}.",
    "Our data do not support the claim that {}.",
    "Contrary to common belief, it is not true that {}.",
    "We could not confirm that {}.",
    "Nothing suggests that {}.",
    "The belief that {} is unfounded.",
    "Earlier reports that {} could not be replicated.",
    "The view that {} turned out to be wrong.",
    "The assumption that {} does not hold.",
    "No study has shown that {}.",
    "It has been claimed that {}, but our experiments refute this.",
    "The idea that {} was disproved.",
    "The experiments failed to show that {}.",
    "The authors deny that {}.",
    "This contradicts the claim that {}.",
    "We doubt that {}.",
    "It is false that {}.",
    "Neither the trials nor the simulations showed that {}.",
    "None of the experiments indicates that {}.",
    "It is unlikely that {}.",
    "Little supports the notion that {}.",
]
TESTING = [
    "We test whether {}.",
    "It is unclear whether {}.",
    "It remains unknown whether {}.",
    "We hypothesized that {}.",
    "The aim of this study was to determine whether {}.",
    "We ask whether {}.",
    "To test if {}, we ran a trial.",
    "Future work will show whether {}.",
    "If {}, the costs would fall.",
    "Some argue that {}.",
    "Suppose that {}.",
    "Smith et al. claimed that {}.",
    "One might expect that {}.",
    "We set out to examine whether {}.",
    "It is debated whether {}.",
    "It would be useful to know whether {}.",
    "Unless {}, the method is of no use.",
    "Whether {} is an open question.",
    "We assume that {}.",
    "It has been speculated that {}.",
    "Our hypothesis is that {}.",
    "There is a debate on whether {}.",
    "We wanted to see if {}.",
    "According to a popular belief, {}.",
    "Critics say that {}.",
    "We investigate the possibility that {}.",
    "Only under ideal conditions could it be that {}.",
]
AFFIRMING = [
    "We show that {}.",
    "Our results demonstrate that {}.",
    "We found strong evidence that {}.",
    "It is well established that {}.",
    "The experiments confirm that {}.",
    "We conclude that {}.",
    "It turned out that {}.",
    "There is no doubt that {}.",
    "Clearly, {}.",
    "These results prove that {}.",
    "In summary, {}.",
    "We observed that {}.",
    "As expected, {}.",
    "Not surprisingly, {}.",
    "Our analysis reveals that {}.",
    "In contrast to earlier work, we find that {}.",
    "The main finding is that {}.",
    "It is not disputed that {}.",
    "The data support the view that {}.",
    "We tested it, and found that {}.",
    "Although it was doubted, {}.",
    "The trial showed that {}.",
    "Interestingly, {}.",
    "We hypothesized and confirmed that {}.",
]
_CLAUSE = re.compile(
    r"^(?:(?:However|Moreover|Furthermore|Finally|Additionally|Thus|Therefore|Hence|Overall"
    r"|Specifically|In addition|In particular|Also), )?"
    r"(?:(?:We|Our results|Results|Experiments|Our experiments|The results|Experimental results|Our"
    r" findings|These results) (?:\w+ )?(?:show|find|found|demonstrate|showed|demonstrated|indicate"
    r"|suggest)(?:s|ed)? that )?(.*?)[.]?$",
    re.DOTALL,
)
_FINITE = re.compile(rf"{_VERB_S.pattern}|\b(?:is|are|was|were|has|have|can|does|do|did|will)\b|\b\w+ed\b")


def _bare(sentence: str) -> str | None:
    """The sentence as a clause behind "that"; None if it has no finite verb or speaks of "we"."""
    match = _CLAUSE.match(sentence)
    clause = match[1] if match else ""
    if (
        len(clause.split()) < 5
        or not _FINITE.search(clause)
        or re.match(r"(?:We|In|To|For|By|With|This|These|It)\b", clause)
    ):
        return None
    first = clause.split()[0]
    return (
        clause
        if first[1:] != first[1:].lower() or any(map(str.isdigit, first))
        else clause[:1].lower() + clause[1:]
    )
