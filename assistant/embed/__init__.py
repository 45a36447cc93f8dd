"""Texts to unit vectors: on this machine (minilm) or through an OpenAI-compatible server (remote)."""
