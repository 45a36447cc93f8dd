"""Messages → a language model's reply, and texts → vectors, at any OpenAI-compatible server. The door to openai.

The SDK is imported when a model is first asked, because no other command needs to wait for it.
"""

from assistant.model.completions import OpenAIChat as OpenAIChat
from assistant.model.embeddings import OpenAIEmbeddings as OpenAIEmbeddings


def load() -> None:
    """Imports openai ahead of the first question, for who must not be interrupted in it."""
    import openai  # noqa: F401
