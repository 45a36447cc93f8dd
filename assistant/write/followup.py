"""A question in a conversation → the same question, understood alone: what can be searched for."""

from assistant.prompts import load, tamed
from assistant.types import Answer, ChatModel, Usage

_ANSWER = 1500
"""Characters of the answer before that the model is shown."""
_LONGEST = 400
"""Characters of a rewritten question; a longer one is an answer."""


def standalone(question: str, before: Answer, model: ChatModel) -> tuple[str, Usage]:
    """The question with the names it refers to, after the turn ``before``, and what asking for it cost. The
    question itself if the model does not reply with one line. Raises ModelError."""
    text = load("followup").fill(
        question=question, before=before.question, answer=tamed(before.text)[:_ANSWER]
    )
    reply = model.complete([{"role": "user", "content": text}], None)
    lines = [line.strip().strip('"“”') for line in reply.text.strip().splitlines() if line.strip()]
    usable = len(lines) == 1 and not reply.cut and 0 < len(lines[0]) <= _LONGEST
    return (lines[0] if usable else question), reply.usage
