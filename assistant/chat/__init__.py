"""A conversation with one's papers: follow-ups read in the light of what was shown, kept as it happens."""

from assistant.chat.conversation import Conversation as Conversation
from assistant.chat.talk import Reading as Reading
from assistant.chat.talk import Turn as Turn
