"""A real Chroma server on loopback, which can be killed and started again."""

import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.address import Address


class ChromaServer:
    """Runs until it is killed. ``path``: its folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        words = ["run", "--path", str(self._path), "--host", "127.0.0.1", "--port", str(self.port)]
        program = Path(sys.executable).with_name("chroma")
        # What it prints goes nowhere: it stops when a pipe that no one reads is full.
        self._process = subprocess.Popen(
            [str(program), *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                self.kill()
                raise OSError("no Chroma server came up")
            time.sleep(0.05)

    def _answers(self) -> bool:
        with suppress(OSError):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/api/v2/heartbeat")
            return connection.getresponse().status == 200
        return False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def address(self, name: str) -> Address:
        return Address("127.0.0.1", self.port, name)

    def memory(self) -> float:
        """MB that it holds now, and its child with it, which is the server (on Linux)."""
        found = 0.0
        for status in Path("/proc").glob("[0-9]*/status"):
            with suppress(OSError):
                lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
                if str(self._process.pid) in (lines["Pid"].strip(), lines["PPid"].strip()):
                    found += int(lines.get("VmRSS", "0 kB").split()[0]) / 1000
        return found
