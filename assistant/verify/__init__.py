"""Draft → answer: what an engine says is shown only behind words that stand in the paper."""
