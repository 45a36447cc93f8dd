"""The library that the code of the moment makes of a page of digests, as a file of the tests: a catalog of this schema,
kept so that later code is tried on it. Run it when the schema has got a new number:

    python -m tests.data.make
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant import Library
from assistant.store.schema import SCHEMA_VERSION
from eval.sets import ROOT

PAGE = "author-page.txt"


def main() -> None:
    target = Path(__file__).with_name(f"library-schema-{SCHEMA_VERSION}.zip")
    if target.exists():
        raise SystemExit(f"{target} is there already; what made it is not to be had again")
    with TemporaryDirectory() as place, Library.open(Path(place, "library"), create=True) as library:
        library.add([shutil.copy(ROOT / "corpus" / PAGE, place)])
        library.backup(target)


if __name__ == "__main__":
    main()
