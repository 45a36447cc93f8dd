"""Answer → Markdown: the claims with [1] markers, then the sources with their quotes as block quotes.

A source opens with its marker, not with a list number: renderers number lists anew, and a wrong number
would be a wrong citation.
"""

import re

from assistant.show import parts
from assistant.show.plain import one_line
from assistant.types import Answer, Citation, Claim, Reference

_INLINE = re.compile(r"[\\`*\[\]<~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_OPENING = re.compile(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#>+=:|-]))")


def answer(answer: Answer) -> str:
    """Answer → one Markdown document."""
    blocks = [f"# {escape(answer.question or 'Answer')}"]
    if answer.claims:
        for part, claims in parts.grouped(answer):
            told = ["- " * answer.is_list + _claim(claim) for claim in claims]
            blocks += [f"## {escape(part)}"] if part else []
            blocks += ["\n".join(told)] if answer.is_list else told
        blocks += map(escape, parts.notes(answer))
        blocks.append("## Sources")
        blocks += [_source(each, answer) for each in answer.references]
    elif answer.asks:
        blocks.append(escape(answer.asks))
    else:
        blocks += ["The papers do not say.", f"Looked for: {escape(parts.looked_for(answer))}"]
        blocks += map(escape, answer.notes)
        if answer.nearest:
            near = (f"- **{escape(paper.key)}** {escape(parts.title(paper))}" for paper in answer.nearest)
            blocks += ["## Nearest papers", "\n".join(near)]
    return "\n\n".join([*blocks, "---", escape(parts.footer(answer))])


def escape(text: str) -> str:
    """Untrusted text → Markdown that renders as just these words, wherever in a line it stands."""
    escaped = _INLINE.sub(r"\\\g<0>", one_line(text))
    return _OPENING.sub(lambda found: f"{found[1] or ''}\\", escaped)


def _claim(claim: Claim) -> str:
    words, numbers, stop = parts.sentence(claim)
    markers = "".join(f"[{number}]" for number in numbers)
    warning = parts.warning(claim)
    opening = f"**[{warning}]**" if warning else ""
    reason = f"*({escape(claim.reason)})*" if warning and claim.reason else ""
    about = escape(f"[{claim.about}]") if claim.about else ""
    return (
        " ".join(filter(None, (opening, about, escape(words), markers)))
        + stop
        + (f" {reason}" if reason else "")
    )


def _source(reference: Reference, answer: Answer) -> str:
    paper = reference.paper
    facts = map(escape, filter(None, (parts.authors(paper.authors), parts.imprint(paper), paper.source.file)))
    head = f"**[{reference.marker}] {escape(paper.key)}** · {escape(parts.title(paper))}"
    quotes = map(_quote, parts.quotes(answer, reference.marker))
    recorded = (f"> {escape(fact)}" for fact in parts.recorded(answer, reference.marker))
    return "\n\n".join([" · ".join([head, *facts]), *quotes, *recorded])


def _quote(citation: Citation) -> str:
    where = parts.place(citation)
    before = f"*({escape(citation.before.text)})* " if citation.before else ""
    return f"> {before}{escape(citation.quote.text)}" + (f" ({escape(where)})" if where else "")
