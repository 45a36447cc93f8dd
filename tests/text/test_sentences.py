"""Where sentences end in papers, and that no character is lost between them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.sentences import context, sentence_spans
from assistant.types import Sentence


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Following Berg et al. (2020), we drill.",
        "It was seen by Berg et al. [3] and others.",
        "As Fig. 3 shows, it works, and so do Figs. 4 and 5.",
        "See Eq. (3), Sec. IV and Tab. A for more.",
        "Fig. S1 and Fig. 2b agree.",
        "Some tasks, e.g. Frost and Theft, are hard.",
        "All gauges, i.e. Dee and Ouse, were read.",
        "We compare TideNet vs. TideTable.",
        "It rose by 3.5% and then by 0.25 points.",
        "We use Llama-3.2-1B and GPT-4.1 here.",
        "J. Smith, A. B. Jones and J.-P. Petit disagree.",
        "It was found by John F. Kennedy in 1962.",
        "The code is at https://example.org/a.b/c.html?d=1.5 now.",
        "Open www.example.org. and read.",
        "He said approx. 5 of them, cf. Berg.",
        "It took 5 min. on one core.",
        "In the U.S. Navy it is used.",
        "Look at p. 12 and pp. 3-5 of vol. 3 in no. 7.",
        "Dr. Berg and Prof. Wei met on Jan. 5 in St. Gallen.",
        "He waited ... and left.",
        "We met at 5 p.m. in Lisbon",
        "1. The first item of a list.",
        "Table 1. What the gauges say.",
        "Figure 2. An overview.",
    ],
)
def test_no_end_within(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is so. We show it.", ["It is so.", "We show it."]),
        ("It follows Berg et al. We differ.", ["It follows Berg et al.", "We differ."]),
        ("It was shown [12]. We agree.", ["It was shown [12].", "We agree."]),
        ("It was shown.[12] We agree.", ["It was shown.[12]", "We agree."]),
        (
            "It rose by 3.5%. It fell by 5.83. So it goes.",
            ["It rose by 3.5%.", "It fell by 5.83.", "So it goes."],
        ),
        ("We use Llama-3.2-1B. It is small.", ["We use Llama-3.2-1B.", "It is small."]),
        ("See https://example.org/a.b. It is there.", ["See https://example.org/a.b.", "It is there."]),
        ("Is it? Yes! “It is.” (So be it.) Amen.", ["Is it?", "Yes!", "“It is.”", "(So be it.)", "Amen."]),
        ("It was option B. The rest was A.", ["It was option B.", "The rest was A."]),
        ("We built an app. It took 5 sec. We saw.", ["We built an app.", "It took 5 sec.", "We saw."]),
        ("The answer is no. We agree.", ["The answer is no.", "We agree."]),
        ("They live in the U.S. The rest do not.", ["They live in the U.S.", "The rest do not."]),
        ("A heading\n\nIts text. More", ["A heading", "Its text.", "More"]),
        ("One sentence\nover two lines. Another.", ["One sentence\nover two lines.", "Another."]),
        ("See Table 1. We go on.", ["See Table 1.", "We go on."]),
        ("1. First. 2. Second.", ["1. First.", "2. Second."]),
        ("这是第一句。这是第二句！", ["这是第一句。", "这是第二句！"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_part_of_a_text_keeps_its_offsets() -> None:
    text = "Not this. It is so. We show it. Nor this."
    assert [text[a:b] for a, b in sentence_spans(text, 10, 31)] == ["It is so.", "We show it."]


@given(st.text(alphabet=st.sampled_from("aB1 .!?\n\t()[]\"'”e.g。-"), max_size=80) | st.text(max_size=80))
def test_spans_hold_every_character_that_is_not_blank(text: str) -> None:
    spans = sentence_spans(text)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


@given(
    st.lists(
        st.sampled_from(["We saw it.", "Did they?", "In 3.5% of cases, e.g. Dee, none did!"]), min_size=1
    )
)
def test_plain_sentences_come_back(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_long_text_takes_no_longer_than_it_should() -> None:
    text = "x" * 200_000 + " " + "." * 50_000 + " A. " * 20_000
    assert sentence_spans(text)


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (("Otters dive.", "They rest.", "These sleep."), 0),
        (("Otters dive.", "Tides rise.", "They rest."), 1),
        (("They dive.", "They rest.", "They wake.", "They sleep."), 1),  # two before it at most
        (("Otters dive.", "Tides rise."), 1),
        (("They dive.",), 0),
        (("Otters dive.", "Tides rise.", "However, they rest."), 1),
        (("Otters dive.", "However, tides rise."), 1),
    ],
)
def test_what_a_sentence_leans_on(texts: tuple[str, ...], first: int) -> None:
    said = [Sentence("k", n, 0, 1, text) for n, text in enumerate(texts)]
    assert context(said, len(said) - 1) == said[first:]


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Note that this dive is the longest.", True),
        ("It should be noted that they rest.", True),
        ("Note that otters dive.", False),
        ("In this case, otters rest.", True),
        ("In this paper, otters rest.", False),
        ("In these sections, otters rest.", False),
        ("In such rivers, otters rest.", True),
        ("For these three, otters rest.", True),
        ("Each of these rivers has otters.", True),
        ("Of those that dive, most are young.", False),
        ("In rivers such as this, otters rest.", False),
        ("For such as dive, it is cold.", False),
        ("We release these counts.", True),
        ("We then combine these into one.", True),
        ("Finally, we use them at night.", True),
        ("We release the counts of this river.", False),
        ("We present this work to divers.", False),
    ],
)
def test_how_a_sentence_begins_that_leans(text: str, leans: bool) -> None:
    said = [Sentence("k", 0, 0, 1, "Otters dive deep."), Sentence("k", 1, 0, 1, text)]
    assert context(said, 1) == said[1 - leans :]


def test_what_is_no_neighbour_or_a_header_is_not_leant_on() -> None:
    far = [Sentence("k", 0, 0, 1, "Otters dive."), Sentence("k", 2, 0, 1, "They rest.")]
    header = [Sentence("k", 0, 0, 1, "On Otters", kind="title"), Sentence("k", 1, 0, 1, "They rest.")]
    caption = [
        Sentence("k", 0, 0, 1, "Figure 1. Otters.", kind="caption"),
        Sentence("k", 1, 0, 1, "They rest."),
    ]
    for said in (far, header, caption):
        assert context(said, 1) == said[1:]


def test_raised_marks_behind_a_stop_are_looked_at_once() -> None:
    text = f"It holds.{'¹' * 50_000}x so. It does."
    assert len(sentence_spans(text)) == 2
