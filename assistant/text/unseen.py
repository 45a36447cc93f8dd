"""Characters that nobody sees: the one list of them, for what reads, prompts, looks up quotes and prints.

They join and part words, turn the direction of writing, or carry words of their own (tags) that a model reads and a
person does not. In a paper they say nothing; left in one place and taken out in another, they make a right quote wrong.
"""

import re

_RANGES = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F)),
    *((0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A)),
    (0xE0000, 0xE0FFF),
)
"""Unicode's Default_Ignorable_Code_Point, and the marks of interlinear notes."""
UNSEEN = "".join(f"{chr(first)}-{chr(last)}" for first, last in _RANGES)
"""For a class of characters in a pattern."""
_UNSEEN = re.compile(f"[{UNSEEN}]")


def seen(text: str) -> str:
    """The text without them."""
    return text if text.isascii() else _UNSEEN.sub("", text)
