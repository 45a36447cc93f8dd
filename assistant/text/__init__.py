"""The ground floor: what every stage knows of text."""
