"""When things happen: deterministic workflows that hand all work to steps (SPEC section 5)."""
