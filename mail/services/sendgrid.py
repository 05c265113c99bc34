"""SendGrid's v3 Mail Send: `sendgrid://API_KEY@` (twilio.com/docs/sendgrid/api-reference/mail-send).

| answer                                          | meaning                                              |
|-------------------------------------------------|------------------------------------------------------|
| 202                                             | accepted; `X-Message-Id` begins the ids of its events|
| 400, field `personalizations.0.to.N.email`      | the N-th recipient is no valid address               |
| 401                                             | our key                                              |
| 403, words on the from address                  | our sender is not verified                           |
| 429                                             | too fast; `X-RateLimit-Reset` says until when        |

Its documentation says that it makes a Message-ID for each message and promises nothing for ours, which
it is given all the same: a second hand-over is not surely the same e-mail. Recipients whom it suppresses
are accepted here and told of later, as events.
"""

from __future__ import annotations

import math
import re

from domain.letters import Accepted, Outage
from mail.services.answers import Reply, TurnedDown, otherwise
from mail.services.http import Mail, Request, Verdict, as_json
from mail.services.parts import Mailbox, take_apart

_RECIPIENT = re.compile(r"personalizations\.0\.to\.(\d{1,3})(?:\.email)?")
_INVALID = re.compile(r"\bvalid (?:e-?mail )?address", re.I)
_SENDER = re.compile(r"\bfrom address\b|\bsender identity\b", re.I)


class SendGrid:
    """Fits `mail.services.http.Service`."""

    name = "sendgrid"
    resends_safely = False

    def __init__(self, key: str, *, endpoint: str | None = None) -> None:
        self._key = key
        self.endpoint = endpoint or "https://api.sendgrid.com"

    def request(self, mail: Mail) -> Request:
        """Posts the parts; all recipients are in one `personalization`, so that all see each other."""
        parts = take_apart(mail.message, mail.to)
        body = {
            "personalizations": [{"to": [_person(one, quoted=True) for one in parts.to]}],
            "from": _person(parts.sender),
            "subject": parts.subject,
            "content": [
                {"type": kind, "value": text}
                for kind, text in (("text/plain", parts.text), ("text/html", parts.html))
                if text
            ],
            "headers": dict(parts.headers),
            "custom_args": {"message_id": mail.id},
        }
        if parts.reply_to:
            body["reply_to_list"] = [_person(one) for one in parts.reply_to]
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        return Request(f"{self.endpoint}/v3/mail/send", headers, as_json(body))

    def read(self, reply: Reply, mail: Mail) -> Verdict:
        """Says what an answer means, by the table above."""
        if reply.status == 202:
            return Accepted({}, reply.headers.get("x-message-id", ""))
        errors = _errors(reply)
        said = "; ".join(words for _, words in errors) or reply.said()
        if reply.status == 400 and (gone := _gone(reply, errors, mail)):
            return TurnedDown(gone)
        if reply.status == 403 and _SENDER.search(said):
            return Outage("sendgrid_sender", reply.words(said))
        return otherwise(self.name, reply, said, _wait(reply))


def _person(one: Mailbox, *, quoted: bool = False) -> dict[str, str]:
    """A mailbox as JSON. In a personalization a name with a comma has to bring its own quotes."""
    if not one.name:
        return {"email": one.address}
    name = str(one).removesuffix(f" <{one.address}>") if quoted else one.name
    return {"email": one.address, "name": name}


def _errors(reply: Reply) -> list[tuple[str, str]]:
    """Field and words of each error that the answer lists."""
    listed = reply.json.get("errors")
    return [
        (str(one.get("field") or ""), str(one.get("message") or ""))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    ]


def _gone(reply: Reply, errors: list[tuple[str, str]], mail: Mail) -> dict[str, str]:
    """Recipients whom the errors name by their place; none if anything else is wrong besides."""
    gone = {}
    for name, words in errors:
        found = _RECIPIENT.fullmatch(name)
        if found is None or not _INVALID.search(words) or int(found[1]) >= len(mail.to):
            return {}
        gone[mail.to[int(found[1])]] = reply.words(words)
    return gone


def _wait(reply: Reply) -> float | None:
    """SendGrid names the instant of its rate limit's next turn, in Unix time."""
    if reply.status != 429 or "retry-after" in reply.headers:
        return None
    try:
        return reply.until(float(reply.headers.get("x-ratelimit-reset", math.nan)))
    except ValueError:
        return None
