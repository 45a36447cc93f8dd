"""A file's name and content → how long it took to read, as `add` or, where it is called a draft, as `check` reads it.
Called in a worker process."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

from assistant.draft.claims import claims
from assistant.draft.resolve import read_with_entries
from assistant.errors import ReadError, UsageError
from assistant.read import read
from assistant.split import sentences


class Taken(NamedTuple):
    """``seconds`` of the processor's time; ``refused``: why it was not read, if it was not."""

    seconds: float
    refused: str


def take(data: bytes, name: str) -> Taken:
    """What it raises, but for an expected refusal, is a fault."""
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        started = process_time()
        refused = ""
        try:
            if name.startswith("draft"):
                for sentence in read_with_entries(path, True, ()).sentences:
                    claims(sentence)
            else:
                for paper in read(data, path):
                    sentences(paper)
        except (ReadError, UsageError) as error:
            refused = str(error)
        return Taken(process_time() - started, refused)
