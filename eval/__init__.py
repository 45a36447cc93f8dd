"""Suites, scorers and training. A client of the assistant package; nothing in it is needed to ask."""
