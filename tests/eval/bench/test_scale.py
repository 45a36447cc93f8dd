"""Sizes that are measured in runs of their own stand in one table."""

from eval.bench.scale import ABSTRACTS, Row, Size, joined, markdown

SMALL = Size(ABSTRACTS, 1000, [Row("add", "s", 30.0), Row("search, p50", "ms", 9.0, 200)], "aaa: a machine")
LARGE = Size(ABSTRACTS, 10000, [Row("add", "s", 292.0)], "bbb: a machine")
WHOLE = Size("whole papers", 90, [Row("add", "s", 200.0)], "ccc: a machine")


def test_a_size_that_is_measured_again_stands_in_place_of_what_it_was() -> None:
    again = Size(ABSTRACTS, 1000, [Row("add", "s", 28.0)], "ddd: a machine")
    assert joined([SMALL, LARGE], again) == [again, LARGE]


def test_abstracts_stand_before_whole_papers_and_fewer_before_more() -> None:
    assert joined(joined([WHOLE], LARGE), SMALL) == [SMALL, LARGE, WHOLE]


def test_the_table_says_by_which_commit_each_size_was_measured() -> None:
    lines = markdown([SMALL, WHOLE]).splitlines()
    assert "- 1,000 abstracts: commit aaa: a machine" in lines
    assert "- 90 whole papers: commit ccc: a machine" in lines
    assert "| add (s) | 30 | 200 |  |" in lines
    assert "| search, p50 (ms) | 9 |  | ≤ 200 |" in lines
