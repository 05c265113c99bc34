"""The language model, and the check of what it wrote (SPEC R13)."""
