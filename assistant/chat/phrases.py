"""What people say in a talk: the phrases by which a follow-up question is known, and words that are no topic."""

import re

from assistant.chat.wording import GENERIC
from assistant.text.terms import stem

TOPICAL = 4.0
"""The least rarity of a word that is a topic of its own beside "its" or "the framework"."""
NAMING = 5.0
"""The least rarity of a name that gives it one: LLM, AI and GPT are in every other paper."""
FEW_WORDS = 4
"""Words behind "and" that are no question by themselves."""
_ASPECTS = """ablation abstract accuracy achieve advantage algorithm anything approach architecture
        assumption author available average baseline benchmark benefit best code compare compared
        comparison component compute conclude conclusion contribution corpora corpus correlation cost
        data dataset detail domain drawback element error evaluate evaluated evaluation exactly example
        experiment find finding first framework funding future gain github goal gpu gpus happen hardware
        high idea implementation improvement introduce key kind language large layer licence license
        limitation link llm long loss low main margin memory method metric model motivation need novelty
        number open optimizer outcome overhead parameter performance play problem prompt propose published
        rate release report repository required resource result role runtime sample score setting
        shortcoming side since size
        something speed speedup stage step strength task technique test tested time title toxicity train trained
        training try venue weakness work year""".split()
ASPECTS = frozenset(map(stem, _ASPECTS))
"""Stems of what every paper can be asked for: a question of nothing else is about the paper spoken of."""

WORDS = frozenset(
    (
        *_ASPECTS,
        *(f"{word}s" for word in _ASPECTS),
        *"""and the this that these those they them their its what which who
    when where why how does did was were are have has can could about between both other second third paper papers
    wrote written authors funded compare compares differ different difference explain faster slower better work works
    used uses using""".split(),
    )
)
"""What a follow-up is made of, as it is spelled."""

OPENING = re.compile(
    r"^\W*(?:(?:thanks?(?: you)?|thank you|thx|pls|ok(?:ay)?|great|good|nice|well|right|hm+|please|cool"
    r"|i see|got it|makes sense|interesting|that(?:'s| is)? (?:helps?|helpful|useful|clear|fine))\b[,.!;:\s]*)+"
    r"(?:(?:now|so|then)\b[,\s]*)?",
    re.IGNORECASE,
)
CLOSING = re.compile(r"[,\s]+(?:please|pls|plz|thanks|thank you|thx)\b[\s.!]*(?=\??$)", re.IGNORECASE)
NUMBER = re.compile(r"\[(\d{1,4})\]|\b(?:paper|source|number|no\.|reference)\s+#?(\d{1,4})\b|(?<!\w)#(\d{1,4})\b",
                     re.IGNORECASE)  # fmt: skip
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ORDINAL = re.compile(
    rf"\bthe\s+(?:(?P<nth>{'|'.join(ORDINALS)}|last|other)\s+(?:one|papers?|work|study|article|source|of\s+(?:these|them"
    r"|those|the\s+two))|(?P<side>former|latter))\b(?P<own>'s)?",
    re.IGNORECASE,
)
_DOES = r"(?:do|does|did|is|are|was|were|can|could|has|have|will|would)"
BARE_ORDINAL = re.compile(
    rf"^(\W*(?:(?:and|but|or|what\s+about|how\s+about|in|of|by|{_DOES})\s+)*the\s+(?:{'|'.join(ORDINALS)}|last|other))"
    r"(\s*[,:](?=\s)|(?:\s+(?:too|also|either))?\W*$)",
    re.IGNORECASE,
)
"""What is asked by a place alone: "and the second?", "the first, does it scale?"."""
DOES_IT = re.compile(
    rf"^\W*(?:(?:and|but|so)\s+)?{_DOES}\s+(?P<of>[\w.-]*\w)(?:\s+(?:too|also|either|as\s+well))?\W*$",
    re.IGNORECASE,
)
"""The question before, of another one: "does Pigeons.jl?"."""
EARLIER = re.compile(
    r"\bthe\s+(?:(?:one|paper)\s+(?:before|above|earlier)|(?:previous|earlier)\s+(?:one|paper))\b",
    re.IGNORECASE,
)
TWO = re.compile(
    r"\bthe\s+(?P<end>first|last)\s+two\b(?:\s+(?:ones|papers|of\s+(?:them|these)))?", re.IGNORECASE
)
ASKS_SHORTER = re.compile(
    r"^\W*(?:(?:make\s+(?:it|that)|a\s+bit|please)\s+)*(?:shorter|briefer|in\s+short|briefly|in\s+brief|tl;?dr)"
    r"(?:\s+please)?\W*$",
    re.IGNORECASE,
)
SURE = re.compile(
    r"^\W*(?:are\s+you\s+(?:really\s+)?(?:sure|certain)|really|is\s+that\s+(?:really\s+)?(?:true|right|so)|says\s+who)"
    r"(?:\s+(?:about|of)\s+(?:that|it|this))?\W*$",
    re.IGNORECASE,
)
ASKS_MORE = re.compile(
    r"^\W*(?:(?:can|could|would)\s+you\s+)?(?:(?:tell|show|give)\s+me\s+)?(?:(?:some|any|a\s+bit|a\s+little)\s+)?"
    r"(?:more(?:\s+(?:details?|please))?|go\s+on|continue|elaborate|expand|anything\s+else|(?:and\s+)?what\s+else|details)"
    r"(?:\s+(?:do(?:es)?|did)\s+(?:it|they|the\s+(?:authors|paper))\s+(?:say|report|find|show|do|claim|write|mention))?"
    r"(?:\s+(?:about|of|on|from|in)\s+(?P<of>.+?))?(?:\s+please)?[\s?.!]*$",
    re.IGNORECASE,
)
WHY = re.compile(
    r"^\W*(?:but\s+|and\s+)?(?:why(?:\s+(?:so|not|is\s+that|that))?|how\s+so|how\s+come)[\s?.!]*$", re.I
)
COMPARES = re.compile(
    r"\b(?:compar\w+|contrast|differ\w*|versus|vs|both|which\s+(?:one\s+)?of\s+(?:these|those|them|the\s+two)|these\s+two"
    r"|the\s+two(?=\W*$|\s+(?:papers|works|studies|methods|approaches|are|do|have))|in\s+common)\b",
    re.IGNORECASE,
)
WHICH_OF = re.compile(
    r"^\W*which\s+(?:one\s+)?of\s+(?:these|those|them|the\s+two)(?:\s+(?:two|three|four|papers))*\b",
    re.IGNORECASE,
)
WHICH_IS = re.compile(
    r"^\W*(?:and\s+)?which\s+(?:one\s+(?=\w)(?!of\b)(?!.*\b(?:it|they)\b)|(?=(?:has|have|had|can|could|will)\b)"
    r"|(?=(?:is|was|are|were|performs?|works?|does|did|do)\s+"
    r"(?:the\s+)?(?:\w+er|\w+est|more|less|most|least|better|best|worse|worst)\b))",
    re.IGNORECASE,
)
WHICH_DOES = re.compile(
    rf"^\W*(?:and\s+)?which\s+(?!{GENERIC}\b)(?=\w+s\s)(?!.*\b(?:is|are|was|were|do|does|did|can|has|have|had)\b)",
    re.IGNORECASE,
)
"""The same of two that were compared: "which supports slurm?"."""
"""A choice between the papers spoken of, though it does not say so: "which is faster?", "which one has a licence?"."""
ALIKE = re.compile(
    r"\b(?:the\s+same|similar|alike|related|shared?|agree|disagree|each\s+other|one\s+another|together|be\s+combined)\b",
    re.IGNORECASE,
)
BOTH = re.compile(
    r"(?:\b(?:do|does|did|have|are|were|can|could|will|would)\s+|^\W*)both\b(?!.*\band\b)", re.IGNORECASE
)
"""Both as the one who does something, or is spoken of."""
TOGETHER_ALONE = re.compile(
    r"\b(?:these|those)\s+two\b|\bthe\s+two(?:\W*$|\s+(?:compare|differ|share|agree|disagree)\b)|\bboth\W*$"
    rf"|\bthe\s+two\s+{GENERIC}\b"
    r"|\beach(?:\W*$|\s+of\s+them\b|\s+(?:report|say|need|use)s?\b)",
    re.IGNORECASE,
)
"""Two papers or more, without a word for what they are."""
CONTRACTED = re.compile(r"\b(what|who|how|where|when)s\b", re.IGNORECASE)
IMPERATIVE = re.compile(
    r"^\W*(?:please\s+)?(?:list|name|describe|outline|summari[sz]e|explain|state|give|show|tell|mention|sketch|quote)\b"
    r"(?:\s+(?:me|us)\b)?",
    re.IGNORECASE,
)
TWO_OF_THEM = re.compile(
    rf"\b(?:these|those|the)\s+two\b(?:\s+{GENERIC}\b)?|\bboth\b(?:\s+of\s+(?:them|these|those))?",
    re.IGNORECASE,
)
"""What "they" can stand for."""
PLURAL = re.compile(
    rf"\b(?:they|them|their|these|those|both|each|the\s+two|(?:these|those)\s+(?:two\s+)?{GENERIC})\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"\b(?:them|these|those|both|each|the\s+two|all)\b", re.IGNORECASE)
"""They cannot be the authors of one paper."""
EXPLETIVE = re.compile(
    r"\b(?:is|was|would|be)\s+it\s+(?:possible|true|known|likely|necessary|worth|common|hard|easy|better|the\s+case|a\s+fact"
    r"|clear|important|fair|safe)\s+(?:that|to|whether|if|how|why)\b|\b(?:is|was)\s+it\s+(?:that|who|which)\b|\b(?:does|did|will|would)\s+it\s+take\s+to\b"
    r"|\bit\s+is\s+(?:possible|true|known|said)\s+(?:that|to)\b",
    re.IGNORECASE,
)
POINTING_THAT = re.compile(
    r"\b(?:that|this|these|those)\b(?=\s*(?:$|[?.!,;]|(?:with|to|out|again|too|and|or|in|on|for|from|than|as|already|by|without|mean|work|help"
    r"|happen|compare|differ|improve|scale|save|hold|come|good|bad|better)\b))"
    r"|(?:^|\b(?:does|did|do|is|was|would|can|could)\s+)(?:that|this|these|those)\b"
    r"|\b(?:that|this)\s+one\b|\b(?:which|another)\s+ones?\b(?!\s+of\b)|\b(?:my|our)\s+own\W*$|\b(?:the\s+same|there)\W*$"
    rf"|\b(?:that|this|these|those|the\s+same)\s+(?:very\s+|two\s+)?(?:{GENERIC}|case|context|setting|sense|respect)\b",
    re.IGNORECASE,
)
IT = re.compile(r"\b(?:it|its|they|them|their)\b", re.IGNORECASE)
AHEAD = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:is|are|was|were|does|do|did|can|will|would)\s+[\w.-]+\s+"
    r"(?:(?!an?\b|the\b)\w+\s+)?(?:any\s+|much\s+)?(?:\w+er|worse|(?:more|less)\s+\w+)\W*$",
    re.IGNORECASE,
)
"""One side of a comparison whose other side is spoken of: "is Trixi.jl faster?"."""
OF_OTHERS = re.compile(
    r"^\W*(?:(?:and|but)\s+)?(?:(?:in\s+)?(?:which|what)\s+(?:other\s+)?(?:papers?|studies|articles?)|who\s+else)\b(?!\s+of\b)",
    re.IGNORECASE,
)
"""It asks for other papers that have to do with the one spoken of: "which papers cite it?"."""
AUTHORS_OF_IT = re.compile(r"\bthey\b.*\bits?\b", re.IGNORECASE)
"""They are its authors: "how did they test it?"."""
THE_PAPER = re.compile(
    rf"\bthe\s+{GENERIC}\b(?!\s+(?:of|for|on|in|by|behind|from|that|which|who|called|named|with|to)\b)(?!\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
ITSELF = re.compile(
    r"\bthe\s+(?:paper|article|study|survey|publication|package|software|toolbox|library)\b(?!\s+(?:of|for|on|in|by|behind|from|that|which|who|called|named|with|about)\b)",
    re.IGNORECASE,
)
THEIR_OWN = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_VERB = r"(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|not|so)\b"
VERB = re.compile(rf"\b{_VERB}", re.IGNORECASE)
JOINT = re.compile(
    r"[,;:?]|\b(?:and|but|because|when|if|while|so|which|or|that|since|although|where)\b", re.IGNORECASE
)
AUXILIARY = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|about|of)\s*$", re.I
)
LEADING = re.compile(
    r"^\W*(?:(?:and|but|what\s+about|how\s+about)\s+)*(?:on|for|in|with|at|under|over|from|without|besides|beyond"
    r"|(?:apart|aside)\s+from|except(?:\s+for)?|other\s+than)\s+",
    re.I,
)
DEFINES = re.compile(r"^\W*(?:what|who)\s+(?:is|are)\s+(?:an?|\w+s?\W*$)\b", re.IGNORECASE)
FILLERS = (
    r"\b(?:and|what|how|about|in|of|for|i|mean|meant|the|one|please|now|then|paper|that|is|show|me|or|but|do|does|did|are"
    r"|was|were|can|could|has|have|will|would|too|also|either)\b"
)
COMPARE = re.compile(
    r"^\W*(?:(?:please|can\s+you|now)\s+)*compare\s+(.+?)\s+(?:with|to|and|against)\s+(.+?)[?.!]*$",
    re.IGNORECASE,
)
CARRIES = re.compile(rf"^\W*(?:and|what\s+about|how\s+about|but|in|{_DOES})\b", re.IGNORECASE)
GOES_ON = re.compile(
    r"\W*(?:on|in|for|with|by|at|from|(?:up\s+)?to|under|of|since|until|over)\s+(?:how\s+(?:many|much|long)|which|what|whom)\b"
    r"(?!.*\b(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b)",
    re.IGNORECASE,
)
"""Opens what is a part of the question before, without a verb of its own: "on how many GPUs?"."""
FRAGMENT = re.compile(
    rf"^\W*(?:(?:and|but|so)\s+)?(?:(?:which|what|any)\s+(?!{_VERB})[\w-]+(?:\s+(?!{_VERB})[\w-]+)?"
    rf"|why\s+(?!{_VERB})[\w-]+(?:\s+(?!{_VERB})[\w-]+){{0,3}}|what\s+if\b.*)\W*$",
    re.IGNORECASE,
)
"""A question without a verb, or a condition, that has its sense from the question before: "which solver?", "what if it
is empty?"."""
LEANING = re.compile(
    r"^\W*(?:and|but)\b|^\W*(?:how\s+)?(?:do|can|could|should|would|must)\s+(?:i|we)\b"
    r"|^\W*what\s+(?:do|can|could|should|must)\s+(?:i|we)\b|^\W*(?:is|are)\s+there\b|^\W*what\s+happens\s+(?:if|when)\b"
    r"|\bhow\s+(?:much\s+|many\s+)?(?:\w+er|more|less)\b(?!.*\bthan\b)|\b(?:instead|otherwise|in\s+comparison)\W*$",
    re.IGNORECASE,
)
"""It takes for granted what is spoken of: as what goes on ("and is there ..."), as a thing to use ("how do I start?"),
or as one side of a comparison ("how much slower is ...")."""
REPORTED = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
"""What was done, by some who are known: "how many cores were used?"."""
