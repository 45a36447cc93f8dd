"""Trained tensors → assistant/embed/reader.npz, and its SHA-256, which goes into assistant/embed/reader.py.

``python -m eval.reader.pack TRAINED.npz``.
"""

import sys
from hashlib import sha256
from pathlib import Path

import numpy as np

from assistant.config import Config
from assistant.embed.reader import FILE, differences
from assistant.embed.weights import Weights


def main(trained: Path) -> None:
    config = Config()
    with np.load(trained) as held:
        tensors = {name: held[name] for name in held.files}
    np.savez_compressed(FILE, **differences(tensors, Weights(config.weights, config.cache).tensors))  # type: ignore[arg-type]
    print(f'SHA256 = "{sha256(FILE.read_bytes()).hexdigest()}"')


if __name__ == "__main__":
    main(Path(sys.argv[1]))
