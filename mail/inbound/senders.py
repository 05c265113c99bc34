"""Who signs a message: a mail system, a mailing list's program, a robot, or somebody."""

from __future__ import annotations

import re

from mail.inbound import addresses
from mail.inbound.parsing import Post, header

_MAILER = re.compile(
    r"mailer-?daemon|^mdaemon|double-bounce|mail[-_. ]*delivery?[-_. ]*(?:(?:sub)?system|service)", re.I
)
_DAEMON = re.compile(
    r"mailer-?daemon|^post_?master\b|^mdaemon|^mmdf\b|double-bounce"
    r"|mail[-_. ]*deliver(?:y)?[-_. ]*(?:sub)?system"
    r"|^(?:mail|system)[-_. ]?administrator|^mail(?:er)?[-_.]?(?:system|service)s?\b|^sysadmin\b|^imss\b"
    r"|^mailer@|^[^@]*\b(?:e-?mail|mail|smtp|message)[-_. ]?(?:server|router|gateway|agent|transfer|transport"
    r"|delivery|robot|daemon"
    r"|system)s?\b|^microsoftexchange[0-9a-f]{8,}@|^microsoft exchange$|^lsmtp\b|^maiser@"
    r"|^[^@]*(?:content[-_ ]filter|mail[-_ ]?(?:marshal|sweeper|guard)\b|anti-?(?:virus|spam)\b|scanmail"
    r"|spam[-_ ]?filter)|interscan|^bounces?[-@]|\bndr\b"
    r"|^owner-|^(?:listserv|majordomo|listproc|ecartis|lyris|sympa|mailman)\b|\blist ?(?:server|manager)\b",
    re.I,
)
_LIST_ROBOT = re.compile(r"[^@]*[-.](?:admin|owner|request|bounces?)@", re.I)
_LIST_MARKS = ("x-mlserver", "x-list-administrivia", "x-ml-info", "x-listserver", "x-mailman-version")
_ROBOT = re.compile(
    r"(?:no-?_?reply|do-?_?not-?_?reply|auto(?:mat\w*)?-?(?:reply|responder|confirm)?|robot|notifications?"
    r"|n[aã]o-?_?respond[ae]r?|no-?_?respond(?:er|a|as)?|ne-?_?pas-?_?repondre|non-?_?rispondere"
    r"|(?:bitte-?)?nicht-?_?antworten|keine-?_?antwort|niet-?_?(?:be)?antwoorden|(?:svara|svar)-?_?(?:inte"
    r"|ikke|ej)"
    r"|ikke-?_?svar|nie-?_?odpowiada[cj]|neodpov[ií]dat|unmonitored|unattended)\b",
    re.I,
)


def is_mailer(message: Post) -> bool:
    """Whether a program that delivers mail signs as the author, and nobody else would under that name."""
    return bool(_MAILER.search(header(message, "from")))


def is_daemon(message: Post) -> bool:
    """Whether a mail system, or a person who keeps one, signs as the author."""
    name, address = addresses.author(message)
    signed = (address, name.strip(), header(message, "from").strip(' <"'))
    if any(_DAEMON.search(one) for one in signed):
        return True
    return not address and "mailer-daemon" in header(message, "return-path").lower()


def is_system(address: str) -> bool:
    """Whether an address is a mail system's own."""
    return bool(_DAEMON.search(address))


def has_no_path(message: Post) -> bool:
    """Whether its sender cannot be answered (RFC 5321 section 4.5.5): a machine's, if the path is known."""
    return header(message, "return-path").replace(" ", "").upper() in ("<>", "<MAILER-DAEMON>")


def is_list_robot(message: Post) -> bool:
    """Whether a mailing list's program writes about its own business, not a member through the list."""
    address = addresses.author(message)[1]
    return bool(_LIST_ROBOT.match(address)) and any(header(message, name) for name in _LIST_MARKS)


def is_robot(message: Post) -> bool:
    """Whether the author's address says that nobody reads it."""
    return bool(_ROBOT.match(addresses.author(message)[1]))
