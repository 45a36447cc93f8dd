"""The reader, a small cross-encoder that tells whether evidence says a claim: its training pairs and its training."""
