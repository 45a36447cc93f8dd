"""Replies as they come: in any pieces, cut anywhere, with other text around them, in forms nobody asked for."""

import json
from typing import Any

import pytest

from assistant.types import DraftCitation, DraftClaim
from assistant.write.reply import NUMBERED, SCHEMA, JsonReader, Reading, Written

WHOLE = {
    "claims": [
        {"text": 'Otters "sort" {pebbles}.', "citations": [{"id": "ab12", "quote": "a \\ b] and } é \n c"}]},
        {"text": "They dive.", "citations": []},
        {"text": "Third 🦦.", "citations": [{"id": "cd34", "quote": "[1]"}, {"id": "ab12", "quote": '"'}]},
    ],
    "missing": ["how deep", "for how long"],
}
TEXT = json.dumps(WHOLE, indent=1)
CLAIMS = [
    DraftClaim('Otters "sort" {pebbles}.', (DraftCitation("ab12", "a \\ b] and } é \n c"),)),
    DraftClaim("They dive."),
    DraftClaim("Third 🦦.", (DraftCitation("cd34", "[1]"), DraftCitation("ab12", '"'))),
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
    assert written == Written(DraftClaim("a?", (DraftCitation("x?", "🦦 b"),)))


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
    assert reading.whole and len(said(reading)[0].citations[0].quote) == 100_000
    assert read("no " * 66_000, 4).readable is False


@pytest.mark.parametrize("schema", [SCHEMA, NUMBERED])
def test_the_schema_is_as_strict_servers_want_it(schema: dict[str, Any]) -> None:
    def objects(part: Any) -> list[dict[str, Any]]:
        inner = [found for each in part.values() for found in objects(each)] if isinstance(part, dict) else []
        return [part, *inner] if isinstance(part, dict) and part.get("type") == "object" else inner

    found = objects(schema)
    assert len(found) == 3
    assert all(o["required"] == list(o["properties"]) and o["additionalProperties"] is False for o in found)
