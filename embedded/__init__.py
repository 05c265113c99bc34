"""One-machine services: PostgreSQL, the Temporal dev server and a mail catcher, each ended with its users."""
