"""A line → whether it is the heading of a reference list, and how an appendix opens, in papers and in drafts alike."""

import re
import unicodedata

_NUMBERED = re.compile(
    r"^\W*(?:(?:chapter|section|part|kapitel|abschnitt|chapitre|cap[ií]tulo|§)\W*)?(?:\d+|[IVXLC]+|[A-Z])[.):]?\s+",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\W*\bcont(?:inued|(?:['’.]?d)?)\W*$", re.IGNORECASE)


def _letters(text: str) -> str:
    """Letters alone, in small letters, without accents: "R EFERENCES" is one word in small capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ı", "i"))
    return "".join(filter(str.isalpha, plain))


_ENGLISH = """
    reference, references, bibliography, bibliographies, literature, works cited, works consulted, cited works,
    literature cited, literature references, literature used, references cited, references used, references used
    in this study, references cited in the text, references consulted, reference list, list of references, cited
    references, cited literature, bibliographic references, bibliography and references, references and
    bibliography, selected bibliography, selected references, key references, primary references, general
    references, additional references, further references, other references, data references, references and
    notes, notes and references, notes and bibliography, references and further reading, references and
    recommended reading, further reading, suggested reading, endnotes, references and links, references and
    related work, supplementary references, supplemental references, appendix references, methods references,
    online methods references, references for supplementary materials, references for supplementary material"""
_OTHERS = """
    Literatur, Literaturverzeichnis, Literaturangaben, Literaturhinweise, Literatur- und Quellenverzeichnis,
    Quellen- und Literaturverzeichnis, zitierte Literatur, verwendete Literatur, Quellen, Quellenverzeichnis,
    Quellenangaben, Referenzen, Bibliographie, Bibliografie, bibliographische Angaben, Références, Références
    bibliographiques, ouvrages cités, Referencias, Referencias bibliográficas, obras citadas, Bibliografía,
    Referências, Referências bibliográficas, Riferimenti bibliografici, Riferimenti, opere citate, Literatura,
    Literatura cytowana, Piśmiennictwo, Spis literatury, použitá literatura, Seznam literatury, Seznam použité
    literatury, Zoznam literatúry, zoznam použitej literatúry, Irodalom, Irodalomjegyzék, Felhasznált irodalom,
    Hivatkozások, Kaynaklar, Kaynakça, Литература, Список литературы, Список использованной литературы,
    использованная литература, Список использованных источников, Библиография, Библиографический список,
    Література, Список літератури, Список використаних джерел, Βιβλιογραφία, Αναφορές, Βιβλιογραφικές αναφορές,
    Referenties, Literatuur, Literatuurlijst, Referenser, Källor, Källförteckning, Litteratur,
    Litteraturförteckning, Litteraturliste, Referencer, Referanser, Lähteet, Lähdeluettelo, Kirjallisuus,
    Viited, Kasutatud kirjandus, Literatūra, Literatūros sąrašas, Izmantotā literatūra, Referințe, Referințe
    bibliografice, Daftar Pustaka, Rujukan, Tài liệu tham khảo, 참고문헌, 参考文献, 參考文獻, 参考資料, 引用文献,
    文献, المراجع,
    المصادر والمراجع, منابع, مراجع, ביבליוגרפיה, רשימת מקורות"""
REFERENCE_HEADINGS = frozenset(_letters(name) for name in f"{_ENGLISH}, {_OTHERS}".split(","))
"""As letters alone."""
APPENDIX = (
    r"(?:appendi(?:x|ces|ce)|supplement(?:s|al|ary)?|supporting information|anhang|anhänge|annexes?|anexos?|apéndices?"
    r"|apêndices?|allegat[oi]|bijlagen?|bilag(?:a|or)?|vedlegg|liitteet|liite|załączniki?|příloh[ay]|приложени[ея])\b"
    r"|附录|附錄|付録|부록"
)
"""How the heading of an appendix opens, whatever its case."""
_LONGEST = 60


def is_reference_heading(line: str) -> bool:
    """With a section's number before it or without."""
    if len(line) > _LONGEST:
        return False
    line = _GOES_ON.sub("", line)
    return any(_letters(form) in REFERENCE_HEADINGS for form in (line, _NUMBERED.sub("", line)))
