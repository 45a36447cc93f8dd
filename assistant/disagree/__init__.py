"""Papers → pairs of their sentences that cannot both be true."""

from assistant.disagree.find import disagreements as disagreements
