"""A prompt's name → its words, and those filled in. Every text that a model reads is a file in prompts/.

A prompt file opens with a header that never reaches the model: an HTML comment that says why the prompt is
as it is, and a line that declares the variables. Below it stands the text, a ``string.Template``, because
papers and JSON are full of braces:

    <!-- why -->
    variables: question, passages

    Answer $question from $passages

What is declared and what is used must agree, and a variable left out of or unknown to ``fill`` is a
ValueError: a mistake in this program, never the user's.
"""

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from assistant.text.unseen import seen

_HEADER = re.compile(r"<!--(?P<why>.*?)-->\s*\nvariables:(?P<variables>[^\n]*)\n(?P<text>.*)", re.DOTALL)
_SUFFIX = ".md"
_ROLES = (
    "passage|system|sys|assistant|user|human|developer|tool|function|think|instructions?|question|s|bos|eos"
    "|start_of_turn|end_of_turn|im_start|im_end"
)
_FRAME = re.compile(rf"<(?=\s*/?\s*(?:{_ROLES})\b)|<(?=[<|｜])|\[(?=\s*/?\s*INST\s*\])", re.IGNORECASE)
_FULL_WIDTH = {"<": "＜", "[": "［"}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt without its header. ``hash`` changes when a word changes that the model reads."""

    name: str
    text: str
    variables: tuple[str, ...]
    hash: str

    def fill(self, **values: str) -> str:
        """The text with each variable's value, taken as it is: a ``$`` in a value stays one."""
        missing = sorted(set(self.variables) - values.keys())
        unknown = sorted(values.keys() - set(self.variables))
        if missing or unknown:
            wrong = f"not given: {_listed(missing)}; unknown: {_listed(unknown)}"
            raise ValueError(f"prompt {self.name!r} is filled wrongly ({wrong})")
        return Template(self.text).substitute(values)


def names() -> list[str]:
    """The prompts there are, sorted."""
    return sorted(f.name.removesuffix(_SUFFIX) for f in _folder().iterdir() if f.name.endswith(_SUFFIX))


def load(name: str) -> Prompt:
    """The prompt ``name``. Raises ValueError if there is none, or if its header and text disagree."""
    if name not in names():
        raise ValueError(f"there is no prompt {name!r}; there are: {_listed(names())}")
    return parse(name, (_folder() / (name + _SUFFIX)).read_text(encoding="utf-8"))


def parse(name: str, source: str) -> Prompt:
    """The prompt that the file's text ``source`` holds. Raises ValueError if it is not in the form above."""
    match = _HEADER.fullmatch(source)
    if match is None or not match["why"].strip():
        raise ValueError(f"prompt {name!r} does not open with <!-- why --> and a line 'variables: ...'")
    declared = [variable.strip() for variable in match["variables"].split(",") if variable.strip()]
    text = match["text"].strip()
    if not Template(text).is_valid():
        raise ValueError(f"prompt {name!r} has a $ that names no variable; write $$ for the sign")
    used = Template(text).get_identifiers()
    if sorted(declared) != sorted(used):
        raise ValueError(f"prompt {name!r} declares {_listed(declared)} and uses {_listed(used)}")
    return Prompt(name, text, tuple(declared), hashlib.sha256(text.encode()).hexdigest()[:12])


def tamed(text: str) -> str:
    """Words that are not ours, as they may stand in a prompt: nothing in them passes for the frame around them.
    Tags and role marks lose their bracket to a full-width one, which is the same character after the
    normalisation that quotes are looked up with; characters that nobody sees are left out."""
    return _FRAME.sub(lambda found: _FULL_WIDTH[found[0]], seen(text))


def _folder() -> Traversable:
    """Inside the package where it was installed from a wheel, else at the top of the checkout."""
    packed = files("assistant") / "_prompts"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[1] / "prompts"


def _listed(words: list[str]) -> str:
    return ", ".join(words) or "none"
