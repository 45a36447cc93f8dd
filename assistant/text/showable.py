"""Whether a sentence can be shown alone: prose about the matter, no caption, code, address or declaration."""

import re

_LEAST_WORDS = 6
_LETTERS = 0.6
"""Of the characters of a sentence full of results ("58.42 ± 3.46 ng/mL, p<0.05"), about; a formula has fewer."""
_LONGEST = 1200
"""Characters; what is longer was cut wrongly."""
_MARKUP = re.compile(
    r"https?://\S+$|[{}]|</?\w+>|:=|=>|::|\bjulia>|^\s*(?:#|>>>|\$ |import |using \w+$|def |function )|\\\w+"
    r"|(?:\w+\()"
    r"[^)]*=|@\w+\b(?!.*\.$)"
)
_NO_MATTER = re.compile(
    r"(?:©|\(c\) ?\d{4}|copyright|all rights reserved|creative commons|open[- ]access article"
    r"|correspond(?:ence|ing author)"
    r"|e-?mail|received:? |accepted:? |doi:|licen[cs]ed? under|published by|SHA:|authors?:|keywords?:"
    r"|index terms|editor:"
    r"|the authors? (?:declare|thank|would like to thank|acknowledge|gratefully)|we (?:\w+ )?(?:thank"
    r"|acknowledge|are grateful)"
    r"|(?:was|were|is) (?:\w+ )?(?:funded|supported|financed) by (?:the|a|an|grants?)\b[^.]*\b(?:grant|fund"
    r"|foundation|council"
    r"|ministry|program|no\.)|no (?:competing|conflicts? of) interests?|conflicts? of interest|ethic\w*"
    r" (?:committee|approval)"
    r"|informed consent|peer[- ]review(?:ed)?(?: history| process)|additional file|supplementary (?:material"
    r"|file|data)"
    r"|read and approved|conceived and designed|contributed (?:equally|reagents)|permission)",
    re.IGNORECASE,
)  # fmt: skip
_FLOAT = re.compile(
    r"^\W*(?:fig(?:ure|\.)?|table|listing|algorithm|scheme|box|eq(?:uation|\.)?|appendix)\s*[\dA-Z]+\s*[.:|(]"
    r"|^\W*(?-i:[b-z])\s",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\b(?:the (?:rest|remainder) of (?:this|the) (?:paper|article)|(?:is|are) (?:shown|listed|given"
    r"|summari[sz]ed|depicted"
    r"|illustrated|presented|described|displayed|provided) in (?:the )?(?:fig|table|section|listing|appendix)"
    r"|(?:is|are) organi[sz]ed as|^(?:figure|table|fig\.|section|listing) \w+ (?:shows?|lists?|illustrates?"
    r"|depicts?|presents?"
    r"|describes?|summari[sz]es?|displays?))",
    re.IGNORECASE,
)


def is_readable(text: str) -> bool:
    """Whether it is a whole sentence of prose about the matter, fit to be shown alone: no heading, caption, row, code,
    address, thanks, declaration, question, and no pointer to a figure."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if len(words) < _LEAST_WORDS or text.rstrip("\"'”’»)]⁰¹²³⁴⁵⁶⁷⁸⁹⁻,–*†‡")[-1:] not in ".!。！":
        return len(text) >= 15 and not text.isascii() and text[-1:] in "。！"
    solid = [char for char in text if not char.isspace()]
    figures = re.findall(r"(?<![^\W\d_])[\d.,]*\d", text)
    if (
        sum(map(str.isalpha, solid)) < _LETTERS * len(solid)
        or len(figures) > len(words)
        or len(text) > _LONGEST
    ):
        return False
    opens = text.lstrip("\"'“‘([«0123456789. ")[:1]
    if opens.islower() and not re.match(r"[\"'“]?[a-z]+[A-Z0-9-]", text):
        return False
    return not any(pattern.search(text) for pattern in (_MARKUP, _NO_MATTER, _FLOAT, _POINTER))
