"""NAME or FOLDER → the model that writes: one that is configured, or the small real one, at a server of its own."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from assistant import Config, ModelConfig

SERVER, WEIGHTS, NAME = "llama-server", "qwen.gguf", "local"
CONTEXT = 8192
PATIENCE = 120.0
"""Seconds that a server may take to load its model."""


@contextmanager
def writer(given: str) -> Iterator[tuple[Config, str]]:
    """A config, and the name of the model in it: of the folder that ``make model`` fills, else ``given`` itself."""
    folder = Path(given)
    if not folder.is_dir():
        yield Config(), given
        return
    with served(folder / SERVER, folder / WEIGHTS) as url:
        yield Config(model=ModelConfig(base_url=url, context=CONTEXT, retries=0)), NAME


@contextmanager
def served(server: Path, model: Path, threads: int = 2) -> Iterator[str]:
    """The address of a llama.cpp server of its own on a free port, which ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [server, "-m", model, "-c", str(CONTEXT), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [*map(str, command), "--threads", str(threads), "--parallel", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _await(url, process, server)
        yield f"{url}/v1"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _await(url: str, process: "subprocess.Popen[bytes]", server: Path) -> None:
    """Until the model is loaded. Raises SystemExit if the server ends, or takes too long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"{server} ended with {process.returncode}")
        try:
            urlopen(f"{url}/health", timeout=5)
            return
        except OSError:  # nobody listens yet, or 503: it is loading
            time.sleep(0.2)
    raise SystemExit(f"{server} has not loaded the model in {PATIENCE:.0f} s")
