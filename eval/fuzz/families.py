"""Families of growing text, and files of each format that hold one: where a pattern looks at the same characters again
and again, twice the text costs four times as much."""

import json
from collections.abc import Callable

Family = Callable[[int], str]
"""About so many characters → the text."""


def _repeated(unit: str, before: str = "", behind: str = "") -> Family:
    return lambda size: before + unit * (size // len(unit)) + behind


def _nested(opening: str, closing: str, inside: str = "x") -> Family:
    def text(size: int) -> str:
        depth = size // len(opening + closing)
        return opening * depth + inside + closing * depth

    return text


FAMILIES: dict[str, Family] = {
    "one word": _repeated("a"),
    "one capital word": _repeated("A"),
    "dots": _repeated("."),
    "stops and spaces": _repeated(". "),
    "stop, then spaces": _repeated(" ", "An end.", "x"),
    "spaces in lines": _repeated("   \n", "A ", " b."),
    "tabs": _repeated("\t", "A", "b"),
    "lines of one letter": _repeated("a\n"),
    "blank lines": _repeated("\n", "A", "b"),
    "capitalised words": _repeated("Abcde "),
    "capitals with digits": _repeated("A1-"),
    "compound": _repeated("a-"),
    "hyphens": _repeated("-"),
    "hyphen, then spaces": _repeated(" ", "word-", "next"),
    "broken words": _repeated("some-\nthing "),
    "dotted name": _repeated("A."),
    "names": _repeated("Abe Bell, "),
    "surnames": _repeated("Abcdefghijklmnop, "),
    "et al.": _repeated("Abell et al. "),
    "years": _repeated("2001, "),
    "years in brackets": _repeated("2001 ", "(Abell, ", ")"),
    "open brackets": _repeated("("),
    "open square brackets": _repeated("["),
    "square brackets": _nested("[", "]"),
    "ranges": _repeated("1-999, ", "As shown [", "]."),
    "citations": _repeated("[1]"),
    "digits": _repeated("1"),
    "thousands": _repeated("1,000,"),
    "open braces": _repeated("{"),
    "braces": _nested("{", "}"),
    "open \\textbf": _repeated("\\textbf{"),
    "nested \\textbf": _nested("\\textbf{", "}"),
    "{\\bf and spaces": _repeated(" ", "{\\bf", "x"),
    "open {\\bf": _repeated("{\\bf "),
    "open \\footnote": _repeated("\\footnote{a} \\footnote{"),
    "backslashes": _repeated("\\"),
    "accents": _repeated("\\'{e}"),
    "letters with accents": _repeated("{\\~{\\^e}}"),
    "dollars": _repeated("$"),
    "open maths": _repeated("$a "),
    "fractions": _nested("$\\frac{", "}{b}$"),
    "raised": _nested("$x^{", "}$"),
    "open quotes": _repeated("``a "),
    "\\iffalse": _repeated("\\iffalse "),
    "per cent signs": _repeated("%"),
    "\\begin": _repeated("\\begin{figure}"),
    "\\begin{tabular}": _repeated("\\begin{tabular}{ll} a & b \\\\ "),
    "\\item": _repeated("\\item "),
    "\\cite": _repeated("\\cite{a} "),
    "open \\cite": _repeated("\\cite[a"),
    "@keys": _repeated("@a"),
    "keys in brackets": _repeated("@a; ", "It holds [", "]."),
    "backticks": _repeated("` "),
    "asterisks": _repeated("*a "),
    "underscores": _repeated("_"),
    "headings": _repeated("# A\n"),
    "sections": _repeated("A Heading\n\nIt is said that otters sort pebbles by their weight. "),
    "list": _repeated("- a\n"),
    "table": _repeated("| a "),
    "links": _repeated("[a]("),
    "comments": _repeated("<!--a-->"),
    "open comments": _repeated("<!-- "),
    "open tags": _repeated("<p"),
    "elements": _nested("<b>", "</b>"),
    "entities": _repeated("&amp;"),
    "quotation marks": _repeated('"a '),
    "commas": _repeated(","),
    "semicolons": _repeated("a; "),
    "and": _repeated("a and "),
    "colons": _repeated("a: "),
    "addresses": _repeated("http://a."),
    "footnotes": _repeated("A word.[^1] "),
    "soft hyphens": _repeated("\u00ad"),
    "combining marks": _repeated("\u0301", "a"),
    "we propose": _repeated("we propose a "),
    "called": _repeated("called the "),
    "our new": _repeated("our new "),
    "Abstract": _repeated("Abstract: It is so. "),
    "references": _repeated("References\n"),
    "CJK stops": _repeated("\u3002"),
}


def _tex(text: str) -> str:
    return (
        f"\\documentclass{{a}}\n\\title{{{text}}}\n\\begin{{document}}\n\\begin{{abstract}}{text}\\end{{abstract}}\n"
        f"\\section{{One}} {text} \\cite{{a}}.\n\\begin{{table}}\\caption{{{text}}}\\end{{table}}\n\\end{{document}}\n"
    )


def _bib(text: str) -> str:
    entry = f"@article{{a, title = {{{text}}}, author = {{{text}}}, abstract = {{{text}}}}}"
    return f"{entry}\n@book{{b, title = {{Otters}}}}\n"


def _json(text: str) -> str:
    return json.dumps({"title": text, "authors": text, "abstract": text, "year": text[:50]})


def _csv(text: str) -> str:
    quoted = text.replace('"', '""')
    return f'title,authors,abstract\n"{quoted}","{quoted}","{quoted}"\n'


def _xml(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<article><front><article-meta><title-group><article-title>{safe}</article-title></title-group><abstract><p>{safe}"
        f"</p></abstract></article-meta></front><body><sec><title>One</title><p>{safe}</p></sec></body></article>"
    )


def _html(text: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>A</title></head><body><h1>Otters</h1><p>{text}</p></body></html>"
    )


def _ris(text: str) -> str:
    return f"TY  - JOUR\nTI  - {text}\nAU  - {text}\nAB  - {text}\nER  - \n"


def _matter(text: str) -> str:
    return f"---\ntitle: {text[:20000]}\n---\n{text}\n"


READERS: dict[str, Callable[[str], str]] = {
    "a.txt": lambda text: text,
    "titled.txt": lambda text: (
        f"{text}\n\nAbe Bell, Carl Dorn\n\nIt is said that otters sort pebbles. {text}"
    ),
    "matter.md": _matter,
    "a.tex": _tex,
    "a.bib": _bib,
    "a.jsonl": _json,
    "a.csv": _csv,
    "a.xml": _xml,
    "a.html": _html,
    "a.ris": _ris,
}
"""Name of a file → what it holds, of a family's text."""
DRAFTS: dict[str, Callable[[str], str]] = {
    "draft.txt": lambda text: f"{text}\n\nReferences\n\n[1] {text}\n",
    "draft.md": lambda text: f"{text}\n\n# References\n\n[1] {text}\n",
    "draft.tex": lambda text: (
        f"\\newcommand{{\\own}}{{{text}}}\n\\begin{{document}}\n{text}\n\nIt holds \\cite{{a}}.\\footnote{{{text}}}\n"
        f"\\begin{{thebibliography}}\\bibitem{{a}} {text}\\end{{thebibliography}}\\end{{document}}\n"
    ),
}
