"""Words that turn a sentence round, by stem: negation, direction and opposites. Written by hand."""

from assistant.text.terms import stem


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


NEGATIONS = _stems(
    "no not never none neither nor without lack lacks lacking fail fails failed cannot unable absence"
    " absent hardly rarely little nothing nobody unlikely independent independently unaffected unchanged"
    " unrelated regardless insufficient inability don doesn didn isn aren wasn weren won wouldn couldn"
    " shouldn hasn haven hadn can't"
)
UP = _stems(
    "increase increases increased increasing rise rises rose raise raised higher high more greater great"
    " improve improved improvement enhance enhanced promote promoted promotes upregulate upregulated"
    " upregulation elevate elevated elevation gain gained activate activated activation induce induced"
    " induces stimulate stimulated larger large faster above better positive positively grow grew growth"
    " boost boosted amplify amplified augment augmented exceed exceeds outperform longer strong stronger"
    " accelerate accelerated facilitate facilitated enable expand expanded most highest worsened aggravate"
    " exacerbate up over overexpression abundant excess gains"
)
DOWN = _stems(
    "decrease decreases decreased decreasing reduce reduced reduces reduction lower low less fewer decline"
    " declined drop dropped inhibit inhibited inhibits inhibition inhibitor suppress suppressed suppression"
    " impair impaired downregulate downregulated downregulation diminish diminished attenuate attenuated"
    " prevent prevented prevents worse smaller small slower below negative negatively shrink shrank loss"
    " lose losses block blocked blocks abolish abolished fall fell falls protect protects protected shorter"
    " weak weaker slow slowed delay delayed restrict restricted limit limited minimize cut lowest least"
    " deplete depleted depletion knockdown deficiency deficient absence hinder mitigate alleviate"
    " ameliorate repress silencing underperform down under"
)
RISING = _stems(
    "increase increases increased increasing rise rises rose raise raises raised higher more greater improve"
    " improves improved"
    " improvement enhance enhanced enhances elevate elevated larger faster better above grow grew growth gain"
    " gains gained"
    " exceed exceeds outperform outperforms surpass surpasses stronger accelerate accelerates superior"
)
FALLING = _stems(
    "decrease decreases decreased decreasing reduce reduces reduced reduction lower lowers lowered less fewer"
    " decline declines"
    " declined drop drops dropped impair impairs impaired diminish diminished worsen worsens worsened degrade"
    " degrades degraded"
    " degradation worse smaller slower below shrink shrank loss fall falls fell underperform underperforms weaker"
    " inferior"
)
"""Of UP and DOWN those that say nothing but the direction: each of the one is the contrary of each of the other."""
LANGUAGES = frozenset(
    "English German French Spanish Italian Portuguese Dutch Russian Chinese Mandarin Cantonese Japanese Korean Arabic"
    " Hebrew Hindi Urdu Bengali Tamil Telugu Turkish Persian Vietnamese Thai Indonesian Swahili Polish Czech Slovak"
    " Ukrainian Bulgarian Serbian Croatian Slovenian Romanian Hungarian Finnish Estonian Latvian Lithuanian Swedish"
    " Norwegian Danish Icelandic Greek Latin Basque Catalan Welsh Irish".split()
)
"""Of these each is another thing than the others."""
PAIRS = tuple(
    (stem(one), stem(other))
    for one, other in (
        pair.split("/")
        for pair in (
            "increase/decrease increase/reduce increase/reduction increases/decline higher/lower high/low"
            " more/less more/fewer greater/smaller greater/less larger/smaller improve/worsen"
            " improve/impair improve/reduce enhance/inhibit enhance/suppress enhance/impair enhance/reduce"
            " promote/inhibit promote/suppress promote/prevent upregulate/downregulate"
            " upregulation/downregulation activate/inhibit activation/inhibition activate/suppress"
            " activate/repress induce/inhibit induce/suppress induce/prevent induce/reduce"
            " stimulate/inhibit stimulate/suppress faster/slower above/below better/worse positive/negative"
            " positively/negatively gain/loss elevated/reduced elevated/decreased up/down before/after"
            " long/short longer/shorter strong/weak early/late first/last best/worst most/least"
            " maximum/minimum presence/absence present/absent with/without always/never all/none all/some"
            " everyone/nobody success/failure succeed/fail win/lose accept/reject agree/disagree"
            " allow/forbid allow/prevent enable/prevent include/exclude inside/outside internal/external"
            " same/different similar/different common/rare common/uncommon frequent/rare often/rarely"
            " easy/hard easy/difficult easier/harder easily/hardly simple/complex safe/dangerous safe/unsafe"
            " harmful/beneficial"
            " harmless/harmful benefit/harm cheap/expensive old/new old/young male/female men/women"
            " mother/father open/closed start/end begin/end rise/fall grow/shrink add/remove attack/defend"
            " love/hate hot/cold warm/cold dry/wet light/dark heavy/light rich/poor north/south east/west"
            " left/right true/false legal/illegal possible/impossible sensitive/resistant"
            " sensitivity/resistance susceptible/resistant acute/chronic active/inactive"
            " dependent/independent necessary/unnecessary sufficient/insufficient effective/ineffective"
            " likely/unlikely stable/unstable regular/irregular normal/abnormal essential/dispensable"
            " required/dispensable cause/prevent cause/protect risk/protective exacerbate/ameliorate"
            " aggravate/alleviate accelerate/slow accelerate/delay maternal/paternal upper/lower"
            " superior/inferior robust/fragile cheaper/costlier better/inferior prevent/promote beneficial/detrimental"
            " upstream/downstream intracellular/extracellular homozygous/heterozygous"
            " supervised/unsupervised dominant/recessive systolic/diastolic major/minor wider/narrower"
        ).split()
    )
)
"""Opposites, either way round."""
OPPOSITES: dict[str, frozenset[str]] = {
    word: frozenset(b for pair in PAIRS for a, b in (pair, pair[::-1]) if a == word)
    for word in {word for pair in PAIRS for word in pair}
}


def opposed(one: str, other: str) -> bool:
    """Whether two stems are opposites, or a rise and a fall."""
    turned = (one in RISING and other in FALLING) or (one in FALLING and other in RISING)
    return turned or other in OPPOSITES.get(one, ())
