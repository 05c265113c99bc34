"""What is true: pure rules and models; no input, no output, no clock (SPEC sections 2 to 4)."""
