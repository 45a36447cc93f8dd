"""Weights → the same in 8 bits, for processors that multiply those faster.

A scale for each output of a product, from its greatest weight; what goes in is scaled by row as it comes (graph.py),
since no range fixed in advance holds for all texts. eval/LOG.md has what it gains and what it costs.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ZERO = 128
"""What stands for 0 among what goes in: x86 multiplies numbers without a sign by numbers with one."""
_INSTRUCTIONS = {"avx512_vnni", "avx_vnni"}
"""Without these onnxruntime adds products in 16 bits, which overflow."""
_PROCESSOR = Path("/proc/cpuinfo")


def is_faster() -> bool:
    """Whether this processor multiplies 8 bits in one instruction, as far as its system tells."""
    try:
        told = _PROCESSOR.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = next((line for line in told.splitlines() if line.startswith("flags")), "")
    return not _INSTRUCTIONS.isdisjoint(flags.split())


def in_8_bits(tensors: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[Any]]:
    """The layers' products with int8 weights, (in, out), and a ``.scale`` of shape (out,) beside each; all else as it
    is."""
    found: dict[str, NDArray[Any]] = dict(tensors)
    for name, weight in tensors.items():
        layer = name.removesuffix(".weight")
        if layer != name and layer.startswith("encoder.") and weight.ndim == 2:
            scale = np.abs(weight).max(axis=1) / np.float32(127)
            found[name] = np.ascontiguousarray(np.rint(weight / scale[:, None]).astype(np.int8).T)
            found[f"{layer}.scale"] = scale
    return found
