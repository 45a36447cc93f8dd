"""The words of asking, as distinct from the words of papers: what a question says without naming a thing.

Tuned by reading the questions of eval/questions that the tuning may see, never those of the exam.
"""

import re

GENERIC = frozenset(
    """abbreviation able according accurate accurately achieve achieves acronym act acts actually add added
    adding affect affects against agree ahead aim aims al alone along already always among answer
    answers anybody anyone anything apart applied applies apply approach approaches argue argued
    around ask asked asks aspect aspects assume assumed author authors avoid away back based basis
    beat beats become becomes becoming begin behind belong besides best better big bigger biggest
    billion bit bother break bring brings brought build builds built call called calls came care
    carry case cases cause caused change changed changes cheaper check choose chosen claim claimed
    claims clear clearly colleagues come comes coming compare compared compares comparison
    competitors concern conclude concluded conclusion condition conditions confirm connect connected
    consider contain contains contrast contribute contribution cope correct cost cover covered
    covers cut deal deals decide define defined definition depend depends derive describe described
    describes detail details determine determined didn differ difference differences different
    differently difficult doesn don draw drive due earlier easier effect effects employ enable end
    ends enough ensure et evaluate evaluated even eventually exactly examine examined example
    examples exist existing exists expect expected explain explained explains explicitly express
    extent extra fact fail fair fall far fast faster fed feed few fewer fewest fill find finding
    findings finds finish first fit five fix fixed focus follow followed following follows form
    forward found four full gain gains gap gather gathered gave general generally get gets getting
    go goes going good got great grow grows half handle handled happen happened happens hard harm
    heart held help helps higher highest hold holds hope idea identify important improve improved
    improves include included includes including indeed indicate indispensable inside instead intend
    involve involved issue join judge judging keep keeps key kind kinds know known lack lacking
    large larger largest last latter lead leads lean learn least leave leaving led left less let
    level levels lie lies light like likely limit link links list little live long longer look
    looked looking looks lose lot low lower lowest main mainly make makes making manage margin mark
    matter mean meaning means meant measure measured measures mention mentioned method methods
    middle million mix much multiple name named names necessary need needed needs never new next
    nothing notice number numbers obtain obtained occur offer offered offers often ok old one ones
    open opposed order ordinary original others otherwise outperform overall paper papers part
    particular parts pass past people per perform performance performed performs perhaps person
    phase phases pick picked picture piece place placed plain play point points poor popular portion
    possible potential practice prefer present presented prevent previous primarily prior probably
    problem problems process produce produced programming proper properly propose proposed proposes
    prove provide provided provides pull purpose put quick quicker quickly quite raise range rather
    reach reached reaches read ready real really reason reasons recent recently recommend reduce
    reduced reduces regard relies rely remain remedy remove replace reply report reported reports
    require required requires research researchers respect respectively rest result results reveal
    right role roles rough roughly run runs said scale score scored scores second see seem seen
    sense separate serve serves set sets setting settle several shape share short side sides similar
    similarly simple simply since single situation six size sizes slow small smaller solution solve
    solved something sort sorts specific specifically split spot stand stands start started starts
    state stated states stay stays step steps still stop strong stronger strongest strongly struggle
    studied studies study style success successful suffer suggest suggested suggests suit supply
    support supposed sure switch switched tackle tackled tackles take taken takes talk target team
    technique techniques tell tells tend term terms test tested tests thing things think third three
    throw throwing time times together told took tool top total toward towards track tried tries
    trouble true try trying turn turned turning turns two type types typical typically under
    understand unlike unusual update usual usually value values various versus view vs want way ways
    weak weaken well went whole wide wonder work worked working works worse worst write writes
    written wrong wrote yes yet""".split()
)
"""Words that carry no topic of their own: their absence from a paper says nothing."""

COMMON_ACRONYMS = frozenset(
    "ai api apis asr cv dl f1 gpu gpus hr ir llm llms lm lms ml mllm mllms mt ner nlg nlp nlu plm plms qa rl sota"
    " tts url".split()
)
"""Names of kinds of thing, not of things: none of them answers "which model?"."""

NAMEABLE = re.compile(
    r"^(?:datasets?|corpus|corpora|benchmarks?|models?|llms?|mllms?|plms?|languages?|pairs?|metrics?|gpus?|hardware"
    r"|optimi[sz]ers?|conferences?|venue|journal|universit\w*|institut\w*|compan\w*|tools?|librar\w*|frameworks?"
    r"|toolkits?|countr\w*|cit(?:y|ies)|systems?|baselines?|backbones?|software|packages?|attacks?|genes?"
    r"|proteins?|drugs?|inhibitors?|questionnaires?|parsers?|tokeni[sz]ers?|architectures?|algorithms?|shops?"
    r"|platforms?|websites?|editors?|annotators?)$"
)
"""What, asked for with "which", is answered by a name."""

ASKS_NUMBER = re.compile(
    r"\bhow (?:many|much|large|big|long|far|fast|often|few|high|low|small|deep|well|strong|strongly|old|accurate)\b"
    r"|\b(?:what|which) (?:percentage|percent|share|fraction|proportion|number|size|score|accuracy|rate|amount|margin"
    r"|speedup|improvement|gain|range|ratio|factor)\b|\bby (?:what|how)\b|\bpercentage\b|\bhow \w+er\b"
    r"|\bwhat \w*\s?(?:accuracy|f1|bleu|score|gain|improvement|rate|cost|price|size|increase|reduction|correlation"
    r"|agreement)\b",
    re.IGNORECASE,
)
ASKS_COUNT = re.compile(r"\bhow many\b", re.IGNORECASE)
ASKS_WHICH = re.compile(r"\b(?:which|what|who|whose|whom|name|where)\b", re.IGNORECASE)
ASKS_ACRONYM = re.compile(r"stands? for|acronym|short for|abbreviat|full (?:name|form)", re.IGNORECASE)
ASKS_HOW = re.compile(r"\bhow (?:do|does|did|is|are|was|were|can)\b", re.IGNORECASE)
ASKS_WHY = re.compile(
    r"\b(?:why|reasons?|causes?|motivat\w*|problem|gap|limitation|drawback|downside|wrong|weakness\w*|shortcoming\w*"
    r"|lack\w*)\b",
    re.IGNORECASE,
)
ASKS_PLACE = re.compile(
    r"\b(?:code|repo\w*|github|url|link|download\w*|available|released?|find)\b", re.IGNORECASE
)
ASKS_RESULT = re.compile(
    r"\b(?:results?|outperform\w*|better|improv\w*|gain|beat|effect\w*|find\w*|conclu\w*|perform\w*|show\w*|reveal\w*)\b",
    re.IGNORECASE,
)
ASKS_SEVERAL = re.compile(
    r"\b(?:which|what|name|list)\b[^?]*\b(?:datasets|benchmarks|tasks|models|languages|steps|types|kinds|roles"
    r"|components|categories|stages|phases|modules|methods|metrics|genes|factors|parts|names)\b",
    re.IGNORECASE,
)

ADDRESS = re.compile(r"https?://|www\.|github", re.IGNORECASE)
REASON = re.compile(
    r"\b(?:because|due to|since|however|but|lack|hinder|fail|limit\w*|challeng\w*|difficult\w*|expensive|costly"
    r"|overlook\w*|ignore\w*|neglect\w*|problem|issue|suffer\w*|struggl\w*|despite|although)\b",
    re.IGNORECASE,
)
MEANS = re.compile(r"\b(?:by|via|using|through|based on|leverag\w*|which|first|then)\b", re.IGNORECASE)
OFFER = re.compile(
    r"\b(?:propos\w*|introduc\w*|present\w*|develop\w*|we |our|this paper|this work|the authors)\b",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"\b(?:show|results?|demonstrat\w*|outperform\w*|achiev\w*|improv\w*|find|found|reveal\w*|experiment\w*|reduc\w*"
    r"|increas\w*|significant\w*)\b",
    re.IGNORECASE,
)
SERIES = re.compile(r"(?:\w+, ){2,}|\b1\)|\bi\.e\.|e\.g\.|such as|including|:")
EXPANSION = re.compile(r"\([A-Z]\w*\)|[A-Z]\w+ \([A-Z]")
NUMBER = re.compile(r"(?<![A-Za-z\-])\d[\d,.]*\s?[%kKMBx]?")
NUMBER_WORD = re.compile(
    r"^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twice|double|half|hundred|thousand|million)$"
)
