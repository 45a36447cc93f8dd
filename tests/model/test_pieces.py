"""Pieces of a reply, wherever they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.pieces import Pieces

ANSWERS = {
    "yes": "yes",
    " \n yes ": " \n yes ",
    "<think>no</think>yes": "yes",
    "\n<think>\nno <b> </thin </think>\n\nyes <think>": "yes <think>",
    "<think>no": "",
    "<think></think>": "",
    "<thinking>": "<thinking>",
    "<": "<",
    "": "",
    '{"text": "</think> 🦦"}': '{"text": "</think> 🦦"}',
}


@pytest.mark.parametrize("sent", ANSWERS)
@given(data=st.data())
def test_however_it_is_cut_the_text_is_the_same(sent: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)))))
    seen: list[str] = []
    pieces = Pieces(seen.append)
    for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
        pieces.add(sent[start:end])
    assert pieces.text() == ANSWERS[sent] == "".join(seen)
    assert all(seen)


@given(st.text(max_size=20))
def test_halves_of_characters_find_each_other(text: str) -> None:
    halves = text.encode("utf-16-le", "surrogatepass")
    pieces = Pieces()
    for n in range(0, len(halves), 2):
        pieces.add("x" * (n == 0) + halves[n : n + 2].decode("utf-16-le", "surrogatepass"))
    assert pieces.text() == ("x" + text if text else "")
    pieces.text().encode()
