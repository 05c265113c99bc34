"""Postmark's email API: `postmark://SERVER_TOKEN@` (postmarkapp.com/developer/api/email-api).

| answer                                    | meaning                                                   |
|-------------------------------------------|-----------------------------------------------------------|
| 200, ErrorCode 0                          | accepted, but for inactive addresses that it names        |
| 422, ErrorCode 406                        | every recipient is inactive: hard bounce or complaint     |
| 422, ErrorCode 300, words on 'To'         | a recipient's address is no address                       |
| 401, ErrorCode 10                         | our token                                                 |
| 422, ErrorCode 400, 401, or on 'From'     | our sender is not confirmed                               |

It replaces a Message-ID unless told not to by `X-PM-KeepID`, which we do: a second hand-over is
recognisably the same e-mail.
"""

from __future__ import annotations

import re

from domain.letters import Accepted, Outage
from mail.services.answers import Reply, TurnedDown, blamed, otherwise
from mail.services.http import Mail, Request, Verdict, as_json
from mail.services.parts import take_apart

_INVALID, _NO_SENDER, _UNCONFIRMED, _INACTIVE = 300, 400, 401, 406
_ABOUT_TO = re.compile(r"(?:invalid|error parsing)\s+'to'", re.I)
_ABOUT_FROM = re.compile(r"(?:invalid|error parsing)\s+'from'", re.I)
_SOME_INACTIVE = re.compile(r"\binactive addresses:\s*(.*?)(?:\.\s+Inactive recipients|\.?\s*$)", re.I | re.S)


class Postmark:
    """Fits `mail.services.http.Service`."""

    name = "postmark"
    resends_safely = True

    def __init__(self, token: str, *, stream: str | None = None, endpoint: str | None = None) -> None:
        self._token = token
        self._stream = stream or "outbound"
        self.endpoint = endpoint or "https://api.postmarkapp.com"

    def request(self, mail: Mail) -> Request:
        """Posts the parts, with our Message-ID to keep."""
        parts = take_apart(mail.message, mail.to)
        kept = dict(parts.headers) | {"X-PM-KeepID": "true"}
        body = {
            "From": str(parts.sender),
            "To": ", ".join(map(str, parts.to)),
            "Subject": parts.subject,
            "TextBody": parts.text,
            "HtmlBody": parts.html,
            "Headers": [{"Name": name, "Value": value} for name, value in kept.items()],
            "MessageStream": self._stream,
        }
        if parts.reply_to:
            body["ReplyTo"] = ", ".join(map(str, parts.reply_to))
        headers = {"X-Postmark-Server-Token": self._token, "Content-Type": "application/json"}
        return Request(f"{self.endpoint}/email", headers, as_json(body))

    def read(self, reply: Reply, mail: Mail) -> Verdict:
        """Says what an answer means, by the table above."""
        code, said = reply.json.get("ErrorCode", 0), reply.said("Message")
        if reply.status == 200 and code == 0 and isinstance(id := reply.json.get("MessageID"), str):
            return Accepted(_inactive(reply, said, mail), id)
        if reply.status == 422 and (gone := _gone(reply, code, said, mail)):
            return gone
        if code in (_NO_SENDER, _UNCONFIRMED) or (code == _INVALID and _ABOUT_FROM.search(said)):
            return Outage("postmark_sender", reply.words(said))
        return otherwise(self.name, reply, said)


def _gone(reply: Reply, code: object, said: str, mail: Mail) -> TurnedDown | None:
    if code == _INACTIVE:
        named = blamed(reply, said, mail.to)
        return named or TurnedDown(dict.fromkeys(mail.to, reply.words(said)))
    if code == _INVALID and _ABOUT_TO.search(said):
        return blamed(reply, said, mail.to)
    return None


def _inactive(reply: Reply, said: str, mail: Mail) -> dict[str, str]:
    """Those whom an accepted letter does not go to; Postmark names them in lower case."""
    listed = _SOME_INACTIVE.search(said)
    names = {one.strip().lower() for one in listed[1].split(",")} if listed else set()
    return {one: reply.words(said) for one in mail.to if one.lower() in names}
