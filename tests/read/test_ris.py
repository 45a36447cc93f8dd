"""RIS and .nbib records."""

from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.read import read

RIS = """\
TY  - JOUR
ID  - brook2019
AU  - Brook, Anna
AU  - Li, B.
TI  - Otters at Rest
T2  - Journal of Invented Zoology
PY  - 2019/03/01
AB  - We watched otters. They
sleep for 5-10 hours.
DO  - doi:10.1234/a
UR  - https://arxiv.org/abs/2501.01234v2
ER  -

TY  - BOOK
PY  - 2001
ER  -
TY  - CONF
A1  - Berg, C.
T1  - Tides
N2  - Long.
"""


def test_ris() -> None:
    warnings: list[str] = []
    otters, tides = read(RIS.encode(), Path("a.ris"), warnings.append)
    assert (
        otters.text == "Otters at Rest\nBrook, Anna; Li, B.\n\nWe watched otters. They sleep for 5-10 hours."
    )
    assert otters.authors == ("Brook, Anna", "Li, B.")
    assert (otters.year, otters.venue) == (2019, "Journal of Invented Zoology")
    assert (otters.doi, otters.arxiv, otters.source.record) == ("10.1234/a", "2501.01234", "brook2019")
    assert RIS[otters.source.start : otters.source.end] == RIS[: RIS.index("\nTY  - BOOK")]
    assert (tides.title, tides.authors, tides.abstract) == ("Tides", ("Berg, C.",), "Long.")
    assert RIS[tides.source.start :].startswith("TY  - CONF")
    assert warnings == ["line 14: neither a title nor an abstract; this record was not read"]


NBIB = """
PMID- 123
DP  - 2020 Jun
TI  - Tides of a river and
      its gauges.
LID - 77 [pii]
LID - 10.1234/b [doi]
AB  - They are long.
FAU - Berg, Clara
AU  - Berg C
JT  - Seas
TA  - S
"""


def test_pubmed() -> None:
    (paper,) = read(NBIB.encode(), Path("a.nbib"))
    assert paper.title == "Tides of a river and its gauges."
    assert (paper.authors, paper.year, paper.venue) == (("Berg, Clara",), 2020, "Seas")
    assert (paper.doi, paper.source.record, paper.abstract) == ("10.1234/b", "123", "They are long.")


@pytest.mark.parametrize("text", ["nothing here", "TI  - A title that no record holds", "TY  - BOOK\nER  - "])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(ReadError):
        read(text.encode(), Path("a.ris"))
