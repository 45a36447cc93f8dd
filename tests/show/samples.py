"""Answers over invented papers, tame and hostile, for the tests of every format."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from assistant.types import (
    Answer,
    Citation,
    Claim,
    Dropped,
    Hit,
    Paper,
    PaperHit,
    Passage,
    Quote,
    RecordCitation,
    Recorded,
    Reference,
    Source,
    Usage,
)

FIRST = "Otters sort pebbles by weight before they crack a shell."
SECOND = "In 31 of 40 dives the heaviest pebble was kept [12]."


def paper(key: str, body: str, **known: Any) -> Paper:
    made = Paper(text=body, body=0, source=Source(f"papers/{key}.txt", 0, len(body)), key=key, id=f"id-{key}")
    return replace(made, **known)


OTTERS = paper(
    "brookOtters",
    f"{FIRST} {SECOND}",
    title="Pebbles & Otters",
    authors=("Brook, Ada", "Lindqvist, Per", "Sørensen, Mia", "Tanaka, Jun"),
    year=2021,
    venue="Journal of Invented Zoology",
    doi="10.1234/otter_1",
    page_starts=(0, len(FIRST) + 1),
)
TIDES = paper("rillTide", "The tide sets when otters dive.", handle="RillTide", abstract_end=31)


def cite(of: Paper, marker: int, words: str) -> Citation:
    start = of.text.index(words)
    quote = Quote(of.key, start, start + len(words), words)
    return Citation(marker, quote, f"p_{of.key}", page=of.page_at(start))


PLAIN = Answer(
    "How do otters choose pebbles?",
    "answered",
    claims=(Claim(FIRST, "supported", 1.0, "is the quote", (cite(OTTERS, 1, FIRST),)),),
    references=(Reference(1, OTTERS),),
    seconds=0.041,
)
MIXED = Answer(
    "What decides a dive?",
    "partial",
    claims=(
        *PLAIN.claims,
        Claim(
            "Most dives keep the heaviest pebble, at the tide's hour.",
            "supported",
            0.8123456,
            "entailed",
            (cite(OTTERS, 1, SECOND), cite(TIDES, 2, TIDES.text), cite(OTTERS, 1, FIRST)),
        ),
        Claim("Otters never dive at night.", "unsupported", 0.1, "no quote says so", ()),
    ),
    references=(Reference(1, OTTERS), Reference(2, TIDES)),
    dropped=Dropped(2, 1, ("no such words", "no such words", "no citation left")),
    missing=("the depth of a dive",),
    engine="some-model",
    usage=Usage(1200, 300, 0.0021),
    seconds=3.2,
)
LEANING = replace(
    PLAIN,
    claims=(
        Claim(
            SECOND,
            "supported",
            1.0,
            "is the quote",
            (replace(cite(OTTERS, 1, SECOND), before=cite(OTTERS, 1, FIRST).quote, before_page=1),),
        ),
    ),
)
"""A claim that leans on the sentence before it."""
DATED = replace(
    PLAIN,
    claims=(
        Claim(
            "Published in 2021.",
            "supported",
            1.0,
            "is on record",
            recorded=(RecordCitation(1, Recorded(OTTERS.key, "year", 2021), "refs.bib"),),
        ),
        Claim(
            "Written by Brook, Ada; Lindqvist, Per; Sørensen, Mia and Tanaka, Jun.",
            "supported",
            1.0,
            "is on record",
            recorded=(RecordCitation(1, Recorded(OTTERS.key, "authors", OTTERS.authors), ""),),
        ),
    ),
)
"""Claims that stand only on record."""
ABSTAINED = Answer("How deep do otters dive?", "abstained", nearest=(OTTERS, TIDES), seconds=0.03)
HITS = [
    PaperHit(Hit(Passage("p_1", OTTERS.key, 0, len(FIRST), FIRST, page=1), 0.83456, "both", 0.7), 2),
    PaperHit(Hit(Passage("p_2", TIDES.key, 0, len(TIDES.text), TIDES.text), 0.5, "words"), 0),
]
PAPERS = {each.key: each for each in (OTTERS, TIDES)}

SNIPPETS = st.sampled_from(
    [
        *(
            "\x1b[31mred\x1b[0m",
            "\x1b]0;title\x07",
            "\x1b]8;;http://x.example\x1b\\link",
            "\x9b2J",
            "\x00\x08\r",
        ),
        *("\u202eflipped", "<script>alert(1)</script>", "javascript:alert(1)", "&amp;", '"><b>', "\ud800"),
        *(
            "[12]",
            "[1](x)",
            "[red]bold[/red]",
            "# one",
            "1. two",
            "- three",
            "> four",
            "a_b",
            "__init__",
            "`x`",
        ),
        *(
            "100 % of $5 & #3",
            "{unbalanced",
            "}}",
            "\\",
            "~^_",
            " and ",
            "量子计算，很有意思。",
            "日本語（テスト）",
            "👩‍🔬",
        ),
        *(
            "e\u0301",
            "\n\n",
            "word",
            "plain words in a row ",
            "3.5 % (p < 0.01).",
            "https://example.org/a_b?c=d",
        ),
    ]
)
HOSTILE = st.lists(SNIPPETS | st.text(max_size=8), max_size=8).map(" ".join)
"""Text as it might stand in a paper that means ill, or was read badly."""


@st.composite
def hostile_answers(draw: st.DrawFn) -> Answer:
    """An answer in which every string of a paper, and every word of a model, may be hostile."""
    body = draw(HOSTILE.filter(str.strip))
    source = paper(
        "someKey",
        body,
        title=draw(st.none() | HOSTILE),
        handle=draw(st.none() | HOSTILE),
        authors=tuple(draw(st.lists(HOSTILE, max_size=5))),
        venue=draw(st.none() | HOSTILE),
        doi=draw(st.none() | HOSTILE),
        arxiv=draw(st.none() | HOSTILE),
        url=draw(st.none() | HOSTILE),
        source=Source(draw(HOSTILE), 0, len(body)),
    )
    cited = (cite(source, 1, body),)
    claims = (
        Claim(draw(HOSTILE), "supported", 1.0, "", cited),
        Claim(draw(HOSTILE), "unsupported", 0.0, draw(HOSTILE)),
    )
    return Answer(
        draw(HOSTILE),
        "partial",
        claims=claims if draw(st.booleans()) else (),
        references=(Reference(1, source),),
        dropped=Dropped(1, 0, (draw(HOSTILE),)),
        missing=(draw(HOSTILE),),
        nearest=(source,),
    )
