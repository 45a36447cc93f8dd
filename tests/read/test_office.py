"""Word, OpenDocument and EPUB files, made here by hand."""

import io
import zipfile
from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.read import read
from assistant.types import Paper


def packed(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def paper(files: dict[str, str | bytes], name: str) -> Paper:
    (only,) = read(packed(files), Path(name))
    return only


def kinds(found: Paper) -> list[tuple[str, str]]:
    return [(part.kind, found.text[part.start : part.end]) for part in found.parts]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def p(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"


def word(*paragraphs: str) -> dict[str, str | bytes]:
    styles = '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    styles += '<w:style w:styleId="Verz"><w:name w:val="toc 1"/></w:style>'
    return {
        "word/document.xml": f"<w:document {W}><w:body>{''.join(paragraphs)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2">{p("By boat.")}</w:footnote></w:footnotes>',
        "docProps/core.xml": '<c:p xmlns:c="c" xmlns:dc="d"><dc:title>Microsoft Word - old.doc</dc:title></c:p>',
    }


BODY = (
    "<w:p><w:r><w:t>We count CO</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr><w:t>2</w:t></w:r>"
    "<w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space='preserve'> and</w:t></w:r></w:ins>"
    "<w:r><w:tab/><w:t>otters.</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
)
TABLE = (
    f"<w:tbl><w:tr><w:tc>{p('Day')}</w:tc><w:tc>{p('Otters')}{p('seen')}</w:tc></w:tr>"
    f"<w:tr><w:tc>{p('Monday')}</w:tc><w:tc>{p('12')}</w:tc></w:tr></w:tbl>"
)


def test_word() -> None:
    found = paper(
        word(
            p("Otters at Rest", "Title"), p("Anna Brook, Li Wei", "Author"), p("They rest.", "Abstract"),
            p("Methods ... 3", "Verz"), p("Methods", "berschrift1"), BODY, p("Counts.", "Caption"), TABLE,
            f"<w:sdt><w:sdtContent>{p('They sleep.')}</w:sdtContent></w:sdt>",
        ),
        "a.docx",
    )  # fmt: skip
    assert (found.title, found.authors, found.abstract) == (
        "Otters at Rest",
        ("Anna Brook", "Li Wei"),
        "They rest.",
    )
    assert found.text[found.abstract_end :] == (
        "\n\nMethods\n\nWe count CO₂ and otters.\n\nBy boat.\n\nCounts.\n\nDay | Otters seen\nMonday | 12"
        "\n\nThey sleep."
    )
    assert kinds(found) == [
        ("heading", "Methods"), ("footnote", "By boat."), ("caption", "Counts."), ("row", "Day | Otters seen"),
        ("row", "Monday | 12"),
    ]  # fmt: skip


def test_a_document_without_styles() -> None:
    found = paper(
        word(p("Tides of a River"), p("Clara Berg"), p("They are long. We measure them.")), "a.docx"
    )
    assert (found.title, found.authors) == ("Tides of a River", ("Clara Berg",))
    assert found.text[found.body :] == "They are long. We measure them."
    prose = paper(word(p("They are long. We measure them."), p("And again.")), "a.docx")
    assert prose.title is None
    titled = word(p("JOURNAL OF TIDES"), p("Tides of a River"), p("They are long."))
    titled["docProps/core.xml"] = "<p><title>Tides of a River</title></p>"
    assert paper(titled, "a.docx").title == "Tides of a River"


def test_the_abstract_under_its_heading() -> None:
    found = paper(
        word(
            p("T", "Title"), p("Abstract", "berschrift1"), p("Short."), p("Aims", "berschrift1"), p("Long.")
        ),
        "a.docx",
    )
    assert (found.abstract, found.text) == ("Short.", "T\n\nShort.\n\nAims\n\nLong.")


ODT = """<o:document-content xmlns:o="o" xmlns:t="t" xmlns:s="s" xmlns:b="b"><o:automatic-styles>
<s:style s:name="P1" s:parent-style-name="Title"/></o:automatic-styles><o:body><o:text>
<t:table-of-content><t:p>Methods 3</t:p></t:table-of-content>
<t:p t:style-name="P1">Otters at <t:span>Rest</t:span></t:p><t:p>Anna Brook, Li Wei</t:p><t:h>Methods</t:h>
<t:p>We<t:s/>count<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>By boat.</t:p></t:note-body></t:note>
otters.</t:p><t:list><t:list-item><t:p>One.</t:p></t:list-item></t:list>
<b:table><b:table-row><b:table-cell><t:p>Day</t:p></b:table-cell><b:table-cell><t:p>12</t:p></b:table-cell></b:table-row>
</b:table></o:text></o:body></o:document-content>"""


def test_open_document() -> None:
    found = paper({"content.xml": ODT}, "a.odt")
    assert (found.title, found.authors) == ("Otters at Rest", ("Anna Brook", "Li Wei"))
    assert found.text[found.body :] == "Methods\n\nWe count otters.\n\nBy boat.\n\nOne.\n\nDay | 12"
    assert [kind for kind, _ in kinds(found)] == ["heading", "footnote", "row"]


EPUB: dict[str, str | bytes] = {
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="in/a.opf"/></rootfiles></container>',
    "in/a.opf": """<package xmlns:dc="d"><metadata><dc:title>Otters</dc:title><dc:creator>Anna Brook</dc:creator>
<dc:creator>Li Wei</dc:creator><dc:date>2019-05</dc:date><dc:publisher>River Press</dc:publisher></metadata><manifest>
<item id="n" href="nav.xhtml" properties="nav"/><item id="b" href="two.xhtml"/><item id="a" href="o%20ne.xhtml"/>
<item id="c" href="gone.xhtml"/></manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/>
<itemref idref="c"/></spine></package>""",
    "in/nav.xhtml": "<html><body><p>Contents of it all.</p></body></html>",
    "in/o ne.xhtml": "<?xml version='1.0' encoding='utf-8'?><html><body><h1>Otters</h1>"
    "<h2>Rest</h2><p>They süß.</p></body></html>",
    "in/two.xhtml": "<html><body><h2>Food</h2><p>They eat.</p></body></html>",
}


def test_epub() -> None:
    warnings: list[str] = []
    (found,) = read(packed(EPUB), Path("a.epub"), warnings.append)
    assert (found.title, found.authors, found.year) == ("Otters", ("Anna Brook", "Li Wei"), 2019)
    assert (
        found.text[found.body :] == "Rest\n\nThey süß.\n\nFood\n\nThey eat." and found.venue == "River Press"
    )
    assert kinds(found) == [("heading", "Rest"), ("heading", "Food")]
    assert warnings == ["in/gone.xhtml is missing in it"]


def damaged(data: bytes, name: str) -> bytes:
    """The archive, with a byte of a member turned, so that it does not unpack."""
    place = data.index(name.encode()) + len(name) + 5
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def test_damaged_parts_cost_themselves() -> None:
    text = word(p("Otters at Rest", "Title"), p("They rest.<w:footnoteReference w:id='2'/>"))
    text["content.xml"], text["meta.xml"] = ODT, "<m><title>Other</title></m>"
    sides = {
        "a.docx": ("word/footnotes.xml", "word/styles.xml", "docProps/core.xml"),
        "a.odt": ("meta.xml",),
        "a.epub": ("in/o ne.xhtml",),
    }
    for name, parts in sides.items():
        whole = EPUB if name.endswith("epub") else text
        for part in parts:
            broken = [damaged(packed(whole), part)]
            if part.endswith(".xml"):
                broken.append(packed({**whole, part: str(whole[part])[:-3]}))
            for data in broken:
                warnings: list[str] = []
                (found,) = read(data, Path(name), warnings.append)
                assert (
                    found.title
                    and found.title.startswith("Otters")
                    and found.text.endswith(("They rest.", "By boat.", "| 12", "They eat."))
                )
                assert warnings[0].startswith(f"without {part}: ")
    nothing = {name: b"" if "xhtml" in name else text for name, text in EPUB.items()}
    with pytest.raises(ReadError, match=r"gone\.xhtml is missing"):
        read(packed(nothing), Path("a.epub"))


PARTS = ("word/document.xml", "content.xml", "META-INF/container.xml")


def test_a_chapter_that_a_book_lists_again_and_again_is_read_once() -> None:
    spine = '<itemref idref="a"/>'
    again = {**EPUB, "in/a.opf": str(EPUB["in/a.opf"]).replace(spine, spine * 1000)}
    assert paper(again, "a.epub").text == paper(EPUB, "a.epub").text


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"garbage", "not a whole ZIP file"),
        (packed({"other.xml": "<a/>"}), "whatever its name says"),
        (packed(dict.fromkeys(PARTS, "<d><body/></d>")), "no text|whatever its name says"),
        (packed(dict.fromkeys(PARTS, "<d>")), "not well-formed"),
        (packed(dict.fromkeys(PARTS, bytes(50_000_001))), "too large"),
    ],
)
def test_what_cannot_be_read(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data, Path(name))
