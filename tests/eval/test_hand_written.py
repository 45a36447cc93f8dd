"""The sets of altered claims and of citing sentences: each can be read, and their tables count rightly."""

import pytest

from assistant.types import Judgement
from eval import alterations, citing
from eval.sets import CORPORA

pytestmark = pytest.mark.skipif(
    not all(CORPORA[name][0].exists() for name in ("acl", "scifact")),
    reason="the data folder is not beside this checkout",
)


def test_each_alteration_has_its_sentence() -> None:
    rows = alterations.altered()
    assert len(rows) > 200 and len({each.kind for each in rows}) == 10
    for each in rows:
        assert each.sentence in each.abstract and each.claim != each.sentence
        assert each.abstract.count(each.sentence) == 1
    assert 0.4 < sum(each.is_looked_at for each in rows) / len(rows) < 0.6


def test_the_table_of_alterations_counts() -> None:
    first, second, *_ = (each for each in alterations.altered() if each.kind == "number")
    found = [(first, Judgement("supported", 0.9, "")), (second, Judgement("contradicted", 0.1, ""))]
    assert alterations.table(found)[-1] == "| number | 2 | 0.50 | 0.50 |"


def test_each_sentence_cites_papers_that_are_there() -> None:
    labelled = citing.sentences()
    cited = {key for each in labelled for key in each.cited}
    assert cited <= {row["id"] for row in citing._acl()}
    assert all(each.cited and each.label in ("true", "wrong", "not-shown") for each in labelled)


def test_the_table_of_sentences_counts() -> None:
    one = citing.Labelled("x [@a]", "number", "wrong", ("a",))
    assert (
        citing.table([(one, "wrong", ""), (one, "supported", "")])[-1]
        == "| number | wrong | 2 | 0.50 | 0.00 | 0.50 | 0.00 |"
    )
