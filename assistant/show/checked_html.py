"""CheckReport → one HTML document: what is wrong, with both sentences side by side; below, folded, the rest."""

from assistant.show import checked
from assistant.show.html import page, safe
from assistant.types import CheckedClaim, CheckedSentence, CheckReport, Quote

_FOLDED = {
    "not-shown": "Not shown by what the library holds",
    "supported": "Supported",
    "no-citation-needed": "Cited without a claim",
}


def check_html(report: CheckReport) -> str:
    wrong = [each for each in report.sentences if each.verdict == "wrong" and not each.is_accepted]
    main = [f'<p class="soft">{safe(checked.outcome(report))}</p>', *map(_sentence, wrong)]
    if report.suggestions:
        main += ["<h2>Could cite</h2>", *map(_sentence, report.suggestions)]
    main += _folded("Accepted", [_sentence(each) for each in report.sentences if each.is_accepted])
    for verdict, title in _FOLDED.items():
        main += _folded(title, [_sentence(each) for each in report.sentences if each.verdict == verdict])
    absent = [f"<p>{safe(checked.absent(work))}</p>" for work in report.absent]
    main += _folded("Not found in the library", absent)
    main += _folded("Warnings", [f"<p>{safe(warning)}</p>" for warning in report.warnings])
    return page(f"Citations of {report.file}", main, checked.footer(report))


def _folded(title: str, found: list[str]) -> list[str]:
    if not found:
        return []
    return [f"<details><summary>{safe(title)} ({len(found)})</summary>", *found, "</details>"]


def _sentence(sentence: CheckedSentence) -> str:
    place = f'<p class="soft"><code>{safe(checked.place(sentence))}</code></p>'
    claims = [_claim(claim, len(sentence.claims) > 1) for claim in sentence.claims]
    return "\n".join([place, f'<p dir="auto">{safe(sentence.text)}</p>', *claims])


def _claim(claim: CheckedClaim, is_part: bool) -> str:
    kind = "warning" if claim.verdict == "wrong" else "soft"
    part = f' <span class="soft" dir="auto">{safe(claim.text)}</span>' if is_part else ""
    said = [_quote(claim.quote, claim.page, "says"), _quote(claim.better, claim.better_page, "supports it")]
    return "\n".join([f'<p><span class="{kind}">{safe(checked.verdict(claim))}</span>{part}</p>', *said])


def _quote(quote: Quote | None, page: int | None, verb: str) -> str:
    if quote is None:
        return ""
    where = "" if page is None else f', <span class="soft">p. {page}</span>'
    return (
        f'<p class="soft">{safe(quote.paper)} {verb}:</p>\n'
        f'<blockquote dir="auto">{safe(quote.text)}{where}</blockquote>'
    )
