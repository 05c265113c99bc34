"""Runs 0005_worker_settings.sql."""

from db.migrate import run_file

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_file("0005_worker_settings.sql")
