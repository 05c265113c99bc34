"""Demo records: a small set that a person can follow, and a generator of large ones."""
