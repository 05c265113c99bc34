"""Amazon SES, API v2: `ses://KEY_ID:SECRET@REGION` (docs.aws.amazon.com/ses, "SendEmail").

| answer                                            | meaning                                           |
|---------------------------------------------------|---------------------------------------------------|
| 200 with a MessageId                              | accepted                                          |
| 400 BadRequestException, words on an address      | a recipient's address is no address               |
| 400 MailFromDomainNotVerified, or "not verified"  | our sender, or, in the sandbox, our account       |
| 403                                               | our keys, their permissions, or our clock         |
| 429                                               | too fast, or the day's quota                      |

It replaces Message-ID and Date ("Amazon SES header fields") and has no idempotency key: a second
hand-over is another e-mail. Ours is in References too. Recipients whom it suppresses are accepted here
and told of later, as events.
"""

from __future__ import annotations

import base64
import re

from domain.letters import Accepted, Outage
from mail import headers
from mail.services.answers import Reply, blamed, otherwise
from mail.services.http import Mail, Request, Verdict, as_json
from mail.services.sigv4 import Credentials, signed

_NOT_VERIFIED = re.compile(r"\bnot verified\b", re.I)
_ABOUT_ADDRESS = re.compile(
    r"\billegal address\b|\binvalid (?:\w+ )?address|\bmissing final '@domain'"
    r"|\b(?:domain|local address)\b.*\bcontains\b",
    re.I,
)


class Ses:
    """Fits `mail.services.http.Service`."""

    name = "ses"
    resends_safely = False

    def __init__(
        self,
        credentials: Credentials,
        region: str,
        *,
        configuration_set: str | None = None,
        endpoint: str | None = None,
    ) -> None:
        self._credentials = credentials
        self._region = region
        self._configuration_set = configuration_set
        self.endpoint = endpoint or f"https://email.{region}.amazonaws.com"

    def request(self, mail: Mail) -> Request:
        """Posts the message as it is, signed; `Destination` is the envelope, the To header stays whole."""
        body: dict[str, object] = {
            "Destination": {"ToAddresses": [headers.wire_address(one) for one in mail.to]},
            "Content": {"Raw": {"Data": base64.b64encode(mail.message.as_bytes()).decode()}},
        }
        if self._configuration_set:
            body["ConfigurationSetName"] = self._configuration_set
        url, raw = f"{self.endpoint}/v2/email/outbound-emails", as_json(body)
        proof = signed(
            "POST",
            url,
            {"Content-Type": "application/json"},
            raw,
            credentials=self._credentials,
            region=self._region,
            service="ses",
            at=mail.at,
        )
        return Request(url, proof, raw)

    def read(self, reply: Reply, mail: Mail) -> Verdict:
        """Says what an answer means, by the table above."""
        kind, said = _kind(reply), reply.said("message", "Message")
        if reply.status == 200 and isinstance(id := reply.json.get("MessageId"), str):
            return Accepted({}, id)
        if kind == "MailFromDomainNotVerifiedException" or _NOT_VERIFIED.search(said):
            return Outage("ses_sender", reply.words(f"{kind} {said}"))
        if kind == "BadRequestException" and _ABOUT_ADDRESS.search(said):
            return blamed(reply, said, mail.to) or otherwise(self.name, reply, said)
        if reply.status == 403:
            return Outage("ses_login", reply.words(f"{kind} {said}"))
        return otherwise(self.name, reply, f"{kind} {said}".strip())


def _kind(reply: Reply) -> str:
    """The error's name, from the header or the body: `MessageRejected:http://…` is `MessageRejected`."""
    named = reply.headers.get("x-amzn-errortype") or reply.json.get("__type") or ""
    return str(named).partition(":")[0].rpartition("#")[2][:60]
