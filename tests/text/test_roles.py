"""A sentence's role, by what stands around it and in it."""

import pytest

from assistant.split import sentences
from assistant.text.roles import OTHER, ROLES, Rhetoric, roles
from assistant.text.showable import is_readable
from assistant.text.zones import zone_of
from assistant.types import Paper, Part, Source


def told(text: str, **known: object) -> list[Rhetoric]:
    paper = Paper(text, 0, Source("f", 0, len(text)), key="k", **known)  # type: ignore[arg-type]
    return roles(paper, sentences(paper))


def sectioned(*pieces: tuple[str, str]) -> dict[str, Rhetoric]:
    """Heading and sentence, by turns, as a reader of layouts hands them over → each sentence's role."""
    text, parts = "", []
    for heading, sentence in pieces:
        parts.append(Part(len(text), len(text) + len(heading), "heading", 1))
        text += f"{heading}\n\n{sentence}\n\n"
    paper = Paper(text, 0, Source("f", 0, len(text)), key="k", parts=tuple(parts))
    said = sentences(paper)
    return {each.text: role for each, role in zip(said, roles(paper, said), strict=True)}


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Otters have long been kept beside rivers in many countries.", "background"),
        ("However, it remains unclear why otters of the north keep so few pebbles.", "problem"),
        ("The aim of this study was to count the pebbles that otters keep.", "problem"),
        ("We propose a balance that weighs pebbles while an otter holds them.", "method"),
        ("Forty otters were recruited from two rivers between 2011 and 2013.", "data"),
        ("All 15 young male calves stood beside the river with their pebbles.", "data"),
        ("We found that otters keep 31% more pebbles in winter.", "result"),
        ("The balance does not yet provide any way to weigh wet pebbles.", "limit"),
        ("Heavy pebbles were significantly more common than light ones.", "result"),
        ("Our study is limited by the small number of rivers.", "limit"),
        ("Future work should weigh the pebbles of sea otters too.", "future"),
        ("The source code is publicly available at a server of our group.", "code"),
    ],
)
def test_words_tell_the_role(sentence: str, role: str) -> None:
    filler = "Rivers run past the old mill every day and night. "
    given = told(filler * 20 + sentence + " " + filler * 20)
    found, beside = given[20], given[21]
    assert beside.role == OTHER
    assert (found.role, found.zone) == (role, "") and role in ROLES and found.is_prose


def test_a_heading_tells_the_role() -> None:
    said = "The otters sat beside the large river for some time."
    pieces = (("1 Introduction", "background"), ("2 Methods", "method"), ("3 Results", "result"),
              ("4 Limitations", "limit"), ("5 Outlook", "future"), ("Acknowledgements", OTHER))  # fmt: skip
    found = sectioned(*((heading, said.replace("large", heading.split()[-1])) for heading, _ in pieces))
    assert [each.role for text, each in found.items() if text.endswith(".")] == [role for _, role in pieces]


def test_an_unknown_heading_stands_under_the_one_before_unless_it_is_numbered() -> None:
    said = "The otters sat beside the {} river for some time."
    found = sectioned(("2 Methods", said.format("first")), ("Of otters", said.format("second")),
                      ("3 Of pebbles", said.format("third")))  # fmt: skip
    assert [each.zone for text, each in found.items() if text.endswith(".")] == ["method", "method", ""]


def test_a_label_of_an_abstract_counts_up_to_the_next() -> None:
    text = (
        "Background: Otters live beside the rivers of the north. They sleep there all day long.\n"
        "Methods: Rivers were walked by two of us at dawn. Results: Otters sat beside most of the rivers.\n"
        "Conclusions: Rivers without any otters may never have been walked before."
    )
    found = told(text)
    assert [each.role for each in found] == ["background", "background", "method", "result", "result"]
    assert {each.zone for each in found} == {"abstract"}


def test_what_others_found_is_background() -> None:
    own, others = (
        "We found that otters keep many pebbles.",
        "Lee et al. [4] found that otters keep many pebbles.",
    )
    filler = " Rivers run past the old mill every day and night." * 30
    (first, *_), (second, *_) = (told(text + filler) for text in (own, others))
    assert (first.weight("result") > second.weight("result"), second.role) == (True, "background")


@pytest.mark.parametrize(
    "text",
    [
        "Figure 3: Otters that sit beside the river in winter.",
        "Table 2. Otters by river and by year of birth.",
        "The results are shown in Table 2 of this long paper.",
        "We thank the otters of the northern rivers for their patience.",
        "This work was supported by the River Foundation under grant 12.",
        "The authors declare no competing interests in otters or rivers.",
        "Otters and pebbles in the rivers of the cold north",
        "otters = weigh(pebbles, rivers=3) and then the rest of them.",
        "0.31 0.42 0.53 otters 0.64 rivers 0.75 pebbles 12 13 14 and so on to 15.",
        "and so the otters left the river for the other one.",
        "Too short for it.",
    ],
)
def test_what_cannot_be_shown_alone(text: str) -> None:
    assert not is_readable(text) and told(text)[0].role == OTHER


@pytest.mark.parametrize(
    "text",
    [
        "A conventional balance is a standard tool in many rivers.",
        "In winter, otters keep 31% more pebbles (95% CI 22 to 40) than in summer.",
        "pH was measured beside each river by two of us every day.",
    ],
)
def test_what_can(text: str) -> None:
    assert is_readable(text)


@pytest.mark.parametrize(
    ("heading", "zone"),
    [
        ("3.2 Results and Discussion", "result"), ("II. RELATED WORK", "introduction"),
        ("Statement of need", "introduction"),
        ("Materials and Methods", "method"), ("Code availability", "code"), ("Data Availability Statement", "code"),
        ("Participants", "data"), ("Concluding remarks", "discussion"), ("Conflict of interest", "other"),
        ("Limitations", "limit"), ("Future work", "future"), ("Otters", ""), ("", ""),
    ],
)  # fmt: skip
def test_headings(heading: str, zone: str) -> None:
    assert zone_of(heading) == zone


def test_a_long_text_without_headings_opens_and_closes() -> None:
    found = told("The otters sat beside the large river for some time. " * 60)
    assert [found[n].zone for n in (0, 30, 59)] == ["introduction", "", "discussion"]
    assert {each.zone for each in told("The otters sat beside the large river for some time. " * 10)} == {
        "abstract"
    }


@pytest.mark.parametrize(
    ("how", "is_limit"), [("in no sense ", False), ("in no way ", False), ("not ", False), ("", True)]
)
def test_what_is_not_limited_is_no_limit(how: str, is_limit: bool) -> None:
    (found,) = told(f"Our balance is {how}limited to otters of the north and their pebbles.")
    assert (found.weight("limit") > 0) == is_limit
