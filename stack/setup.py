"""What the settings say, for people to see: secrets masked, the connected parts in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import SecretStr

from domain.setup import Setting, Setup
from settings import SECRETS, Settings, name_of, worded

MASK = "********"


def setup(settings: Settings, mail_folder: str | None = None) -> Setup:
    """Tells what a server was started with; `mail_folder` is the embedded catcher's, where that runs."""
    model = settings.openai_model if settings.openai_api_key else ""
    return Setup(
        mail=_mail(settings, mail_folder),
        mailbox=str(settings.mailbox or ""),
        hooks=tuple(
            sorted({name.partition("_")[0] for name, secret in settings.hook_secrets.items() if secret})
        ),
        language_model=model,
        settings=tuple(_settings(settings)),
    )


def _mail(settings: Settings, folder: str | None) -> str:
    if folder is not None:
        return f"caught in {folder}: nothing leaves this machine"
    if settings.mail_server is None:
        return "caught by the mail catcher of `up`: nothing leaves this machine"
    redirected = f", every e-mail to {settings.redirect_all_to}" if settings.redirect_all_to else ""
    return f"{settings.mail_server}{redirected}"


def _settings(settings: Settings) -> Iterator[Setting]:
    for field in type(settings).model_fields:
        name, value = name_of(field), getattr(settings, field)
        yield Setting(name=name, value=_shown(name, value), given=field in settings.model_fields_set)


def _shown(name: str, value: Any) -> str:
    """A value as text; of a secret only whether there is one."""
    if isinstance(value, SecretStr) or name in SECRETS:
        return MASK if value else ""
    return worded(value)
