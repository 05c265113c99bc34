"""HTTP: the hooks that mail services call, and a health page (SPEC section 7)."""
