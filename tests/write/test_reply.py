"""Replies as they come: in any pieces, cut anywhere, with other text around them, in forms nobody asked for."""

import json
import re
from typing import Any

import pytest

from assistant.types import DraftClaim, DraftQuote
from assistant.write.reply import NUMBER, JsonReader, Reading, Written, pointing, schema, tags_of

WHOLE = {
    "claims": [
        {"text": 'Otters "sort" {pebbles}.', "citations": [{"id": "ab12", "quote": "a \\ b] and } é \n c"}]},
        {"text": "They dive.", "shown_by": ["AB1", "CD12"]},
        {
            "text": "Third 🦦.",
            "shown_by": ["AB2"],
            "citations": [{"id": "cd34", "quote": "[1]"}, {"id": "ab12", "quote": '"'}],
        },
    ],
    "missing": ["how deep", "for how long"],
}
TEXT = json.dumps(WHOLE, indent=1)
CLAIMS = [
    DraftClaim('Otters "sort" {pebbles}.', (), (DraftQuote("ab12", "a \\ b] and } é \n c"),)),
    DraftClaim("They dive.", ("AB1", "CD12")),
    DraftClaim("Third 🦦.", ("AB2",), (DraftQuote("cd34", "[1]"), DraftQuote("ab12", '"'))),
]


def ends() -> list[int]:
    """Where in TEXT each claim is whole."""
    found, at = [], TEXT.index("[")
    for _ in CLAIMS:
        _, at = json.JSONDecoder().raw_decode(TEXT, TEXT.index("{", at))
        found.append(at)
    return found


def read(text: str, piece: int = 10**9) -> Reading:
    made = JsonReader()
    for at in range(0, len(text), piece):
        made.feed(text[at : at + piece])
    return made.close()


def said(reading: Reading) -> list[DraftClaim]:
    return [written.claim for written in reading.claims]


@pytest.mark.parametrize("text", [TEXT, json.dumps(WHOLE), json.dumps(WHOLE, ensure_ascii=False)])
@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64, 10**9])
def test_json_in_any_pieces(text: str, piece: int) -> None:
    reading = read(text, piece)
    assert (said(reading), reading.missing) == (CLAIMS, ("how deep", "for how long"))
    assert reading.whole and reading.readable and not reading.malformed


def test_json_cut_at_every_character() -> None:
    for end in range(len(TEXT)):
        reading = read(TEXT[:end], 5)
        count = len(reading.claims)
        assert said(reading) == CLAIMS[:count] and not reading.whole
        assert count == sum(end >= place for place in ends())
    assert read(TEXT[: TEXT.rindex("}")]).missing == ("how deep", "for how long")


def test_a_claim_is_there_when_its_last_character_is() -> None:
    reader, came = JsonReader(), []
    for at, char in enumerate(TEXT, 1):
        before = len(reader.reading.claims)
        reader.feed(char)
        came += [at] * (len(reader.reading.claims) - before)
    assert came == ends()


@pytest.mark.parametrize(
    "frame",
    [
        "```json\n{}\n```",
        "Here is the answer:\n\n{}\n\nI hope that this helps {you}!",
        '{"note": "see [1] and {2}", "answer": {}}',
        "\ufeff{}",
        "[{}]",
    ],
)
@pytest.mark.parametrize("piece", [1, 10**9])
def test_text_around_json_is_passed_over(frame: str, piece: int) -> None:
    reading = read(frame.replace("{}", TEXT), piece)
    assert (said(reading), reading.missing, reading.whole) == (CLAIMS, ("how deep", "for how long"), True)


@pytest.mark.parametrize(
    ("text", "claims", "malformed", "readable"),
    [
        ("", 0, 0, False),
        ("The otters sort pebbles.", 0, 0, False),
        ("[" * 100_000, 0, 0, False),
        ('{"claims": ' + "[" * 100_000, 0, 0, False),
        ("[]", 0, 0, False),
        ('{"missing": []}', 0, 0, False),
        ('{"claims": {}, "missing": []}', 0, 0, False),
        ('{"claims": [], "missing": []}', 0, 0, True),
        ('{"claims": []}', 0, 0, True),
        ('{"claims": ["x"], "missing": []}', 0, 1, False),
        ('{"claims": [null, 3], "missing": []}', 0, 1, False),
        ('{"claims": [["x"]], "missing": []}', 0, 1, False),
        ('{"claims": [{"text": 1, "citations": []}], "missing": []}', 0, 1, False),
        ('{"claims": [{"text": " ", "citations": []}], "missing": []}', 0, 1, False),
        ('{"claims": [{"text": "x"}], "missing": []}', 0, 1, False),
        ('{"claims": [{"text": "x", "citations": ["y"]}], "missing": []}', 0, 1, False),
        ('{"claims": [{"text": "x", "citations": [{"id": "y"}]}], "missing": []}', 0, 1, False),
        ('{"claims": [{"text": "x", "shown_by": [3]}], "missing": []}', 0, 1, False),
        ('{"claims": [{"text": "x", "shown_by": {}}], "missing": []}', 0, 1, False),
        ('{"claims": [{"text": "x", "shown_by": "AB1"}], "missing": []}', 1, 0, True),
        ('{"claims": [{"text": "x", "citations": []}, {"claim": "y"}]}', 1, 1, True),
        ("{'claims': [{'text': 'x'}]}", 0, 0, False),
        ('{"claims": [{"text": "a" "b", "citations": []}]}', 0, 1, False),
    ],
)
def test_another_form_is_not_read_for_what_it_may_mean(
    text: str, claims: int, malformed: int, readable: bool
) -> None:
    reading = read(text)
    assert (len(reading.claims), len(reading.malformed), reading.readable) == (claims, malformed, readable)


@pytest.mark.parametrize(
    ("missing", "expected"),
    [('["a", " ", 3, " b\\nc"]', ("a", "b c")), ('"a"', ("a",)), ("null", ()), ("{}", ()), ('["a', ())],
)
def test_what_is_missing(missing: str, expected: tuple[str, ...]) -> None:
    claim = '{"text": "The \\"missing\\": [1] part.", "citations": []}'
    assert read(f'{{"claims": [{claim}], "missing": {missing}}}').missing == expected
    if not missing.endswith('"a'):
        assert read(f'{{"missing": {missing}, "claims": [{claim}]}}').missing == expected


def test_halves_of_characters_and_fields_nobody_asked_for() -> None:
    citation = r'{"id": "x\udc00", "quote": "\ud83e\udda6 b", "page": 3}'
    claim = r'{"sure": {"n": [1]}, "text": "a\ud83d", "citations": [' + citation + "]}"
    (written,) = read('{"claims": [' + claim + '], "thoughts": "none"}').claims
    assert written == Written(DraftClaim("a?", (), (DraftQuote("x?", "🦦 b"),)))


def test_a_number_says_which_claim_is_meant_and_an_empty_text_withdraws_it() -> None:
    made: list[dict[str, Any]] = [
        {"number": 2, "text": "", "citations": []},
        {"number": True, "text": "x", "citations": []},
    ]
    assert read(json.dumps({"claims": made})).claims == [
        Written(DraftClaim(""), 2), Written(DraftClaim("x"), None)
    ]  # fmt: skip


def test_two_hundred_thousand_characters_in_small_pieces() -> None:
    long = {
        "claims": [{"text": "x" * 100_000, "citations": [{"id": "a", "quote": "{" * 100_000}]}],
        "missing": [],
    }
    reading = read(json.dumps(long), 4)
    assert reading.whole and len(said(reading)[0].quotes[0].words) == 100_000
    assert read("no " * 66_000, 4).readable is False


@pytest.mark.parametrize(
    ("listed", "tags"),
    [
        ("AB1", ["AB1"]),
        ("AB1, CD2", ["AB1", "CD2"]),
        ("AB1-AB3", ["AB1", "AB2", "AB3"]),
        ("AB1–3; CD2", ["AB1", "AB2", "AB3", "CD2"]),
        ("AB1 to AB2 and CD9", ["AB1", "AB2", "CD9"]),
        ("AB1, 2 and 3", ["AB1", "AB2", "AB3"]),
        ("AB3-AB1", ["AB3", "AB1"]),
        ("AB1-CD3", ["AB1", "CD3"]),
        ("AB1-AB999", ["AB1", "AB999"]),
        ("ABCD12 ABCD13", ["ABCD12", "ABCD13"]),
    ],
)
def test_tags_and_ranges_of_tags(listed: str, tags: list[str]) -> None:
    assert tags_of(listed) == tags
    for frame in ("{}", "[{}]", "({}).", "“{}”"[1:-1], '"{}"', " <{}> "):
        assert pointing("x", [frame.replace("{}", listed)]) == DraftClaim("x", tuple(tags))


@pytest.mark.parametrize(
    "pointer", ["They sort pebbles.", "AB", "1", "ab1", "A1", "AB1234", "AB1 sorts", "[AB]"]
)
def test_what_is_no_tag_is_taken_for_copied_words(pointer: str) -> None:
    assert pointing("x", [pointer, "AB1"]) == DraftClaim("x", ("AB1",), (DraftQuote(None, pointer),))
    assert pointing("x", ["", " "]) == DraftClaim("x")


def test_tags_within_a_claim_point_and_are_taken_out() -> None:
    assert pointing("Otters sort [AB1, AB2], and dive (CD3).", ["AB2"]) == DraftClaim(
        "Otters sort, and dive.", ("AB1", "AB2", "CD3")
    )
    assert pointing("GPT4 and [1] stay (see AB).", []) == DraftClaim("GPT4 and [1] stay (see AB).")


def test_a_schema_names_the_tags_as_long_as_servers_bear_it() -> None:
    def items(form: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = form["properties"]["claims"]["items"]["properties"]["shown_by"]["items"]
        return found

    few, many = [f"AB{n}" for n in range(250)], [f"AB{n}" for n in range(251)]
    assert items(schema(few))["enum"] == few and "pattern" not in items(schema(few))
    for tags in (many, []):
        assert "enum" not in items(schema(tags)) and re.fullmatch(items(schema(tags))["pattern"], "AB12")


@pytest.mark.parametrize("form", [schema(["AB1"]), schema(["AB1"], number=NUMBER), schema([])])
def test_the_schema_is_as_strict_servers_want_it(form: dict[str, Any]) -> None:
    def objects(part: Any) -> list[dict[str, Any]]:
        inner = [found for each in part.values() for found in objects(each)] if isinstance(part, dict) else []
        return [part, *inner] if isinstance(part, dict) and part.get("type") == "object" else inner

    found = objects(form)
    assert len(found) == 2
    assert all(o["required"] == list(o["properties"]) and o["additionalProperties"] is False for o in found)
