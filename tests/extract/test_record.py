"""Which questions are for a paper's record, which paper they mean, and which years they name."""

import pytest

from assistant.extract.record import Years, about, asked_fields, asked_years, has_topic, names_none


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("When did the editorial on choosing WHO's next leader come out?", ("year",)),
        ("When was the tides paper published?", ("year",)),
        ("when was it published", ("year",)),
        ("What year is the paper on routing from?", ("year",)),
        ("publication year of the tides paper", ("year",)),
        ("In which journal was the curcumin study published?", ("venue",)),
        ("In which journal did the crow count appear?", ("venue",)),
        ("Where was the tides paper published?", ("venue",)),
        ("When and where was the tides paper published?", ("year", "venue")),
        ("Who wrote the tides paper and when?", ("authors", "year")),
        ("Who wrote the tides paper and where?", ("authors", "venue")),
        ("Who wrote Tides, when and where?", ("authors", "year", "venue")),
        ("Who wrote When and How?", ("authors",)),
        ("What is the DOI of the otter paper?", ("doi",)),
        ("Who wrote Tides?", ("authors",)),
        ("When was the study conducted?", ()),
        ("When was the drug approved in the study?", ()),
        ("What was the start date of the study?", ()),
        ("When were the data of the study published?", ()),
        ("When was the vaccine released?", ()),
        ("Where were the samples of the report collected?", ()),
        ("Where was the study carried out?", ()),
        ("Which journals did they search?", ()),
        ("In which issue of Tidal Letters is the paper on gauges?", ()),
        ("How many papers were published?", ()),
    ],
)
def test_what_is_asked_of_the_record(question: str, fields: tuple[str, ...]) -> None:
    assert asked_fields(question) == fields


def test_what_says_which_paper_is_meant() -> None:
    asked = about("When did the editorial on choosing WHO's next leader come out?")
    assert asked.names == ["WHO"] and set(asked.topics) <= {"choos", "next", "leader"}
    assert names_none("When was this paper published?") and not names_none(
        "When was the tides paper published?"
    )


@pytest.mark.parametrize(
    ("question", "since", "until", "topic"),
    [
        ("Which papers are from 2024?", 2024, 2024, False),
        ("papers from 2024", 2024, 2024, False),
        ("papers since 2023 about floods", 2023, 9999, True),
        ("flood papers since 2020", 2020, 9999, True),
        ("studies after 2020 on vaccines", 2021, 9999, True),
        ("papers from 2020 on", 2020, 9999, False),
        ("studies from 2020 on vaccines", 2020, 2020, True),
        ("articles before 2020", 0, 2019, False),
        ("articles until 2020", 0, 2020, False),
        ("Which of the papers were published between 2019 and 2021?", 2019, 2021, False),
        ("List papers published in 2023 or later", 2023, 9999, False),
        ("all publications from 2001-2005", 2001, 2005, False),
    ],
)
def test_years_of_papers(question: str, since: int, until: int, topic: bool) -> None:
    found = asked_years(question)
    assert found and (found.since, found.until, has_topic(found)) == (since, until, topic)


@pytest.mark.parametrize(
    "question",
    [
        "What does the review of 2019 outbreaks say?",
        "Which studies use data from 2019?",
        "How did reports change in 2020?",
        "Which papers are about floods?",
        "What happened since 2023?",
    ],
)
def test_years_of_something_else(question: str) -> None:
    assert asked_years(question) is None


def test_the_rest_of_a_question_for_years_is_its_topic() -> None:
    assert asked_years("Which flood papers since 2020 use gauges?") == Years(
        2020, 9999, "which flood papers use gauges?"
    )
