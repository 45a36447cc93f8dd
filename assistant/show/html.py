"""Answer → one HTML document that needs nothing else: style inside, no script, everything escaped.

The document forbids itself to load or run anything, should an escape ever be missing.
"""

from collections.abc import Sequence
from html import escape as _escape
from string import Template
from urllib.parse import quote

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.types import Answer, Citation, Claim, Paper, Reference

_PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<style>
:root { color-scheme: light dark; --ink: #1f2328; --soft: #5b6470; --line: #d8dde3; --page: #fff;
  --accent: #0b5cad; --warn: #9a3412; --warn-page: #fff1e6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --soft: #9aa4b0; --line: #343a42;
  --page: #16191d; --accent: #7cb7f5; --warn: #fdba74; --warn-page: #3a2415; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 3rem 1.25rem 4rem; max-width: 44rem; overflow-wrap: anywhere;
  background: var(--page); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { margin: 0 0 1.5rem; font-size: 1.6rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 2.5rem 0 1rem; padding-top: 1.25rem; border-top: 1px solid var(--line); font-size: 1.05rem; }
p { margin: 0 0 1rem; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
.marker { font-size: .8em; font-weight: 600; }
.markers { white-space: nowrap; }
.soft { color: var(--soft); font-size: .9rem; }
.warning { padding: 0 .4em; border-radius: .3em; background: var(--warn-page); color: var(--warn);
  font-size: .8em; font-weight: 600; }
.sources { margin: 0; padding: 0; list-style: none; }
.sources li { position: relative; margin-bottom: 1.75rem; padding-left: 2.5rem; }
.sources li > .marker { position: absolute; left: 0; top: .2em; color: var(--accent); }
.sources li:target { outline: 2px solid var(--accent); outline-offset: .5rem; border-radius: .2rem; }
.sources p { margin: 0 0 .15rem; }
.near li { padding-left: 0; }
.title { font-weight: 600; }
blockquote { margin: .6rem 0 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--line); }
details { margin: 1.5rem 0; border-top: 1px solid var(--line); padding-top: 1rem; }
summary { margin-bottom: 1rem; cursor: pointer; font-weight: 600; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .92em; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media print { body { padding: 0; } .sources li { break-inside: avoid; } }
</style>
</head>
<body>
<h1 dir="auto">$title</h1>
<main>
$main
</main>
<footer class="soft">$footer</footer>
</body>
</html>""")


def answer(answer: Answer) -> str:
    """Answer → the document: the claims, whose markers lead to the sources, then the sources' quotes."""
    main = _answered(answer) if answer.claims else _abstained(answer)
    return page(answer.question or "Answer", main, parts.footer(answer))


def page(title: str, main: Sequence[str], footer: str) -> str:
    """The document with this title and footer. ``main``: elements of HTML, escaped by whoever made them."""
    return _PAGE.substitute(title=safe(title), main="\n".join(main), footer=safe(footer))


def _answered(answer: Answer) -> list[str]:
    told = []
    for part, claims in parts.grouped(answer):
        said = [_claim(claim, "li" if answer.is_list else "p") for claim in claims]
        told += [f'<h2 dir="auto">{safe(part)}</h2>'] if part else []
        told += ["<ul>", *said, "</ul>"] if answer.is_list else said
    return [
        *told,
        *(f'<p class="soft">{safe(note)}</p>' for note in parts.notes(answer)),
        "<h2>Sources</h2>",
        '<ol class="sources">',
        *(_source(each, answer) for each in answer.references),
        "</ol>",
    ]


def _abstained(answer: Answer) -> list[str]:
    near = [f"<li>{paper_block(paper)}</li>" for paper in answer.nearest]
    if answer.asks:
        return [f"<p>{safe(answer.asks)}</p>"]
    return [
        "<p>The papers do not say.</p>",
        f'<p class="soft">Looked for: {safe(parts.looked_for(answer))}</p>',
        *(f'<p class="soft">{safe(note)}</p>' for note in answer.notes),
        *(["<h2>Nearest papers</h2>", '<ul class="sources near">', *near, "</ul>"] if near else []),
    ]


def _claim(claim: Claim, element: str) -> str:
    words, numbers, stop = parts.sentence(claim)
    links = "".join(f'<a class="marker" href="#source-{number}">[{number}]</a>' for number in numbers)
    warning = parts.warning(claim)
    badge = f'<span class="warning">{safe(warning)}</span> ' if warning else ""
    badge += f'<span class="soft">[{safe(claim.about)}]</span> ' if claim.about else ""
    reason = f' <span class="soft">({safe(claim.reason)})</span>' if warning and claim.reason else ""
    markers = f'&nbsp;<span class="markers">{links}{safe(stop)}</span>' if links else ""
    return f'<{element} dir="auto">{badge}{safe(words)}{markers}{reason}</{element}>'


def _source(reference: Reference, answer: Answer) -> str:
    marker = f'<span class="marker">[{reference.marker}]</span>'
    quotes = map(_quote, parts.quotes(answer, reference.marker))
    recorded = map(on_record, parts.recorded(answer, reference.marker))
    body = "\n".join([paper_block(reference.paper), *quotes, *recorded])
    return f'<li id="source-{reference.marker}">{marker}{body}</li>'


def paper_block(paper: Paper) -> str:
    """Title, by whom and where published, key and file."""
    title, address = safe(parts.title(paper)), _address(paper)
    linked = f'<a href="{safe(address)}" rel="noreferrer">{title}</a>' if address else title
    by = " · ".join(filter(None, (parts.authors(paper.authors), parts.imprint(paper))))
    return (
        f'<p class="title" dir="auto">{linked}</p>\n'
        + (f'<p class="soft" dir="auto">{safe(by)}</p>\n' if by else "")
        + f'<p class="soft"><code>{safe(paper.key)}</code> · {safe(paper.source.file)}</p>'
    )


def _quote(citation: Citation) -> str:
    where = parts.place(citation)
    place = f' <span class="soft">({safe(where)})</span>' if where else ""
    before = f'<span class="soft">{safe(citation.before.text)}</span> ' if citation.before else ""
    return f'<blockquote dir="auto">{before}{safe(citation.quote.text)}{place}</blockquote>'


def on_record(fact: str) -> str:
    """What a record says, as ``parts.on_record`` has it."""
    return f'<blockquote class="soft" dir="auto">{safe(fact)}</blockquote>'


def _address(paper: Paper) -> str | None:
    """Where the paper is on the web; never an address of another scheme, which might run a script."""
    if paper.doi:
        return f"https://doi.org/{quote(one_line(paper.doi))}"
    if paper.arxiv:
        return f"https://arxiv.org/abs/{quote(one_line(paper.arxiv).removeprefix('arXiv:'))}"
    return paper.url if paper.url and paper.url.lower().startswith(("https://", "http://")) else None


def safe(text: str) -> str:
    """Any text, on one line, as text of a document."""
    return _escape(one_line(text))
