"""What the command line shows: tables, words, JSON (SPEC section 6)."""
