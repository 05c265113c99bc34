"""Runs 0010_reading.sql."""

from db.migrate import run_file

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_file("0010_reading.sql")
