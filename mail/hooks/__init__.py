"""What mail services POST to us, authenticated and understood: one hook a service, made from secrets.

    hook = hooks.configured(secrets, fetch)["postmark"]
    largest = hook.admit(headers)                 # bytes; Unauthenticated
    word = await hook.authenticate(request, now)  # Unauthenticated, Malformed, ServiceDown
    items = hook.read(request)                    # Arrival, ServiceEvent, Confirmation; Malformed

Both of a service's paths, `/hooks/inbound/{service}` and `/hooks/events/{service}`, lead here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain import errors
from mail.hooks.mailgun import Mailgun
from mail.hooks.port import Hook, Malformed, ServiceDown, Stale, Unauthenticated
from mail.hooks.postmark import Postmark
from mail.hooks.resend import Resend
from mail.hooks.sendgrid import SendGrid
from mail.hooks.ses import Ses
from mail.hooks.sns import Fetch, certificates

__all__ = [
    "SERVICES",
    "Fetch",
    "Hook",
    "HookSecrets",
    "Malformed",
    "ServiceDown",
    "Stale",
    "Unauthenticated",
    "certificates",
    "configured",
    "needed",
]


@dataclass(frozen=True, slots=True)
class HookSecrets:
    """The settings of all hooks; each is `OUTREACH_HOOK_` and its name in capitals. Empty: not used."""

    sendgrid_key: str = field(default="", repr=False)
    """The Signed Event Webhook's verification key."""
    sendgrid_parse_key: str = field(default="", repr=False)
    """The public key of the security policy at Inbound Parse."""
    sendgrid_parse_auth: str = field(default="", repr=False)
    """`user:password` in Inbound Parse's URL, where it has no security policy."""
    mailgun_key: str = field(default="", repr=False)
    """The HTTP webhook signing key."""
    postmark_auth: str = field(default="", repr=False)
    """`user:password` in the webhooks' URLs."""
    ses_topics: str = ""
    """The ARNs of the SNS topics, separated by commas."""
    resend_secret: str = field(default="", repr=False)
    """The webhooks' signing secrets, separated by commas."""


SERVICES: Mapping[str, tuple[str, ...]] = {
    "sendgrid": ("sendgrid_key", "sendgrid_parse_key", "sendgrid_parse_auth"),
    "mailgun": ("mailgun_key",),
    "postmark": ("postmark_auth",),
    "ses": ("ses_topics",),
    "resend": ("resend_secret",),
}
"""Each service's own secrets; one of them is enough to answer it."""


def configured(secrets: HookSecrets, fetch: Fetch) -> dict[str, Hook]:
    """Returns the hooks that have their secrets, by service; `fetch` gets Amazon's certificates.

    Raises `BadSetting` that names the setting, not its value.
    """
    make: dict[str, Callable[[], Hook]] = {
        "sendgrid": lambda: SendGrid(
            event_key=secrets.sendgrid_key,
            parse_key=secrets.sendgrid_parse_key,
            parse_auth=secrets.sendgrid_parse_auth,
        ),
        "mailgun": lambda: Mailgun(secrets.mailgun_key),
        "postmark": lambda: Postmark(secrets.postmark_auth),
        "ses": lambda: Ses(_several(secrets.ses_topics), fetch),
        "resend": lambda: Resend(_several(secrets.resend_secret)),
    }
    return {
        service: _made(service, make[service], given)
        for service, names in SERVICES.items()
        if (given := [name for name in names if getattr(secrets, name)])
    }


def needed(service: str) -> str:
    """Says which settings make a service's hook answer; for a service that is not configured."""
    if service not in SERVICES:
        return f"no such service; there are {', '.join(SERVICES)}"
    return f"{service} is not configured: set {' or '.join(map(_setting, SERVICES[service]))}"


def _made(service: str, make: Callable[[], Hook], given: list[str]) -> Hook:
    try:
        return make()
    except ValueError as wrong:
        raise errors.BadSetting(f"{', '.join(map(_setting, given))}: {wrong}") from None


def _setting(name: str) -> str:
    return f"OUTREACH_HOOK_{name.upper()}"


def _several(text: str) -> list[str]:
    return [one for one in re.split(r"[,\s]+", text) if one]
