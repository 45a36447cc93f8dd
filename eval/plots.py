"""Points → drawings as SVG that take their colours from the page, so that they are right in light, dark and print."""

from collections.abc import Sequence
from html import escape

Points = Sequence[tuple[float, float]]
_WIDE, _HIGH, _LEFT, _LOW = 350, 260, 56, 40
STYLE = """\
svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--soft); } svg .grid { stroke: var(--line); stroke-width: 1; }
svg .ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
svg .curve { stroke: var(--accent); stroke-width: 2; fill: none; }
svg .dot { fill: var(--accent); } svg .now { fill: var(--warn); }"""


def plot(title: str, across: str, up: str, drawn: Sequence[str], most: float = 1.0, unit: str = "") -> str:
    """Axes from 0 to 1 upwards, and to ``most`` across, around what is ``drawn``. ``title`` is what is read aloud."""
    marks = []
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = _at(part, part)
        side = "end" if part == 1 else "middle"
        marks.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDE - 8}" y2="{y:.1f}"/>')
        marks.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{part:g}</text>')
        marks.append(
            f'<text x="{x:.1f}" y="{_HIGH - _LOW + 16}" text-anchor="{side}">{part * most:.3g}{unit}</text>'
        )
    middle = (_HIGH - _LOW) / 2
    return "\n".join(
        [
            f'<svg viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" role="img" aria-label="{escape(title)}">',
            *marks,
            f'<text x="{(_WIDE + _LEFT) / 2}" y="{_HIGH - 4}" text-anchor="middle">{escape(across)}</text>',
            f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">{escape(up)}</text>',
            *drawn,
            "</svg>",
        ]
    )


def _at(x: float, y: float) -> tuple[float, float]:
    return _LEFT + x * (_WIDE - _LEFT - 12), (_HIGH - _LOW) - y * (_HIGH - _LOW - 10)


def curve(points: Points, name: str = "curve") -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(*point) for point in points))
    return f'<polyline class="{name}" fill="none" points="{places}"/>'


def dots(points: Points, labels: Sequence[str] = (), name: str = "dot") -> str:
    found = []
    for i, (x, y) in enumerate(_at(*point) for point in points):
        said = f"<title>{escape(labels[i])}</title>" if labels else ""
        found.append(f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="4">{said}</circle>')
    return "".join(found)


def bar(low: float, mean: float, high: float) -> str:
    """A share with its interval, on a line from 0 to 1."""
    ends = "".join(f'<line class="grid" x1="{x}" y1="2" x2="{x}" y2="16"/>' for x in (4, 104, 204))
    return (
        f'<svg class="bar" viewBox="0 0 208 18" width="208" aria-hidden="true">{ends}'
        f'<line class="curve" x1="{4 + 200 * low:.1f}" y1="9" x2="{4 + 200 * high:.1f}" y2="9"/>'
        f'<circle class="dot" cx="{4 + 200 * mean:.1f}" cy="9" r="4"/></svg>'
    )
