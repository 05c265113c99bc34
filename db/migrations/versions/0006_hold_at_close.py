"""Runs 0006_hold_at_close.sql."""

from db.migrate import run_file

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_file("0006_hold_at_close.sql")
