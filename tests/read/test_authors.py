"""Author lines, told from titles and sources, and the names in them."""

import pytest

from assistant.read.authors import is_author_line, is_one_name, split_authors


@pytest.mark.parametrize(
    "line",
    [
        "Berg, Anna, Wei, Li",
        "Berg, Anna",
        "Anna Berg, Li Wei and Omar Haddad",
        "Anna Berg, Li Wei, and Omar Haddad",
        "Anna Berg & Li Wei",
        "A. Berg; L. Wei",
        "Berg A, Wei L",
        "Zoë Quartey, Marc O'Neill, Ines de la Cruz, Jean-Paul Petit",
        "Anna Berg1,2, Li Wei2∗, Omar Haddad†",
        "Anna Berg, Li Wei, et al.",
        "王 伟, 李 娜",
    ],
)
def test_people(line: str) -> None:
    assert is_author_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Anna Berg",
        "Divide, Conquer and Combine",
        "Data and Results",
        "Results and Discussion",
        "NeurIPS 2023, Track B",
        "arXiv.org Artificial Intelligence",
        "Proceedings of the Association, Volume 3",
        "We measure floods, gauges and tides.",
        "Attention, Please!",
        "LLM-Driven Knowledge Injection Advances Zero-Shot and Cross-Target Stance Detection",
    ],
)
def test_no_people(line: str) -> None:
    assert not is_author_line(line)


def test_one_name() -> None:
    assert is_one_name("Anna Berg")
    assert is_one_name("Ines de la Cruz")
    assert not is_one_name("Anna Berg, Li Wei")
    assert not is_one_name("Computation of tides")
    assert not is_one_name("")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Berg, Anna, Wei, Li", ("Berg, Anna", "Wei, Li")),
        ("Berg, Anna", ("Berg, Anna",)),
        ("de la Cruz, Ines María, Wei, Li", ("de la Cruz, Ines María", "Wei, Li")),
        ("Berg, Anna; Wei, Li", ("Berg, Anna", "Wei, Li")),
        ("Anna Berg, Li Wei and Omar Haddad", ("Anna Berg", "Li Wei", "Omar Haddad")),
        ("Anna Berg, Li Wei, and Omar Haddad", ("Anna Berg", "Li Wei", "Omar Haddad")),
        ("Anna Berg and Li Wei", ("Anna Berg", "Li Wei")),
        ("Anna Berg & Li Wei", ("Anna Berg", "Li Wei")),
        ("Anna Berg1,2, Li Wei2∗", ("Anna Berg", "Li Wei")),
        ("Anna Berg, Li Wei, et al.", ("Anna Berg", "Li Wei")),
        ("Anna Berg", ("Anna Berg",)),
        ("Alexander Anderson", ("Alexander Anderson",)),
        ("", ()),
        ("  ", ()),
    ],
)
def test_names(line: str, names: tuple[str, ...]) -> None:
    assert split_authors(line) == names
