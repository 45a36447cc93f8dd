"""Does the evidence say what the claim says? One gate and one judge, for ask, check and support()."""
