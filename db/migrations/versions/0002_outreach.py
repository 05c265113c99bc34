"""Runs 0002_outreach.sql."""

from db.migrate import run_file

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_file("0002_outreach.sql")
