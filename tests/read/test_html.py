"""Saved web pages: what their meta tags say, and their main text."""

from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.read import read
from assistant.types import Paper


def paper(text: str, name: str = "a.html") -> Paper:
    (only,) = read(text.encode(), Path(name))
    return only


ABSTRACT_PAGE = """<!DOCTYPE html><html><head><title>[2501.01234] Otters</title>
<meta name="citation_title" content="Otters at  Rest"/><meta name="citation_author" content="Brook, Anna"/>
<meta name="citation_author" content="Li, Bo"/><meta name="citation_date" content="2025/01/02"/>
<meta name="citation_journal_title" content="Zoology"/><meta name="citation_doi" content="10.1/o"/>
<meta name="citation_arxiv_id" content="2501.01234"/><link rel="canonical" href="https://arxiv.org/abs/2501.01234"/>
<meta name="citation_abstract" content="We watched otters for $10^2$ hours. They sleep."/></head>
<body><header><a href="/">arXiv</a></header><nav>Search Help</nav><div id="content">
<h1><span>Title:</span>Otters at Rest</h1><div><span>Authors:</span><a>Anna Brook</a>, <a>Bo Li</a></div>
<blockquote class="abstract"><span>Abstract:</span>We watched otters for $10^2$ hours. They sleep.</blockquote>
<table><tr><td>Subjects:</td><td>Zoology</td></tr></table></div><div class="left sidebar">Browse context</div>
<footer>Contact us</footer><script>var x = "<p>hello</p>";</script></body></html>"""


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "saved.txt"])
def test_an_abstract_page(name: str) -> None:
    page = paper(ABSTRACT_PAGE, name)
    assert (page.title, page.authors) == ("Otters at Rest", ("Brook, Anna", "Li, Bo"))
    assert page.abstract == "We watched otters for 10² hours. They sleep."
    assert page.text[page.abstract_end :] == "\n\nSubjects: | Zoology"
    assert (page.year, page.venue, page.doi, page.arxiv) == (2025, "Zoology", "10.1/o", "2501.01234")
    assert page.url == "https://arxiv.org/abs/2501.01234"
    assert (page.source.start, page.source.end) == (0, len(ABSTRACT_PAGE))


GENERIC = """<html><head><title>How Otters Sleep | The River</title><style>p {color: red}</style></head><body>
<div class="top-nav"><ul><li><a href="a">Home</a></li></ul></div><div role="banner">Buy this.</div>
<div class="wrap"><h1>How Otters Sleep</h1><p>By Anna Brook</p><h2>Where</h2>
<p>They sleep on <b>water</b>, in CO<sub>2</sub>-rich bays, and hold hands<sup>1</sup>.</p>
Loose words stand here.<br>They go on.<p hidden>Never seen.</p><p style="display: none">Nor this.</p>
<ul><li>They <a href="x">drift</a> in rafts.</li><li><a href="y">Read more about rafts</a></li></ul>
<table><caption>Hours</caption><tr><th>Animal</th><th>Hours</th></tr><tr><td>Otter</td><td>11</td></tr></table>
<pre>x = 1
y = 2</pre><!-- a remark --><p>Last <script>bad()</script>words.</p></div>
<div id="footer"><p>All rights reserved.</p></div></body></html>"""


def test_a_page_without_meta_tags() -> None:
    page = paper(GENERIC)
    assert (page.title, page.authors, page.abstract) == ("How Otters Sleep", ("Anna Brook",), None)
    assert page.text[page.body :] == (
        "Where\n\nThey sleep on water, in CO₂-rich bays, and hold hands¹.\n\nLoose words stand here. They go on.\n\n"
        "They drift in rafts.\n\nHours\n\nAnimal | Hours\nOtter | 11\n\nx = 1\ny = 2\n\nLast\n\nwords."
    )
    kinds = [(part.kind, page.text[part.start : part.end]) for part in page.parts]
    assert kinds == [
        ("heading", "Where"), ("caption", "Hours"), ("row", "Animal | Hours"), ("row", "Otter | 11"),
        ("listing", "x = 1\ny = 2"),
    ]  # fmt: skip


def test_the_title_of_a_page_without_a_heading_is_without_the_site() -> None:
    assert (
        paper("<title>Otters — A Study · Zoo News</title><p>They sleep at night.").title == "Otters — A Study"
    )
    assert paper("<title>Self-driving otters</title><p>They sleep at night.").title == "Self-driving otters"


def test_of_a_page_with_an_article_only_that_is_read() -> None:
    said = "Otters sleep on the water and hold hands, so that none drifts off at night. " * 4
    page = paper(
        f"<body><p>Subscribe to our letter.</p><article><h1>Otters</h1><p>{said}</p></article></body>"
    )
    assert page.text == f"Otters\n\n{said.strip()}"
    short = paper("<body><p>Otters sleep.</p><article><p>Teaser.</p></article></body>")
    assert short.text == "Otters sleep.\n\nTeaser."


LATEXML = """<!DOCTYPE html><html><body><article><h1>Deep Tides</h1>
<div class="ltx_authors"><span class="ltx_personname">Clara Berg</span><span class="ltx_personname">Li Wei</span></div>
<div class="ltx_abstract"><h6>Abstract</h6><p>We measure the tides of a river.</p><p>They are deep.</p></div>
<section><h2><span>1 </span>Introduction</h2><p>They move <math alttext="x^{2}"><mi>x</mi></math> metres,
<math><semantics><mi>y</mi><annotation encoding="application/x-tex">y_1</annotation></semantics></math> more.</p>
</section>
<section class="ltx_bibliography"><h2>References</h2><ul><li>Holm. Tides. 1999.</li></ul></section></article></html>"""


def test_a_paper_as_arxiv_shows_it() -> None:
    page = paper(LATEXML)
    assert (page.title, page.authors) == ("Deep Tides", ("Clara Berg", "Li Wei"))
    assert page.abstract == "We measure the tides of a river.\n\nThey are deep."
    assert page.text[page.abstract_end :] == "\n\n1 Introduction\n\nThey move x² metres, y₁ more."


def test_an_abstract_that_only_its_element_names() -> None:
    said = "We measure the tides of a river with a gauge, and then we measure them once more."
    page = paper(f'<h1>Tides</h1><div class="paper-abstract"><p>Abstract: {said}</p></div><p>More below.</p>')
    assert (page.abstract, page.text) == (said, f"Tides\n\n{said}\n\nMore below.")


@pytest.mark.parametrize("text", ["<html></html>", "<!-- nothing -->", "<html><script>x</script></html>"])
def test_a_page_without_text(text: str) -> None:
    with pytest.raises(ReadError):
        paper(text)


def test_a_text_about_html_is_a_text() -> None:
    text = "Tags\nEva Holm, Max Lind\n\nThe tag <html> opens a page, and <p> a paragraph."
    assert "<html> opens" in paper(text, "a.txt").text


def test_deep_nesting_and_broken_tags_are_read() -> None:
    assert "otters" in paper("<div>" * 150 + "<p>Of otters & men < more").text


@pytest.mark.parametrize(
    ("tag", "field", "said"),
    [
        ("dc.title", "title", "Said"),
        ("dcterms.title", "title", "Said"),
        ("citation_doi", "doi", "10.1/o"),
        ("prism.doi", "doi", "10.1/o"),
        ("dc.identifier", "doi", "10.1/o"),
        ("citation_year", "year", "2019"),
        ("citation_publication_date", "year", "2019"),
        ("dc.date", "year", "2019"),
        ("prism.publicationName", "venue", "Said"),
        ("citation_conference_title", "venue", "Said"),
        ("citation_public_url", "url", "http://a.b"),
        ("citation_abstract_html_url", "url", "http://a.b"),
        ("dcterms.abstract", "abstract", "Said"),
    ],
)
def test_meta_tags(tag: str, field: str, said: str) -> None:
    page = paper(f'<meta name="{tag}" content="{said}"><h1>Heading</h1><p>Of otters.</p>')
    assert str(getattr(page, field)) == said


def test_the_title_that_a_page_gives_other_sites() -> None:
    page = paper('<title>x</title><meta property="og:title" content="Otters"><p>They rest.</p>')
    assert page.title == "Otters"
    assert (
        paper('<meta property="og:title" content="Otters - Zoo"><h1>Otters</h1><p>They rest.</p>').title
        == "Otters"
    )


def test_authors_in_one_tag_and_below_the_title() -> None:
    page = paper('<meta name="citation_authors" content="Brook, Anna; Li, Bo"><h1>T</h1><p>Of otters.</p>')
    assert page.authors == ("Brook, Anna", "Li, Bo")
    assert paper("<h1>Otters</h1><p>Anna Brook, Bo Li</p><p>They rest.</p>").authors == (
        "Anna Brook",
        "Bo Li",
    )
    lone = paper("<h1>Otters</h1><p>North Sea</p><p>They rest.</p>")  # one name may be anything
    assert lone.authors == () and "North Sea" in lone.text


@pytest.mark.parametrize("name", ["main", "article", 'div role="main"'])
def test_the_main_element_is_the_page(name: str) -> None:
    said = ("Otters sleep on the water and hold hands. " * 5)[:200]
    kept = f"<p>Aside words.</p><{name}><p>{said}</p></{name.split()[0]}>"
    assert "Aside" not in paper(f"<body>{kept}</body>").text
    assert "Aside" in paper(f"<body>{kept.replace(said, said[:190])}</body>").text


def test_a_header_with_the_title_is_read_and_one_without_is_not() -> None:
    page = paper("<header><h1>Otters</h1></header><header>The Zoo</header><p>They rest.</p>")
    assert page.text == "Otters\n\nThey rest."


def test_an_abstract_in_a_section_that_is_called_so() -> None:
    said = "We measure the tides of a river with a gauge, and then we measure them once more."
    assert paper(f'<h1>Tides</h1><section id="abstract"><p>{said}</p></section><p>More.</p>').abstract == said


@pytest.mark.parametrize("name", ["su&b", 'tra"', "h2<", "x:y&", "mml:math", "o:p"])
def test_odd_names_of_elements(name: str) -> None:
    assert "Of otters." in paper(f"<h1>T</h1><p>Of otters.</p><{name}>odd</{name}><p>And more.</p>").text
