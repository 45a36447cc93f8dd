"""What is told of several papers side by side: a table of them, and where they disagree."""

from dataclasses import dataclass, field

from assistant.types.answers import Citation, Dropped, Reference, Usage


@dataclass(frozen=True, slots=True)
class Cell:
    """What one paper says in one aspect. ``value``: words or figures of the quotes, or a model's that they support;
    None where the paper does not say; then there are no citations."""

    aspect: str
    value: str | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A paper of the table: its ``key``, and a cell for each aspect, in order."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``references``: the papers of all rows, in order, a number each; ``title``: what was compared; ``left_out``: how
    many papers on the topic have no row; ``engine``, ``usage``: who filled the cells, at what cost; ``dropped``: what
    of a model's cells is not shown."""

    title: str
    aspects: tuple[str, ...]
    rows: tuple[Row, ...]
    references: tuple[Reference, ...]
    left_out: int = 0
    seconds: float = 0.0
    engine: str = "extract"
    usage: Usage = field(default_factory=Usage)
    dropped: Dropped = field(default_factory=Dropped)

    @property
    def is_empty(self) -> bool:
        """Whether no paper says anything in any aspect."""
        return all(cell.value is None for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sentences of different papers that cannot both be true. ``kind``: number, direction or conclusion; ``score``
    in [0, 1]: how near the two are to speaking of the same; ``reason`` in words, a model's if one found it."""

    kind: str
    score: float
    reason: str
    sides: tuple[Citation, Citation]


@dataclass(frozen=True, slots=True)
class Disagreements:
    """``pairs``: the surest first; ``papers`` and ``sentences``: how many were held against each other; ``engine``,
    ``usage``, ``dropped``: as of a ``Comparison``."""

    topic: str
    pairs: tuple[Disagreement, ...]
    references: tuple[Reference, ...]
    papers: int
    sentences: int
    seconds: float = 0.0
    engine: str = "extract"
    usage: Usage = field(default_factory=Usage)
    dropped: Dropped = field(default_factory=Dropped)
