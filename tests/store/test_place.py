"""Where a library may be; folders that may not be entered are in cli/bad_input.toml."""

from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.store.place import check_place


@pytest.mark.parametrize("name", ["catalog.db", "chroma", "writer.lock", ".DS_Store"])
def test_a_library_may_be_made_where_there_is_nothing_or_what_is_left_of_one(
    tmp_path: Path, name: str
) -> None:
    check_place(tmp_path / "absent", create=True)
    check_place(tmp_path, create=True)
    (tmp_path / name).touch()
    check_place(tmp_path, create=True)


def test_it_may_not_be_made_among_other_things(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    check_place(tmp_path)  # that there is no library there is the catalog's to say
    with pytest.raises(UsageError, match="other things"):
        check_place(tmp_path, create=True)
    (tmp_path / "catalog.db").touch()
    check_place(tmp_path, create=True)
