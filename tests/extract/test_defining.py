"""What is X? → the sentences that say so."""

import pytest

from assistant.extract.defining import Asked, asked_term, defining
from assistant.types import Sentence


def terms(question: str) -> str:
    asked = asked_term(question)
    return asked.term if asked else ""


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is Perch.jl?", "Perch.jl"),
        ("what's a hook in Perch.jl", "hook"),
        ("What are warm lakes?", "warm lakes"),
        ("What is meant by 'soft water'?", "soft water"),
        ("What does PSI stand for?", "PSI"),
        ("What does Perch.jl do?", "Perch.jl"),
        ("What does the Perch.jl package do?", "Perch.jl"),
        ("What is the perch model?", "perch model"),
        ("What does “turnover” mean for a lake?", "turnover"),
        ("What is Perch.jl for?", "Perch.jl"),
        ("Define the turnover of a lake.", "turnover of a lake"),
        ("turnover: what is it?", "turnover"),
        ("What is Perch and what are its parts?", "Perch"),
        ("What is the accuracy of it on nine lakes?", ""),
        ("What is Perch used for?", "Perch"),
        ("What can Perch.jl be used for?", "Perch.jl"),
        ("What is the growth of perch in warm lakes linked to?", ""),
        ("What does Perch.jl do better than Eel.jl?", ""),
        ("What are the names of all the lakes that were seen there?", ""),
        ("Which lake is a warm lake?", ""),
        ("What is this?", ""),
    ],
)
def test_the_term_that_is_asked(question: str, term: str) -> None:
    assert terms(question) == term


def test_how_it_is_asked() -> None:
    assert asked_term("What does PSI stand for?") == Asked("PSI", True, False, True)
    assert asked_term("What is the turnover?") == Asked("turnover", False, True, True)
    assert asked_term("What is Perch and what are its parts?") == Asked("Perch", False, False, False)


def said(term: str, *texts: str, expanded: bool = False, one: bool = False) -> list[tuple[int, str]]:
    sentences = [Sentence("a", n, 100 * n, 100 * n + len(text), text) for n, text in enumerate(texts)]
    return [(rank, each.text) for rank, each in defining(Asked(term, expanded, one, True), sentences)]


@pytest.mark.parametrize(
    ("rank", "text"),
    [
        (0, "Perch.jl is a program for lakes."),
        (0, "The Perch package [4] is the first of its kind."),
        (0, "Written in Julia, Perch.jl is both an index and a store."),
        (0, "We introduce Perch.jl, a program for lakes."),
        (0, "This paper presents Perch.jl [4], which provides nets."),
        (0, "We have made the lake kit (Perch, https://perch.org), a program for lakes."),
        (0, "A net that stays is called a Perch."),
        (0, "They found a kind of net, which they call Perch: it stays."),
        (0, "We define Perch as what stays."),
        (0, "Perch—what stays in the net—is rare."),
        (0, "Perch refers to what stays."),
        (0, "It rests on nets that stay (a.k.a. Perch), whereby fish are counted."),
        (0, "Nets stay (here we use Perch to refer to both)."),
        (0, "This work uses the term Perch to denote nets."),
        (0, "BACKGROUND: Plain estimator one (Perch.jl) is an important cause of nets."),
        (0, "The plain estimator (Perch.jl), which belongs to nets, stays."),
        (None, "The plain estimator (Perch.jl) stays."),
        (None, "To train Perch.jl, the net is presented before the lake."),
        (1, "In this paper, we introduced Perch.jl."),
        (1, "In this study, the new Perch.jl is introduced."),
        (0, "We built a program for lakes, dubbed Perch.jl."),
        (0, "They made Perch.jl, the first program for lakes."),
        (1, "They propose Perch.jl."),
        (1, "We present a large new dataset Perch.jl for lakes."),
        (1, "We build a program for lakes with nets, Perch.jl, that stays."),
        (1, "We devise a program for lakes, namely Perch.jl."),
        (1, "This work offers a program for lakes – Perch.jl – to stay."),
        (1, "We introduce the Plain Estimator (Perch.jl) for lakes."),
        (1, "Our Plain Estimator (Perch.jl) counts nets."),
        (1, "Our best program, Perch.jl, counts nets."),
        (2, "Perch.jl provides nets."),
        (3, "Perch are fish that stay."),
        (3, "A Perch.jl counts nets by size."),
        (None, "A Perch.jl was made."),
        (None, "In May a Perch.jl counts nets."),
        (None, "They use Perch.jl to count nets."),
        (None, "We build a large Perch.jl network."),
        (None, "We propose nets based on plain estimators (Perch.jl) of lakes."),
        (None, "Our nets count the fish of the plain estimator (Perch.jl)."),
        (None, "We present nets that are faster than Eel.jl, Perch.jl, and Zander.jl."),
        (None, "We present nets made of Eel.jl, Perch.jl, and Zander.jl."),
        (None, "We present nets that outperform Eel.jl, Perch.jl."),
        (None, "Perch.jl is not fast."),
        (None, "It took Perch.jl 8 s."),
        (None, "It lets the user call Perch.jl itself."),
        (None, "Perches.jl is a program for lakes."),
        (None, "Trout.Perch.jl is a program for lakes."),
        (None, "Zander was faster than Perch.jl on lakes."),
    ],
)
def test_forms_of_a_definition(rank: int | None, text: str) -> None:
    assert [n for n, _ in said("Perch.jl", text)] == ([] if rank is None else [rank])


def test_the_plainest_first_then_the_earliest() -> None:
    texts = ("Perch provides nets.", "Perch is a net.", "Perch is the only net.", "Eels are long.")
    assert [text for _, text in said("Perch", *texts)] == [texts[1], texts[2], texts[0]]


def deeds(*texts: str) -> list[str]:
    asked = asked_term("What does the Netter do?")
    assert asked
    sentences = [Sentence("a", n, 100 * n, 100 * n + len(text), text) for n, text in enumerate(texts)]
    return [each.text for _, each in defining(asked, sentences)]


def test_what_something_does_is_told_by_its_verb() -> None:
    reads = "The Netter reads the lakes."
    assert deeds("It trains the Netter.", reads, "The Netter is fast.") == [reads]
    assert deeds(reads, "The Netter is a net for lakes.") == ["The Netter is a net for lakes.", reads]
    assert (
        deeds("Here the Netter quickly reads lakes.", "The Netter was slow.", "The Netter across lakes is.")
        == []
    )
    assert not asked_term("What does Netter mean?").is_deed  # type: ignore[union-attr]


def test_what_bears_the_bare_name_comes_before_its_package() -> None:
    texts = ("Perch.jl is a program for lakes.", "Perch is a fish.", "Perch provides nets.")
    assert [text for _, text in said("Perch", *texts)] == [texts[1], texts[0], texts[2]]
    assert [text for _, text in said("Perch.jl", *texts)] == list(texts)


def test_what_asks_for_a_certain_one_takes_no_loose_form() -> None:
    assert said("turnover", "Turnover is high in spring.") and not said(
        "turnover", "Turnover is high.", one=True
    )


def test_what_letters_stand_for() -> None:
    texts = (
        "PSI is a number.",
        "The perch size index (PSI) is one.",
        "PSI (perch size index) is one.",
        "PSI stands for it.",
    )
    assert [text for _, text in said("PSI", *texts, expanded=True)] == list(texts[1:])


def test_only_prose_defines() -> None:
    row = Sentence("a", 0, 0, 20, "Perch is a net. 8 9", kind="row")
    title = Sentence("a", 1, 0, 20, "Perch is a net", kind="title")
    assert defining(Asked("Perch", False, False, True), [row, title]) == []


def test_what_repeats_without_end_is_read_once() -> None:
    """Each would take minutes, were it looked through again from each of its places."""
    assert asked_term("What is " + "- " * 40_000 + "a") is None
    assert said("Perch", ", " * 40_000 + "eel") == []


@pytest.mark.parametrize("name", ["HRPerch", "HR-Perch", "hr perch", "HR Perch"])
@pytest.mark.parametrize("written", ["HRPerch", "HR-Perch", "HR Perch"])
def test_a_name_is_written_in_one_or_in_parts(name: str, written: str) -> None:
    assert [n for n, _ in said(name, f"{written} is a program for lakes.")] == [0]
    assert said(name, f"Non{written} is a program for lakes.") == []
