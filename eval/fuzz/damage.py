"""Real files → damaged ones: bits turned, stretches lost, doubled, repeated or taken from another file, and hostile
pieces put in. The same number gives the same file."""

import io
import json
import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from eval.fuzz.families import FAMILIES
from eval.sets import ROOT

_LARGEST = 300_000
"""Bytes of a file that is damaged: larger ones say no more and take longer."""
_PLACES = {
    ".txt": ("seeds/*.txt", "cases/readers/*.txt"),
    ".pdf": ("pdf/*/*.pdf", "cases/readers/*.pdf"),
    ".tex": ("drafts/*/main.tex",),
    ".bib": ("formats/bibtex/*.bib", "cases/readers/*.bib"),
    ".xml": ("formats/jats/*.nxml", "formats/acl_xml/*.xml"),
}
"""Format → where real files of it are in the data folder."""
_HTML = (
    "<!DOCTYPE html><html><head><meta name='citation_title' content='Otters'></head><body>{}</body></html>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCX = f"<w:document xmlns:w='{_WORD}'><w:body>{{}}</w:body></w:document>"


def originals(data: Path) -> dict[str, list[bytes]]:
    """Format → files to damage; those that stand nowhere are made of the digests' text."""
    found = {
        suffix: [
            path.read_bytes()
            for pattern in patterns
            for path in sorted(data.glob(pattern))
            if path.stat().st_size <= _LARGEST
        ]
        for suffix, patterns in _PLACES.items()
    }
    digests = [path.read_bytes() for path in sorted((ROOT / "corpus").glob("*.txt"))]
    found[".txt"] += digests
    return {suffix: files for suffix, files in (found | _made(digests)).items() if files}


def _made(digests: Sequence[bytes]) -> dict[str, list[bytes]]:
    text = digests[0].decode()
    lines = [line for line in text.split("\n") if line][:40]
    rows = "\n".join(f'"{line[:60]}","{line}"' for line in (each.replace('"', "'") for each in lines))
    paragraphs = "".join(f"<w:p><w:r><w:t>{_escaped(line)}</w:t></w:r></w:p>" for line in lines)
    return {
        ".md": [f"---\ntitle: Otters\nauthor: [Abe Bell]\n---\n# Otters\n\n{text}".encode(), *digests],
        ".csv": [f"title,abstract\n{rows}\n".encode()],
        ".jsonl": ["\n".join(json.dumps({"title": line[:60], "abstract": line}) for line in lines).encode()],
        ".html": [_HTML.format("".join(f"<p>{_escaped(line)}</p>" for line in lines)).encode()],
        ".ris": [
            "".join(f"TY  - JOUR\nTI  - {line[:60]}\nAB  - {line}\nER  - \n" for line in lines).encode()
        ],
        ".docx": [_zip({"word/document.xml": _DOCX.format(paragraphs).encode()})],
        ".zip": [
            _zip(
                {
                    "a.txt": digests[0],
                    "b/main.tex": b"\\documentclass{a}\\begin{document}Otters.\\end{document}",
                }
            )
        ],
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _zip(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def damaged(files: Sequence[bytes], number: int) -> bytes:
    """One of the files, hurt in one to six places."""
    chance = random.Random(number)
    data = bytearray(chance.choice(files))
    if data[:2] == b"PK" and chance.random() < 0.6:
        return _hurt_inside(bytes(data), files, chance)
    for _ in range(chance.randint(1, 6)):
        _hurt(data, files, chance)
    return bytes(data)


def _hurt_inside(packed: bytes, files: Sequence[bytes], chance: random.Random) -> bytes:
    """Packed again, so that what is hurt is not only the packing."""
    inside: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            content = bytearray(archive.read(name))
            _hurt(content, [bytes(content)], chance)
            inside[name] = bytes(content)
    return _zip(inside)


def _hurt(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    length = min(len(data) - at, int(chance.paretovariate(0.6)))
    stretch = bytes(data[at : at + length])
    match chance.randrange(7):
        case 0:
            for place in (chance.randrange(len(data)) for _ in range(min(length, 20)) if data):
                data[place] ^= 1 << chance.randrange(8)
        case 1:
            del data[at : at + length]
        case 2:
            data[at:at] = stretch
        case 3:
            data[at:at] = stretch[:200] * chance.choice((10, 100, 1000))
        case 4:
            other = chance.choice(files)
            start = chance.randrange(len(other) + 1)
            data[at : at + length] = other[start : start + length]
        case 5:
            data[at:at] = FAMILIES[chance.choice(list(FAMILIES))](chance.choice((20, 200, 5000))).encode()
        case _:
            del data[at:]


def cases(files: Mapping[str, Sequence[bytes]], number: int) -> Iterator[tuple[str, bytes]]:
    """The number-th damaged file of each format, and of each format of drafts."""
    for suffix, originals in files.items():
        yield f"a{suffix}", damaged(originals, number)
    for suffix in (".tex", ".md", ".txt"):
        yield f"draft{suffix}", damaged(files.get(suffix, files[".txt"]), number)
