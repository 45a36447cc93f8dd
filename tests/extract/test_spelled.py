"""Questions typed in haste, or spelled as in Britain, in the words of the papers."""

import pytest

from assistant.extract.question import LONGEST
from assistant.extract.spelled import MOST, is_slip, spelled
from assistant.text.terms import stem
from assistant.types import Passage
from tests.extract.papers import Catalog, paper
from tests.extract.test_engine import drafted

TEXT = (
    "Otters weigh pebbles with a zygomometer. The otterscale was found in Rillshire by two rillographers. "
    "Septicemia and estrogen are rare. The rillflow simulation is normalized."
)


class Words(Catalog):
    """Finds the passages that hold a word, or its stem."""

    def passages_with(self, word: str) -> int:
        return stem(word) in self.stems_from(word[0])

    def words(self, query: str, limit: int, only: object = None) -> list[tuple[str, float]]:
        return [(i, 1.0) for i, held in self.whole.items() if query.strip('"') in held.text.lower()][:limit]

    def passages(self, ids: object) -> dict[str, Passage]:
        return {i: self.whole[i] for i in ids}  # type: ignore[attr-defined]


CATALOG = Words(paper("otters", TEXT, "Pebbles of Otters"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("otterscal", "otterscale"),  # one too few
        ("otterrscale", "otterscale"),  # one too many
        ("ottescrale", "ottescrale"),  # two slips
        ("ottersclae", "otterscale"),  # two that changed places
        ("ottarscale", "otterscale"),  # a vowel for a vowel
        ("otterzcale", "otterscale"),  # alike
        ("otterstale", "otterstale"),  # another consonant
        ("zigomometer", "zygomometer"),
        ("rillographer", "rillographer"),  # the stem is held
        ("rilographers", "rillographers"),
        ("wich", "which"),
        ("teh", "the"),
        ("tha", "tha"),  # of three letters only what changed places
        ("septicaemia", "septicemia"),
        ("oestrogen", "estrogen"),
        ("normalised", "normalized"),
        ("Otterscal", "Otterscal"),  # a name
        ("otterscal!", "otterscal!"),  # code
        ("otterscal.jl", "otterscal.jl"),
        ("the-otterscal", "the-otterscal"),
        ("heat", "heat"),  # a word, though not of these papers
        ("ghat", "ghat"),  # nothing like it
    ],
)
def test_a_word_that_no_paper_holds(typed: str, read: str) -> None:
    assert spelled(f"see {typed} here", CATALOG) == f"see {read} here"


def test_a_slip_of_two_words_stays() -> None:
    catalog = Words(paper("otters", "The otterone and the otterine dive. They sort pebbles.", "Pebbles"))
    assert spelled("the ottrne", catalog) == "the ottrne"
    assert spelled("the otterne", catalog) == "the otterne"


def test_a_pasted_page_is_looked_at_up_to_a_length() -> None:
    asked = "x" * LONGEST + " wich"
    assert spelled(asked, CATALOG) == asked


def test_many_unknown_words_are_of_another_language() -> None:
    others = [f"ghat{letter}q" for letter in "abcdefghijklmnop"]
    for n, read in ((MOST - 1, "which"), (MOST, "wich")):
        asked = " ".join(["wich", *others[:n]])
        assert spelled(asked, CATALOG).split()[0] == read


@pytest.mark.parametrize(
    ("word", "other", "slip"),
    [
        ("abc", "abc", False),
        ("abc", "abcd", True),
        ("abcd", "abc", True),
        ("abc", "acb", True),
        ("bac", "abc", True),
        ("abc", "abd", False),
        ("abc", "abk", True),
        ("aba", "abo", True),
        ("abcde", "abc", False),
        ("abcd", "badc", False),
    ],
)
def test_one_slip(word: str, other: str, slip: bool) -> None:
    assert is_slip(word, other) is slip


def test_the_answer_says_how_a_question_was_read() -> None:
    found = drafted(CATALOG, "wich zygomometer do otters weigh pebbels with?")
    assert found.claims and found.asked == "which zygomometer do otters weigh pebbles with?"
    assert found.notes == ("Read as: which zygomometer do otters weigh pebbles with?",)
    assert drafted(CATALOG, "which zygomometer do otters weigh pebbles with?").notes == ()


def test_a_british_spelling_that_no_paper_has_is_no_slip_of_another_word() -> None:
    catalog = Words(paper("otters", "The risking otters dive. They sort pebbles.", "Pebbles"))
    assert spelled("the rising ottres", catalog) == "the rising otters"
