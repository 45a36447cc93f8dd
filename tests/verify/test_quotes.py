"""Verbatim quotes: found where they stand, refused where they do not, at offsets that are always right."""

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant.verify.quotes import _normalised, find_quote

TEXT = (
    "We extract 22.5% more features, i.e. 5.83% on the “hard” set, in 10² steps at 10⁻³ (p < .05). It isn’t"
    " state-of-the-art; the non-significant gain is −0.5. The frame-\nwork costs 1,000 and the large-\nscale"
    " one ½ of that. Eﬃcient models find  it.\n\nHowever, we cannot say why they don't."
)


def found(quote: str, text: str = TEXT) -> str | None:
    place = find_quote(quote, text)
    return None if place is None else text[slice(*place)]


@pytest.mark.parametrize(
    "quote",
    [
        "We extract 22.5% more features",
        "on the “hard” set",
        "in 10² steps at 10⁻³ (p < .05).",
        "the non-significant gain is −0.5.",
        "state-of-the-art",
        "½ of that.",
    ],
)
def test_what_stands_there_is_found(quote: str) -> None:
    assert found(quote) == quote


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ('on the "hard" set', "on the “hard” set"),
        ("on the «hard» set", "on the “hard” set"),
        ("It isn't state", None),
        ("It isn't state-of-the-art", "It isn’t state-of-the-art"),
        ("gain is -0.5", "gain is −0.5"),
        ("We  extract\n22.5%\tmore", "We extract 22.5% more"),
        ("models find it.", "models find  it."),
        ("Efficient models", "Eﬃcient models"),
        ("Eﬀort", None),
        ("The framework costs", "The frame-\nwork costs"),
        ("the large-scale one", "the large-\nscale one"),
        ("the large-\nscale one", "the large-\nscale one"),
        ("that. E\ufb03cient", "that. Eﬃcient"),
        ("fea\u00adtures", "features"),
        ("we extract 22.5%", None),  # case counts
        ("We extract more features", None),
        ("We extract ... features", None),
        ("", None),
        (" \n ", None),
        ("“ ”", None),
    ],
)
def test_the_normalisation_and_nothing_more(quote: str, there: str | None) -> None:
    assert found(quote) == there


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("5%", "a rise of 15% in all"),
        ("83%", "a rise of +5.83% in all"),
        ("5.8", "a rise of 5.83% in all"),
        ("a rise of 5", "a rise of 5.83% in all"),
        ("a rise of 5", "a rise of 5% in all"),
        ("000 papers", "1,000 papers"),
        ("1", "1,000 papers"),
        ("3", "it is -3 in all"),
        ("3 in all", "it is (−3 in all)"),
        ("it is 3", "it is 3-29% in all"),
        ("29% in all", "it is 3–29% in all"),
        ("10", "it is 10² in all"),
        ("102", "it is 10² in all"),
        ("10", "it is 10⁻³ in all"),
        ("10", "it is 10^6 in all"),
        ("H2O", "of H₂O here"),
        ("12", "½ of it"),
        ("1", "1½ of it"),
        ("5", "p < .5 here"),
        ("Llama-3", "we use Llama-3.2-1B"),
        ("we use Llama-3.2", "we use Llama-3.2-1B"),
        ("significant gain", "a non-significant gain"),
        ("we can", "we can't see"),
        ("we can", "we cannot see"),
        ("model", "remodel the models"),
        ("foo", "in foo_bar"),
        ("fi", "to ﬁnd"),
        ("nd it", "to ﬁnd it"),
        ("cafe", "the café is"),
        ("cafe", "the cafe\u0301 is"),
        ("work costs", "the frame-\nwork costs"),
        ("supported claims", "all un-\nsupported claims"),
        ("510", "from 5-\n10 on"),
        ("1", "chapter Ⅰ is"),
        ("51", "see 5①"),
    ],
)
def test_no_word_or_number_is_cut(quote: str, text: str) -> None:
    assert find_quote(quote, text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("a tendency", "speech bias—a tendency of"),
        ("3", "it is 3. The"),
        ("It is 3.", "It is 3. The"),
        ("hard", "the “hard” set"),
        ("5", "[5]"),
        ("and", "this and/or that"),
        ("GPT", "(GPT)"),
        ("café", "the cafe\u0301 is"),
        ("cafe\u0301 is", "the café is"),
        ("5%", "it is ５％ of"),
        ("注意", "注意"),
    ],
)
def test_what_is_whole_is_found(quote: str, text: str) -> None:
    assert found(quote, text) is not None


def test_the_place_is_the_first_whole_one_within_the_bounds() -> None:
    text = "a 15% b 5% c 5% d"
    assert find_quote("5%", text) == (8, 10)
    assert find_quote("5%", text, 9) == (13, 15)
    assert find_quote("5%", text, 0, 9) is None
    assert find_quote("5%", text, 8, 10) == (8, 10)
    assert find_quote("15%", text, 3) is None
    assert find_quote("5%", text, 3) == (8, 10)


# --- properties ------------------------------------------------------------------------------------------

WORDS = (
    "a B 5 10² 22.5% (x) “q” don’t state-of −0.5 ﬁnd é e\u0301 … – — - . , ½ 注意 １０ ¨ ㎏ \u00ad \u200b _"
    " ' \" ` ``"
)
PIECES = st.sampled_from(WORDS.split(" "))
SPACES = st.sampled_from([" ", "  ", "\n", "\n\n", "\u00a0", "\t"])
TEXTS = st.lists(st.tuples(PIECES, SPACES) | st.tuples(st.text(max_size=4), SPACES), max_size=15).map(
    lambda parts: unicodedata.normalize("NFC", "".join(piece + space for piece, space in parts))
)


@given(TEXTS, st.data())
def test_any_slice_between_blanks_is_found_and_is_the_quote(text: str, data: st.DataObject) -> None:
    starts = [i for i, char in enumerate(text) if not char.isspace() and (i == 0 or text[i - 1].isspace())]
    ends = [i + 1 for i, char in enumerate(text) if not char.isspace() and text[i + 1 : i + 2].strip() == ""]
    assume(starts)
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.sampled_from([end for end in ends if end > start]))
    quote = text[start:end]
    assume(any(char.isalnum() for char in quote))
    assume("-\n" not in text and "‐\n" not in text)  # there, a blank is inside a word
    place = find_quote(quote, text)
    assert place is not None
    assert place[0] < end
    assert _normalised(text[slice(*place)], "")[0].strip() == _normalised(quote, "")[0].strip()
    assert find_quote(quote, text, start, end) is not None


@given(TEXTS, TEXTS | st.text(max_size=6), st.integers(0, 30), st.integers(0, 60))
@example("a-\nb", "ab", 0, 60)
@example("a-\nb", "a-b", 0, 60)
def test_whatever_is_found_stands_there(text: str, quote: str, start: int, length: int) -> None:
    place = find_quote(quote, text, start, min(len(text), start + length))
    if place is not None:
        assert start <= place[0] < place[1] <= start + length
        there = text[slice(*place)]
        assert there.strip() == there
        assert any(
            _normalised(there, hyphen)[0].strip() == _normalised(quote, hyphen)[0].strip()
            for hyphen in ("", "-")
        )
        for edge in place:
            around = text[max(0, edge - 1) : edge + 1]
            assert not (len(around) == 2 and around.isalnum() and around.isascii())


@given(st.text(min_size=1))
def test_a_decomposed_quote_is_the_same(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert find_quote(unicodedata.normalize("NFD", text), text) == find_quote(text, text)
