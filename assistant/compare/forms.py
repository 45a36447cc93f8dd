"""The forms in which papers state their task, method, data, size, result and code.

Each was written for what some paper says, so they are a debt: eval/LOG.md has what they are worth together.
"""

import re

WE = (
    r"\b(?:we|the authors?|(?:this|our|the present) (?:paper|work|study|article|research|review))\b"
    r"(?: (?:also|then|further|first|therefore|thus|formally|\w+ly))*"
)
MADE = (
    r"propos(?:e[sd]?)|introduc(?:e[sd]?)|present(?:s|ed)?|develop(?:s|ed)?|describ(?:e[sd]?)|design(?:s|ed)?"
    r"|devis(?:e[sd]?)|construct(?:s|ed)?|build|built|creat(?:e[sd]?)|releas(?:e[sd]?)|collect(?:s|ed)?"
    r"|compil(?:e[sd]?)"
    r"|annotat(?:e[sd]?)"
)
USED = (
    r"detail(?:s|ed)?|employ(?:s|ed)?|incorporat(?:e[sd]?)|formali[sz](?:e[sd]?)|review(?:s|ed)?|summari[sz](?:e[sd]?)"
    r"|survey(?:s|ed)?|modif(?:y|ies|ied)|adopt(?:s|ed)?|appl(?:y|ies|ied)|combin(?:e[sd]?)"
)
ALSO = r"\band (?:also |then |further )?"
AIMS = re.compile(
    rf"{WE} (?:aims? (?:to|at)|focus(?:es)? on|investigat(?:e[sd]?)|explor(?:e[sd]?)|stud(?:y|ies|ied)"
    rf"|address(?:es|ed)?"
    r"|tackle[sd]?|examine[sd]?|deals? with|tr(?:y|ies|ied) to|set out to|conduct(?:s|ed)? a (?:\w+ )?study on)\s+"
    r"|\b(?:aim|goal|objective|purpose)s?(?: of (?:this|the|our)(?: present)? (?:study|paper|work|review))?"
    r" (?:is|was|were|are) to\s+",
    re.IGNORECASE,
)
PURPOSE = re.compile(
    rf"^(?:\W*)To (?!(?:this|these|address|tackle|bridge|overcome|achieve|solve|validate|be"
    rf"|verify|begin|avoid|do|demonstrate|illustrate|showcase)\b)(?=(?P<value>[^.;]{{10,150}}), {WE})"
    rf"|{WE} (?:{MADE})[^.;]{{8,}}?\b(?:to|for) (?=(?:improv|enhanc|evaluat|mitigat|interpret|assess|predict"
    rf"|detect|generat"
    r"|measur|resolv|translat|reduc|identif|bound|model)\w*)",
    re.IGNORECASE,
)
"""What stands before the comma is the ``value``."""
VAGUE = re.compile(
    r"(?:is|are|was|were|can|has|have)\b|(?:\w+[ -]){0,4}(?:challenges?|issues?|problems?|limitations?|gaps?|goals?"
    r"|vision|this|these|it|them)\b(?! (?:of|in|for)\b)"
    r"|(?:the |its )?(?:question|role)s? (?:whether|if)\b",
    re.IGNORECASE,
)
"""A task that the sentence before names."""
PROPOSES = re.compile(
    rf"(?:{WE} (?:(?:describe|present|detail|review|summari[sz]e)[sd]? (?!the\b|our\b)|(?:{MADE}"
    rf"|{USED})(?<!describe)"
    rf"(?<!describes)(?<!present)(?<!presents) )|{ALSO}(?:propose|introduce|develop|present) )\s*"
    r"|^(?-i:[A-Z][\w.-]*[A-Z.\d][\w.-]*) is (?=an? )",
    re.IGNORECASE,
)
DOES = re.compile(
    rf"{WE} (?:uses?|used|utili[sz](?:e[sd]?)|evaluat(?:e[sd]?)|analy[sz](?:e[sd]?)|compar(?:e[sd]?)|test(?:s|ed)?"
    rf"|revisit(?:s|ed)?)"
    r"\s+",
    re.IGNORECASE,
)
"""What is done where nothing new is proposed."""
DATA_NOUN = (
    r"(?:data ?sets?|corpus|corpora|benchmarks?(?! (?:data ?sets?|corpora|tasks|tests?)\b)|treebanks?"
    r"|recordings|translations|tweets|reviews|questionnaires?"
    r"|cohort"
    r"|test sets?)"
)
TRIED = re.compile(
    r"\b(?:experiment\w*|evaluat\w+|tested|trained|improvements?|performance|scores?|fine-tun\w+|train)\b",
    re.IGNORECASE,
)
DATA = re.compile(
    rf"\b(?:on|in|using|over|across|with) (?P<data>(?:(?![a-z]+ing\b|that\b|which\b|to\b|is\b|are\b|for\b|by\b|on\b)"
    rf"[\w²./&’'-]+(?:,? |, ?and )){{1,14}}?{DATA_NOUN}\b(?:, e\.g\., (?:[A-Z][\w-]*(?:, )?(?:and )?)+)?)"
    r"|\b(?:us(?:e|ed|ing)|utili[sz](?:e|ed|ing)) (?P<from>(?:publicly available )?data from (?:the )?\w+(?: and \w+)?)"
    r"|^(?P<made>an? (?:\w+ ){0,3}(?:data ?set|corpus) of [^.,;]+?) (?:is|was) (?:collected|compiled|built"
    r"|annotated|created)",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"[A-Z][\w-]*[A-Z\d]|(?<=\w )[A-Z][a-z]+|\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b"
)
"""What makes data out of words for data: "widely used benchmarks" are not told."""
OWN_DATA = re.compile(
    rf"(?:{WE} |{ALSO})(?:{MADE}) (?=(?:(?!\bto\b|\bfor\b)[^.;,]){{0,60}}?(?:, )?(?:(?:the"
    rf"|an?) )?(?:[\w-]+ ){{0,3}}{DATA_NOUN}\b)",
    re.IGNORECASE,
)
IS_MODEL = re.compile(
    r"\b(?:LLMs?|models?|agents?|architectures?|methods?|tools?|systems?|packages?)\b(?! (?:evaluat|assess|compar))"
    r"|\d[bB]\b"
)
COUNTED = (
    r"(?:samples?|instances?|examples?|sentences|documents|tokens|words|images|dialogues?|instructions?|patients"
    r"|participants"
    r"|subjects|infants|children|women|adults|tweets|languages|data ?sets|benchmarks|tasks|questions|pairs|articles"
    r"|records"
    r"|speakers|annotators|hours|LLMs|translations|training data|parameters|students|mice|genomes|sequences|respondents"
    r"|isolates|methods|measures|domains|specimens|utterances|flowcharts|videos|users|corpora)"
)
COUNT = re.compile(
    r"(?<![\w.,&-])(?:[Nn] ?= ?\d[\d,]*|(?![12]\b)\d[\d,]*(?:\.\d+)?[Kk]?(?: million| billion| thousand)?"
    r"|(?:three|four|five|six|seven|eight|nine|ten|twelve))"
    rf"(?!%| ?%)(?: (?!of\b|in\b|and\b|to\b|for\b|more\b)(?:[a-z][\w-]+|[A-Z][\w-]+)){{0,3}}? {COUNTED}\b"
)
MODEL_SIZE = re.compile(
    r"(?<![\w.$-])(?:\d+(?:\.\d+)?B|[A-Z][\w.]*-(?:[\w.]+-)*\d+(?:\.\d+)?[Bb])(?:-\w+)*\b(?: (?:and"
    r"|to) \d+(?:\.\d+)?B| model)?"
)
FINDS = re.compile(
    r"\b(?:show(?:s|ed)?|demonstrat(?:e[sd]?)|found|find|reveal(?:s|ed)?|indicat(?:e[sd]?)|confirm(?:s|ed)?"
    r"|suggest(?:s|ed)?"
    r"|observe[sd]?|conclude[sd]?|prove[sd]?)(?: us)? that:?\s+(?:1\)\s+)?|\b(?:experimental )?results demonstrate\s+",
    re.IGNORECASE,
)
EFFECT = re.compile(
    r"\b(?:outperform\w*|superior\w*|surpass\w*|improv\w+|achiev\w+|effectiveness|speed-?ups?|accelerat\w+|mitigat\w+"
    r"|top-class)\b",
    re.IGNORECASE,
)
ADVISES = re.compile(
    r"\b(?:should|need to|must|future|hope|community|plan to|warrant\w*|will)\b", re.IGNORECASE
)
URL = re.compile(r"(?:https?://|\b(?:github|gitlab|zenodo|bitbucket|huggingface)\.\w+/)[^\s,;)\]}>\"”]+")
RELEASED = re.compile(
    r"\b(?:codes?|data ?set|data|package|software|benchmark|corpus|toolkit|scripts?|models?|implementation|materials)\b"
    r"[^.;]{0,60}?\b(?P<said>(?:is|are|will be|has been|have been|made)(?: (?:made|publicly|freely|openly))*"
    r" (?:available|released|open[- ]sourced?))\b"
    r"|\b(?P<will>we (?:\w+ ){0,2}(?:released?|open-source[sd]?|make|made) (?:(?:our|the"
    r"|all) ){0,2}(?:\w+ )?(?:code|data|implementations?)\b)",
    re.IGNORECASE,
)
