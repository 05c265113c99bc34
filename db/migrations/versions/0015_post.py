"""Runs 0015_post.sql."""

from db.migrate import run_file

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_file("0015_post.sql")
