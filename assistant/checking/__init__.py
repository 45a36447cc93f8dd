"""A draft meets the library: what it cites is looked up, and what it says is judged by what the papers say.

manuscript → keys resolved → sentences of the cited papers → judged
"""
