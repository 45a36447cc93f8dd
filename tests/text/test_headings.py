"""Headings of reference lists: their forms, in many languages; and what only begins like one."""

import re

import pytest

from assistant.text.headings import APPENDIX, is_reference_heading

FORMS = (
    "References|References and Notes|REFERENCES CITED|VII. REFERENCES|R EFERENCES|R E F E R E N C E S|6 References"
    "|6. References.|[References]|— References —|References:|## References|**References**|§ 7 References|7 | References"
    "|Chapter 7. References|SECTION 7: REFERENCES|References (continued)|REFERENCES (CONT'D)"
    "|References (cont.)|A. References"
)
NAMES = (
    "Works Cited|Literature Cited|Additional references|References for Supplementary Materials|Literatur"
    "|5 Literatur- und Quellenverzeichnis|RÉFÉRENCES|Références|References bibliographiques|REFERENCIAS BIBLIOGRÁFICAS"
    "|Bibliografia|Piśmiennictwo|Seznam literatury|Irodalomjegyzék|KAYNAKÇA|Список литературы|Література|Βιβλιογραφία"
    "|Litteraturliste|Källförteckning|Lähdeluettelo|Daftar Pustaka|Tài liệu tham khảo|참고문헌|参考文献|参 考 文 献"
    "|引用文献|المراجع|منابع|ביבליוגרפיה"
)


@pytest.mark.parametrize("line", FORMS.replace("7 | R", "7 ¦ R").split("|") + NAMES.split("|"))
def test_a_heading_of_a_reference_list(line: str) -> None:
    assert is_reference_heading(line.replace("¦", "|"))


@pytest.mark.parametrize(
    "line",
    "References to earlier work|Reference implementation|Literature review|Notes|Sources of error|Data sources"
    "|Cross-references"
    "|Literatur zum Thema|Reference frames|References in Python|Continued|Section 7|文献综述|References are"
    " given below in the order in which they are cited in the text".split("|"),
)
def test_what_is_none(line: str) -> None:
    assert not is_reference_heading(line)


@pytest.mark.parametrize(
    ("line", "opens"),
    [("Appendix A", True), ("ANHANG B: Daten", True), ("Annexe 1", True), ("Приложение А", True), ("附录A", True),
     ("Supplementary material", True), ("Annexation of land", False), ("Bilagas", False), ("Supplementing", False)],
)  # fmt: skip
def test_how_an_appendix_opens(line: str, opens: bool) -> None:
    assert bool(re.match(APPENDIX, line, re.IGNORECASE)) == opens
