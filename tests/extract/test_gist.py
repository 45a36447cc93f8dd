"""What of a whole paper a question is for, and which sentences say it."""

import pytest

from assistant.extract.gist import APART, IN_A_ROW, LEAST, SHOWN, asked_gist, calls_paper, doing, without_gist
from assistant.split import sentences
from assistant.types import Paper, Part, Source

AIM = "OBJECTIVE: The aim of this study was to determine whether kelp protects young otters from storms."
FOUND = "RESULTS: We found that significantly more young otters survived storms in kelp (81 % against 44 %)."
MORE = "We found that storms killed more otters in bare bays (12 %)."
SAID = "CONCLUSIONS: We found that kelp protects young otters from storms."
LIMIT = "LIMITATIONS: The study was limited to two bays of one island, so it may not hold elsewhere."
PLAN = "In future work we plan to watch otters in winter."


def said(question: str, *lines: str) -> list[str]:
    """The sentences of a paper of these lines that say what the question is for."""
    text = "Kelp and Otters\n\n" + "\n".join(lines)
    paper = Paper(text, 17, Source("otters.txt", 0, len(text)), "Kelp and Otters", key="otters")
    gist = asked_gist(question)
    assert gist
    return [each.text for each in doing(gist, paper, sentences(paper))]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What is the aim of the study?", AIM),
        ("What problem does it address?", AIM),
        ("Why was it written?", AIM),
        ("What does the paper do?", AIM),
        ("What did the authors of the otter study do?", AIM),
        ("What are the limitations of the study?", LIMIT),
        ("What are its shortcomings?", LIMIT),
        ("What future work is planned?", PLAN),
        ("What are the next steps?", PLAN),
        ("What are the conclusions?", SAID),
        ("What did the study find?", SAID),
        ("What is the main result?", SAID),
    ],
)
def test_the_sentence_that_does_it_comes_first(question: str, first: str) -> None:
    assert said(question, AIM, FOUND, SAID, LIMIT, PLAN)[0] == first


def test_findings_are_as_many_as_are_sure_but_no_more_than_that() -> None:
    assert said("What did it find?", AIM, FOUND, LIMIT) == [FOUND]
    assert len(said("What did it find?", *(FOUND.replace("81", str(n)) for n in range(10, 16)))) == SHOWN


def test_what_is_called_the_conclusion_stands_alone_beside_weaker_findings() -> None:
    assert said("What are the conclusions?", AIM, "We found that storms kill otters.", SAID) == [SAID]


def test_a_finding_counts_most_where_findings_are_said() -> None:
    lines = [
        "Methods",
        "We found that nets hold 3 otters.",
        "Conclusion",
        "We found that kelp holds 4 otters.",
    ]
    text = "\n\n".join(("Kelp and Otters", *lines))
    heads = tuple(
        Part(text.index(h), text.index(h) + len(h), "heading", 0) for h in ("Methods", "Conclusion")
    )
    paper = Paper(text, 17, Source("otters.txt", 0, len(text)), "Kelp and Otters", key="otters", parts=heads)
    gist = asked_gist("What did the study find?")
    assert gist and doing(gist, paper, sentences(paper))[0].text == lines[3]


def test_what_is_left_to_do_stands_in_for_limits() -> None:
    assert said("What are its limitations?", AIM, FOUND, PLAN) == [PLAN]


@pytest.mark.parametrize("question", ["What are its limitations?", "What is planned for the future?"])
def test_a_paper_may_say_nothing_of_it(question: str) -> None:
    assert said(question, "Otters dive in rivers.", FOUND) == []
    assert LEAST > 0


@pytest.mark.parametrize(
    "question",
    ["How are the otters counted?", "Where do young otters find kelp at night?", "How to find kelp?"],
)
def test_other_questions(question: str) -> None:
    assert asked_gist(question) is None


def test_a_pasted_page_is_no_question_for_it() -> None:
    assert asked_gist("What are the limitations? " * 100) is None


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("What are the limitations of Perch.jl?", "about Perch.jl?"),
        ("What did the study about otters find?", "about about otters ?"),
        ("What limitations of Perch.jl does Eel.jl mend?", "about Perch.jl Eel.jl mend?"),
    ],
)
def test_what_else_is_asked_is_left(question: str, rest: str) -> None:
    gist = asked_gist(question)
    assert gist and without_gist(gist, question) == rest


def test_what_a_question_calls_a_paper() -> None:
    assert calls_paper("What does the otter paper conclude?") and calls_paper(
        'the limits of "Kelp and Otters"'
    )
    assert not calls_paper("What are the limitations of kelp?")


POINTS = [
    "First, the study was limited to two bays of one island, so it may not hold elsewhere.",
    "Second, storms were counted by one man only, a limitation of this study.",
    "Third, otters of the other coast were not looked at.",
]
ANNOUNCED = "Our study has several limitations, which should be noted."


def limits(*lines: str) -> list[str]:
    """Those that a paper with these lines in its discussion tells."""
    text = "\n\n".join(("Kelp and Otters", "Discussion", " ".join(lines)))
    heading = Part(text.index("Disc"), text.index("Disc") + len("Discussion"), "heading", 0)
    given = Paper(text, 17, Source("o.txt", 0, len(text)), "Kelp and Otters", key="otters", parts=(heading,))
    gist = asked_gist("What are the limitations of the study?")
    assert gist
    return [each.text for each in doing(gist, given, sentences(given))]


FINALLY = [f"Finally, {n} bays were left out." for n in ("ten", "six", "two")]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([ANNOUNCED, *POINTS], POINTS),
        (POINTS[:2], POINTS[:2]),
        ([POINTS[0], "Bays are cold.", POINTS[1]], POINTS[:2]),
        ([ANNOUNCED, "Bays are cold.", *POINTS[1:]], POINTS[1:]),
        ([*POINTS, *FINALLY], [*POINTS, *FINALLY][:IN_A_ROW]),
    ],
)
def test_the_points_of_a_list_of_limits_are_shown_in_a_row(lines: list[str], shown: list[str]) -> None:
    assert limits(*lines) == shown


def test_a_point_far_from_the_others_is_not_of_their_list() -> None:
    assert POINTS[2] in limits(*POINTS[:2], *["Bays are cold."] * (APART - 1), POINTS[2])
    assert POINTS[2] not in limits(*POINTS[:2], *["Bays are cold."] * APART, POINTS[2])


def test_a_list_before_the_announcement_is_another() -> None:
    before = ["First, bays are cold.", "Second, bays are wet."]
    assert limits(*before, "Bays are deep.", "Bays are deep.", ANNOUNCED) == [ANNOUNCED]


def test_findings_are_no_list_of_points() -> None:
    found = said("What did it find?", f"First, {FOUND}", "Second, bays are cold.")
    assert "Second, bays are cold." not in found


def test_one_point_is_no_list() -> None:
    assert ANNOUNCED in limits(ANNOUNCED, POINTS[2])
