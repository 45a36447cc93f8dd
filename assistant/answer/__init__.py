"""Question and hits → Draft: an engine's answer, with quotes that nobody has checked yet."""
