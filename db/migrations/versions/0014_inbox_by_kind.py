"""Runs 0014_inbox_by_kind.sql."""

from db.migrate import run_file

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_file("0014_inbox_by_kind.sql")
