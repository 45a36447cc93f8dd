"""A question or search as it was typed → as it can be sent and stored."""

from assistant.errors import UsageError

LONGEST = 100_000
"""Characters of a question: ten thousand words have room."""
QUESTION = ("question", 'ask in words, for example: assistant ask "What is LeZO?"')


def stated(question: str, what: tuple[str, str] = QUESTION) -> str:
    """The question as it can be sent and stored; ``what`` it is, and an example. Raises UsageError for an empty one, or
    one that is too long."""
    if len(question) > LONGEST:
        raise UsageError(f"the {what[0]} is longer than {LONGEST:,} characters; ask it in fewer words")
    if not question.strip():
        raise UsageError(f"the {what[0]} is empty; {what[1]}")
    return sendable(question)


def sendable(question: str) -> str:
    """Without halves of characters, which can be neither sent nor stored."""
    return question.strip().encode("utf-8", "replace").decode()
