"""A line → whether it is the heading of a reference list, in papers and in drafts alike."""

import re

_NUMBERED = re.compile(r"^\W*(?:\d+|[IVXLC]+|[A-Z])[.)]?\s+")
REFERENCE_HEADINGS = frozenset(
    "reference references bibliography bibliographies literature workscited citedworks literaturecited"
    " literaturereferences referencescited referencesused referencelist listofreferences citedreferences"
    " citedliterature bibliographicreferences bibliographyandreferences referencesandbibliography selectedbibliography"
    " selectedreferences keyreferences referencesandnotes notesandreferences notesandbibliography"
    " referencesandfurtherreading referencesandrecommendedreading furtherreading suggestedreading endnotes"
    " referencesandlinks referencesandrelatedwork supplementaryreferences supplementalreferences methodsreferences"
    " literatur literaturverzeichnis literaturangaben literaturhinweise quellen quellenverzeichnis quellenangaben"
    " referenzen bibliographie références référencesbibliographiques referencias"
    " referenciasbibliográficas bibliografía referências referênciasbibliográficas bibliografia"
    " riferimentibibliografici riferimenti literatura литература списоклитературы referenties literatuur"
    " literatuurlijst referenser källor litteratur 参考文献 参考資料".split()
)
"""As letters alone: "R EFERENCES" is one in small capitals."""
_LONGEST = 60


def is_reference_heading(line: str) -> bool:
    """With a section's number before it or without."""
    if len(line) > _LONGEST:
        return False
    forms = {line, _NUMBERED.sub("", line)}
    return any("".join(filter(str.isalpha, form)).casefold() in REFERENCE_HEADINGS for form in forms)
