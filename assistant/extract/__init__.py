"""Hits → Draft without a language model."""
