"""Claims printed as they come, and then the rest, are the answer as it is printed at once."""

from dataclasses import replace

import pytest

from assistant.cli.output import LiveClaims, live_claims, print_answer
from assistant.cli.session import at
from assistant.types import Answer, Headway
from tests.show.samples import ABSTAINED, MIXED


@pytest.mark.parametrize("answer", [MIXED, ABSTAINED], ids=["claims", "none"])
@pytest.mark.parametrize("first", [0, 1, 99])
@pytest.mark.parametrize("width", ["40", "100"])
def test_what_is_on_the_screen_in_the_end(
    answer: Answer,
    first: int,
    width: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    print_answer(answer)
    at_once = capsys.readouterr()
    live = LiveClaims()
    for claim in answer.claims[:first]:
        live(claim)
    shown = capsys.readouterr().out
    assert at_once.out.startswith(shown) and bool(shown) == bool(answer.claims[:first])
    print_answer(answer, live=live)
    rest = capsys.readouterr()
    assert (shown + rest.out, rest.err) == (at_once.out, at_once.err)


def test_nobody_watches_a_pipe_or_another_format(monkeypatch: pytest.MonkeyPatch) -> None:
    assert live_claims() is None
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert live_claims() is not None
    assert [live_claims(form) for form in ("json", "markdown", "html", "bibtex")] == [None] * 4


def test_the_time_left_follows_from_the_share_that_is_done() -> None:
    way = Headway("/a/b.pdf", 0, 1200, "page", 30, 1400, 0.25)
    assert at(way, 30) == "1:30 left · file 1/1,200 · page 30/1,400 of b.pdf"
    assert at(replace(way, share=0.02, of=1), 1.0) == "0:49 left · file 1/1,200 · b.pdf"
    assert at(replace(way, share=0.019, of=0), 9.0) == "file 1/1,200 · b.pdf"
