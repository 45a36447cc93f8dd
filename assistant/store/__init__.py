"""What a library keeps: the catalog (SQLite, the truth) and the vector index (Chroma, derived)."""
