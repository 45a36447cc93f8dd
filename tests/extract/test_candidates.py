"""A question's words beside a paper's sentences: each as near as its nearest token."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.extract.candidates import READ, READ_FAST, WHOLE_PAPER, candidate, opens, read
from assistant.extract.features import ANSWER_FEATURES, SENTENCE_FEATURES, answer_features, sentence_features
from assistant.extract.question import Question
from assistant.types import Hit, Passage
from tests.extract.papers import Catalog, paper
from tests.fakes import FakeCatalog, WordEmbedder

OTTERS = paper("o", "Otters dive deep. They sort pebbles in 31 of 40 dives. Gravel is lost.", "On Pebbles")


def near(question: str) -> dict[str, list[float]]:
    (given,) = Catalog(OTTERS).candidates()
    reading = read(Question(question), given, WordEmbedder())
    assert reading.sentences[0].text == "Otters dive deep." and len(reading.sentences) == 3
    columns = zip(reading.words, reading.near.T, strict=True)
    return {word: [round(float(x), 3) for x in column] for word, column in columns}


def test_a_word_is_as_near_to_a_sentence_as_to_its_nearest_token() -> None:
    found = near("How do otters sort gravel?")
    assert list(found) == ["otter", "sort", "gravel"]
    assert found["otter"][0] == 1 > found["otter"][1] and found["sort"][1] == 1 and found["gravel"][2] == 1


def test_words_without_content_count_where_there_are_no_others() -> None:
    assert list(near("what is it")) == ["what", "is", "it"]


def test_the_title_is_no_sentences_own() -> None:
    (given,) = Catalog(OTTERS).candidates()
    reading = read(Question("Which pebbles?"), given, WordEmbedder())
    assert np.allclose(reading.title, 1) and reading.near[0, 0] < 1


def test_of_a_long_paper_the_best_passages_are_read() -> None:
    text = " ".join(f"Sentence {n} is about stone {n}." for n in range(WHOLE_PAPER + 2))
    given = paper("long", text)
    catalog = FakeCatalog([given])
    spans = [(each.start, each.end) for each in catalog.sentences_of("long")]
    passages = [Passage(f"p{n}", "long", a, b, text[a:b]) for n, (a, b) in enumerate(spans)]
    catalog = FakeCatalog([given], passages)
    hits = [Hit(passages[n], 0.9 - place / 10, "both", 0.5, 1.0) for place, n in enumerate((4, 0, 2))]
    found = candidate(given, hits, catalog)
    assert [each.number for each in found.sentences] == [0, 2, 4] and found.score == hits[0].score
    reading = read(Question("Which stone?"), found, WordEmbedder())
    assert [each.number for each in reading.sentences] == [0, 2, 4]
    assert reading.found.tolist() == pytest.approx([0.8 / 0.9, 0.7 / 0.9, 1])
    fast = read(Question("Which stone?"), found, WordEmbedder(), READ_FAST)
    assert [each.number for each in fast.sentences] == [0, 4] and READ_FAST == 2 < READ
    tabled = replace(found, sentences=[each for each in found.sentences if each.number == 2])
    assert [each.number for each in read(Question("Which stone?"), tabled, WordEmbedder()).sentences] == [2]
    whole = candidate(given, hits[:1], FakeCatalog([given], passages[:WHOLE_PAPER]))
    assert len(whole.passages) == WHOLE_PAPER


def test_the_features_tell_the_sentence_and_whether_it_answers() -> None:
    (given,) = Catalog(OTTERS).candidates()
    question = Question("In how many dives do otters sort pebbles?")
    reading = read(question, given, WordEmbedder())
    rows = sentence_features(question, reading, {word: 1.0 for word in question.words})
    assert rows.shape == (3, len(SENTENCE_FEATURES))
    for name in ("gain", "share", "coverage", "number", "number_asked"):
        column = rows[:, SENTENCE_FEATURES.index(name)]
        assert column.argmax() == 1, name
    assert list(rows[:, SENTENCE_FEATURES.index("place")]) == [0, 0.5, 1]
    assert list(rows[:, SENTENCE_FEATURES.index("found")]) == [1, 1, 1]

    def told(text: str, order: list[int]) -> dict[str, float]:
        asked = Question(text)
        found = answer_features(asked, given, read(asked, given, WordEmbedder()), order, 0.2)
        return dict(zip(ANSWER_FEATURES, map(float, found), strict=True))

    good, bad = told(question.text, [1, 0, 2]), told("How many volcanoes does QuakeNet see?", [0, 2])
    assert (good["worst_name"], good["number_lacking"], good["count_lacking"]) == (1, 0, 0)
    assert (bad["worst_name"], bad["number_lacking"], bad["count_lacking"]) == (0, 1, 1)
    assert good["whole"] > bad["whole"] and good["said_least"] > bad["said_least"]
    assert good["rare_absent"] < bad["rare_absent"] and np.isclose(good["gap"], 0.2)
    assert told("Which dataset do otters use?", [0])["kind"] == 1 and good["kind"] == 0


def test_heading_and_sentence_before_count_for_a_sentence_in_its_place() -> None:
    said = "Otters dive deep. They sort pebbles. Gravel is lost. Basalt sinks."
    (given,) = Catalog(paper("o", said)).candidates()
    headed = [replace(each, section="4 Basalt" if each.number == 1 else None) for each in given.sentences]
    given = replace(given, sentences=[headed[0], headed[1], headed[3]])
    question = Question("Do otters sort basalt?")
    reading = read(question, given, WordEmbedder())
    rows = sentence_features(question, reading, {"otter": 1.0, "sort": 1.0, "basalt": 2.0})
    assert rows[:, SENTENCE_FEATURES.index("coverage")].tolist() == [0.25, 0.25, 0.5]
    assert rows[:, SENTENCE_FEATURES.index("in_place")].tolist() == [0.25, 1, 0.5]


@pytest.mark.parametrize(
    "text", ["Otters dive.", "“Otters” dive.", "31 of 40 dive.", "miR-126 is lost.", "(Otters)", "獭."]
)
def test_a_whole_sentence_opens_by_a_capital_a_figure_or_a_name(text: str) -> None:
    assert opens(text)


@pytest.mark.parametrize("text", [", n and is lost.", "—restarts: more is better.", "e otters dive.", "…"])
def test_what_lost_its_beginning_does_not(text: str) -> None:
    assert not opens(text)


def test_what_lost_its_beginning_is_read_only_where_there_is_nothing_else() -> None:
    (given,) = Catalog(paper("o", "Otters dive. , n and gravel is lost.")).candidates()
    assert [each.text for each in given.sentences] == ["Otters dive."]
    (given,) = Catalog(paper("o", "otters dive. gravel is lost.")).candidates()
    assert given.sentences
