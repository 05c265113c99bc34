"""Runs 0016_planning.sql."""

from db.migrate import run_file

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    run_file("0016_planning.sql")
