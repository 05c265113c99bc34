"""The five mail services, played by their documentation: what they check, what they answer."""

from __future__ import annotations

import base64
import itertools
import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, default
from typing import Any

from mail.services.http import Service as Adapter
from mail.services.mailgun import Mailgun
from mail.services.postmark import Postmark
from mail.services.resend import Resend
from mail.services.sendgrid import SendGrid
from mail.services.ses import Ses
from mail.services.sigv4 import Credentials, signed
from tests.mail.playedservice import Answer, Call, PlayedService, Refusal

KEY = "key-5f3a9c"
CREDENTIALS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session+token/=")
NAMED = re.compile(r'^(?:"?(?P<name>.*?)"? )?<?(?P<address>[^<> ]+@[^<> ]+?)>?$')


class Played(PlayedService):
    """What the five have in common: an adapter that speaks to it, and its usual refusals."""

    keeps_message_id = True
    knows_quotes = True
    """Whether a name before an address may stand in quotes."""
    no_login: Answer
    no_sender: Answer

    def __init__(self) -> None:
        super().__init__()
        self.ids = itertools.count(1)

    @abstractmethod
    def adapter(self) -> Adapter:
        """The adapter for this service, speaking to this server."""

    def demand(self, fair: object, answer: Answer) -> None:
        """Refuses a request that is not as the service wants it."""
        if not fair:
            raise Refusal(answer)

    def gone(self, to: Sequence[str]) -> list[str]:
        """Those of the recipients whom it refuses."""
        return [one for one in to if one in self.refused]


def rebuilt(
    *, sender: str, to: Sequence[str], subject: str, text: str, html: str, headers: Mapping[str, str]
) -> EmailMessage:
    """The message that a service would write from its parts, as its receiver reads it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _box(sender)
    message["To"] = ", ".join(map(_box, to))
    message["Subject"] = subject
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return _parsed(message.as_bytes())


def _box(text: str) -> str:
    found = NAMED.fullmatch(text)
    assert found, text
    name = (found["name"] or "").replace('\\"', '"').replace('"', '\\"')
    return f'"{name}" <{found["address"]}>' if name else found["address"]


def _parsed(raw: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=default).parsebytes(raw)


def _address(text: str) -> str:
    found = NAMED.fullmatch(text)
    assert found, text
    return found["address"]


class PlayedSendGrid(Played):
    """twilio.com/docs/sendgrid/api-reference/mail-send/mail-send and …/errors."""

    no_login = Answer(401, {"errors": [{"message": "The provided authorization grant is invalid"}]})
    no_sender = Answer(
        403,
        {
            "errors": [
                {"field": "from", "message": "The from address does not match a verified Sender Identity."}
            ]
        },
    )

    def adapter(self) -> Adapter:
        return SendGrid(KEY, endpoint=self.url)

    def take(self, call: Call) -> tuple[EmailMessage | None, Answer]:
        self.demand(call.path == "/v3/mail/send", Answer(404, {"errors": [{"message": "not found"}]}))
        self.demand(call.headers.get("authorization") == f"Bearer {KEY}", self.no_login)
        body = call.json
        [one] = body["personalizations"]
        addresses = [each["email"] for each in one["to"]]
        wrong = [
            {"field": f"personalizations.0.to.{place}.email", "message": self._words(address), "help": None}
            for place, address in enumerate(addresses)
            if address in self.refused
        ]
        self.demand(not wrong, Answer(400, {"errors": wrong}))
        assert all(isinstance(value, str) for value in body["custom_args"].values())
        assert [part["type"] for part in body["content"]] == ["text/plain", "text/html"]
        assert {"to", "from", "subject", "reply-to"}.isdisjoint(name.lower() for name in body["headers"])
        headers = dict(body["headers"]) | {"X-Custom-Message-Id": body["custom_args"]["message_id"]}
        if "reply_to_list" in body:
            headers["Reply-To"] = body["reply_to_list"][0]["email"]
        message = rebuilt(
            sender=_named(body["from"]),
            to=[_named(each) for each in one["to"]],
            subject=body["subject"],
            text=body["content"][0]["value"],
            html=body["content"][1]["value"],
            headers=headers,
        )
        return message, Answer(202, "", {"X-Message-Id": f"sg-{next(self.ids)}"})

    def _words(self, address: str) -> str:
        return f"Does not contain a valid address. {self.refused[address]}"


def _named(one: Mapping[str, str]) -> str:
    return f"{one['name']} <{one['email']}>" if "name" in one else one["email"]


class PlayedPostmark(Played):
    """postmarkapp.com/developer/api/email-api and …/overview#error-codes."""

    no_login = Answer(401, {"ErrorCode": 10, "Message": "No Account or Server API tokens were supplied."})
    no_sender = Answer(422, {"ErrorCode": 400, "Message": "The 'From' address you supplied is not yours."})

    def adapter(self) -> Adapter:
        return Postmark(KEY, endpoint=self.url)

    def take(self, call: Call) -> tuple[EmailMessage | None, Answer]:
        self.demand(call.path == "/email", Answer(404, "<html>"))
        self.demand(call.headers.get("x-postmark-server-token") == KEY, self.no_login)
        self.demand(call.headers.get("accept") == "application/json", Answer(422, {"ErrorCode": 402}))
        body = call.json
        assert body["MessageStream"] == "outbound"
        to = re.split(r", (?=(?:[^\"]|\"[^\"]*\")*$)", body["To"])
        gone = self.gone([_address(one) for one in to])
        why = (
            f"Inactive recipients are ones that have generated a hard bounce. {''.join(map(self._why, gone))}"
        )
        if len(gone) == len(to):
            words = f"You tried to send to an inactive one. Found inactive addresses: {', '.join(gone)}."
            raise Refusal(Answer(422, {"ErrorCode": 406, "Message": f"{words} {why}"}))
        headers = {one["Name"]: one["Value"] for one in body["Headers"]}
        if headers.pop("X-PM-KeepID", "") != "true":
            headers["Message-ID"] = "<its-own@mtasv.net>"
        if "ReplyTo" in body:
            headers["Reply-To"] = body["ReplyTo"]
        message = rebuilt(
            sender=body["From"],
            to=to,
            subject=body["Subject"],
            text=body["TextBody"],
            html=body["HtmlBody"],
            headers=headers,
        )
        message["X-Envelope-To"] = ", ".join(one for one in map(_address, to) if one not in gone)
        words = "OK"
        if gone:
            words = f"Message OK, but will not deliver to these inactive addresses: {', '.join(gone)}. {why}"
        id = f"pm-{next(self.ids)}"
        return message, Answer(200, {"ErrorCode": 0, "Message": words, "MessageID": id})

    def _why(self, address: str) -> str:
        return self.refused[address]


class PlayedResend(Played):
    """resend.com/docs/api-reference/emails/send-email, …/errors and …/idempotency-keys."""

    keeps_message_id = False
    knows_quotes = False
    no_login = Answer(403, {"statusCode": 403, "name": "invalid_api_key", "message": "API key is invalid"})
    no_sender = Answer(
        403,
        {"name": "validation_error", "message": "The beyond.example domain is not verified. Please, add it."},
    )

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, tuple[bytes, str]] = {}

    def adapter(self) -> Adapter:
        return Resend(KEY, endpoint=self.url)

    def take(self, call: Call) -> tuple[EmailMessage | None, Answer]:
        self.demand(call.path == "/emails", Answer(404, {"name": "not_found", "message": "no endpoint"}))
        self.demand(call.headers.get("authorization") == f"Bearer {KEY}", self.no_login)
        key = call.headers["idempotency-key"]
        assert 0 < len(key) <= 256
        if key in self.seen:
            body, id = self.seen[key]
            again = {"name": "invalid_idempotent_request", "message": "Same key, different payload"}
            self.demand(body == call.body, Answer(409, again))
            return None, Answer(200, {"id": id})
        body = call.json
        gone = self.gone([_address(one) for one in body["to"]])
        words = f"Invalid `to` field: {gone}. {''.join(self.refused[one] for one in gone)}"
        self.demand(not gone, Answer(422, {"name": "validation_error", "message": words}))
        quoted = [one for one in (body["from"], *body["to"], *body.get("reply_to", ())) if '"' in one]
        self.demand(not quoted, Answer(422, {"name": "validation_error", "message": "Invalid `to` field"}))
        assert "message-id" not in {name.lower() for name in body["headers"]}
        headers = {"Message-ID": f"<{len(self.seen)}@resend.example>"} | body["headers"]
        if "reply_to" in body:
            headers["Reply-To"] = body["reply_to"][0]
        message = rebuilt(
            sender=body["from"],
            to=body["to"],
            subject=body["subject"],
            text=body["text"],
            html=body["html"],
            headers=headers,
        )
        self.seen[key] = (call.body, f"re-{next(self.ids)}")
        return message, Answer(200, {"id": self.seen[key][1]})


class PlayedMailgun(Played):
    """documentation.mailgun.com, "Send an email in MIME format"."""

    no_login = Answer(401, "Forbidden")
    no_sender = Answer(
        400, {"message": "'from' parameter is not a valid address. please check documentation"}
    )

    def adapter(self) -> Adapter:
        return Mailgun(KEY, "mg.beyond.example", endpoint=self.url)

    def take(self, call: Call) -> tuple[EmailMessage | None, Answer]:
        known = call.path == "/v3/mg.beyond.example/messages.mime"
        self.demand(known, Answer(404, {"message": "Domain not found"}))
        login = base64.b64encode(f"api:{KEY}".encode()).decode()
        self.demand(call.headers.get("authorization") == f"Basic {login}", self.no_login)
        parts = _form(call)
        to = parts["to"].decode().split(", ")
        gone = self.gone(to)
        words = f"'to' parameter is not a valid address: {gone}. {''.join(self.refused[one] for one in gone)}"
        self.demand(not gone, Answer(400, {"message": words}))
        message = _parsed(parts["message"])
        message["X-Envelope-To"] = ", ".join(to)
        return message, Answer(200, {"id": message["Message-ID"], "message": "Queued. Thank you."})


def _form(call: Call) -> dict[str, bytes]:
    head = f"Content-Type: {call.headers['content-type']}\r\n\r\n".encode()
    found: dict[str, bytes] = {}
    for part in message_from_bytes(head + call.body).get_payload():
        assert not isinstance(part, str)
        name: Any = part.get_param("name", header="content-disposition")
        boundary = call.headers["content-type"].partition("boundary=")[2]
        raw = call.body.split(f'name="{name}"'.encode(), 1)[1].partition(b"\r\n\r\n")[2]
        found[str(name)] = raw.split(f"\r\n--{boundary}".encode(), 1)[0]
    return found


class PlayedSes(Played):
    """docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html; checks the signature as AWS does."""

    keeps_message_id = False
    no_login = Answer(
        403,
        {"message": "The security token included in the request is invalid."},
        {"x-amzn-ErrorType": "UnrecognizedClientException:http://internal.amazon.com/"},
    )
    no_sender = Answer(
        400,
        {"message": "The domain is not verified"},
        {"x-amzn-ErrorType": "MailFromDomainNotVerifiedException"},
    )

    def adapter(self) -> Adapter:
        return Ses(CREDENTIALS, "eu-west-1", endpoint=self.url)

    def take(self, call: Call) -> tuple[EmailMessage | None, Answer]:
        self.demand(call.path == "/v2/email/outbound-emails", Answer(404, {"message": "no such operation"}))
        self._check_signature(call)
        body = call.json
        to = body["Destination"]["ToAddresses"]
        gone = self.gone(to)
        words = f"Illegal address {gone}. {''.join(self.refused[one] for one in gone)}"
        bad = {"x-amzn-ErrorType": "BadRequestException"}
        self.demand(not gone, Answer(400, {"message": words}, bad))
        message = _parsed(base64.b64decode(body["Content"]["Raw"]["Data"], validate=True))
        id = f"0102-{next(self.ids)}"
        message.replace_header("Message-ID", f"<{id}@eu-west-1.amazonses.com>")
        message["X-Envelope-To"] = ", ".join(to)
        message["X-Configuration-Set"] = body.get("ConfigurationSetName", "none")
        return message, Answer(200, {"MessageId": id})

    def _check_signature(self, call: Call) -> None:
        at = datetime.strptime(call.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        named = call.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
        ours = {"host", "x-amz-date", "x-amz-security-token"}
        proof = signed(
            call.method,
            f"http://{call.headers['host']}{call.path}",
            {name: call.headers[name] for name in named if name not in ours},
            call.body,
            credentials=CREDENTIALS,
            region="eu-west-1",
            service="ses",
            at=at,
        )
        self.demand(proof["Authorization"] == call.headers["authorization"], self.no_login)
