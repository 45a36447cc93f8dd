"""JATS, TEI, the ACL Anthology's XML, Atom; and XML that means harm."""

from pathlib import Path

import pytest

from assistant.errors import ReadError, UnknownKind
from assistant.read import read
from assistant.split import sentences
from assistant.types import Paper

DATA = Path(__file__).parents[3] / "shared" / "data" / "formats"


def papers(text: str, name: str = "a.xml") -> tuple[list[Paper], list[str]]:
    warnings: list[str] = []
    return read(text.encode(), Path(name), warnings.append), warnings


def kinds(paper: Paper) -> list[tuple[str, str]]:
    return [(part.kind, paper.text[part.start : part.end]) for part in paper.parts]


JATS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"><front>
<journal-meta><journal-title-group><journal-title>Invented Zoology</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmc">77</article-id><article-id pub-id-type="doi">10.1234/a</article-id>
<title-group><article-title>Otters<xref ref-type="fn" rid="f">*</xref> in CO<sub>2</sub>-rich bays</article-title>
<subtitle>A count</subtitle></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Brook</surname><given-names>Anna M.</given-names></name>
<xref>1</xref></contrib><contrib contrib-type="author"><collab>The Otter Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Editor</surname></name></contrib></contrib-group>
<pub-date pub-type="collection"><year>2021</year></pub-date><pub-date pub-type="epub"><year>2020</year></pub-date>
<abstract abstract-type="summary"><p>Not this one.</p></abstract>
<abstract><title>Abstract</title><sec><title>Aims</title><p>We count otters.</p></sec>
<p>They number 10<sup>3</sup>.</p></abstract>
</article-meta></front><body>
<sec><label>1</label><title>Methods</title><p>We walked<xref ref-type="bibr"><sup>1,2</sup></xref> for days
<fig><label>Fig. 1.</label><caption><title>The bay.</title><p>Dots are otters.</p></caption><graphic/></fig>and looked.
<disp-formula><mml:math><mml:mi>n</mml:mi><mml:mo>=</mml:mo><mml:mn>3</mml:mn></mml:math></disp-formula></p>
<sec><title>Days</title><list><list-item><p>Monday was wet.</p></list-item></list>
<table-wrap><label>Table 1</label><caption><p>Counts.</p></caption><table>
<thead><tr><th>Day</th><th>Otters</th></tr></thead>
<tbody><tr><td>Monday</td><td>12</td></tr></tbody></table></table-wrap></sec></sec></body>
<back><ack><title>Thanks</title><p>We thank the otters.</p></ack>
<ref-list><title>References</title><ref><mixed-citation>Holm. Tides.</mixed-citation></ref></ref-list>
</back></article>"""


def test_jats() -> None:
    (paper,), warnings = papers(JATS, "a.nxml")
    assert paper.title == "Otters* in CO₂-rich bays: A count"
    assert paper.authors == ("Brook, Anna M.", "The Otter Group")
    assert (paper.year, paper.venue, paper.doi) == (2020, "Invented Zoology", "10.1234/a")
    assert (paper.source.record, paper.source.end) == ("77", len(JATS))
    assert paper.abstract == "Aims\n\nWe count otters.\n\nThey number 10³."
    assert paper.text[paper.abstract_end :] == (
        "\n\n1 Methods\n\nWe walked¹,² for days and looked.\n\nFig. 1. The bay. Dots are otters.\n\nn=3\n\nDays\n\n"
        "Monday was wet.\n\nTable 1. Counts.\n\nDay | Otters\nMonday | 12\n\nThanks\n\nWe thank the otters."
    )
    assert kinds(paper) == [
        ("heading", "Aims"), ("heading", "1 Methods"), ("caption", "Fig. 1. The bay. Dots are otters."),
        ("formula", "n=3"), ("heading", "Days"), ("caption", "Table 1. Counts."), ("row", "Day | Otters"),
        ("row", "Monday | 12"), ("heading", "Thanks"),
    ]  # fmt: skip
    sections = {each.text: each.section for each in sentences(paper)}
    assert (
        sections["We walked¹,² for days and looked."] == "1 Methods" and sections["Monday was wet."] == "Days"
    )
    assert sections["We count otters."] == "Abstract"
    assert warnings == []


def test_several_articles() -> None:
    (first, second), _ = papers(f"<pmc-articleset>{JATS[JATS.index('<article ') :] * 2}</pmc-articleset>")
    assert first.text == second.text and first.source.start != second.source.start


TEI = """<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title level="a" type="main">Tides of a River</title></titleStmt><sourceDesc><biblStruct><analytic>
<author><persName><forename type="first">Clara</forename><forename type="middle">M</forename>
<surname>Berg</surname></persName></author>
<author><persName><forename>Wei</forename><surname>Li</surname></persName></author></analytic>
<monogr><title level="j">Seas</title><imprint><date type="published" when="2018-05-01"/></imprint></monogr>
<idno type="DOI">10.1/t</idno><idno type="arXiv">arXiv:2501.01234v1 [physics]</idno></biblStruct>
</sourceDesc></fileDesc>
<profileDesc><abstract><div><p><s>We measure tides.</s> <s>They are long.</s></p></div></abstract>
</profileDesc></teiHeader>
<text><body><div><head n="1">Introduction</head><p>Tides move <ref type="bibr">[3]</ref>.</p><formula>a = b</formula>
<figure type="table"><head>Table 1</head><figDesc>Heights.</figDesc>
<table><row><cell>Dee</cell><cell>3 m</cell></row></table></figure>
</div><note place="foot">By gauge.</note></body>
<back><div type="acknowledgement"><div><head>Thanks</head><p>To the Dee.</p></div></div>
<div type="references"><listBibl><biblStruct><title>Old Tides</title></biblStruct></listBibl></div></back>
</text></TEI>"""


def test_tei() -> None:
    (paper,), _ = papers(TEI, "a.tei.xml")
    assert (paper.title, paper.authors) == ("Tides of a River", ("Berg, Clara M", "Li, Wei"))
    assert (paper.year, paper.venue, paper.doi, paper.arxiv) == (2018, "Seas", "10.1/t", "2501.01234v1")
    assert paper.abstract == "We measure tides. They are long."
    assert paper.text[paper.abstract_end :] == (
        "\n\n1 Introduction\n\nTides move [3].\n\na = b\n\nTable 1 Heights.\n\nDee | 3 m\n\nBy gauge.\n\n"
        "Thanks\n\nTo the Dee."
    )
    assert [kind for kind, _ in kinds(paper)] == [
        "heading",
        "formula",
        "caption",
        "row",
        "footnote",
        "heading",
    ]


ACL = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2020.otter"><volume id="1"><meta><booktitle>Workshop on Otters</booktitle><year>2020</year></meta>
<frontmatter><bibkey>otter-2020-1</bibkey></frontmatter>
<paper id="1"><title>Why <fixed-case>O</fixed-case>tters <tex-math>x^2</tex-math></title>
<author><first>Anna</first><last>Brook</last></author><author><last>Li</last></author>
<abstract>They &amp; we rest.</abstract><url>2020.otter-1.1</url><doi>10.1/o</doi><bibkey>brook-2020</bibkey></paper>
<paper id="2"><author><last>Nobody</last></author></paper>
<paper id="3"><title>Alone</title><url>http://x.org/3</url></paper></volume></collection>"""


def test_acl_anthology() -> None:
    (first, alone), warnings = papers(ACL)
    assert (first.title, first.authors, first.abstract) == (
        "Why Otters x²",
        ("Anna Brook", "Li"),
        "They & we rest.",
    )
    assert (first.year, first.venue, first.doi) == (2020, "Workshop on Otters", "10.1/o")
    assert (first.url, first.source.record) == ("https://aclanthology.org/2020.otter-1.1", "brook-2020")
    assert ACL[first.source.start : first.source.end].startswith('<paper id="1">')
    assert ACL[alone.source.start : alone.source.end].endswith("http://x.org/3</url></paper>")
    assert (alone.url, alone.source.record) == ("http://x.org/3", "http://x.org/3")
    assert warnings == ["1 of 3 records have neither a title nor a text"]


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><title>Query</title>
<entry><id>http://arxiv.org/abs/2501.01234v2</id><title>Otters at
  Rest</title><summary>  They sleep
for $10^2$ hours. </summary><author><name>Anna Brook</name></author><published>2025-01-02T00:00:00Z</published>
<arxiv:doi>10.1/o</arxiv:doi><arxiv:journal_ref>Zoology 3</arxiv:journal_ref></entry></feed>"""


def test_atom() -> None:
    (paper,), _ = papers(ATOM, "a.atom")
    assert (paper.title, paper.abstract) == ("Otters at Rest", "They sleep for 10² hours.")
    assert (paper.arxiv, paper.doi, paper.venue, paper.year) == ("2501.01234", "10.1/o", "Zoology 3", 2025)
    assert ATOM[paper.source.start :].startswith("<entry>")


CROSSREF = """<doi_batch xmlns="http://www.crossref.org/schema/5.3.1"><head><timestamp>20200102</timestamp></head>
<body><journal><journal_metadata><full_title>Zoology</full_title><doi_data><doi>10.1/zoo</doi></doi_data></journal_metadata>
<journal_issue><publication_date><year>2019</year></publication_date></journal_issue>
<journal_article><titles><title>Otters at <i>Rest</i></title><subtitle>A count</subtitle></titles>
<contributors><person_name contributor_role="author"><given_name>Anna</given_name><surname>Brook</surname>
</person_name><organization>River Trust</organization><person_name><surname>Li</surname></person_name></contributors>
<jats:abstract xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"><jats:p>They sleep.</jats:p></jats:abstract>
<publication_date><month>1</month><year>2020</year></publication_date>
<doi_data><doi>10.1/o</doi><resource>https://zoo.org/o</resource></doi_data></journal_article></journal>
<conference><proceedings_metadata><proceedings_title>Otter Days</proceedings_title></proceedings_metadata>
<conference_paper><titles><title>Dives</title></titles><doi_data><doi>10.1/d</doi></doi_data></conference_paper></conference>
<posted_content type="preprint"><group_title>Rivers</group_title><titles><title>Eels</title></titles>
<posted_date><year>2021</year></posted_date><doi_data><doi>10.1/e</doi></doi_data></posted_content></body></doi_batch>"""


def test_what_is_deposited_with_crossref() -> None:
    (otters, dives, eels), warnings = papers(CROSSREF)
    assert (otters.title, otters.authors) == ("Otters at Rest: A count", ("Anna Brook", "Li"))
    assert (otters.abstract, otters.year, otters.venue) == ("They sleep.", 2020, "Zoology")
    assert (otters.doi, otters.url, otters.source.record) == ("10.1/o", "https://zoo.org/o", "10.1/o")
    assert (dives.title, dives.authors, dives.year, dives.venue, dives.doi) == (
        "Dives",
        (),
        None,
        "Otter Days",
        "10.1/d",
    )
    assert (eels.title, eels.year, eels.venue) == ("Eels", 2021, "Rivers") and not warnings
    for paper, name in ((otters, "journal_article"), (dives, "conference_paper"), (eels, "posted_content")):
        stretch = CROSSREF[paper.source.start : paper.source.end]
        assert stretch.startswith(f"<{name}") and stretch.endswith(f"</{name}>")


def test_a_place_is_given_also_where_names_have_a_prefix() -> None:
    work = "<c:journal_article><c:titles><c:title>On</c:title></c:titles></c:journal_article>"
    text = f'<c:doi_batch xmlns:c="x">{work}</c:doi_batch>'
    ((found,), _) = papers(text)
    assert (found.title, found.source.start, found.source.end) == ("On", 0, 1)


@pytest.mark.parametrize("text", ["<svg/>", "<article><para>DocBook</para></article>", "<collection/>"])
def test_other_xml_is_of_an_unknown_kind(text: str) -> None:
    with pytest.raises(UnknownKind, match="XML of a kind that is not read"):
        papers(text)


@pytest.mark.parametrize("text", ["<article>", "no xml", JATS[:1500], "<a>" * 300 + "</a>" * 300])
def test_broken_xml(text: str) -> None:
    with pytest.raises(ReadError, match="not well-formed XML"):
        papers(text)


BOMB = '<!ENTITY e0 "otter">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY e9 SYSTEM "file:///etc/passwd">',
        '<!ENTITY e9 SYSTEM "http://localhost:9/x">',
        '<!ENTITY e9 "x">',
    ],
)
def test_no_entity_is_expanded_or_fetched(entities: str) -> None:
    text = JATS.replace('"JATS.dtd">', f'"JATS.dtd" [{entities}]>').replace(
        "We count otters.", "We count &e9; otters."
    )
    (paper,), _ = papers(text)
    assert "We count &e9; otters." in paper.text and len(paper.text) < 1000


def test_a_bomb_of_entities_is_refused() -> None:
    bomb = JATS.replace('"JATS.dtd">', f'"JATS.dtd" [{BOMB}]>').replace(
        "We count otters.", "We count &e9; otters."
    )
    with pytest.raises(ReadError, match="not well-formed XML"):
        papers(bomb)


def test_characters_that_a_dtd_names_are_those_that_html_names() -> None:
    (paper,), _ = papers(JATS.replace("We count otters.", "We count &alpha;-otters &mdash; all."))
    assert "We count α-otters — all." in paper.text


@pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not here (data beside the checkout)")
def test_files_in_real_use() -> None:
    for path in (DATA / "jats").glob("*.nxml"):
        (paper,) = read(path.read_bytes(), path)
        assert paper.title and paper.authors and paper.year and paper.doi and paper.venue
        assert len(paper.abstract or "") > 500 and len(paper.text) > 30_000
        assert "<" not in paper.title and paper.references is None
        assert {part.kind for part in paper.parts} >= {"heading", "caption", "row"}
        assert not any(each.text.startswith((",", ")", ";")) for each in sentences(paper))
    for path in (DATA / "acl_xml").glob("*.xml"):
        found = read(path.read_bytes(), path)
        assert len(found) == path.read_text(encoding="utf-8").count("<paper ")
        assert all(paper.title and paper.year and paper.venue for paper in found)
        assert sum(bool(paper.authors and paper.abstract) for paper in found) > len(found) / 4


def body_of(inside: str, meta: str = "") -> Paper:
    """The paper that has this body, and nothing else."""
    text = f"<article><front><article-meta>{meta}</article-meta></front><body>{inside}</body></article>"
    return papers(text)[0][0]


@pytest.mark.parametrize(
    ("inside", "text", "found"),
    [
        ("<disp-quote><p>Said.</p></disp-quote>", "Said.", []),
        ("<p>A<fn><label>1</label><p>B.</p></fn> c.</p>", "A c.\n\nB.", ["footnote"]),
        ("<p>One.<p>Two.</p></p>", "One.\n\nTwo.", []),
        ("<p>We<list><list-item><p>go</p></list-item></list></p>", "We\n\ngo", []),
        ("<preformat>a\nb</preformat>", "a\nb", ["listing"]),
        ("<code>a</code>", "a", ["listing"]),
        ("<def-list><def-item><term>Otter</term><def><p>An animal.</p></def></def-item></def-list>",
         "OtterAn animal.", []),
        ("<fig><label>Figure 1</label></fig>", "Figure 1", ["caption"]),
        ("<fig><caption><p>Alone.</p></caption></fig>", "Alone.", ["caption"]),
        ("<boxed-text><title>Box</title><p>In it.</p></boxed-text>", "Box\n\nIn it.", ["heading"]),
        ("<p>x<inline-formula><alternatives><tex-math>\\alpha</tex-math><math><mi>a</mi></math></alternatives></inline-formula></p>",
         "xa", []),
    ],
)  # fmt: skip
def test_what_stands_in_a_body(inside: str, text: str, found: list[str]) -> None:
    paper = body_of(inside)
    assert (paper.text, [kind for kind, _ in kinds(paper)]) == (text, found)


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ("collection=2019 pub=2018", 2018),
        ("epreprint=2017 collection=2019", 2019),
        ("ppub=2016 epub=2015", 2015),
        ("pub=2014 ppub=2016", 2016),
        ("received=2010 epreprint=2017", 2017),
        ("received=2010", 2010),
    ],
)
def test_the_year_is_the_first_of_its_publication(dates: str, year: int) -> None:
    pairs = [date.split("=") for date in dates.split()]
    meta = "".join(f'<pub-date date-type="{kind}"><year>{when}</year></pub-date>' for kind, when in pairs)
    assert body_of("<p>A b.</p>", meta).year == year


def test_an_abstract_that_is_called_a_summary() -> None:
    meta = "<abstract><title>Summary:</title><p>Short.</p></abstract>"
    assert body_of("<p>Long.</p>", meta).text == "Short.\n\nLong."


def test_a_tei_corpus_and_paragraphs_that_something_interrupts() -> None:
    inside = TEI[TEI.index("<TEI ") :]
    first, second = papers(f"<teiCorpus>{inside}{inside.replace('Tides of', 'Ebbs of')}</teiCorpus>")[0]
    assert (first.title, second.title) == ("Tides of a River", "Ebbs of a River")
    assert (first.source.start, second.source.start) == (0, 1)
    interrupted = "<p>We <formula>a = b</formula> and<list><item>go</item></list> on.</p>"
    assert (
        papers(f"<TEI><text><body><div>{interrupted}</div></body></text></TEI>")[0][0].text
        == "We and on.\n\na = b\n\ngo"
    )


def test_xhtml_under_the_name_of_xml() -> None:
    assert papers("<html><body><p>Of otters.</p></body></html>")[0][0].text == "Of otters."


def test_records_without_words() -> None:
    with pytest.raises(ReadError, match=r"^no title and no text in it"):
        papers("<feed><entry><id>x</id></entry></feed>")
    (paper,), _ = papers(ATOM.replace("published", "updated"))
    assert (paper.authors, paper.year) == (("Anna Brook",), 2025)
