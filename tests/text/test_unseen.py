"""Characters that nobody sees are the same ones for reader, prompt, quotes and terminal."""

import unicodedata

import pytest

from assistant.prompts import tamed
from assistant.read.canonical import repaired
from assistant.show.plain import one_line
from assistant.text.unseen import seen
from assistant.verify.quotes import find_quote

CODES = """ad 34f 61c 180e 200b 200d 200e 202e 2060 2066 206f 3164 fe0f feff fff9 e0001 e0041 e0100""".split()


@pytest.mark.parametrize("code", CODES)
def test_one_list_everywhere(code: str) -> None:
    text = f"ot{chr(int(code, 16))}ters sort"
    assert seen(text) == tamed(text) == repaired(text) == one_line(text) == "otters sort"
    assert find_quote("otters sort", text) == (0, len(text)) and find_quote(text, "otters sort") == (0, 11)


def test_what_turns_or_hides_is_all_on_it() -> None:
    """Of format characters only those stay that are seen: signs before numbers, and of old scripts."""
    left = [
        chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf" and seen(chr(code))
    ]
    assert all(
        any(word in unicodedata.name(char) for word in ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN"))
        for char in left
    )
