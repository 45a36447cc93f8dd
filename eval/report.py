"""A run → one HTML file that needs no network: scores, kinds, refusals, curves, latency, and failures one by one.

The file forbids itself to load or run anything. Failures are shown of dev alone: what is looked at is no test any more.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from assistant.show.html import page as document
from assistant.show.html import safe
from eval import plots
from eval.readable import faults
from eval.run import Run
from eval.scorers import UNITS, Outcome, does_answer, is_relevant
from eval.statistics import interval, measures, reliability, trade_off, visible
from eval.suite import Case
from eval.tables import HALVES, MAIN, STATUSES, by_kind, confusion, readability
from eval.told import Said

_STYLE = f"""<style>
body {{ max-width: 76rem; }}
{plots.STYLE}
table {{ width: 100%; margin: 0 0 1rem; border-collapse: collapse; font-size: .92rem;
  font-variant-numeric: tabular-nums; }}
th, td {{ padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }}
th {{ color: var(--soft); font-weight: 600; }} .bar {{ display: block; margin-top: .25rem; }}
td.n, th.n {{ padding-right: 2rem; text-align: right; white-space: nowrap; }}
table:not(.case) td {{ white-space: nowrap; }} .scroll {{ overflow-x: auto; }}
.plots {{ display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; }} figure {{ margin: 0 0 1rem; max-width: 22rem; }}
figcaption {{ color: var(--soft); font-size: .9rem; }}
.case td {{ width: 34%; }} .case td:first-child {{ width: 26%; }} .case p {{ margin: 0 0 .5rem; }}
.good {{ border-left: 3px solid var(--accent); padding-left: .5rem; }}
.bad {{ border-left: 3px solid var(--warn); padding-left: .5rem; }}
@media print {{ body {{ max-width: none; font-size: 10pt; }} tr, figure {{ break-inside: avoid; }}
  .scroll {{ overflow: visible; }} table {{ font-size: 7.5pt; }} .bar {{ width: 5rem; }}
  td.n, th.n {{ padding-right: .8rem; }} }}
</style>"""


def page(run: Run) -> str:
    found = run.outcomes
    main = [
        _STYLE,
        *_head(run),
        *_scores(found),
        *_kinds(found),
        *_refusals(found),
        *_curves(found),
        *_failures(found),
    ]
    return document(
        f"{run.suite}: {len(found)} questions", main, f"python -m eval run {run.suite} · {run.commit}"
    )


def _head(run: Run) -> list[str]:
    lost = sum(each.case.lost for each in run.outcomes)
    n = sum(MAIN in each.values for each in run.outcomes)
    said = [
        f"Answered by {run.model or 'the offline engine'}, at {run.commit}. Intervals are 95 %, by bootstrap over the"
        f" questions. Two runs of this suite can be told apart from a difference of {visible(n):.3f} in the share of"
        f" questions that some sentence answers (n={n}, if a tenth of them flip; 80 % power)."
    ]
    if lost:
        said.append(f"{lost} gold sentences do not stand in the papers as they were read.")
    return [f'<p class="soft">{safe(" ".join(said))}</p>']


def _scores(found: Sequence[Outcome]) -> list[str]:
    halves = [measures([each for each in found if each.case.split == half]) for half in HALVES]
    rows = []
    for name in dict.fromkeys(name for half in halves for name in half):
        cells = [safe(name)]
        for half in halves:
            cells += _cells(half.get(name, []), is_share=name not in UNITS)
        rows.append(cells)
    return ["<h2>Scores</h2>", _table(("measure", *(c for half in HALVES for c in (half, "", "#n"))), rows)]


def _kinds(found: Sequence[Outcome]) -> list[str]:
    rows = []
    for kind, halves in by_kind(found).items():
        rows.append([safe(kind), *(cell for half in HALVES for cell in _cells(halves[half], is_share=True))])
    return [
        "<h2>By kind of question</h2>",
        '<p class="soft">The share that some shown sentence answers; of lists, their recall; of what has no answer, the'
        " share refused.</p>",
        _table(("kind", *(c for half in HALVES for c in (half, "", "#n"))), rows),
    ]


def _cells(values: Sequence[float], is_share: bool) -> list[str]:
    if not values:
        return ["", "", ""]
    mean, (low, high) = float(np.mean(values)), interval(values)
    told = f"{mean:.3f} [{low:.3f}, {high:.3f}]" if is_share else f"{mean:.3g} [{low:.3g}, {high:.3g}]"
    return [plots.bar(low, mean, high) if is_share else "", told, str(len(values))]


def _refusals(found: Sequence[Outcome]) -> list[str]:
    rows = [
        [safe(kind), *(str(counts[status]) for status in STATUSES)]
        for kind, counts in confusion(found).items()
    ]
    wrong = ", ".join(f"{name} {n}" for name, n in readability(found).most_common())
    return [
        "<h2>Answered or refused</h2>",
        _table(("", *(f"#{status}" for status in STATUSES)), rows),
        f'<p class="soft">Sentences shown, by what is wrong with their form: {safe(wrong) or "none"}.</p>',
    ]


def _curves(found: Sequence[Outcome]) -> list[str]:
    figures = [each for each in (_reliability(found), _trade_off(found), _latency(found)) if each]
    return ["<h2>Probability, refusal, time</h2>", '<div class="plots">', *figures, "</div>"]


def _reliability(found: Sequence[Outcome]) -> str:
    bins = reliability(found)
    if not bins:
        return ""
    points = [(chance, right) for chance, right, _ in bins]
    labels = [f"said {chance:.2f}, right {right:.2f}, n={n}" for chance, right, n in bins]
    n = sum(each[2] for each in bins)
    gap = sum(each[2] * abs(each[0] - each[1]) for each in bins) / n
    drawn = [plots.curve([(0, 0), (1, 1)], "ideal"), plots.curve(points), plots.dots(points, labels)]
    figure = plots.plot("Reliability", "probability that the engine gave", "share that was right", drawn)
    return _figure(
        figure, f"Reliability of what was answered, in five bins (n={n}): off by {gap:.2f} on average."
    )


def _trade_off(found: Sequence[Outcome]) -> str:
    own, other = ([e for e in found if e.case.is_answerable is kind] for kind in (True, False))
    if not own or not other:
        return ""
    now = tuple(sum(each.told.is_refused for each in half) / len(half) for half in (own, other))
    drawn = [
        plots.curve([(x, y) for _, x, y in trade_off(found)]),
        plots.dots([(now[0], now[1])], ["now"], "now"),
    ]
    figure = plots.plot("Refusals", "answerable refused", "unanswerable refused", drawn)
    said = f"What refusing below some probability would do; the dot is where it is now ({now[0]:.2f}, {now[1]:.2f})."
    return _figure(figure, said)


def _latency(found: Sequence[Outcome]) -> str:
    seconds = sorted(each.told.seconds for each in found)
    most = float(np.quantile(seconds, 0.99)) or 1.0
    points = [(s / most, (i + 1) / len(seconds)) for i, s in enumerate(seconds) if s <= most]
    figure = plots.plot(
        "Time", "a question took at most", "share of questions", [plots.curve(points)], most, " s"
    )
    middle, late = np.quantile(seconds, [0.5, 0.95])
    return _figure(figure, f"Half of the questions took at most {middle:.2f} s, 95 % at most {late:.2f} s.")


def _figure(drawn: str, said: str) -> str:
    return f"<figure>{drawn}<figcaption>{safe(said)}</figcaption></figure>"


def _failures(found: Sequence[Outcome]) -> list[str]:
    failed = [each for each in found if each.case.split == "dev" and fails(each)]
    if not failed:
        return []
    rows = [[_asked(each), _told(each), _wanted(each)] for each in failed]
    return [
        f"<h2>Failures, of dev ({len(failed)})</h2>",
        _table(("question", "answer, with its quotes", "gold"), rows, "case"),
    ]


def fails(each: Outcome) -> bool:
    """Refused and answerable, or the other way round; or answered by no sentence, or by a list that is not whole."""
    if not each.case.is_answerable:
        return not each.told.is_refused
    names = ("list recall", "list precision") if each.case.is_list else (MAIN, "right paper first")
    return any(
        each.values.get(name, 1.0) < 1.0
        for name in names[: 2 if each.case.is_list or MAIN not in each.values else 1]
    )


def _asked(each: Outcome) -> str:
    case = each.case
    before = "".join(f'<p class="soft">{safe(question)}</p>' for question in case.before)
    kind = f"{case.id} · {case.kind}{' · ' + case.why if case.why else ''}"
    chance = "" if each.told.chance is None else f" · probability {each.told.chance:.2f}"
    return f'{before}<p dir="auto">{safe(case.question)}</p><p class="soft">{safe(kind + chance)}</p>'


def _told(each: Outcome) -> str:
    if not each.told.said:
        return f'<p class="soft">{safe(each.told.text)}</p>'
    return "".join(_said(each, i) for i in range(len(each.told.said)))


def _said(each: Outcome, i: int) -> str:
    said = each.told.said[i]
    is_good = _is_good(said, each.case)
    quotes = [quote.text for quote in said.quotes]
    shown = "".join(f"<blockquote>{safe(text)}</blockquote>" for text in quotes if text != said.text)
    papers = ", ".join(dict.fromkeys(quote.paper for quote in said.quotes))
    notes = " · ".join(
        filter(None, [papers, *faults(said.text), "" if said.is_supported else "not supported"])
    )
    return (
        f'<div class="{"good" if is_good else "bad"}"><p dir="auto">{safe(said.text)}</p>{shown}'
        f'<p class="soft">{safe(notes)}</p></div>'
    )


def _is_good(said: Said, case: Case) -> bool:
    """Of a list, whether it is of a right paper; else whether it answers, or may stand beside what does."""
    if case.is_list:
        return any(quote.paper in case.papers for quote in said.quotes)
    return case.is_answerable and (does_answer(said, case) or is_relevant(said, case))


def _wanted(each: Outcome) -> str:
    if not each.case.is_answerable:
        return '<p class="soft">nothing: it is to be refused</p>'
    gold = [f'<p dir="auto">{safe(text)}</p>' for text in each.case.wanted]
    facts = "; ".join(" / ".join(fact) for fact in each.case.facts)
    papers = ", ".join(each.case.papers)
    return "".join(gold) + f'<p class="soft">{safe(" · ".join(filter(None, [papers, facts])))}</p>'


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]], name: str = "") -> str:
    """A head that begins with # is of a column of counts. ``rows``: cells as HTML, escaped by whoever made them."""
    heads = list(heads)
    counts = [head.startswith("#") for head in heads]

    def row(cells: Sequence[str], tag: str) -> str:
        marked = (f'<{tag} class="n">' if count else f"<{tag}>" for count in counts)
        return (
            "<tr>"
            + "".join(f"{open}{cell}</{tag}>" for open, cell in zip(marked, cells, strict=True))
            + "</tr>"
        )

    body = "\n".join(row(cells, "td") for cells in rows)
    head = row([safe(each.removeprefix("#")) for each in heads], "th")
    return f'<div class="scroll"><table class="{name}"><thead>{head}</thead><tbody>\n{body}\n</tbody></table></div>'
