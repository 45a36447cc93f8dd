"""Packed bytes → the files in them, as far as they are wanted and no further than a limit: a small file may hold
gigabytes, and what it says of its sizes may be wrong."""

import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from assistant.errors import ReadError
from assistant.types import Warn

T = TypeVar("T")
MOST = 20_000
"""Files in an archive."""
_LARGEST = 50_000_000
"""Bytes of one member of a document, unpacked."""


def opened(data: bytes) -> zipfile.ZipFile:
    """Raises ReadError for what is no whole ZIP file."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise ReadError(f"not a whole ZIP file ({error}); fetch or save it again") from error


def member(archive: zipfile.ZipFile, name: str, largest: int = _LARGEST) -> bytes | None:
    """A file in an archive; None if it is not there. Raises ReadError if it is damaged, encrypted or too large."""
    try:
        with archive.open(name) as file:
            found = file.read(largest + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise ReadError(f"{name} in it is damaged ({error}); fetch or save it again") from error
    except (RuntimeError, NotImplementedError) as error:  # a password; a compression that few use
        raise ReadError(f"{name} in it cannot be unpacked ({error}); save it without a password") from error
    return _bounded(found, largest)


def spared(archive: zipfile.ZipFile, name: str, warn: Warn, parsed: Callable[[bytes], T]) -> T | None:
    """A part that a document can be read without; None if it is not there, or cannot be read, which is warned of."""
    try:
        data = member(archive, name)
        return parsed(data) if data else None
    except ReadError as error:
        warn(f"without {name}: {error}")
        return None


def ungzipped(data: bytes, largest: int) -> bytes:
    """Raises ReadError."""
    try:
        found = gzip.GzipFile(fileobj=io.BytesIO(data)).read(largest + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"not a whole gzip file ({error}); fetch it again") from error
    return _bounded(found, largest)


def unzipped(data: bytes, largest: int) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file in a ZIP archive, until they are more than ``largest`` bytes together. Raises
    ReadError."""
    archive, left = opened(data), largest
    listed = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    _bound(len(listed))
    for info in listed:
        content = member(archive, info.filename, largest) or b""
        left -= len(content)
        if left < 0:
            raise _too_large(largest)
        yield info.filename, content


def untarred(data: bytes, largest: int) -> Iterator[tuple[str, bytes]]:
    """As ``unzipped``, from a tar archive; links and devices are no files."""
    left = largest
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for count, info in enumerate(archive, start=1):
                _bound(count)
                file = archive.extractfile(info) if info.isreg() else None
                if file:
                    content = file.read(left + 1)
                    left -= len(content)
                    if left < 0:
                        raise _too_large(largest)
                    yield info.name, content
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        raise ReadError(f"not a whole tar archive ({error}); fetch it again") from error


def is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _bounded(found: bytes, largest: int) -> bytes:
    if len(found) > largest:
        raise _too_large(largest)
    return found


def _bound(count: int) -> None:
    if count > MOST:
        raise ReadError(f"too many files: of an archive at most {MOST:,} are read; split it")


def _too_large(largest: int) -> ReadError:
    return ReadError(f"too large: at most {max(1, largest // 1_000_000)} MB are unpacked; split it")
