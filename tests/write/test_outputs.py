"""What models really reply, and what of it is shown: the table says both."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.types import Answer
from tests.fakes import FakeModel, claims, passages_in, pointing
from tests.write.desk import (
    FIRST,
    KEPT,
    OTTERS,
    SLACK,
    SORT,
    TIDE,
    TIDES,
    Reply,
    Shelf,
    holder,
    paper,
    written,
)

LISTED = "[4] Rill, B. The tides of the Dee are late and slow, 2020."
BODY = "We saw it ourselves on every day of the long summer. So it was."
WITH_REFERENCES = paper(
    "dee", f"{BODY}\n\nReferences\n{LISTED}", references=(len(BODY) + 2, len(BODY) + 13 + len(LISTED))
)
LIGATURE = "The ﬁrst dive of an otter’s day is the longest of all."


def one(text: str, *cited: tuple[str, str]) -> Reply:
    """A claim whose citations name a passage by words that it holds."""
    return lambda shown: claims((text, [(holder(shown, where), quote) for where, quote in cited]))


def quoting(quote: str, text: str = "So it is.") -> Reply:
    """A claim that cites the passage on otters."""
    return one(text, ("heaviest pebble", quote))


def by(name: str, quote: str) -> Reply:
    return lambda shown: claims(("So it is.", [(name, quote)]))


def framed(frame: str) -> Reply:
    return lambda shown: frame.replace("{}", json.dumps(quoting(KEPT)(shown)))


def with_key(key: str, value: Any) -> Reply:
    return lambda shown: quoting(KEPT)(shown) | {key: value}


def mixed(shown: dict[str, str]) -> Any:
    good = quoting(KEPT)(shown)
    return {"claims": [*good["claims"], {"text": "No citations field."}], "missing": []}


def escaped(shown: dict[str, str]) -> str:
    """Letters and an apostrophe as unicode escapes."""
    made = json.dumps(quoting(FIRST)(shown), ensure_ascii=False)
    return made.replace("day", "\\u0064\\u0061\\u0079").replace("'", "\\u2019")


def long(shown: dict[str, str]) -> Any:
    name = holder(shown, "heaviest pebble")
    return claims(*((f"Claim {chr(97 + n % 26) * (n // 26 + 1)}.", [(name, KEPT)]) for n in range(1500)))


def tag_of(shown: dict[str, str], sentence: str) -> str:
    """The tag that a sentence stands behind: its passage's id and its place there."""
    name = next(name for name, words in shown.items() if sentence in words)
    before = shown[name][: shown[name].index(sentence)]
    return f"{name}{1 + sum(each in before for each in (KEPT, SORT, TIDE))}"


def at(
    sentences: tuple[str, ...],
    text: str = "So it is.",
    frame: str = "{}",
    joined: str = "",
    inside: str = "",
    more: tuple[str, ...] = (),
) -> Reply:
    """A claim that points at these sentences."""

    def reply(shown: dict[str, str]) -> Any:
        tags = [frame.format(tag_of(shown, each)) for each in sentences]
        tags = [joined.join(tags)] if joined else tags
        return pointing((text.format(tag_of(shown, inside)) if inside else text, [*tags, *more]))

    return reply


def pointing_with(*pointers: str) -> Reply:
    return lambda shown: pointing(("So it is.", pointers))


def tag_as_id(shown: dict[str, str]) -> Any:
    return claims(("So it is.", [(tag_of(shown, KEPT), KEPT)]))


def beyond(shown: dict[str, str]) -> Any:
    return pointing(("So it is.", [f"{holder(shown, KEPT)}9"]))


@dataclass(frozen=True)
class Row:
    """``kept``: the quotes shown; ``dropped``: citations and claims."""

    name: str
    reply: Reply
    status: str
    verdicts: str
    kept: tuple[str, ...] = ()
    dropped: tuple[int, int] = (0, 0)
    reason: str = ""


NOT_HELD, UNKNOWN = "quotes words that brookOtters does not hold", "which was not offered"
LIE: dict[str, Any] = {"status": "abstained", "verdicts": "", "dropped": (1, 1)}
OK: dict[str, Any] = {"status": "answered", "verdicts": "unchecked"}
TABLE = [
    # quotes that stand
    Row("a verbatim quote", quoting(KEPT), **OK, kept=(KEPT,)),
    Row("a claim that is its quote", quoting(KEPT, KEPT), "answered", "supported", (KEPT,)),
    Row("two papers", one("So.", ("heaviest", KEPT), ("tide sets", TIDE)), **OK, kept=(KEPT, TIDE)),
    Row("curly quotes, a ligature", quoting(FIRST), **OK, kept=(LIGATURE,)),
    Row("white space and a break", quoting(f" {KEPT.replace(' ', chr(10) + ' ')} "), **OK, kept=(KEPT,)),
    Row("a snippet is widened", quoting("31 of 40"), **OK, kept=(KEPT,)),
    Row("the rest of the same paper", quoting(SORT), **OK, kept=(SORT,)),
    Row("over the border of two passages", quoting(f"{KEPT} {SORT}"), **OK, kept=(f"{KEPT} {SORT}",)),
    Row("unicode escapes", escaped, **OK, kept=(LIGATURE,)),
    Row("zero-width characters", quoting(KEPT.replace(" ", " \u200b")), **OK, kept=(KEPT,)),
    # quotes that do not
    Row("an invented id", by("zzzz", KEPT), **LIE, reason=UNKNOWN),
    Row("the catalog's own id", by("p_brookOtters0", KEPT), **LIE, reason=UNKNOWN),
    Row("an empty id", by("", KEPT), **LIE, reason=UNKNOWN),
    Row("the paper's key for an id", by("brookOtters", KEPT), **LIE, reason=UNKNOWN),
    Row("another paper's words", quoting(TIDE), **LIE, reason=NOT_HELD),
    Row("another paper's id", one("So.", ("tide sets", KEPT)), **LIE, reason="rillTide does not hold"),
    Row("a paraphrase", quoting("Otters mostly kept the heaviest pebble."), **LIE, reason=NOT_HELD),
    Row("a changed number", quoting(KEPT.replace("31", "41")), **LIE, reason=NOT_HELD),
    Row("a digit more", quoting("the heaviest pebble in 31 of 4"), **LIE, reason=NOT_HELD),
    Row("another case", quoting(KEPT.upper()), **LIE, reason=NOT_HELD),
    Row("a word left out", quoting(KEPT.replace("heaviest ", "")), **LIE, reason=NOT_HELD),
    Row("words joined over a gap", quoting("Otters kept ... before they dive."), **LIE, reason=NOT_HELD),
    Row("words over two papers", quoting(f"{FIRST} {TIDE}"), **LIE, reason=NOT_HELD),
    Row("words of the headline", quoting("Pebbles and Otters · Brook, Ada"), **LIE, reason=NOT_HELD),
    Row("an empty quote", quoting(""), **LIE, reason=NOT_HELD),
    Row("dots for a quote", quoting("..."), **LIE, reason=NOT_HELD),
    Row("from the reference list", one("So.", ("We saw it", LISTED[13:])), **LIE, reason="dee does not"),
    Row("no citation", lambda shown: claims(("So it is.", [])), "abstained", "", (), (0, 1)),
    Row("one of two stands", one("So.", ("heaviest", KEPT), ("heaviest", "No.")), **OK, kept=(KEPT,), dropped=(1, 0)),
    # numbers and names
    Row("a number that no quote has", quoting(KEPT, "Otters kept it in 41 of 40 dives."), "abstained", "", (), (0, 1)),
    Row("a name that nothing has", quoting(KEPT, "The OtterNet kept it."), "abstained", "", (), (0, 1)),
    Row("the year of the paper", quoting(KEPT, "In 2021 it was kept."), **OK, kept=(KEPT,)),
    # forms
    Row("a fence", framed("```json\n{}\n```"), **OK, kept=(KEPT,)),
    Row("text around it", framed("Sure!\n{}\nAnything else?"), **OK, kept=(KEPT,)),
    Row("in another object", framed('{"answer": {}}'), **OK, kept=(KEPT,)),
    Row("further fields", with_key("confidence", 0.9), **OK, kept=(KEPT,)),
    Row("missing as a text", with_key("missing", "depth"), "partial", "unchecked", (KEPT,)),
    Row("missing as null", with_key("missing", None), **OK, kept=(KEPT,)),
    Row("one claim in another form", mixed, "partial", "unchecked", (KEPT,), (0, 1), "claim 2: shown_by is not"),
    Row("the same claim twice", lambda shown: {"claims": quoting(KEPT)(shown)["claims"] * 2}, **OK, kept=(KEPT,)),
    Row("nothing found", lambda shown: claims(missing=["depth"]), "abstained", ""),
    Row("nothing at all", lambda shown: claims(), "abstained", ""),
    Row("half a character", quoting("Otters kept \ud83e"), **LIE, reason=NOT_HELD),
    # pointers
    Row("a tag", at((KEPT,)), **OK, kept=(KEPT,)),
    Row("a claim that is its sentence", at((KEPT,), KEPT), "answered", "supported", (KEPT,)),
    Row("a tag in brackets", at((KEPT,), frame="[{}]"), **OK, kept=(KEPT,)),
    Row("two tags in one text", at((KEPT, TIDE), joined=", "), **OK, kept=(KEPT, TIDE)),
    Row("neighbours are one quote", at((KEPT, SORT)), **OK, kept=(f"{KEPT} {SORT}",)),
    Row("neighbours in any order", at((SORT, KEPT)), **OK, kept=(f"{KEPT} {SORT}",)),
    Row("a range", at((KEPT, LIGATURE), joined="-"), **OK, kept=(OTTERS.text,)),
    Row("no neighbours", at((KEPT, LIGATURE)), **OK, kept=(KEPT, LIGATURE)),
    Row("the same tag twice", at((KEPT, KEPT)), **OK, kept=(KEPT,)),
    Row("tags in the claim's text", at((), "So it is [{}].", inside=KEPT), **OK, kept=(KEPT,)),
    Row("a tag as a passage's id", tag_as_id, **OK, kept=(KEPT,)),
    Row("words in place of a tag", pointing_with(KEPT), **OK, kept=(KEPT,)),
    Row("half a sentence in place of a tag", pointing_with("sort pebbles by weight"), **OK, kept=(SORT,)),
    Row("an invented tag", pointing_with("QQ7"), **LIE, reason=UNKNOWN),
    Row("a sentence too far", beyond, **LIE, reason=UNKNOWN),
    Row("an invented tag beside a good one", at((KEPT,), more=("QQ7",)), **OK, kept=(KEPT,), dropped=(1, 0)),
    Row("a paraphrase in place of a tag", pointing_with("Otters like pebbles."), **LIE, reason="no paper holds"),
    Row("dots in place of a tag", pointing_with("..."), **LIE, reason="no paper holds"),
    Row("words of two papers in place of a tag", pointing_with("otter"), **LIE, reason="no paper holds"),
    Row("no tag", pointing_with(), "abstained", "", (), (0, 1)),
    Row("a number that no sentence has", at((KEPT,), "Otters kept it in 41 of 40 dives."), "abstained", "", (), (0, 1)),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
@pytest.mark.parametrize("pieces", [0, 6])
def test_what_is_shown(row: Row, pieces: int) -> None:
    shelf = Shelf(
        OTTERS,
        TIDES,
        WITH_REFERENCES,
        cuts={OTTERS.key: (51,)} if row.name.startswith(("over the", "the rest")) else {},
    )
    answer = written(FakeModel(row.reply, pieces=pieces), shelf)
    assert (answer.status, " ".join(claim.verdict for claim in answer.claims)) == (row.status, row.verdicts)
    assert tuple(c.quote.text for claim in answer.claims for c in claim.citations) == row.kept
    assert (answer.dropped.citations, answer.dropped.claims) == row.dropped
    assert any(row.reason in reason for reason in (*answer.dropped.reasons, ""))


def test_of_1500_claims_a_stream_is_read_as_far_as_a_reader_goes() -> None:
    shelf = Shelf(OTTERS, TIDES)
    answer = written(FakeModel(long, pieces=6), shelf)
    assert answer.status == "partial" and answer.missing == (
        "the rest of the answer (fake went on beyond all measure)",
    )
    assert 8 < len(answer.claims) < 100
    whole = written(FakeModel(long), shelf)  # it had come before anybody could say enough
    assert whole.status == "answered" and len(whole.claims) == 1500


def test_json_cut_at_every_character_shows_whole_claims_only() -> None:
    shelf = Shelf(OTTERS, TIDES)

    def reply(shown: dict[str, str]) -> str:
        made = {
            "claims": [*quoting(KEPT, "A.")(shown)["claims"], *one("B.", ("tide", SLACK))(shown)["claims"]]
        }
        return json.dumps(made | {"missing": []})

    model = FakeModel(reply)
    whole = written(model, shelf)
    text = reply(passages_in(model.prompts[0]))
    first = text.index("A.") - len('{"text": "')
    ends = [text.index("}]}", first) + 3, text.index("}]}", text.index("B.")) + 3]
    for end in range(ends[0], len(text)):
        answer = cut(text[:end], shelf)
        assert [claim.text for claim in answer.claims] == ["A.", "B."][: sum(end >= each for each in ends)]
        assert answer.claims == whole.claims[: len(answer.claims)]
        assert (answer.status, answer.missing) == ("partial", ("the rest of the answer (fake broke off)",))


def cut(text: str, shelf: Shelf) -> Answer:
    return written(FakeModel(lambda shown: text, cut=[1, 2]), shelf)
