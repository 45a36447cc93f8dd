"""Hostile input → how the readers take it: texts that grow (families.py) and files that are damaged (damage.py)."""
