"""Resend's email API: `resend://API_KEY@` (resend.com/docs/api-reference/emails/send-email, …/errors).

| answer                                    | meaning                                                   |
|-------------------------------------------|-----------------------------------------------------------|
| 200 with an id                            | accepted                                                  |
| 400 or 422, words on the `to` field       | a recipient's address is no address                       |
| 401; 403 `invalid_api_key`                | our key                                                   |
| 403 or 422, words on domain or `from`     | our sender is not verified                                |
| 409 `concurrent_idempotent_requests`      | an earlier hand-over is still under way: in doubt         |
| 409 `invalid_idempotent_request`          | an earlier hand-over, with other words, was accepted      |
| 429                                       | too fast, or the day's or month's quota                   |

It assigns a Message-ID of its own, but has an idempotency key, which is made of ours: within 24 hours
a second hand-over is the same e-mail. It calls a field invalid in which a name stands in quotes.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from domain.letters import Accepted, Outage, Uncertain
from mail.services.answers import Reply, blamed, otherwise
from mail.services.http import Mail, Request, Verdict, as_json
from mail.services.parts import take_apart

_ABOUT_TO = re.compile(r"[`'\"]to[`'\"]", re.I)
_ABOUT_US = re.compile(r"[`'\"]from[`'\"]|\bdomain\b.*\bnot verified\b|\bverify a domain\b", re.I)


class Resend:
    """Fits `mail.services.http.Service`."""

    name = "resend"
    resends_safely = True

    def __init__(self, key: str, *, endpoint: str | None = None) -> None:
        self._key = key
        self.endpoint = endpoint or "https://api.resend.com"

    def request(self, mail: Mail) -> Request:
        """Posts the parts under a key of the Message-ID.

        Each time that recipients were turned down the request is another one, and so is its key.
        """
        parts = take_apart(mail.message, mail.to)
        body = {
            "from": parts.sender.unquoted,
            "to": [one.unquoted for one in parts.to],
            "subject": parts.subject,
            "text": parts.text,
            "html": parts.html,
            "headers": parts.without("message-id"),
        }
        if parts.reply_to:
            body["reply_to"] = [one.unquoted for one in parts.reply_to]
        key = quote(mail.id.strip("<>"), safe="@") + (f"/{mail.dropped}" if mail.dropped else "")
        headers = {
            "Authorization": f"Bearer {self._key}",
            "Content-Type": "application/json",
            "Idempotency-Key": key[-256:],
        }
        return Request(f"{self.endpoint}/emails", headers, as_json(body))

    def read(self, reply: Reply, mail: Mail) -> Verdict:
        """Says what an answer means, by the table above."""
        name, said = reply.json.get("name"), reply.said("message")
        if reply.status == 200 and isinstance(id := reply.json.get("id"), str):
            return Accepted({}, id)
        if reply.status == 409 and name == "invalid_idempotent_request":
            return Accepted({})
        if reply.status == 409:
            return Uncertain(reply.words(said))
        if reply.status in (400, 422) and _ABOUT_TO.search(said) and (gone := blamed(reply, said, mail.to)):
            return gone
        if name == "invalid_api_key":
            return Outage("resend_login", reply.words(said))
        if reply.status in (403, 422) and _ABOUT_US.search(said):
            return Outage("resend_sender", reply.words(said))
        return otherwise(self.name, reply, said)
