"""Questions about authorship, and the papers that somebody wrote."""

import pytest

from assistant.extract.authorship import Works, asked_works, asks_authors
from assistant.text.terms import fold
from assistant.types import Paper, Source


def paper(key: str, *authors: str) -> Paper:
    return Paper("text", 0, Source("f", 0, 4), title=key, authors=authors, key=key)


PAPERS = [
    paper("tides", "Liang, Tao", "Wan, Mingyang"),
    paper("ice", "Tao Liang", "J. R. Smith-Jones"),
    paper("bees", "Jürgen Müller", "Liang, Wei"),
    paper("commons", "Howe How", "Tomas By", "Kevin Small", "Jane Brown"),
    paper("none"),
]


def papers_by(name: str) -> list[Paper]:
    """As the catalog's: a whole word of an author's name."""
    word = fold(name)
    return [p for p in PAPERS if any(word in fold(a).replace(",", " ").split() for a in p.authors)]


def works(question: str) -> set[str] | None:
    found = asked_works(question, papers_by)
    return None if found is None else {paper.key for paper in found.papers}


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the tides paper?",
        "who are the authors of Tides?",
        "Who is behind RouteSAE?",
        "By whom was it written?",
        "Name the authors of Tides",
        "Who came up with LeZO?",
    ],
)
def test_a_question_for_authors(question: str) -> None:
    assert asks_authors(question)


@pytest.mark.parametrize(
    "question",
    [
        "How much computation do the authors of LeZO save?",
        "What do the authors of Tides find?",
        "Why did the authors of Tides fail?",
        "What is LeZO?",
        "Who annotated the data?",
        "Which people took part?",
        "How is it written?",
    ],
)
def test_another_question(question: str) -> None:
    assert not asks_authors(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did Tao Liang write?",
        "what has Liang Tao published",
        "Which papers are by Tao Liang?",
        "Papers by T. Liang",
        "Tao Liang's papers",
        "Is there anything from Tao Liang here?",
        "Which papers were written by Tao Liang?",
        "Did Tao Liang author anything?",
        "List the work of Tao Liang.",
    ],
)
def test_what_one_person_wrote(question: str) -> None:
    assert works(question) == {"tides", "ice"}


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("Papers by Liang", {"tides", "ice", "bees"}),
        ("What did Müller write?", {"bees"}),
        ("What did Muller write?", {"bees"}),
        ("What did Smith-Jones write?", {"ice"}),
        ("What did J. Smith-Jones write?", {"ice"}),
        ("Papers by Tao Liang and Mingyang Wan", {"tides"}),
        ("Papers by Mingyang Wan and Wei Liang", set()),
        ("What did Tao Müller write?", None),
        ("What did Ann Nobody write?", None),
        ("What is the tide of Liang?", {"tides", "ice", "bees"}),
        ("How high are the tides?", None),
        ("", None),
    ],
)
def test_names_as_people_write_them(question: str, keys: set[str] | None) -> None:
    assert works(question) == keys


def test_the_people_are_named_as_asked() -> None:
    assert asked_works("Papers by T. Liang", papers_by) == Works(("T. Liang",), tuple(PAPERS[:2]))


@pytest.mark.parametrize(
    "question",
    [
        "How do the authors of it look into hidden states?",
        "By what factor do the answers of Llama rise?",
        "Small models: what have they written?",
    ],
)
def test_a_word_that_opens_a_question_is_no_author(question: str) -> None:
    assert works(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Small's papers",
        "Brown: what has she written?",
        "What has Small written?",
        "Kevin Small's works",
        "papers by How",
    ],
)
def test_a_name_that_opens_a_question_or_stands_in_it_is_an_author(question: str) -> None:
    assert works(question) == {"commons"}
