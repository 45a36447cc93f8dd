"""PDFs made here by hand, and those at hand."""

import re
import unicodedata
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest

from assistant.errors import ReadError
from assistant.read import pdf, read
from tests.pdfs import ENCRYPTED, Set, made, placed

JULIACON = Path(__file__).parents[3] / "shared" / "data" / "pdf" / "juliacon"
needs_juliacon = pytest.mark.skipif(
    not JULIACON.exists(), reason=f"{JULIACON} is not here (data beside the checkout)"
)
FIRST = [
    (18, "Tides of the River Dee"),
    (10, "We measure the tides of a river."),
    (10, "They are high, we find."),
]
SECOND = [(10, "The second page has a frame-"), (10, "work, and $x$ and 50% of C:\\new as they are.")]


def test_title_text_and_pages() -> None:
    (paper,) = read(made([FIRST, SECOND]), Path("a.pdf"))
    assert paper.title == "Tides of the River Dee"
    assert paper.text.startswith(
        "Tides of the River Dee\n\nWe measure the tides of a river.\n\nThey are high"
    )
    assert paper.text[paper.page_starts[1] :].startswith("The second page")
    assert [paper.page_at(paper.text.index(word)) for word in ("Tides", "high", "second", "they are.")] == [
        1,
        1,
        2,
        2,
    ]
    assert (paper.source.start, paper.source.end, paper.body) == (0, len(paper.text), 24)


def test_broken_words_are_whole_and_what_was_typeset_is_no_latex() -> None:
    (paper,) = read(made([FIRST, SECOND]), Path("a.pdf"))
    assert "a framework, and $x$ and 50% of C:\\new as they are." in paper.text


def test_an_empty_page_counts() -> None:
    (paper,) = read(made([[], FIRST, [], SECOND]), Path("a.pdf"))
    assert len(paper.page_starts) == 4
    assert [paper.page_at(paper.text.index(word)) for word in ("Tides", "second")] == [2, 4]


def test_no_title_is_made_up() -> None:
    (paper,) = read(
        made([[(10, "We propose TideNet, a net for tides."), (10, "It is small.")]]), Path("a.pdf")
    )
    assert (paper.title, paper.handle, paper.body) == (None, "TideNet", 0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"garbage", "not a readable PDF"),
        (b"%PDF-1.4\n", "not a readable PDF"),
        (made([FIRST])[:300], "not a readable PDF"),
        (made([]), "not a readable PDF"),
        (made([[]]), "no text"),
        (made([FIRST], ENCRYPTED), "encrypted"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as refused:
        read(data, Path("a.pdf"))
    assert "\n" not in str(refused.value)


def test_a_damaged_file_is_read_or_refused() -> None:
    whole = made([FIRST, SECOND])
    for place in range(0, len(whole), 37):
        for damaged in (whole[:place], whole[:place] + b"\xff\x00" + whole[place + 2 :]):
            try:
                read(damaged, Path("a.pdf"))
            except ReadError as error:
                assert "\n" not in str(error)


def test_info_that_is_no_text_is_passed_over() -> None:
    half = "<FEFF0050D8000041>"  # half of a character that takes two
    lines = [Set(50, 700 - 20 * n, size, text) for n, (size, text) in enumerate(FIRST)]
    (paper,) = read(placed([lines], info=f"/Title {half} /Author (Ada Brook)"), Path("a.pdf"))
    assert paper.title == "Tides of the River Dee"


def test_a_pdf_is_read_as_one_whatever_its_name_says() -> None:
    (found,) = read(made([FIRST]), Path("paper.txt"))
    assert found.text == read(made([FIRST]), Path("paper.pdf"))[0].text


@pytest.mark.parametrize("box", [b"[595 842 0 0]", b"[595 0 0 842]"])
def test_a_box_may_begin_at_any_corner(box: bytes) -> None:
    whole = made([FIRST, SECOND])
    (found,) = read(whole.replace(b"[0 0 595 842]", box), Path("a.pdf"))
    assert found.text == read(whole, Path("a.pdf"))[0].text


def test_a_box_without_size_hides_nothing() -> None:
    (found,) = read(made([FIRST, SECOND]).replace(b"[0 0 595 842]", b"[0 0 000 000]"), Path("a.pdf"))
    assert found.text.endswith("as they are.") and found.title == "Tides of the River Dee"


def test_pages_that_hold_more_than_any_book_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 1_000)
    with pytest.raises(ReadError, match="too long"):
        read(made([FIRST] * 50), Path("a.pdf"))


def letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


@needs_juliacon
def test_titles_and_pages_of_the_papers_at_hand() -> None:
    wrong = []
    for path in sorted(JULIACON.glob("*.pdf")):
        (paper,) = read(path.read_bytes(), path)
        deposit = ElementTree.parse(path.with_name(path.name.removesuffix(".pdf") + ".crossref.xml"))
        article = next(part for part in deposit.iter() if part.tag.endswith("}journal_article"))
        title = next(part for part in article.iter() if part.tag.endswith("}title"))
        if letters("".join(title.itertext())).casefold() != letters(paper.title or "").casefold():
            wrong.append((path.name, paper.title))
        assert len(paper.page_starts) == len(pypdfium2.PdfDocument(path))
        assert paper.references is not None
    assert len(wrong) <= 2, wrong


@needs_juliacon
def test_little_text_of_the_papers_at_hand_is_lost() -> None:
    """Heads and page numbers are; nothing is doubled."""
    for path in sorted(JULIACON.glob("*.pdf"))[::4]:
        (paper,) = read(path.read_bytes(), path)
        document = pypdfium2.PdfDocument(path)
        raw = "".join(page.get_textpage().get_text_bounded() for page in document)
        kept, all_letters = Counter(letters(paper.text)), Counter(letters(raw))
        assert not kept - all_letters
        assert kept.total() > 0.97 * all_letters.total(), path.name
        assert not re.search(r"[\x00-\x09\x0b-\x1f\ufffe]", paper.text)
