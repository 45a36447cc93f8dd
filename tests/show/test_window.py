import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assistant.show.plain import UNSAFE, one_line
from assistant.show.window import block, glue, pad, paint, wrap
from tests.show.samples import HOSTILE


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a \x1b[1;31mred\x1b[0m b", "a red b"),
        ("\x1b]0;new title\x07text", "text"),
        ("\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never closed", "]0;never closed"),
        ("cut\x1b", "cut"),
        ("over\rwritten\x08", "over written"),
        ("line\nbreak\u2028and\x0bmore\ttabs", "line break and more tabs"),
        ("x\u202ey\u2066z", "xyz"),
        ("half \ud800 a character", "half a character"),
        ("[12] and [red]words[/red] stay", "[12] and [red]words[/red] stay"),
        ("e\u0301 \u2014 naïve 👩‍🔬", "e\u0301 \u2014 naïve 👩🔬"),
    ],
)
def test_one_line_is_safe_and_keeps_the_words(text: str, printed: str) -> None:
    assert one_line(text) == printed


@given(HOSTILE)
def test_one_line_is_one_safe_line(text: str) -> None:
    line = one_line(text)
    assert not UNSAFE.search(line)
    assert line == one_line(line)
    assert len(line.splitlines()) <= 1


@given(HOSTILE, st.integers(20, 120))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    line = one_line(text)
    lines = wrap(line, width, "  * ")
    assert "".join("".join(lines).split()) == "*" + line.replace(" ", "")
    assert all(cell_len(each) <= width for each in lines if " " in each.removeprefix("  * ").strip())


def test_cjk_wraps_between_characters_by_display_width() -> None:
    assert wrap("量子计算，很有意思。", 10) == ["量子计算，", "很有意思。"]
    assert wrap("量子计算，很有意思。", 8) == ["量子计", "算，很有", "意思。"]
    assert wrap("用 GPU（图形处理器）计算", 11) == ["用 GPU（图", "形处理器）", "计算"]


def test_an_address_is_never_broken() -> None:
    address = "https://example.org/" + "a" * 80
    assert wrap(f"see {address} there", 30) == ["see", address, "there"]


def test_glued_words_stay_on_one_line() -> None:
    assert wrap(f"12345 {glue('678', '[1]')}.", 9) == ["12345", "678 [1]."]


def test_hanging_indent() -> None:
    assert wrap("one two three", 9, "a: ") == ["a: one", "   two", "   three"]


def test_small_parts() -> None:
    assert (pad("量", 4), paint("x", "1", False), paint("", "1", True)) == ("量  ", "x", "")
    assert block("a\n\nb", 20) == "a b"
