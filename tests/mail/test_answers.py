"""How a server's answer to RCPT is read (the table in `mail.answers`), in the words of real servers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.answers import Answer, Verdict, judge

GONE = """
550 5.1.1 <tom@acme.example>: Recipient address rejected: User unknown in virtual mailbox table
550 5.1.1 <relay@acme.example>: Recipient address rejected: User unknown
550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking
550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
550 5.1.0 Address rejected
550 5.4.1 Recipient address rejected: Access denied. [VI1EUR05FT047.eop-eur05.prod.protection.outlook.com]
550 5.5.0 Requested action not taken: mailbox unavailable
550 5.2.1 The email account that you tried to reach is disabled
554 5.4.4 [internal] no MX or A for domain
556 5.1.10 recipient null MX
553 5.6.7 the mail server does not offer SMTPUTF8, which this address needs
550 No such user here
550 Requested action not taken: mailbox unavailable
551 User not local; please try <tom@elsewhere.example>
553 Requested action not taken: mailbox name not allowed
501 5.1.3 Bad recipient address syntax
550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required for group
554 5.7.1 <tom@acme.example>: Recipient address rejected: Access denied
554 5.7.1 <spam@acme.example>: Recipient address rejected: Access denied
504 5.5.2 <x@localhost>: Recipient address rejected: need fully-qualified address
550 5.7.1 rejected
550 5.7.1 Recipient takes no mail from outside
550 5.7.0 Mailbox disabled
550 5.0.0 User unknown
550 5.3.0 <tom@acme.example>... User unknown, relay=[192.0.2.1]
554 5.5.0 no such user
554 no such user
554 delivery error: This user doesn't have an account here
554
554 Transaction failed
550 user unknown, see our policy page
550 Unknown user, see https://mail.acme.example/spam/blocklist
550 Mailbox does not exist; blocked by our spam filter
550 Account suspended
550 invalid recipient
"""
OURS = """
530 5.7.0 Authentication required
535 5.7.8 Authentication credentials invalid
538 5.7.11 Encryption required for requested authentication mechanism
550 5.7.1 Unable to relay for tom@acme.example
554 5.7.1 <tom@acme.example>: Relay access denied
550 relay not permitted
553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)
550 5.1.8 Sender address rejected: Domain not found
550 5.4.5 Daily user sending quota exceeded
503 5.5.1 Error: need MAIL command
503 Bad sequence of commands
502 Command not implemented
550 5.7.26 This mail has been blocked because the sender is unauthenticated
550 5.7.20 No passing DKIM signature found
554 5.3.2 System not accepting network messages
554 5.7.1 <tom@acme.example>: Recipient address rejected: Relay access denied
550 5.7.1 Recipient rejected: authentication required
550 5.7.0 Must issue a STARTTLS command first
550 5.4.1 Relay Access Denied
550 5.7.28 Mail flood detected
550 5.7.9 Authentication mechanism is too weak
554 5.7.1 <ana@us.example>: Sender address rejected: Access denied
553 5.7.1 <ana@us.example>: Sender address rejected: not owned by user ana
550 5.1.0 <ana@us.example> sender rejected
554 5.7.1 The sender's address was rejected
550 5.7.1 TLS required
550-Verification failed for <ana@us.example> No Such User Here Sender verify failed
"""
POLICY = """
550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus
554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org
554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied
554 5.7.1 Your IP address 192.0.2.1 rejected, listed at an RBL
550 5.7.1 [192.0.2.1] The IP you are using to send mail is not authorized
550 5.7.1 Rejected by DMARC policy of us.example
550 5.7.1 Your email address has been blocked
550 5.7.606 Access denied, banned sending IP [192.0.2.1]
550 5.7.705 Access denied, tenant has exceeded threshold
554 Your access to this mail system has been rejected due to poor reputation
550 Message rejected: your IP is on our blacklist
550 SPF check failed
"""
LATER = """
450 4.2.0 <tom@acme.example>: Recipient address rejected: Greylisted
451 4.7.1 Greylisting in action, please come back later
452 4.2.2 The email account that you tried to reach is over quota
452 4.5.3 Too many recipients
552 5.2.2 Mailbox full
552 Too many recipients
550 5.5.3 Too many recipients
550 user is over quota
550 5.7.1 Rate limit exceeded
450 4.1.1 <tom@acme.example>: unverified address
"""


def lines(verdict: Verdict, text: str) -> list[tuple[str, Verdict]]:
    return [(line, verdict) for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        *lines(Verdict.GONE, GONE),
        *lines(Verdict.OURS, OURS),
        *lines(Verdict.POLICY, POLICY),
        *lines(Verdict.LATER, LATER),
        ("250 2.1.5 Ok", Verdict.TAKEN),
        ("251 User not local; will forward", Verdict.TAKEN),
    ],
)
def test_an_answer_is_read_as_the_table_says(line: str, verdict: Verdict) -> None:
    assert judge(Answer(int(line[:3]), line[4:])) is verdict


@given(code=st.integers(200, 599), text=st.text() | st.from_regex(r"[245]\.[0-9]{1,3}\.[0-9]{1,3} .*"))
def test_every_answer_has_a_verdict(code: int, text: str) -> None:
    answer = Answer(code, text)
    assert isinstance(judge(answer), Verdict)
    assert (judge(answer) is Verdict.TAKEN) == (code < 300)
    assert answer.wait is None or 0 <= answer.wait <= 3600


def test_words_fit_a_database_whatever_a_server_says() -> None:
    answer = Answer(451, "4.3.0 a\x00b\udcff\nsecond line\r\n" + "x" * 5000)
    assert answer.words.startswith("451 4.3.0 a b second line xxx")
    assert len(answer.words) == 500
    answer.words.encode()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4.7.1 Greylisted, try again in 300 seconds", 300),
        ("Greylisted for 5 minutes", 300),
        ("come back after 2 min", 120),
        ("try again in 90000 seconds", 3600),
        ("Greylisted", None),
        ("5 connections in use", None),
    ],
)
def test_a_wait_that_the_server_names_is_passed_on(text: str, seconds: float | None) -> None:
    assert Answer(451, text).wait == seconds


def test_a_wait_in_a_final_answer_means_nothing() -> None:
    assert Answer(550, "expired after 300 seconds").wait is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2.0.0 Ok: queued as 4XyZ12abcd", "4XyZ12abcd"),
        ("OK id=1sXk2T-0003Fd-2e", "1sXk2T-0003Fd-2e"),
        ("Ok 0100018f2a7c-3b1e-4c55-000000", "0100018f2a7c-3b1e-4c55-000000"),
        ("2.0.0 OK  1717230000 d2e1a72fcca58-12345.12 - gsmtp", "1717230000"),
        ("Message accepted for delivery", ""),
    ],
)
def test_the_servers_own_name_for_a_message_is_kept(text: str, name: str) -> None:
    assert Answer(250, text).queue_id == name
