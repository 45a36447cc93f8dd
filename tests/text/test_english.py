"""Questions in German, French and Spanish, read word by word; questions in English stay as they are."""

import pytest

from assistant.extract.engine import Extractor
from assistant.text.english import LONGEST, in_english
from assistant.types import Answer, Order
from assistant.verify.citations import Verifier
from tests.extract.papers import Catalog, paper
from tests.fakes import Unchecked, WordEmbedder


def read(question: str) -> str | None:
    """With papers that hold every word."""
    return in_english(question, lambda word: True)


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("Was ist OtterKit?", "what is OtterKit?"),
        ("Welche Sprache benutzen die Otter?", "which language use the Otter?"),
        ("Wie viele Merkmale hat OtterKit 2?", "how many feature has OtterKit 2?"),
        ("Wer hat das OtterKit-Papier geschrieben?", "who wrote the OtterKit-Papier?"),
        ("Aus welchen Phasen besteht OtterKit?", "from which phase consist OtterKit?"),
        ("In welcher Sprache ist der Quelltext?", "in which language is the code?"),
        ("Warum ist es schneller als Sieve.jl?", "why is it fast as Sieve.jl?"),
        ("Nachteile von OtterKit", "drawback of OtterKit"),
        ("Qui a écrit OtterKit ?", "who wrote OtterKit ?"),
        ("Quelles données OtterKit utilise-t-il ?", "what data OtterKit use it ?"),
        ("Pourquoi l'algorithme est-il plus rapide ?", "why the algorithm is it more fast ?"),
        ("¿Quién escribió OtterKit?", "who wrote OtterKit?"),
        ("¿Cuáles son las limitaciones de OtterKit?", "what are the limitation of OtterKit?"),
        (
            "¿En qué fechas se tomaron las muestras en Niñalba?",
            "in what date one take the sample in Niñalba?",
        ),
    ],
)
def test_a_question_in_another_language(question: str, english: str) -> None:
    assert read(question) == english


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("Spezifikation", "specification"),
        ("Komplexität", "complexity"),
        ("Makrophagen", "macrophag"),
        ("Optimierung", "optimization"),
        ("Sandburg", "Sandburg"),  # a noun like no English word
        ("Token", "Token"),  # an English word
        ("BERT", "BERT"),
        ("RNN2", "RNN2"),
    ],
)
def test_words_that_languages_share(word: str, english: str) -> None:
    assert read(f"Was ist die {word}?") == f"what is the {english}?"


def test_a_capital_is_a_name_but_in_german() -> None:
    assert read("¿Qué son los datos de Datos?") == "what are the data of Datos?"
    assert read("Was ist der Sinn der Daten?") == "what is the Sinn the data?"


@pytest.mark.parametrize(
    "question",
    [
        "What is OtterKit?",
        "Was OtterKit tested in die casting?",
        "papers by de la Cruz",
        "Who wrote the paper of van der Berg and de la Cruz on sin?",
        "What does the son of La Niña do in an es model?",
        "otters",
        "",
        "水獭是什么?",
        "OtterKit Datensatz",
        "Was ist das?" + " Es ist der Otter." * LONGEST,
        "qui vive detectors",
        "Was it der OtterKit?",
    ],
)
def test_english_and_languages_without_a_glossary_stay(question: str) -> None:
    assert read(question) is None


def test_unknown_words_that_no_paper_holds_go() -> None:
    asked = "Was ist der Sinn von OtterKit und BERT?"
    assert in_english(asked, lambda word: word == "Sinn") == "what is the Sinn of OtterKit and BERT?"
    assert in_english(asked, lambda word: False) == "what is the of OtterKit and BERT?"


KIT = paper("kit", "Lutra is the language of all otters. Gravel is grey.", "OtterKit")


def answered(question: str) -> Answer:
    catalog = Catalog(KIT)
    check = Verifier(catalog, Unchecked(), Order())
    draft = Extractor(catalog, WordEmbedder()).draft(question, catalog.hits, Order(), check)
    return check.answer(question, draft)


def test_the_answer_says_how_the_question_was_read() -> None:
    answer = answered("Welche Sprache haben die Otter von OtterKit?")
    assert [claim.text for claim in answer.claims][:1] == ["Lutra is the language of all otters."]
    assert answer.notes == ("Read as: which language have the of OtterKit?",)


def test_a_question_whose_words_in_english_find_nothing_is_put_as_it_stands() -> None:
    answer = answered("Welche Verdauung hat Zumpel?")
    assert (answer.claims, answer.notes) == ((), ())
    assert "Verdauung" in answer.missing[0]
