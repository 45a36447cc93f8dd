"""What a group of papers is called: by whole terms of titles that it shares and others do not, near what it means."""

from assistant.summarize.subjects import Told, name, told
from tests.fakes import WordEmbedder

EMBEDDER = WordEmbedder()


def called(group: list[Told], others: list[Told], about: str) -> str:
    return name(group, others, EMBEDDER.embed([about])[0], EMBEDDER)


def titled(*titles: str) -> list[Told]:
    return [told(title, ()) for title in titles]


BREAD = titled("Sourdough crust in an oven", "Rye bread and its crumb")


def test_a_term_is_whole() -> None:
    group = titled("River otter diets in winter", "The river otter diets of the north", "River otter diets")
    assert called(group, BREAD, "river otter diets") == "River otter diets"
    mixed = [*group, *titled("River otter holts", "A river otter abroad", "River otter songs")]
    assert called(mixed, BREAD, "river otter") == "River otter"


def test_a_part_that_now_and_then_stands_alone_is_still_a_part() -> None:
    group = titled(
        "River otter diets", "River otter diets again", "The river otter diets", "River otter songs"
    )
    assert called(group, BREAD, "river otter") == "River otter diets"


def test_what_all_hold_comes_before_what_some_hold_and_no_other() -> None:
    group = titled("Otter telemetry", "Otter telemetry again", "Otter songs", "Otter holts")
    others = titled(*(["Otter zoos"] * 10), *(["Rye bread"] * 90))
    assert called(group, others, "otter otter telemetry") == "Otter"


def test_what_others_hold_too_names_nothing() -> None:
    group = titled("Otter diets of Bavaria", "Otter songs of Bavaria")
    assert called(group, titled("Beaver holts of Bavaria", "Bears of Bavaria"), "otter bavaria") == "Otter"


def test_of_terms_alike_the_one_that_means_what_the_group_is_about() -> None:
    group = titled("Otter diets by telemetry", "Otter songs by telemetry", "Otter holts by telemetry")
    assert called(group, BREAD, "otter otter telemetry") == "Otter"
    assert called(group, BREAD, "otter telemetry telemetry") == "telemetry"


def test_what_the_first_term_leaves_out_a_second_names() -> None:
    group = titled("Otter diets", "Otter songs", "Beaver holts", "Beaver teeth")
    assert called(group, BREAD, "otter beaver") in ("Otter, Beaver", "Beaver, Otter")
    assert called([*group[:2], *titled("Otter holts"), group[2]], BREAD, "otter beaver") == "Otter"
    most = titled("Otter diets", "Otter songs", "Otter holts", "Beaver teeth")
    assert called(most, BREAD, "otter otter beaver teeth") == "Otter"


def test_a_name_that_leaves_papers_out_says_so_and_takes_none_of_theirs_alone() -> None:
    group = titled("Otter diets", "Otter songs", "Nanofibre sensors of glucose")
    assert called(group, BREAD, "otter otter nanofibre sensors glucose") == "Otter and others"
    both = [*group, *titled("Nanofibre threads")]
    assert called(both, BREAD, "otter nanofibre") in ("Otter, Nanofibre", "Nanofibre, Otter")


def test_a_term_of_one_title_names_a_group_only_by_several_words() -> None:
    group = titled("Whiskers of otters", "Pebble-sorting mechanisms of beavers")
    assert (
        called(group, BREAD, "whiskers pebble-sorting mechanisms") == "Pebble-sorting mechanisms and others"
    )


def test_a_text_names_what_has_no_title() -> None:
    group = [told("", ["Otters keep pebbles. They dive."]), told("", ["It is otters that keep pebbles."])]
    assert called(group, BREAD, "otters") == "Otters" or called(group, BREAD, "otters") == "otters"
    mixed = [*group, *titled("Telemetry of pebbles")]
    assert called(mixed, BREAD, "otters pebbles") == "pebbles"


def test_what_papers_on_anything_hold_names_nothing() -> None:
    group = titled("A new method of study", "A new method for data")
    assert called(group, BREAD, "new method") == ""


def test_a_title_is_named_by_its_subject_and_not_by_what_is_done() -> None:
    group = titled("Improving otter telemetry", "Improving otter telemetry in rivers")
    assert called(group, BREAD, "improving otter telemetry") == "otter telemetry"
