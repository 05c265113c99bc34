"""The five services as they would POST to us: they sign with keys made here."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from abc import ABC, abstractmethod
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from domain.inbound import Request
from mail.hooks import Hook
from mail.hooks.mailgun import Mailgun
from mail.hooks.postmark import Postmark
from mail.hooks.resend import Resend
from mail.hooks.sendgrid import SendGrid
from mail.hooks.ses import Ses
from tests.cast import NOW
from tests.mail.playedservice import Call, PlayedService

TOPIC = "arn:aws:sns:eu-west-1:123456789012:replies"
CERTIFICATE_URL = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a1b2c.pem"
REPLY_TO = "reply+k3j9@in.beyond.example"
RAW = (
    b"From: Tom Baker <tom@acme.example>\r\nTo: reply+k3j9@in.beyond.example\r\n"
    b"Subject: Re: Interns for Acme\r\nMessage-ID: <tom-1@acme.example>\r\n"
    b"In-Reply-To: <acme-1@beyond.example>\r\nReferences: <thread@beyond.example> <acme-1@beyond.example>\r\n"
    b"Date: Mon, 1 Jun 2026 08:59:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Yes, let us talk. \xe2\x80\x94 Tom\r\n"
)
HEADERS = [
    ("From", "Tom Baker <tom@acme.example>"),
    ("To", REPLY_TO),
    ("Subject", "Re: Interns for Acme"),
    ("Message-ID", "<tom-1@acme.example>"),
    ("In-Reply-To", "<acme-1@beyond.example>"),
    ("References", "<thread@beyond.example> <acme-1@beyond.example>"),
    ("Auto-Submitted", "auto-replied"),
    ("Content-Type", 'multipart/alternative; boundary="gone"'),
]
JSON = "application/json; charset=utf-8"
BOUNDARY = "xYzZY"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
URLENCODED = "application/x-www-form-urlencoded"


def multipart(
    fields: list[tuple[str, bytes | str]], files: list[tuple[str, str, str, bytes]] | None = None
) -> bytes:
    """A form's body: fields as (name, value), files as (field, file name, media type, bytes)."""
    parts = []
    for name, value in fields:
        content = value.encode() if isinstance(value, str) else value
        parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content)
    for field, filename, kind, content in files or []:
        head = f'Content-Disposition: form-data; name="{field}"; filename="{filename}"\r\n'
        parts.append(f"{head}Content-Type: {kind}\r\n\r\n".encode() + content)
    body = b"".join(f"--{BOUNDARY}\r\n".encode() + part + b"\r\n" for part in parts)
    return body + f"--{BOUNDARY}--\r\n".encode()


def parsed(raw: bytes) -> EmailMessage:
    """A message as our reader takes it."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body_of(message: EmailMessage, kind: str = "plain") -> str:
    """What a text part says."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def basic(credentials: str) -> str:
    return "Basic " + base64.b64encode(credentials.encode()).decode()


class Service(ABC):
    """One service: the hook that knows it, what it sends, and how it signs."""

    hook: Hook
    content_type = JSON
    oldest = timedelta(minutes=5)
    """How long a signature is good."""
    signs_the_body = True

    @abstractmethod
    def event(self) -> bytes:
        """The body of one delivered e-mail's event."""

    @abstractmethod
    def reply(self) -> tuple[bytes, str]:
        """Body and content type of one person's reply."""

    @abstractmethod
    def signed(self, body: bytes, content_type: str = JSON, at: datetime = NOW) -> Request:
        """The request, signed at a time."""


class SendGridService(Service):
    oldest = timedelta(hours=73)

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.public = base64.b64encode(public).decode()
        self.hook = SendGrid(event_key=self.public, parse_key=self.public)

    def event(self) -> bytes:
        return json.dumps([sendgrid_event()]).encode()

    def reply(self) -> tuple[bytes, str]:
        envelope = json.dumps({"to": [REPLY_TO], "from": "tom@acme.example"})
        return multipart([("email", RAW), ("envelope", envelope)]), FORM

    def signed(self, body: bytes, content_type: str = JSON, at: datetime = NOW) -> Request:
        timestamp = str(int(at.timestamp()))
        signature = self.key.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
        return Request(
            headers={
                "content-type": content_type,
                "x-twilio-email-event-webhook-timestamp": timestamp,
                "x-twilio-email-event-webhook-signature": base64.b64encode(signature).decode(),
            },
            body=body,
        )


def sendgrid_event(**changes: Any) -> dict[str, Any]:
    return {
        "email": "Tom@Acme.example",
        "timestamp": int(NOW.timestamp()),
        "event": "delivered",
        "smtp-id": "<acme-1@beyond.example>",
        "sg_event_id": "sg-event-1",
        "sg_message_id": "Xb4c-9.recvd-5f54b5d587-pczjm-1-67BADEEA-6.0",
        "response": "250 OK",
    } | changes


class MailgunService(Service):
    oldest = timedelta(hours=9)
    signs_the_body = False
    key = "mailgun-signing-key"

    def __init__(self) -> None:
        self.hook = Mailgun(self.key)

    def event(self) -> bytes:
        return json.dumps({"event-data": mailgun_event()}).encode()

    def reply(self) -> tuple[bytes, str]:
        fields = {"recipient": REPLY_TO, "sender": "tom@acme.example", "body-mime": RAW.decode()}
        return urlencode(fields).encode(), URLENCODED

    def signed(self, body: bytes, content_type: str = JSON, at: datetime = NOW) -> Request:
        words = self.signature(at)
        if content_type == URLENCODED:
            body = body + b"&" + urlencode(words).encode()
        elif content_type == FORM:
            body = body.removesuffix(f"--{BOUNDARY}--\r\n".encode()) + multipart(list(words.items()))
        else:
            body = json.dumps(json.loads(body) | {"signature": words}).encode()
        return Request(headers={"content-type": content_type}, body=body)

    def signature(self, at: datetime = NOW, token: str = "t" * 50) -> dict[str, Any]:
        timestamp = str(int(at.timestamp()))
        signature = hmac.new(self.key.encode(), (timestamp + token).encode(), hashlib.sha256).hexdigest()
        return {"timestamp": timestamp, "token": token, "signature": signature}


def mailgun_event(**changes: Any) -> dict[str, Any]:
    return {
        "event": "delivered",
        "id": "mg-event-1",
        "timestamp": NOW.timestamp(),
        "recipient": "Tom@Acme.example",
        "message": {"headers": {"message-id": "acme-1@beyond.example"}},
        "delivery-status": {"code": 250, "message": "OK", "description": ""},
    } | changes


class PostmarkService(Service):
    auth = "hook:s3cret:with:colons"

    def __init__(self) -> None:
        self.hook = Postmark(self.auth)

    def event(self) -> bytes:
        return json.dumps(postmark_event()).encode()

    def reply(self) -> tuple[bytes, str]:
        return json.dumps({"OriginalRecipient": REPLY_TO, "RawEmail": RAW.decode()}).encode(), JSON

    def signed(self, body: bytes, content_type: str = JSON, at: datetime = NOW) -> Request:
        return Request(headers={"content-type": content_type, "authorization": basic(self.auth)}, body=body)


def postmark_event(**changes: Any) -> dict[str, Any]:
    return {
        "RecordType": "Delivery",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Recipient": "Tom@Acme.example",
        "DeliveredAt": NOW.astimezone(timezone(timedelta(hours=2))).strftime("%Y-%m-%dT%H:%M:%S.1234567%z"),
        "Details": "250 OK",
    } | changes


class SesService(Service):
    oldest = timedelta(hours=1, minutes=5)
    content_type = "text/plain; charset=UTF-8"

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.fetched: list[str] = []
        self.hook = Ses([TOPIC], self.fetch)
        self.certificate = certificate(self.key)

    async def fetch(self, url: str) -> bytes:
        self.fetched.append(url)
        return self.certificate

    def event(self) -> bytes:
        return self.notification(ses_event("Delivery", delivery={"recipients": ["Tom@Acme.example"]}))

    def reply(self) -> tuple[bytes, str]:
        content = base64.b64encode(RAW).decode()
        return self.notification(ses_mail(content, {"type": "SNS", "encoding": "BASE64"})), JSON

    def notification(self, message: dict[str, Any] | str) -> bytes:
        text = message if isinstance(message, str) else json.dumps(message)
        return json.dumps({"Type": "Notification", "MessageId": "sns-1", "Message": text}).encode()

    def signed(self, body: bytes, content_type: str = "", at: datetime = NOW) -> Request:
        envelope = {
            "TopicArn": TOPIC,
            "Timestamp": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "SignatureVersion": "2",
            "SigningCertURL": CERTIFICATE_URL,
        } | json.loads(body)
        names = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
        if envelope["Type"] == "Notification":
            names = [name for name in names if name not in ("SubscribeURL", "Token")]
        else:
            names.remove("Subject")
        text = "".join(f"{name}\n{envelope[name]}\n" for name in names if name in envelope)
        kind = hashes.SHA1() if envelope["SignatureVersion"] == "1" else hashes.SHA256()
        envelope["Signature"] = base64.b64encode(
            self.key.sign(text.encode(), padding.PKCS1v15(), kind)
        ).decode()
        return Request(
            headers={"content-type": self.content_type, "x-amz-sns-message-type": envelope["Type"]},
            body=json.dumps(envelope).encode(),
        )


def certificate(key: rsa.RSAPrivateKey, until: datetime = NOW + timedelta(days=30)) -> bytes:
    """A certificate of this key, in PEM, valid around `NOW`."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(until)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def ses_event(kind: str, **details: Any) -> dict[str, Any]:
    mail = {
        "messageId": "0100018f-ses",
        "destination": ["Tom@Acme.example", "li@acme.example"],
        "headers": [{"name": "Message-ID", "value": "<acme-1@beyond.example>"}],
    }
    return {"eventType": kind, "mail": mail} | details


def ses_mail(content: str | None, action: dict[str, Any]) -> dict[str, Any]:
    receipt = {"recipients": [REPLY_TO], "action": action}
    message = {"notificationType": "Received", "receipt": receipt, "mail": {"messageId": "ses-in-1"}}
    return message if content is None else message | {"content": content}


class ResendService(Service):
    key = b"resend signing key of ours"

    def __init__(self) -> None:
        self.hook = Resend(["whsec_" + base64.b64encode(self.key).decode()])

    def event(self) -> bytes:
        return json.dumps(resend_event("email.delivered")).encode()

    def reply(self) -> tuple[bytes, str]:
        event = resend_event("email.received")
        event["data"] |= {"email_id": "56761188-7520", "to": [REPLY_TO], "message_id": "<tom-1@acme.example>"}
        return json.dumps(event).encode(), JSON

    def signed(self, body: bytes, content_type: str = JSON, at: datetime = NOW) -> Request:
        timestamp = str(int(at.timestamp()))
        return Request(
            headers={
                "content-type": content_type,
                "svix-id": "msg_1",
                "svix-timestamp": timestamp,
                "svix-signature": "v1," + self.signature(f"msg_1.{timestamp}.".encode() + body),
            },
            body=body,
        )

    def signature(self, signed: bytes) -> str:
        return base64.b64encode(hmac.new(self.key, signed, hashlib.sha256).digest()).decode()


def resend_event(kind: str, **data: Any) -> dict[str, Any]:
    known = {
        "email_id": "aaaaaaaa-bbbb",
        "from": "James <james@beyond.example>",
        "to": ["Tom@Acme.example"],
        "message_id": "<acme-1@beyond.example>",
    }
    return {"type": kind, "created_at": NOW.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "data": known | data}


ALL: tuple[type[Service], ...] = (SendGridService, MailgunService, PostmarkService, SesService, ResendService)


class PlayedPages(PlayedService):
    """A service that is only asked with GET, which has no body."""

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Call | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return None
        line, *fields = head.strip().split("\r\n")
        method, path, _ = line.split(" ")
        pairs = (one.split(": ", 1) for one in fields)
        return Call(method, path, {name.lower(): value for name, value in pairs}, b"")
