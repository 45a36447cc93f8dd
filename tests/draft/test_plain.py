"""Plain drafts: works mentioned by author and year, or by the number of a list."""

from pathlib import Path

import pytest

from assistant.draft import Manuscript, read
from assistant.errors import UsageError


def draft(folder: Path, text: str) -> Manuscript:
    path = folder / "draft.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Shi et al. (2025) count otters.", ["Shi et al. (2025)"]),
        ("Otters dive (Shi et al., 2025).", ["(Shi et al., 2025)"]),
        ("They dive (see Shi and Liu, 2024; Kim, 2023a).", ["(see Shi and Liu, 2024; Kim, 2023a)"]),
        ("It was Shi et al., 2025 that dived.", ["Shi et al., 2025"]),
        ("Van den Berg & Müller-Lüdenscheidt [2019] dive.", ["Van den Berg & Müller-Lüdenscheidt [2019]"]),
        ("Kim’s (2023) otters and O'Neil (1999, p. 3) dive.", ["Kim’s (2023)", "O'Neil (1999, p. 3)"]),
        ("PebbleNet (RouteNet; Shi et al., 2025) dives.", ["(RouteNet; Shi et al., 2025)"]),
        ("In May (2020) it was 5 (2021) and since (2019). See Table (2020).", []),
        ("The winter (2020–2021) of GPT-4 (2023) was long.", []),
    ],
)
def test_mentions(tmp_path: Path, text: str, shown: list[str]) -> None:
    found = draft(tmp_path, text).sentences
    assert [s.text[c.start : c.end] for s in found for c in s.cites] == shown


def test_what_a_mention_says_of_its_works(tmp_path: Path) -> None:
    found = draft(tmp_path, "Dives (Shi and Liu, 2024; Shi et al., 2019, 2021b; Kim, 2023a).\n")
    said = {key: (entry.names, entry.others, entry.year) for key, entry in found.entries.items()}
    assert said == {
        "Shi and Liu 2024": (("Shi", "Liu"), False, 2024),
        "Shi et al. 2019": (("Shi",), True, 2019),
        "Shi et al. 2021b": (("Shi",), True, 2021),
        "Kim 2023a": (("Kim",), False, 2023),
    }
    assert [c.keys for s in found.sentences for c in s.cites] == [tuple(said)]


def test_a_sentence_may_run_over_lines(tmp_path: Path) -> None:
    found = draft(tmp_path, "A title\n\nFirst.\nOtters dive\n(Kim, 2023).\n").sentences
    assert [(s.line, s.text) for s in found][-1] == (4, "Otters dive (Kim, 2023).")


NUMBERED = """\
Otters dive [2]. They rest [1, 3-4]. Nobody knows [9].

References

[1] A. Brook. Otters at rest. 2019.
[2] P. Rill. Otters in
    motion. 2020.
[3] Third. [4] Not at a line's start.
"""


def test_numbers_of_a_reference_list(tmp_path: Path) -> None:
    found = draft(tmp_path, NUMBERED)
    assert [c.keys for s in found.sentences for c in s.cites] == [("2",), ("1", "3")]
    assert found.entries["2"].text == "P. Rill. Otters in motion. 2020."
    assert len(found.sentences) == 3


def test_numbers_without_a_list_cite_nothing(tmp_path: Path) -> None:
    assert [s.cites for s in draft(tmp_path, "Otters dive [2].").sentences] == [()]


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"draft\.docx is not a draft .* \.md"):
        read(tmp_path / "draft.docx")


@pytest.mark.parametrize(
    "text",
    [
        "a " + "." * 50_000 + "x",
        "A" + "a" * 50_000 + " 5",
        "a." + " " * 100_000 + "b",
        "a.\n" + " \t" * 50_000 + "b",
        "Smith" + "-" * 50_000 + " (2020)",
        "a ?!" + '"”' * 50_000 + "b",
        "Smith, " * 20_000 + "(20",
        "(" * 20_000 + "Smith, 2020",
    ],
)
def test_what_repeats_without_end_is_read_once(tmp_path: Path, text: str) -> None:
    """In time that grows with its length: with its square, each of these takes minutes."""
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    assert len(read(path).sentences) <= 3
