"""What letters are printed with to look at: the real templates, and the bios that are kept (R12)."""

from __future__ import annotations

from bios import source
from desk.proofs import Press
from mail.letters import Letters
from settings import Settings


def press(settings: Settings) -> Press:
    """Makes a press; compiles every template."""
    return Press(
        brand=settings.brand,
        render=Letters().render,
        tidy=source.tidy,
        source_hash=source.source_hash,
        prompt_version=source.PROMPT_VERSION,
        model=settings.openai_model if settings.openai_api_key else None,
    )
