"""Memory that is free within the process → the system.

What a large file leaves behind lies in pieces between what is still used, and the C library keeps it for itself: of
54,166 abstracts 150 MB, half as much again as the index that is built next needs.
"""

import ctypes
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Does nothing where the C library has no way to (it is glibc's)."""
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    except (OSError, TypeError):  # no library of the process's own, as on Windows
        return None
    return found
