import json

import pytest
from hypothesis import given

from assistant.show import as_json
from assistant.types import AddReport, Answer, FileReport
from tests.show.samples import (
    ABSTAINED,
    DATED,
    FIRST,
    HITS,
    LEANING,
    MIXED,
    OTTERS,
    PLAIN,
    TIDES,
    hostile_answers,
)

ANSWER = {
    "question": str,
    "status": str,
    "text": str,
    "claims": list,
    "references": list,
    "dropped": dict,
    "missing": list,
    "nearest": list,
    "engine": str,
    "usage": dict,
    "seconds": float,
}
CLAIM = {"text", "verdict", "support", "reason", "citations"}
CITATION = {"marker", "paper", "passage", "page", "section", "quote", "start", "end", "verified"}
REFERENCE = {
    *{"marker", "key", "title", "handle", "authors", "year"},
    *{"venue", "doi", "arxiv", "url", "file"},
}
LISTED = {
    *{"key", "id", "title", "handle", "authors", "year", "venue", "doi", "arxiv", "url"},
    *{"source", "file", "pages", "passages", "tags"},
}


@given(hostile_answers())
def test_any_answer_has_the_shape_and_quotes_are_exact(answer: Answer) -> None:
    _has_the_shape(answer)


@pytest.mark.parametrize("answer", [PLAIN, MIXED, ABSTAINED])
def test_an_answer_has_the_shape(answer: Answer) -> None:
    _has_the_shape(answer)


def _has_the_shape(answer: Answer) -> None:
    made = as_json.answer_dict(answer)
    assert json.loads(as_json.document(made)) == made
    prompt = made.pop("prompt")
    assert prompt is None or isinstance(prompt, str)
    assert {name: type(value) for name, value in made.items()} == ANSWER
    assert set(made["dropped"]) == {"citations", "claims", "reasons"}
    estimated = {"estimated"} if answer.usage.estimated else set()
    assert set(made["usage"]) == {"input_tokens", "output_tokens", "cost_usd"} | estimated
    texts = {reference.paper.key: reference.paper.text for reference in answer.references}
    for reference in made["references"]:
        assert set(reference) == REFERENCE
    for claim in made["claims"]:
        assert set(claim) == CLAIM
        for citation in claim["citations"]:
            assert set(citation) == CITATION
            assert citation["verified"] is True
            assert texts[citation["paper"]][citation["start"] : citation["end"]] == citation["quote"]


def test_the_values_of_an_answer() -> None:
    made = as_json.answer_dict(MIXED)
    assert (made["status"], made["seconds"]) == ("partial", 3.2)
    assert [claim["support"] for claim in made["claims"]] == [1.0, 0.8123, 0.1]
    first = made["claims"][0]["citations"][0]
    assert (first["marker"], first["page"], first["quote"], first["start"]) == (1, 1, FIRST, 0)
    assert made["references"][0]["file"] == "papers/brookOtters.txt"
    assert (made["references"][1]["title"], made["references"][1]["year"]) == (None, None)


def test_what_a_quote_leans_on_is_in_its_citation() -> None:
    (claim,) = as_json.answer_dict(LEANING)["claims"]
    (citation,) = claim["citations"]
    assert set(citation) == CITATION | {"before"}
    assert citation["before"] == {"quote": FIRST, "start": 0, "end": len(FIRST), "page": 1}
    assert (citation["quote"], citation["page"]) == (claim["text"], 2)


def test_what_stands_only_on_record_is_cited_with_its_source() -> None:
    made = as_json.answer_dict(DATED)
    assert json.loads(as_json.document(made)) == made
    assert [claim["citations"] for claim in made["claims"]] == [
        [
            {"marker": 1, "paper": "brookOtters", "field": "year", "value": 2021, "source": "refs.bib",
             "verified": True}
        ],
        [
            {"marker": 1, "paper": "brookOtters", "field": "authors", "value": list(OTTERS.authors), "source": None,
             "verified": True}
        ],
    ]  # fmt: skip
    assert made["text"].startswith("Published in 2021 [1]. Written by Brook, Ada;")


def test_an_abstention_names_the_nearest_papers() -> None:
    made = as_json.answer_dict(ABSTAINED)
    assert (made["claims"], made["references"]) == ([], [])
    assert made["nearest"] == ["brookOtters", "rillTide"]
    assert "Pebbles & Otters" in made["text"]


def test_a_paper_in_full_and_listed() -> None:
    full, listed = (as_json.paper_dict(TIDES, passages=1, full=each) for each in (True, False))
    assert set(listed) == LISTED
    assert set(full) == LISTED | {"abstract", "text"}
    assert full["text"][: full["source"]["end"]] == full["abstract"] == TIDES.text
    assert (full["pages"], full["passages"]) == (None, 1)
    assert as_json.paper_dict(OTTERS, passages=1, full=True)["pages"] == 2
    assert as_json.paper_dict(OTTERS, passages=1, full=True)["abstract"] is None


def test_hits() -> None:
    assert as_json.hits_list(HITS)[0] == {
        "paper": "brookOtters",
        "passage": "p_1",
        "page": 1,
        "score": 0.8346,
        "found_by": "both",
        "text": FIRST,
        "more": 2,
    }


def test_an_add_report() -> None:
    report = AddReport(
        (FileReport("a.pdf", "failed", error="no text", warnings=("page 2 holds no text",)),),
        papers_added=2,
        passages=5,
        seconds=1.9,
    )
    assert as_json.add_dict(report) == {
        "files": [
            {
                "path": "a.pdf",
                "state": "failed",
                "papers": [],
                "error": "no text",
                "warnings": ["page 2 holds no text"],
            }
        ],
        "papers_added": 2,
        "papers_updated": 0,
        "passages": 5,
        "missing": [],
        "pruned": [],
        "seconds": 1.9,
    }


def test_a_document_is_safe_to_print_and_reads_back_equal() -> None:
    value = {"text": "\x1b[31m \x9b2J \u202e \x7f \ud800 naïve 量子 \n"}
    printed = as_json.document(value)
    assert json.loads(printed) == value
    assert "naïve 量子" in printed
    assert printed.encode().isascii() is False
    assert not set(printed) & set("\x1b\x9b\u202e\x7f")


@pytest.mark.parametrize("text", ["\U000e0001tag", "\x1b[2J", "\u202eturned", "\ud800half", "plain é 水"])
def test_what_steers_a_terminal_is_escaped_and_reads_back_equal(text: str) -> None:
    for written in (as_json.document({"text": text}), as_json.line({"text": text})):
        assert json.loads(written) == {"text": text}
        assert not any(char in written for char in "\U000e0001\x1b\u202e\ud800")
