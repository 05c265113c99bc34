"""Runs 0009_drafts.sql."""

from db.migrate import run_file

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_file("0009_drafts.sql")
