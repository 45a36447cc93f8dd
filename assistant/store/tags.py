"""Papers' tags: words that a reader gives them. They hang on the key, and so outlive every re-reading, and a paper that
was removed and comes back has them again."""

import json
from collections.abc import Iterable

from assistant.store.integrity import CatalogChecks

_GIVEN = "SELECT key, word FROM tags WHERE key IN (SELECT key FROM papers) ORDER BY word"


class CatalogTags(CatalogChecks):
    """Writing needs the library's writer lock."""

    def tags(self) -> dict[str, tuple[str, ...]]:
        """Paper key → its tags, of the papers that have some."""
        found: dict[str, tuple[str, ...]] = {}
        for key, word in self._db.execute(_GIVEN):
            found[key] = (*found.get(key, ()), word)
        return found

    def tag(self, keys: Iterable[str], word: str) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO tags (key, word) SELECT value, ? FROM json_each(?)",
            (word, json.dumps(list(keys))),
        )

    def untag(self, keys: Iterable[str], word: str) -> None:
        self._db.execute(
            "DELETE FROM tags WHERE word = ? AND key IN (SELECT value FROM json_each(?))",
            (word, json.dumps(list(keys))),
        )
