"""A paper's sentences → its cells: the forms in which papers state things, and what is left empty."""

import re

import pytest

from assistant.compare import ASPECTS
from assistant.compare.phrase import MOST, phrase
from assistant.compare.table import compared, stated
from assistant.types import Paper, Passage, Sentence, Source
from tests.fakes import FakeCatalog

ABSTRACT = (
    "Otters are widely kept in parks of the north and have been studied for decades. "
    "We address the problem of pebble sorting by otters, which parks would like to understand. "
    "To this end, we propose PebbleNet, a network that reads the whiskers of an otter. "
    "We collect PebbleSet, a dataset of 12,705 dives of otters in rivers. "
    "Experiments on the PebbleSet and ShellSet benchmarks show that PebbleNet improves sorting by 22.5% over rivals. "
    "Our code is available at https://github.com/otters/pebble."
)


def catalog(text: str, title: str | None = None) -> FakeCatalog:
    whole = f"{title}\n{text}" if title else text
    body = len(whole) - len(text)
    paper = Paper(whole, body, Source("f.txt", 0, len(whole)), title, key="k", abstract_end=len(whole))
    return FakeCatalog([paper], [Passage("p", "k", 0, len(whole), whole)])


def values(text: str, title: str | None = None) -> dict[str, str]:
    found = stated("k", catalog(text, title))
    slices = (
        (each.value, re.sub(r" ?\[[\d, ]+\]", "", " ".join(each.sentence.text.split())))
        for each in found.values()
    )
    assert all(value in whole for value, whole in slices)
    return {aspect: each.value for aspect, each in found.items()}


def test_each_aspect_is_a_slice_of_the_sentence_that_states_it() -> None:
    assert values(ABSTRACT) == {
        "task": "the problem of pebble sorting by otters, which parks would like to understand",
        "method": "PebbleNet, a network that reads the whiskers of an otter",
        "data": "PebbleSet, a dataset of 12,705 dives of otters in rivers",
        "result": "PebbleNet improves sorting by 22.5% over rivals",
        "code": "https://github.com/otters/pebble",
    }


def test_what_is_not_said_stays_empty() -> None:
    assert values("Otters are widely kept in parks of the north. Many people like to watch them there.") == {}


def test_a_title_says_the_task_behind_the_name_that_it_opens_with() -> None:
    text = "Otters are widely kept in parks of the north."
    assert values(text, "PebbleNet: Sorting Pebbles of Otters") == {"task": "Sorting Pebbles of Otters"}
    assert values(text, "Otters: Sorting Pebbles at Night") == {"task": "Otters: Sorting Pebbles at Night"}
    assert values(text, "PebbleNet: A Method with Whiskers") == {}


def test_a_task_that_the_sentence_before_names_is_none() -> None:
    assert "task" not in values("We address these three challenges of otters in the parks of the north.")
    assert "task" not in values("In this study of the otters of the north we aim to achieve two goals.")


def test_an_aim_ends_where_the_work_begins() -> None:
    said = "To detect otters that dive at night, we weigh the pebbles of {}."
    assert values(said.format("rivers"))["task"] == "detect otters that dive at night"
    assert "task" not in values(
        "To begin with the otters that dive at night, we weigh the pebbles of rivers."
    )
    assert "task" not in values("To avoid the otters that dive at night, we weigh the pebbles of rivers.")


def test_a_benchmark_data_set_is_one_thing() -> None:
    said = "Experiments on two benchmark datasets show that it improves sorting by 3%."
    assert values(said)["data"] == "two benchmark datasets"


def test_a_data_set_is_no_method() -> None:
    assert "method" not in values(
        "In this paper we introduce PebbleSet, a benchmark of otters that dive in rivers."
    )


def test_words_for_data_are_no_data_and_a_model_is_none() -> None:
    assert "data" not in values("Experiments on widely used benchmarks show that it improves sorting by 3%.")
    assert "data" not in values(
        "We evaluate it in experiments on OtterLM-7B models and other benchmarks of rivers."
    )


def test_sizes_are_counts_and_the_sizes_of_models() -> None:
    assert (
        values("We analysed data of 240 adult patients who had been bitten by otters.")["size"]
        == "240 adult patients"
    )
    assert (
        values("We trained our model OtterLM-7b on the texts that the parks had written.")["size"]
        == "OtterLM-7b"
    )
    assert "size" not in values(
        "We analysed data of genotype 1 infected patients who had been bitten by otters."
    )
    assert "size" not in values("We analysed 22.5% of patients in a further phase 2b study of otter bites.")


def test_a_result_with_figures_comes_before_one_without() -> None:
    plain = "Our experiments show that PebbleNet outperforms all the rivals that we tried."
    exact = "The results show that the accuracy of PebbleNet improves by 22.5%."
    assert values(f"{plain} {exact}")["result"] == "the accuracy of PebbleNet improves by 22.5%"
    assert values(plain)["result"] == "PebbleNet outperforms all the rivals that we tried"
    assert "result" not in values("In this study we aim to achieve a better life for otters of the north.")
    assert "result" not in values("Our results show that the parks should keep more otters than they do.")


def test_code_is_what_is_released_not_what_is_at_hand() -> None:
    assert values("We will release our code and data on GitHub soon.")["code"].startswith(
        "We will release our code"
    )
    assert "code" not in values(
        "Models of otters and ever more available data have changed the field of parks."
    )
    assert "code" not in values(
        "The code of the otters is not available to people who live outside the parks."
    )


def test_an_address_is_whole() -> None:
    cut = "The raw data of the otters are available in github.com/otters/ 3 parks."
    assert "code" not in values(f"Otters are kept in parks. {cut}")
    whole = "All data of the otters are available in https://github.com/otters/pebble/."
    assert values(f"{cut} {whole}")["code"] == "https://github.com/otters/pebble"


def test_papers_that_speak_of_their_authors_are_read_alike() -> None:
    said = "The authors propose PebbleNet, a network that reads the whiskers of an otter."
    assert values(said)["method"] == "PebbleNet, a network that reads the whiskers of an otter"


def test_a_phrase_ends_where_a_clause_does() -> None:
    text = "We propose a net (for otters, and for their pups; it sorts pebbles."
    start, end = phrase(text, 11)
    assert text[start:end] == "a net"
    long = "a net " + "of many words " * MOST + "which sorts pebbles"
    start, end = phrase(long, 0)
    assert long[start:end].endswith("words")
    start, end = phrase("a net that sorts " + "very " * MOST + "well", 0)
    assert (start, end) == (0, 5)


def test_a_free_aspect_is_asked_and_counts_only_if_it_is_spoken_of() -> None:
    held = catalog("Training the net cost 40 dollars in all. Otters sleep.")
    asked: list[tuple[str, str]] = []

    def asking(key: str, question: str) -> list[Sentence]:
        asked.append((key, question))
        return held.sentences_of("k")[::-1] if "cost" in question else held.sentences_of("k")[1:]

    found = compared(["k"], ["training cost", "languages"], held, asking)
    assert asked == [("k", "What is the training cost?"), ("k", "What is the languages?")]
    cost, languages = found.rows[0].cells
    assert cost.value == "Training the net cost 40 dollars in all" and languages.value is None
    quote = cost.citations[0].quote
    assert (
        held.paper("k").text[quote.start : quote.end]
        == quote.text
        == "Training the net cost 40 dollars in all."
    )


def test_the_table_has_a_row_a_paper_and_a_cell_an_aspect() -> None:
    found = compared(["k"], (), catalog(ABSTRACT), lambda key, question: [])
    assert found.aspects == ASPECTS and [cell.aspect for cell in found.rows[0].cells] == list(ASPECTS)
    assert [each.marker for each in found.references] == [1]
    for cell in found.rows[0].cells:
        assert (cell.value is None) == (not cell.citations)
        assert all(citation.marker == 1 for citation in cell.citations)


def test_marks_of_citation_stand_in_no_value() -> None:
    said = "We propose PebbleNet [4], a net that sorts pebbles [5, 6] of otters by their weight."
    assert values(said)["method"] == "PebbleNet, a net that sorts pebbles of otters by their weight"


def test_what_is_done_to_show_something_is_no_task() -> None:
    assert "task" not in values("To demonstrate the net that sorts pebbles, we weigh the otters of rivers.")
    assert (
        values("To sort the pebbles of otters, we weigh the otters of rivers.")["task"]
        == "sort the pebbles of otters"
    )


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (", then rest based on what", ", then rest"),
        (", which is due to heat", ""),
        (", then rest on", ", then rest"),
    ],
)
def test_a_phrase_that_was_cut_ends_with_no_word_that_wants_another(end: str, kept: str) -> None:
    words = " ".join(["pebble"] * (MOST - 3))
    text = f"{words}{end} {words}."
    start, stop = phrase(text, 0)
    assert text[start:stop] == words + kept
