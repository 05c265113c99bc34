"""Measures the hooks against recorded requests: `make eval-hooks CORPUS=webhooks.jsonl`.

One request a line: `esp`, `path`, `headers`, `body_b64`, `valid` (whether authentication must accept it)
and either `events` (what another library's tests expect of it, normalised) or the error it expects. The
requests were made by those tests, so they carry signatures of test keys. What can be checked:

- Mailgun and Resend: every signature, with those public test keys, at the time that was signed.
- Postmark: HTTP basic credentials.
- SendGrid: requests that must be refused for their signature; the good ones are not signed (basic
  credentials stood for them) and are counted as not checkable.
- SES: nothing; the recorded SNS signatures are placeholders or absent. `at` differs where SES states
  the event's own time and the library takes the notification's.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from domain.inbound import Arrival, HookItem, Request, ServiceEvent
from mail import hooks
from mail.hooks import forms

SERVICES = {
    "SendGrid": "sendgrid",
    "Mailgun": "mailgun",
    "Postmark": "postmark",
    "Amazon SES": "ses",
    "Resend": "resend",
}
AUTH = "username:password"
KINDS = {
    "queued": "accepted",
    "sent": "accepted",
    "delivered": "delivered",
    "deferred": "deferred",
    "bounced": "bounce",
    "failed": "bounce",
    "rejected": "bounce",
    "complained": "complaint",
    "unsubscribed": "unsubscribe",
}
REASONS = {"unsubscribed": "unsubscribe", "spam": "complaint"}
FIELDS = ("kind", "recipient", "id", "at", "words")
INBOUND = ("from", "to", "subject", "message_id", "in_reply_to", "references", "text", "html")


@dataclass(frozen=True)
class Case:
    """One recorded request."""

    row: dict[str, Any]

    @property
    def service(self) -> str:
        return SERVICES[self.row["esp"]]

    @property
    def name(self) -> str:
        return str(self.row["test"]).rpartition(".")[2]

    @property
    def request(self) -> Request:
        headers = {name.lower(): str(value) for name, value in self.row["headers"].items()}
        if "svix-timestamp" in headers:  # written as a float, signed as whole seconds
            headers["svix-timestamp"] = headers["svix-timestamp"].partition(".")[0]
        return Request(headers=headers, body=base64.b64decode(self.row["body_b64"]), path=self.row["path"])

    @property
    def by_basic_auth(self) -> bool:
        """Whether the expected refusal is about basic credentials, which only Postmark has here."""
        return "basic auth" in self.row.get("error", "") and self.service != "postmark"


def cases(path: Path) -> Iterator[Case]:
    """Walks the requests of our five services."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["esp"] in SERVICES:
            yield Case(row)


async def _no_certificate(url: str) -> bytes:
    raise hooks.ServiceDown("the evaluation fetches nothing")


def made() -> dict[str, hooks.Hook]:
    """The hooks with the keys of the recorded tests."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    secrets = hooks.HookSecrets(
        sendgrid_key=base64.b64encode(der).decode(),
        sendgrid_parse_auth=AUTH,
        mailgun_key="TEST_WEBHOOK_SIGNING_KEY",
        postmark_auth=AUTH,
        ses_topics="arn:aws:sns:us-east-1:111111111111:SES_Inbound",
        resend_secret=",".join(
            "whsec_" + base64.b64encode(key).decode()
            for key in (b"TEST_SIGNING_SECRET", b"TEST_INBOUND_SECRET")
        ),
    )
    return hooks.configured(secrets, _no_certificate)


def signed_at(case: Case) -> datetime:
    """The time that the request says it was signed at."""
    if case.service == "resend":
        return datetime.fromtimestamp(float(case.request.headers.get("svix-timestamp", "0")), UTC)
    if case.service == "mailgun":
        return mailgun_time(case)
    return datetime.now(UTC)


def mailgun_time(case: Case) -> datetime:
    """The last timestamp of a form, or the one beside the signature of JSON."""
    if forms.is_form(case.request):
        text = forms.read(case.request).last("timestamp").decode()
    else:
        text = json.loads(case.request.body).get("signature", {}).get("timestamp", "0")
    return datetime.fromtimestamp(float(text), UTC)


def is_checkable(case: Case) -> bool:
    """See above."""
    if case.by_basic_auth or case.service == "ses":
        return False
    return (
        not (case.row["valid"] and case.service == "sendgrid")
        or "form" in case.request.headers["content-type"]
    )


async def authentication(case: Case, hook: hooks.Hook) -> str:
    """`right`, `wrong` or why it cannot be checked."""
    if not is_checkable(case):
        return "not checkable"
    try:
        await hook.authenticate(case.request, signed_at(case))
        accepted = True
    except (hooks.Unauthenticated, hooks.Malformed):
        accepted = False
    return "right" if accepted == case.row["valid"] else "wrong"


def expected_kind(event: dict[str, Any]) -> str:
    if event["event_type"] in ("rejected", "failed"):
        return REASONS.get(event["reject_reason"], "bounce")
    return KINDS.get(event["event_type"], "other")


def event_fields(item: ServiceEvent, event: dict[str, Any], own_ids: bool) -> dict[str, bool]:
    """Which normalised fields agree; an id that the other library put there itself is left out."""
    expected_id = "" if own_ids else event["message_id"] or ""
    told = " ".join((event["mta_response"] or event["description"] or "").split())
    return {
        "kind": item.kind == expected_kind(event),
        "recipient": item.recipient == (event["recipient"] or "").lower(),
        "id": expected_id in (item.service_id, item.message_id, ""),
        "at": not event["timestamp"] or item.at == datetime.fromisoformat(event["timestamp"]),
        "words": not told or told in item.words or item.words in told,
    }


def mail_fields(item: Arrival, event: dict[str, Any]) -> dict[str, bool]:
    """Which parts of a message agree; what only a fetch could tell is left out."""
    if item.fetch:
        return {}
    mail = message_from_bytes(item.raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)

    def header(name: str) -> str:
        return " ".join(str(mail[name] or "").split())

    def body(kind: str) -> str:
        part = mail.get_body((kind,))
        return part.get_content().replace("\r\n", "\n").strip() if part else ""

    def bare(addresses: str) -> str:
        return addresses.replace('"', "")

    return {
        "from": bare(header("From")) == bare(event["from_email"] or ""),
        "to": bare(header("To")) == bare(", ".join(event["to"])),
        "subject": header("Subject") == (event["subject"] or ""),
        "message_id": header("Message-ID") == (event["message_id"] or ""),
        "in_reply_to": header("In-Reply-To") == (event["in_reply_to"] or ""),
        "references": header("References") == (event["references"] or ""),
        "text": body("plain") == (event["text"] or "").strip(),
        "html": body("html") == (event["html"] or "").strip(),
    }


def reading(case: Case, hook: hooks.Hook) -> tuple[str, dict[str, bool]]:
    """`agrees`, `differs`, … and which fields agree."""
    try:
        items = list(hook.read(case.request))
    except hooks.Malformed as wrong:
        refused = "parse_error" in case.row or "Configuration" in case.row.get("error", "")
        return ("refused as expected" if refused else f"refused: {wrong}"), {}
    expected = case.row.get("events")
    if expected is None:
        return "understood, though misdirected or unlike the library", {}
    if len(items) != len(expected):
        return f"{len(items)} items for {len(expected)}", {}
    found: dict[str, bool] = {}
    for item, event in zip(items, expected, strict=True):
        found |= compared(item, event, own_ids=b"anymail_id" in case.request.body)
    return ("agrees" if all(found.values()) else "differs"), found


def compared(item: HookItem, event: dict[str, Any], *, own_ids: bool) -> dict[str, bool]:
    if isinstance(item, Arrival):
        return mail_fields(item, event) if event["event_type"] == "inbound" else {"kind": False}
    return event_fields(item, event, own_ids) if isinstance(item, ServiceEvent) else {}


def main(path: Path) -> None:
    """Prints a line for each disagreement, then the tables."""
    made_hooks = made()
    auth: Counter[tuple[str, str]] = Counter()
    read: Counter[tuple[str, str]] = Counter()
    fields: Counter[tuple[str, str, bool]] = Counter()
    for case in cases(path):
        hook = made_hooks[case.service]
        outcome = asyncio.run(authentication(case, hook))
        auth[case.service, outcome] += 1
        if outcome == "wrong":
            print(f"{case.service} {case.name}: authentication should be {case.row['valid']}")
        if not case.row["valid"]:
            continue
        verdict, found = reading(case, hook)
        read[case.service, verdict.partition(":")[0]] += 1
        fields.update((case.service, name, right) for name, right in found.items())
        if wrong := [name for name, right in found.items() if not right]:
            print(f"{case.service} {case.name}: differs in {', '.join(wrong)}")
        elif verdict not in ("agrees", "refused as expected"):
            print(f"{case.service} {case.name}: {verdict}")
    table(auth, read, fields)


def table(
    auth: Counter[tuple[str, str]], read: Counter[tuple[str, str]], fields: Counter[tuple[str, str, bool]]
) -> None:
    print(f"\n{'service':10}{'auth right':>11}{'wrong':>7}{'n/a':>5}  reading")
    for service in SERVICES.values():
        counts = (auth[service, one] for one in ("right", "wrong", "not checkable"))
        told = ", ".join(f"{count} {what}" for (one, what), count in sorted(read.items()) if one == service)
        print("{:10}{:>11}{:>7}{:>5}  {}".format(service, *counts, told))
    print(f"\n{'service':10}" + "".join(f"{name:>13}" for name in (*FIELDS, *INBOUND)))
    for service in SERVICES.values():
        cells = []
        for name in (*FIELDS, *INBOUND):
            right, wrong = fields[service, name, True], fields[service, name, False]
            cells.append(f"{right}/{right + wrong}" if right + wrong else "")
        print(f"{service:10}" + "".join(f"{cell:>13}" for cell in cells))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
