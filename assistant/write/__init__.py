"""Hits → Draft by a language model."""
