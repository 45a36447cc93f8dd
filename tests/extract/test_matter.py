"""What front and back matter a question is for, and which sentences tell it."""

import pytest

from assistant.extract.matter import SHOWN, asked_matter, told, without_asking
from assistant.extract.question import Question
from assistant.split import sentences
from assistant.types import Paper, Part, Source

PEOPLE = {"Brook": [Paper("On Otters", 0, Source("f", 0, 9), authors=("Ada Brook",), key="otters")]}


def name(question: str) -> str | None:
    matter = asked_matter(question, lambda word: PEOPLE.get(word, []))
    return matter.name if matter else None


FUNDED, MAIL, INSTALLED = "who funded it", "an e-mail address", "how it is installed"
LICENCE, STORED, AFFILIATION = "a licence", "where it is to be had", "the authors' affiliations"


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("Who funded the work on Perch.jl?", FUNDED),
        ("Who paid for the otter study?", FUNDED),
        ("Which grants supported it?", FUNDED),
        ("How was the lake survey financed?", FUNDED),
        ("What are its funding sources?", FUNDED),
        ("Who supports the rebels in the lake?", None),
        ("How much was paid for perch?", None),
        ("What is the e-mail address of the author?", MAIL),
        ("How can I contact the authors of Perch.jl?", MAIL),
        ("Which emails were taken for spam?", None),
        ("How do I install Perch.jl?", INSTALLED),
        ("perch.jl installation", INSTALLED),
        ("Which version do I need for an installation", None),
        ("Under which licence is Perch.jl released?", LICENCE),
        ("Is Perch.jl licensed?", LICENCE),
        ("license of Perch.jl", LICENCE),
        ("Is the code of Perch.jl available?", STORED),
        ("Is Perch's code available?", STORED),
        ("Which drugs have the authorities licensed?", None),
        ("Where can I find the code of Perch.jl?", STORED),
        ("Is the data of the lake survey available?", STORED),
        ("What is the link to the repository for Perch.jl?", STORED),
        ("Where can perch be found?", None),
        ("Is the data of the survey large?", None),
        ("Where do the authors of Perch.jl work?", AFFILIATION),
        ("Which institutions are the authors affiliated with?", AFFILIATION),
        ("Which university are the authors from?", AFFILIATION),
        ("the authors' affiliations", AFFILIATION),
        ("Where does Ada Brook work?", AFFILIATION),
        ("Which university is Ada Brook from?", AFFILIATION),
        ("Where does Per Lind work?", None),
        ("Which countries are the otters from?", None),
        ("What do the researchers suggest for later work?", None),
    ],
)
def test_the_matter_that_is_asked_for(question: str, matter: str | None) -> None:
    assert name(question) == matter


def test_a_pasted_page_is_no_question_for_it() -> None:
    page = "Is the licence of Perch.jl free, and who funded it? " * 1900
    assert name(page) is None and name(page[:500]) is not None


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Where can I find the code of Perch.jl?", "about the of Perch.jl?"),
        (
            "Which institutions are the authors of Perch.jl affiliated with?",
            "about the of Perch.jl with?",
        ),
        ("Who funded the study of otters?", "about the study of otters?"),
    ],
)
def test_what_says_which_paper_is_meant_is_left(question: str, rest: str) -> None:
    assert without_asking(question) == rest


def tells(
    question: str, *paragraphs: str, names: tuple[str, ...] = (), parts: tuple[Part, ...] = ()
) -> list[str]:
    text = "\n\n".join(("Perch.jl", *paragraphs))
    paper = Paper(text, 10, Source("f", 0, len(text)), "Perch.jl", key="perch", parts=parts)
    matter = asked_matter(question, lambda word: PEOPLE.get(word, []))
    assert matter
    return [each.text for each in told(matter, names, paper, sentences(paper))]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Who funded it?", "This work was supported in part by the Lake Trust."),
        ("Who funded it?", "Funded by the Lake Trust."),
        ("Who funded it?", "A. B. acknowledges the support of a Lake scholarship."),
        ("Who funded it?", "The authors received no specific funding for this work."),
        ("How is it installed?", "It is installed with the package manager in one step."),
        ("How is it installed?", 'Start Julia and enter Pkg.add("Perch").'),
        ("Under which licence is it released?", "All of it stands under the MIT license."),
        ("Where can I find its code?", "The code is available at https://example.org/perch."),
        ("Where can I find its code?", "Code: github.com/lake/perch"),
        ("Is the data available?", "Data are available on request."),
        ("What is the e-mail address of the author?", "Correspondence: ada.brook@lake.example"),
    ],
)
def test_the_sentence_that_tells_it(question: str, line: str) -> None:
    assert tells(question, "Perch swim in lakes.", line, "Nets hold them.") == [line]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Who funded it?", "Perch are supported by water."),
        ("Who funded it?", "A hypothesis is supported by nine lakes."),
        ("How is it installed?", "A second net was installed in the lake."),
        ("Under which licence is it released?", "It is released into the lake."),
        ("Where can I find its code?", "The data of nine lakes were not available at one time."),
        ("What is the e-mail address of the author?", "It improves recall@20 and Threads.@threads."),
    ],
)
def test_what_does_not_tell_it(question: str, line: str) -> None:
    assert tells(question, "Perch swim in lakes.", line) == []


def test_those_with_the_name_tell_it_before_others() -> None:
    julia, own = "Julia is released under the MIT license.", "The GPL is the license of Perch.jl."
    assert tells("Which licence?", julia, own, names=("Perch.jl",)) == [own]
    assert tells("Which licence?", julia, own, names=("Eel.jl",)) == [julia, own]


def test_a_heading_tells_what_stands_under_it() -> None:
    under = [f"N. {n} holds grant {n} of the Trust." for n in range(5)]
    head = Part(36, 51, "heading", 0)
    text = ["This work was funded by some.", "Acknowledgments", " ".join(under)]
    whole = "\n\n".join(("Perch.jl", *text))
    start = whole.index("Acknowledgments")
    head = Part(start, start + len("Acknowledgments"), "heading", 0)
    found = tells("Who funded it?", *text, parts=(head,))
    assert len(found) == SHOWN and all("grant" in each for each in found)


def test_a_name_elsewhere_tells_it_before_a_heading() -> None:
    own, head = "The GPL is the license of Perch.jl.", "Licence"
    whole = "\n\n".join(("Perch.jl", own, head, "All of it is free."))
    part = Part(whole.index(head), whole.index(head) + len(head), "heading", 0)
    assert tells("Which licence?", own, head, "All of it is free.", names=("Perch.jl",), parts=(part,)) == [
        own
    ]


def test_a_heading_itself_tells_nothing() -> None:
    text = ["Installing the Perch.jl package", "It is installed with the package manager."]
    whole = "\n\n".join(("Perch.jl", *text))
    start = whole.index(text[0])
    head = Part(start, start + len(text[0]), "heading", 0)
    assert tells("How is it installed?", *text, names=("Perch.jl",), parts=(head,)) == [text[1]]


def test_affiliations_are_what_the_reader_took_for_them() -> None:
    line = "University of the Lake"
    part = Part(10, 10 + len(line), "affiliation", 1)
    assert tells("Where do the authors work?", line, "Perch swim in the University pond.", parts=(part,)) == [
        line
    ]


@pytest.mark.parametrize("question", ["Is the code of Perch available?", "Are the data of Perch public?"])
def test_what_is_left_of_a_yes_no_question_is_the_paper_alone(question: str) -> None:
    assert Question(without_asking(question)).names == ["Perch"]
