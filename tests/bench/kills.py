"""Workers killed with SIGKILL over and over through a launch: the acceptance story, played longer."""

from tests.acceptance.kills import main

__all__ = ["main"]
