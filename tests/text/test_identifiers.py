"""Numbers of works in running text."""

import pytest

from assistant.text.identifiers import numbers_in


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("what does 10.1145/3442188.3445922 show?", "10.1145/3442188.3445922", "10.1145/3442188.3445922"),
        ("(at https://doi.org/10.1016/S(19)5-6).", "https://doi.org/10.1016/S(19)5-6", "10.1016/S(19)5-6"),
        ("is it in (10.1234/abc)?", "10.1234/abc", "10.1234/abc"),
        ("10.1234/abc's", "10.1234/abc", "10.1234/abc"),
        ("“10.1234/a%2Fb”", "10.1234/a%2Fb", "10.1234/a/b"),
        ("did 2403.01234v2 find", "2403.01234v2", "2403.01234"),
        ("arXiv: 2403.01234.", "arXiv: 2403.01234", "2403.01234"),
        ("https://arxiv.org/pdf/2403.01234v1.pdf?", "https://arxiv.org/pdf/2403.01234v1.pdf", "2403.01234"),
        ("in hep-th/9901001's tables", "hep-th/9901001", "hep-th/9901001"),
        ("does P17-1001 say", "P17-1001", "https://aclanthology.org/P17-1001"),
        ("https://aclanthology.org/2020.acl-main.1/ says", "https://aclanthology.org/2020.acl-main.1/",
         "https://aclanthology.org/2020.acl-main.1"),
    ],
)  # fmt: skip
def test_a_number_in_a_question(text: str, place: str, number: str) -> None:
    (found,) = numbers_in(text)
    assert text[found.start : found.end] == place
    assert "".join(found[2:]) == number and sum(map(bool, found[2:])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "1234.56789012 or 3.14",
        "in 2021.12345.6",
        "doi: 10.1/x",
        "x10.1234/abc",
        "and/or 1234567",
        "GPT17-1001",
    ],
)
def test_other_numbers(text: str) -> None:
    assert list(numbers_in(text)) == []
