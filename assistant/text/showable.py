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
    r"[^)]*=|@\w+\b(?!.*\.$)|[\u2700-\u27bf]"
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
    r"|equal contribution|co-first authors?|read and approved|conceived and designed"
    r"|contributed (?:equally|reagents)|permission)",
    re.IGNORECASE,
)  # fmt: skip
_FLOAT = re.compile(
    r"^\W*(?:fig(?:ure|\.)?|table|listing|code|algorithm|scheme|box|eq(?:uation|\.)?|appendix)\s*[\dA-Z]+\s*[.:|(]"
    r"|^\W*(?-i:[b-z])\s",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[—–•▪‣·*-]|[⁰¹²³⁴-⁹]|\(?\d{1,2}\)\s(?!(?:We|Our|This)\b))")
"""How a point of a list or a footnote opens, which the words around it complete."""
_NUMBER = re.compile(r"(?:^|\s)\w{1,3}$")
"""As in "1) ..., 2) ..."."""
_ANNOUNCES = re.compile(
    r"\b(?:is|are|was|were) (?:two|three|four)fold\b|\bas follows\b"
    r"|\bthe following\b(?! (?:day|night|week|month|year|season)s?\b)|:$",
    re.IGNORECASE,
)
"""What it says is in the sentences behind it."""
_POINTER = re.compile(
    r"\b(?:the (?:rest|remainder) of (?:this|the) (?:paper|article)|(?:is|are) (?:shown|listed|given"
    r"|summari[sz]ed|depicted"
    r"|illustrated|presented|described|displayed|provided) in (?:the )?(?:fig|table|section|listing|appendix)"
    r"|(?:is|are) organi[sz]ed as|^(?:figure|table|fig\.|section|listing) \w+ (?:shows?|lists?|illustrates?"
    r"|depicts?|presents?"
    r"|describes?|summari[sz]es?|displays?)"
    r"|\b(?:is|are|be) (?:discussed|described|found|given|detailed|explained|reported|shown|presented) in (?:\[|ref\b)"
    r"|\b(?:discussed|described|given|explained|shown|presented|seen) (?:below|above)\b"
    r"|\b(?:in|of) this (?:sub)?section\b"
    r"|\b(?:sections?|lines?|paragraphs?|sentences) (?:of this (?:paper|article)|above|below)\b"
    r"|\b(?:next|previous|following|first|last) (?:\w+ )?(?:sub)?sections?\b"
    r"|\b(?:we|it) [^.]{0,160}\bin (?:sections?|sect\.|appendix) [\dA-Z][\d.]*$"
    r"|^in (?:tables?|figures?|figs?\.|listings?|sections?) [^,]{1,20},? (?:we|it)\b"
    r"|^(?:below|above|before (?:getting|turning|going|moving))\b"
    r"|\bwe(?:['’]ll| will| shall)? now (?:describe|discuss|present|introduce|explain|turn|give|consider)\b"
    r"|\bthe (?:solid|dashed|dotted|(?:dark |light )?(?:blue|red|green|black|grey|gray|orange|yellow|purple)) (?:\w+ )?"
    r"(?:lines?|curves?|surfaces?|bars?|dots?|arrows?|shading)\b)",
    re.IGNORECASE,
)


def is_readable(text: str) -> bool:
    """Whether it is a whole sentence of prose about the matter, fit to be shown alone: no heading, caption, row, code,
    address, thanks, declaration, question, point of a list or footnote, and no pointer to a figure or another place."""
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
    if _ITEM.match(text) or _is_spliced(text):
        return False
    return not any(pattern.search(text) for pattern in (_MARKUP, _NO_MATTER, _FLOAT, _POINTER, _ANNOUNCES))


def _is_spliced(text: str) -> bool:
    """Whether brackets close that nothing opened, or stay open: something else came between."""
    opened = 0
    for bracket in re.finditer(r"[(\[)\]]", text):
        if bracket[0] in "([":
            opened += 1
        elif opened:
            opened -= 1
        elif not _NUMBER.search(text, 0, bracket.start()):
            return True
    return opened > 0
