"""The words by which a sentence shows what it does in its paper, and how much each weighs."""

import re

_CUES = (
    ("background", 1.2, r"\b(?:has|have) (?:been|become|long|recently|shown|emerged|attracted)\b|\b(?:widely"
     r"|commonly"
     r"|traditionally|increasingly|recent(?:ly)?|previous(?:ly)?|prior|existing|decades?|well[- ]known)\b"),
    ("background", 1.0, r"\b(?:is|are) (?:an? )?(?:one of|among|known|important|essential|crucial|critical"
     r"|fundamental"
     r"|responsible|major|leading|key)\b|\bplays? an? \w+ role"),
    ("problem", 1.6, r"\b(?:however|yet|nevertheless|unfortunately|but|although|despite)\b.{0,160}\b(?:not|no"
     r"|few|little"
     r"|lack\w*|limited|unknown|unclear|difficult|challeng\w+|remain\w*|fail\w*|suffer\w*|expensive|costly"
     r"|rarely|poorly"
     r"|under-?explored|hard|scarce|only|without|ignor\w+|neglect\w*|struggl\w+)\b"),
    ("problem", 1.2, r"\b(?:remains? (?:an? )?(?:open|unclear|unknown|challeng\w+|elusive|poorly|largely)"
     r"|(?:little|not"
     r" (?:well|yet|fully)|poorly) (?:is |are )?(?:known|understood|studied|explored)|there (?:is|are) (?:a "
     r"|an )?(?:\w+ )?"
     r"(?:need|lack|no)\b|is needed|are needed|the (?:main |key )?(?:challenge|problem|difficulty"
     r"|question)s?\b|gap\b|(?:lack|absence|shortage|scarcity) of)"),
    ("problem", 2.6, r"\b(?:the |our |this study['’]s )?(?:(?:main|primary|overall|specific) )?(?:aim|goal"
     r"|objective|purpose"
     r")s? (?:of [\w .’-]{1,40}|here |in this \w+ )?(?:is|was|were|are)\b|\b(?:we|this (?:paper"
     r"|study|work"
     r"|article|review)|the present (?:study|work)|study|here) (?:therefore |thus |also )?(?:aim(?:s|ed)?"
     r"|seek(?:s)?|sought"
     r"|set out|address(?:es|ed)?|tackle[sd]?|investigat(?:e|es|ed)|examin(?:e|es|ed)|explor(?:e|es|ed)"
     r"|ask(?:s|ed)?"
     r"|hypothesi[sz]ed?|studie[ds]|study|consider(?:s|ed)?|focus(?:es|ed)?|assess(?:es|ed)?|review(?:s|ed)?)\b"
     r"|\bwas (?:undertaken|conducted|designed|carried out|performed) to\b|\bin order to (?:investigate"
     r"|determine|assess)"),
    ("problem", 1.0, r"\baim(?:ed|s|ing)? (?:to|at)\b"),
    ("method", 2.2, r"\b(?:we|this (?:paper|work|article|study)|here) (?:also |then |further |therefore "
     r"|thus |first )?"
     r"(?:propos\w+|introduc\w+|present(?:s|ed)?|develop(?:s|ed)?|describ\w+|design(?:s|ed)?|devis\w+|build"
     r"|built"
     r"|implement\w*|formulat\w+|create[ds]?|construct\w*|establish\w*|employ\w*|appl(?:y|ied)|use[sd]?"
     r"|utili[sz]ed?"
     r"|adopt\w*|train(?:ed)?|extend(?:ed)?|combin\w+|leverag\w+|perform(?:ed)?|conduct(?:ed)?|analy[sz]ed?"
     r"|measured?"
     r"|compared?|provide[sd]?)\b|\b(?:is|are) (?:a|an) (?:\w+[ -]){0,4}(?:package|library|framework|toolkit"
     r"|toolbox|tool|module|platform|extension|language|suite|program|predictor|agent"
     r"|software|implementation|method|interface|solver|algorithm|system)\b"),
    ("method", 0.9, r"\bour (?:\w+[ -]){0,3}(?:approach|method|model|framework|system|algorithm|package"
     r"|pipeline|tool"
     r"|technique|strategy|implementation)\b|\b(?:is|are) based on\b|\busing\b|\bby means of\b"
     r"|\bconsists? of\b"),
    ("method", 0.9, r"\b(?:was|were) (?:\w+ly )?(?:performed|conducted|used|carried|collected|extracted"
     r"|cultured|incubated"
     r"|washed|measured|calculated|analy[sz]ed|prepared|obtained|purchased|amplified|sequenced|synthesi[sz]ed"
     r"|treated"
     r"|developed|designed|applied|implemented|trained|estimated|assessed|evaluated|tested|compared"
     r"|generated)\b"),
    ("data", 1.6, r"\b(?:data ?sets?|corpus|corpora|benchmarks?|cohort|participants|patients|respondents"
     r"|subjects|volunteers"
     r"|samples|specimens|records|images|documents|articles|interviews|questionnaires?|surveys?|isolates"
     r"|sequences|mice"
     r"|calves|children|adults|nurses|workers|hospitals?|cases|trials|genomes|citations|publications|tweets"
     r"|languages)\b"
     r"(?=.*\d|.*\b(?:collected|recruited|enrolled|obtained|gathered|annotated|included|from)\b)"),
    ("data", 2.0, r"\b(?:[nN] ?= ?\d|(?:collected|recruited|enrolled|sampled|gathered|retrieved|downloaded"
     r"|annotated|included"
     r") (?:\w+ ){0,4}(?:from|between|in|at)\b|(?:from|between) (?:\w+ )?(?:19|20)\d\d (?:to|and|[–-]))"),
    ("data", 1.6, r"\b\d[\d,]* (?:(?!of|to|and|or)[\w-]+ ){0,3}(?:participants|patients|respondents|subjects|volunteers"
     r"|samples|specimens|records|images|documents|articles|interviews|isolates|sequences|genomes|mice|calves|cows|pigs"
     r"|children|infants|adults|women|men|students|nurses|workers|hospitals|cases|trials|publications|tweets|sentences"
     r"|languages|questions|examples|instances|pairs)\b"),
    ("result", 2.2, r"\b(?:we|results?|findings?|experiments?|evaluations?|analys[ie]s|data|study"
     r"|simulations?|benchmarks?|tests"
     r"|comparisons?|evidence|it) (?:\w+ ){0,4}?(?:show(?:s|ed|n)?|found|find|demonstrat\w+|reveal\w*"
     r"|indicat\w+|suggest\w*"
     r"|confirm\w*|observ\w+|identif\w+|report(?:s|ed)?|achiev\w+|obtain(?:ed)?|conclud\w+|prove[sdn]?"
     r"|establish\w*)\b"
     r"(?! (?:in|by) (?:\w+ )?\[)"),
    ("result", 1.5, r"\b(?:significant(?:ly)?|outperform\w*|achiev(?:e[sd]?|ing)|improv(?:e[sd]?|ing|ements?)"
     r"|increas(?:e[sd]?|ing)"
     r"|decreas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tion)|higher|lower|faster|slower|better|worse|more accurate"
     r"|superior"
     r"|comparable|correlat\w+|associated|speed-?ups?"
     r"|most (?:common"
     r"|frequent)|majority|respectively|[pP] ?[<=>] ?0?\.\d|CI\b|odds ratio)\b"),
    ("result", 0.7, r"\b(?:state-of-the-art|SOTA|accuracy|sensitivity|specificity|AUC|BLEU|F1)\b(?=.*\d)"),
    ("limit", 2.2, r"\b(?:limitations?|(?<!not )(?<!no way )(?<!no sense )limited (?:by|to)"
     r"|(?:our|this|the present) (?:study|work|approach"
     r"|method|analysis|model"
     r"|package|implementation) (?:\w+ ){0,3}(?:cannot|does not|do not|did not|is not|was not|only|lacks?"
     r"|is limited|assumes?"
     r"|has (?:several|some|a few))|drawbacks?|caveats?|shortcomings?|weakness(?:es)?|should be interpreted"
     r"|cannot be (?:ruled"
     r" out|generali[sz]ed|excluded)|may not (?:be )?(?:generali[sz]\w+|represent\w*|apply|reflect)"
     r"|small (?:sample|number)"
     r"|not (?:yet |currently )?support(?:ed)?"
     r"|does not (?:yet |currently )?(?:provide|offer|include|handle|cover|guarantee)"
     r"|were unable|was unable|we could not|we did not|we cannot)\b"),
    ("limit", 0.8, r"\b(?:however|although|nevertheless|only|while|but)\b.{0,120}\b(?:not|limited|cannot|bias"
     r"|lack\w*|fail\w*)\b"),
    ("future", 2.4, r"\b(?:future (?:work|research|stud\w+|directions?|investigations?|versions?|releases?"
     r"|development|plans?)"
     r"|in (?:the )?future|(?:further|more|additional) (?:\w+ )?(?:research|work|studies"
     r"|study|investigations?|development|validation) (?:is|are|will|should"
     r"|could|may|would|must|needs?|into)|remains? to be|we (?:plan|intend|hope|will|would like)|(?:should"
     r"|could|needs? to) be"
     r" (?:\w+ )?(?:investigated|explored|studied|evaluated|examined|validated|extended)|we envision|is"
     r" planned)\b"),
    ("code", 3.0, r"\b(?:(?:source )?code|software|data ?sets?|data|package|models?|implementation|scripts?"
     r"|materials?|sequences?|it"
     r"|genome\w*|resources?|toolkit|library|corpus)\b.{0,100}\b(?:(?:publicly|freely|openly|made|is"
     r"|are) (?:\w+ )?available"
     r"|available (?:at|on|from|under|in)|open[- ]sourced?|released? (?:at|on|under|the)|deposited|accession"
     r"|hosted (?:at|on)|GitHub)\b"
     r"|\b(?:github|gitlab|zenodo|bitbucket|figshare)\.\w+/|\bwe (?:\w+ )?(?:release|open-source|make) (?:our"
     r"|the|all)\b"),
)  # fmt: skip
"""(role, weight, pattern): what a sentence says in which role. Each pattern counts once."""
CUES = tuple((role, weight, re.compile(pattern, re.IGNORECASE)) for role, weight, pattern in _CUES)
