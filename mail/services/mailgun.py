"""Mailgun's MIME endpoint: `mailgun://API_KEY@DOMAIN` (documentation.mailgun.com, "Send an email in MIME
format").

| answer                            | meaning                                                           |
|-----------------------------------|-------------------------------------------------------------------|
| 200 with an id                    | accepted; the id is the message's own Message-ID                  |
| 400, words on 'to'                | a recipient's address is no address                               |
| 400, words on 'from'              | our sender is no address                                          |
| 401, 403                          | our key, or what our account may do                               |
| 404                               | our domain is not known in this region                            |

It sends the message as we wrote it, Message-ID included: a second hand-over is recognisably the same
e-mail. Recipients whom it suppresses are accepted here and told of later, as events.
"""

from __future__ import annotations

import re

from domain.letters import Accepted, Outage
from mail import headers
from mail.services.answers import Reply, blamed, otherwise
from mail.services.http import Mail, Request, Verdict

_ABOUT_TO = re.compile(r"\bto\b'? parameter|'to'", re.I)
_ABOUT_FROM = re.compile(r"\bfrom\b'? parameter|'from'", re.I)
_REGIONS = {"us": "https://api.mailgun.net", "eu": "https://api.eu.mailgun.net"}


class Mailgun:
    """Fits `mail.services.http.Service`."""

    name = "mailgun"
    resends_safely = True

    def __init__(
        self, key: str, domain: str, *, region: str | None = None, endpoint: str | None = None
    ) -> None:
        self._key = key
        self._domain = domain
        self.endpoint = endpoint or _REGIONS[region or "us"]

    def request(self, mail: Mail) -> Request:
        """Posts the message as it is; `to` is the envelope, the To header stays whole."""
        return Request(
            f"{self.endpoint}/v3/{self._domain}/messages.mime",
            login=("api", self._key),
            form={"to": ", ".join(headers.wire_address(one) for one in mail.to)},
            files={"message": ("message.eml", mail.message.as_bytes(), "message/rfc822")},
        )

    def read(self, reply: Reply, mail: Mail) -> Verdict:
        """Says what an answer means, by the table above."""
        said = reply.said("message")
        if reply.status == 200 and isinstance(id := reply.json.get("id"), str):
            return Accepted({}, id)
        if reply.status == 400 and _ABOUT_TO.search(said) and (gone := blamed(reply, said, mail.to)):
            return gone
        if reply.status == 400 and _ABOUT_FROM.search(said):
            return Outage("mailgun_sender", reply.words(said))
        return otherwise(self.name, reply, said)
