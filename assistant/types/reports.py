"""Reports: of a draft that was checked, of files that were added, of a library's state."""

from dataclasses import dataclass

from assistant.types.papers import Quote


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """What a draft says on the strength of its citations, and what the cited papers say. ``text``: the words
    judged; ``cites``: each as the paper's key, or as the draft writes it where it means no one paper; ``papers``:
    those keys. ``verdict``: supported, not-shown (by what the library holds), wrong, not-in-library or
    no-citation-needed; ``kind``: in what it is wrong, by WRONG, None where it is not; ``support`` in [0, 1], None
    where nothing was judged. ``quote`` is the sentence nearest to the claim; ``better`` is one of a paper that is not
    cited and supports the claim. Each has its page, where the paper has pages."""

    text: str
    cites: tuple[str, ...]
    papers: tuple[str, ...]
    verdict: str
    support: float | None
    reason: str
    kind: str | None = None
    quote: Quote | None = None
    page: int | None = None
    better: Quote | None = None
    better_page: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence of a draft that cites, with one claim or more, on the lines from ``line`` to ``last_line``.
    ``is_accepted``: its author has said beside it that it is right as it stands."""

    file: str
    line: int
    text: str
    claims: tuple[CheckedClaim, ...]
    last_line: int = 0
    is_accepted: bool = False

    @property
    def worst(self) -> CheckedClaim:
        """The claim that decides: a sentence is as good as its least supported part."""
        return min(self.claims, key=lambda claim: (_SEVERITY.index(claim.verdict), claim.support or 0.0))

    @property
    def verdict(self) -> str:
        return self.worst.verdict


WRONG = {
    "denied": "the cited paper denies it",
    "direction": "another direction than the cited paper's",
    "role": "the two sides in each other's place",
    "figure": "another figure than the cited paper's",
    "name": "another name than the cited paper's",
    "wrong-paper": "another paper says it",
}
"""In what a claim can be wrong → in words."""
_SEVERITY = ("wrong", "not-shown", "not-in-library", "supported", "no-citation-needed")
_JUDGED = frozenset({"wrong", "accepted", "not-shown", "supported"})


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A draft, checked. ``absent``: each key that names no one paper of the library → why, and the lines that
    cite it; ``suggestions``: sentences that cite nothing, with what would support them; ``read``: how many
    sentences the draft has; ``warnings``: one "file:line: message" each."""

    file: str
    sentences: tuple[CheckedSentence, ...] = ()
    absent: tuple["AbsentWork", ...] = ()
    suggestions: tuple[CheckedSentence, ...] = ()
    warnings: tuple[str, ...] = ()
    read: int = 0
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → how many sentences; "accepted": how many are wrong and accepted as they are."""
        verdicts = [
            s.verdict if s.verdict != "wrong" or not s.is_accepted else "accepted" for s in self.sentences
        ]
        order = ("accepted", *reversed(_SEVERITY))
        return {verdict: verdicts.count(verdict) for verdict in order if verdict in verdicts}

    @property
    def passed(self) -> bool:
        """Whether no cited sentence is wrong."""
        return "wrong" not in self.counts

    @property
    def is_unchecked(self) -> bool:
        """Whether it cites, and nothing that the library holds."""
        return set(self.counts) == {"not-in-library"}

    @property
    def checkable(self) -> float | None:
        """Of the sentences that say something on the strength of a citation the share that the library's papers
        could be asked about; None if there are none."""
        judged = sum(number for verdict, number in self.counts.items() if verdict in _JUDGED)
        absent = self.counts.get("not-in-library", 0)
        return judged / (judged + absent) if judged + absent else None


@dataclass(frozen=True, slots=True)
class AbsentWork:
    """A key that a draft cites and the library cannot answer for; ``places``: (file, line) of each sentence;
    ``candidates``: the papers it might be, if there are several."""

    key: str
    places: tuple[tuple[str, int], ...]
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file, after ``add`` (``state``: added, updated, unchanged, failed, or skipped as of a kind that is not read)
    or in a ``Status`` (ok, partial, failed, skipped, changed or missing). ``warnings``: what could not be
    read of it, a sentence each; ``moved_from``: where it was when it was last added, if not here."""

    path: str
    state: str
    papers: tuple[str, ...] = ()
    error: str | None = None
    warnings: tuple[str, ...] = ()
    moved_from: str | None = None


@dataclass(frozen=True, slots=True)
class Headway:
    """How far ``add`` has come: ``file`` is the ``place``-th (from 0) of ``files``, and ``done`` of its ``of`` pages or
    papers (``unit``) are read, or can be found. ``share``: of the whole work, in [0, 1], by the sizes of the files."""

    file: str
    place: int
    files: int
    unit: str
    done: int
    of: int
    share: float


@dataclass(frozen=True, slots=True)
class AddReport:
    """``missing``: files that are not in the folders named any more, and whose papers stay; ``pruned``: those whose
    papers were taken out."""

    files: tuple[FileReport, ...] = ()
    papers_added: int = 0
    papers_updated: int = 0
    passages: int = 0
    seconds: float = 0.0
    missing: tuple[FileReport, ...] = ()
    pruned: tuple[FileReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """A library's state. ``files``: those that were added, with state ok, partial, failed, skipped,
    changed or missing."""

    folder: str
    files: tuple[FileReport, ...]
    papers: int
    passages: int
    embedder: str | None
    bytes: int
    indexes: dict[str, str]
    """Name of each index (and, if verified, of the catalog) → "ok", or what is wrong with it."""
    checked: tuple[str, ...] = ()
    """What was compared, if that was asked for."""
    log: str | None = None
    """The file that says how readers failed as nobody had foreseen, if one did."""

    @property
    def healthy(self) -> bool:
        return all(health == "ok" for health in self.indexes.values())


@dataclass(frozen=True, slots=True)
class Transfer:
    """What was brought from one library to another. ``files``: of the source, ``skipped``: those that were there;
    ``papers`` and ``passages`` that were found there afterwards, the vectors of these, too, and ``digest``, by which
    two such can be told apart."""

    files: int
    skipped: int
    papers: int
    passages: int
    digest: str
    seconds: float = 0.0
