"""Which records are of one work: near misses are two."""

import pytest

from assistant.store.identity import Identity, apart, identity, is_registered

TITLE = "Otters sort pebbles in the river"


def record(title: str | None = TITLE, *authors: str, **known: object) -> Identity:
    fields = {"year": None, "doi": None, "arxiv": None, "url": None} | known
    return identity(title, authors, **fields)  # type: ignore[arg-type]


def same(one: Identity, other: Identity) -> bool:
    shared = set(one.names()) & set(other.names())
    return any(not apart(one, other, is_registered(name)) for name in shared)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(TITLE, "Anna Berg"), record("OTTERS sort {pebbles}, in the river!", "Berg, A.", "Li, Wei")),
        (record(TITLE, "Jörg Müller"), record(TITLE, "Muller, J.")),
        (record(TITLE, year=2020), record(TITLE, "Anna Berg", year=2020)),
        (record("水獭在河里整理卵石", year=2020), record("水獭在河里整理卵石。", year=2020)),
        (record(None, doi="https://doi.org/10.1/A.b"), record("Otters", doi="10.1/a.B")),
        (record(None, arxiv="2401.00001v2"), record("Otters", doi="10.48550/arXiv.2401.00001")),
        (record(None, url="https://arxiv.org/abs/2401.00001v3"), record("Otters", arxiv="2401.00001")),
        (record(None, doi="10.18653/v1/2020.acl-main.7"), record("X", url="https://aclanthology.org/2020.acl-main.7/")),
        (record(None, url="https://www.aclweb.org/anthology/P19-1001"), record("X", doi="10.18653/v1/P19-1001")),
        (record("An old title", "A. Berg", doi="10.1/a"), record("A new one", "Anna Berg", doi="10.1/a")),
        (record(TITLE, "A. Berg", doi="10.1101/1", year=2019), record(TITLE, "A. Berg", doi="10.1/b", year=2021)),
        (record("Otters", "A. Berg", year=2019), record("Otters", "A. Berg", year=2021)),
        (record(TITLE, "A. Berg", year=2019), record(TITLE, year=2021)),
        (record(TITLE, "A. Berg", year=2021), record(TITLE, year=2019)),
    ],
)  # fmt: skip
def test_one_work(one: Identity, other: Identity) -> None:
    assert same(one, other) and same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(f"{TITLE}, Part I", "A. Berg"), record(f"{TITLE}, Part II", "A. Berg")),
        (record(TITLE, "A. Berg", year=2020), record(TITLE, "Li Wei", year=2021)),
        (record(TITLE), record(TITLE)),
        (record(TITLE, "A. Berg", year=2019), record(TITLE, year=2022)),
        (record(TITLE, year=2020), record(TITLE, year=2021)),
        (record("Otters", "A. Berg", year=2020), record("Otters", year=2021)),
        (record(TITLE, "A. Berg"), record(f"Erratum: {TITLE}", "A. Berg")),
        (record(TITLE, "A. Berg", doi="10.1/a"), record(f"Correction to: {TITLE}", "A. Berg", doi="10.1/a")),
        (record(TITLE, "A. Berg", doi="10.1/a"), record(TITLE, "A. Berg", doi="10.1/b")),
        (record(TITLE, "A. Berg", arxiv="2401.00001"), record(TITLE, "A. Berg", arxiv="2401.00002")),
        (record("Editorial", "A. Berg", year=2020), record("Editorial", "A. Berg", year=2020)),
        (record("Introduction", year=2020), record("Introduction", year=2020)),
        (record("Otters", "A. Berg", year=2020), record("Otters", "Li Wei", year=2020)),
        (record("Otters", "A. Berg", year=2010), record("Otters", "A. Berg", year=2020)),
        (record("Otters dive", "A. Berg", doi="10.1/volume"), record("Badgers dig", "Li Wei", doi="10.1/volume")),
        (record("", "A. Berg", year=2020), record("", "A. Berg", year=2020)),
    ],
)  # fmt: skip
def test_two_works(one: Identity, other: Identity) -> None:
    assert not same(one, other) and not same(other, one)
