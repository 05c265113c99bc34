"""Bounces: told from everything else, their recipient, and two answers on how bad it is."""

from __future__ import annotations

import pytest

from tests.mail.letterbox import LETTER, daemon, meaning, message, report


def test_a_delivery_report_is_a_bounce_with_all_that_it_says() -> None:
    said = meaning(
        report(
            """
            Reporting-MTA: dns; mx.acme.example

            Final-Recipient: rfc822; petra@acme.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 <petra@acme.example>: Recipient address rejected:
             User unknown in virtual mailbox table
            """
        )
    )
    assert said.kind == "bounce"
    assert (said.delivery_final, said.address_dead) == (True, True)
    assert said.recipients == ("petra@acme.example",)
    assert said.status == "5.1.1"
    assert said.original_message_id == LETTER


def test_a_delay_is_not_final_and_kills_no_address() -> None:
    said = meaning(report("Final-Recipient: rfc822; petra@acme.example\nAction: delayed\nStatus: 4.4.1"))
    assert (said.kind, said.delivery_final, said.address_dead) == ("bounce", False, False)


def test_a_report_of_success_is_no_bounce() -> None:
    said = meaning(report("Final-Recipient: rfc822; petra@acme.example\nAction: delivered\nStatus: 2.0.0"))
    assert (said.kind, said.delivery_final, said.address_dead) == ("other", None, None)


def test_the_address_that_was_written_to_wins_over_the_one_it_was_forwarded_to() -> None:
    said = meaning(
        report(
            """
            Original-Recipient: rfc822; Petra+2Bjobs@acme.example
            Final-Recipient: rfc822; p.novak@inner.acme.example
            Action: failed
            Status: 5.1.1
            """
        )
    )
    assert said.recipients == ("petra+jobs@acme.example",)


@pytest.mark.parametrize(
    ("words", "dead"),
    [
        ("550 5.1.1 The email account that you tried to reach does not exist.", True),
        ("550 No such user here", True),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", True),
        ("554 5.4.4 Domain not found", True),
        ("550 5.4.1 Recipient address rejected: Access denied", True),
        ("550 Unbekannter Empfänger, Benutzer unbekannt", True),
        ("552 5.2.2 The email account that you tried to reach is over quota", False),
        ("550 5.1.1 mailbox is full", False),
        ("550 5.7.1 Message rejected as spam by content filter", False),
        ("550 5.7.26 Unauthenticated email from outreach.example is not accepted (DMARC)", False),
        ("553 5.1.8 Domain of sender address sam@outreach.example does not exist", False),
        ("550 5.2.1 The account is disabled", False),
        ("451 4.1.1 User unknown, try again later", False),
        ("550 User unknown (in reply to end of DATA command)", False),
    ],
)
def test_only_words_about_the_address_kill_it(words: str, dead: bool) -> None:
    said = meaning(
        daemon(
            f"""
            This is the mail system at host mx.acme.example.

            I'm sorry to have to inform you that your message could not
            be delivered to one or more recipients.

            <petra@acme.example>: host mail.acme.example[192.0.2.7] said: {words}
            """
        )
    )
    assert (said.kind, said.delivery_final, said.address_dead) == ("bounce", True, dead)
    assert said.recipients == ("petra@acme.example",)


def test_a_text_only_bounce_gives_up_its_recipient_status_and_our_message_id() -> None:
    said = meaning(
        daemon(
            f"""
            Hi. This is the qmail-send program at acme.example.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            <petra@acme.example>:
            192.0.2.1 does not like recipient.
            Remote host said: 550 5.1.1 sorry, no mailbox here by that name
            Giving up on 192.0.2.1.

            --- Below this line is a copy of the message.

            Return-Path: <sam@outreach.example>
            Received: from outreach.example by mx.acme.example; Wed, 29 Jul 2026 10:00:00 +0200
            Message-ID: {LETTER}
            From: Sam Lee <sam@outreach.example>
            To: petra@acme.example
            Subject: Data Analyst at Acme

            Dear Petra, to unsubscribe answer with "unsubscribe".
            """,
            Subject="failure notice",
        )
    )
    assert said.kind == "bounce"
    assert said.recipients == ("petra@acme.example",)
    assert said.status == "5.1.1"
    assert said.original_message_id == LETTER
    assert said.address_dead is True


def test_a_warning_that_the_server_still_tries_is_not_final() -> None:
    said = meaning(
        daemon(
            """
            A message that you sent has not yet been delivered to one or more of its
            recipients after more than 24 hours on the queue on mx.outreach.example.

              petra@acme.example
                host mx.acme.example [192.0.2.7]: Connection timed out

            No action is required on your part. Delivery attempts will continue for some time.
            """,
            Subject="Warning: message 1abc delayed 24 hours",
        )
    )
    assert (said.kind, said.delivery_final, said.address_dead) == ("bounce", False, False)


def test_a_person_who_forwards_a_bounce_stays_a_person() -> None:
    said = meaning(
        message(
            """
            Sam, this came back to me, could you check the address?

            ---------- Forwarded message ---------
            From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
            Date: Wed, 29 Jul 2026 at 09:00
            Subject: Delivery Status Notification (Failure)
            To: <petra@acme.example>

            Address not found. Your message wasn't delivered to hr@acme.example because the
            address couldn't be found. 550 5.1.1 user unknown
            """,
            Subject="Fwd: Delivery Status Notification (Failure)",
        )
    )
    assert (said.kind, said.text) == ("human", "Sam, this came back to me, could you check the address?")


def test_a_person_who_attaches_a_bounce_stays_a_person() -> None:
    bounce = report("Final-Recipient: rfc822; hr@acme.example\nAction: failed\nStatus: 5.1.1").decode()
    words = "--x\nContent-Type: text/plain\n\nSee attached."
    body = f"{words}\n--x\nContent-Type: message/rfc822\n\n{bounce}\n--x--"
    said = meaning(message(body, of='multipart/mixed; boundary="x"', Subject="Undeliverable: Data Analyst"))
    assert (said.kind, said.text) == ("human", "See attached.")


def test_a_person_who_speaks_of_failed_delivery_stays_a_person() -> None:
    said = meaning(message("Your message could not be delivered to Ben: user unknown. Try ann@acme.example."))
    assert said.kind == "human"


def test_a_bounce_that_is_forwarded_without_a_thread_is_a_person_s() -> None:
    quoted = "> This is the mail system. Your message could not be delivered: 550 5.1.1 user unknown"
    said = meaning(message(f"See below.\n\n{quoted}", Subject="FW: Undelivered mail", In_Reply_To=""))
    assert said.kind == "human"


def test_only_the_addresses_that_a_notice_names_as_failing_are_its_recipients() -> None:
    said = meaning(
        daemon(
            """
            Your message was not delivered. Ask postmaster@mx.acme.example for help.

            The following addresses failed:
              <petra@acme.example>
              <hr@acme.example>
            """,
            To="sam@outreach.example",
        )
    )
    assert said.recipients == ("petra@acme.example", "hr@acme.example")


def test_a_notice_goes_on_behind_the_head_that_it_cites() -> None:
    said = meaning(
        daemon(
            f"""
            This report relates to a message you sent with the following header fields:

              Message-id: {LETTER}
              Date: Wed, 29 Jul 2026 10:00:00 +0200
              To: petra@acme.example
              Subject: Data Analyst

            Your message cannot be delivered to the following recipients:

              Recipient address: petra@acme.example
              Diagnostic code: smtp;550 5.1.1 unknown or illegal alias
            """
        )
    )
    assert (said.recipients, said.status, said.address_dead) == (("petra@acme.example",), "5.1.1", True)
    assert said.original_message_id == LETTER


def test_a_warning_that_counts_the_hours_so_far_is_not_final() -> None:
    said = meaning(
        daemon(
            """
            THIS IS A WARNING ONLY. Your message could not be delivered for more than 4 hour(s).
            It will be retried until it is 5 day(s) old.

            <petra@acme.example>: connect to acme.example: Connection timed out
            """
        )
    )
    assert (said.kind, said.delivery_final) == ("bounce", False)


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "no-reply@acme.example", "Return_Path": ""},
        {"From": "Gate <gate@acme.example>", "Auto_Submitted": "auto-generated", "Return_Path": ""},
        {"From": "L-Soft list server <LISTSERV@acme.example>", "Return_Path": ""},
    ],
)
def test_a_robot_that_tells_of_a_failure_is_a_mail_system(fields: dict[str, str]) -> None:
    body = "Your e-mail was not delivered to petra@acme.example."
    assert meaning(daemon(body, Subject="Message rejected", **fields)).kind == "bounce"


def test_an_international_report_names_its_recipient() -> None:
    raw = report("Final-Recipient: utf-8; jörg@acme.example\nAction: failed\nStatus: 5.1.1")
    raw = raw.replace(b"message/delivery-status", b"message/global-delivery-status")
    assert meaning(raw).recipients == ("jörg@acme.example",)


def test_a_report_that_cannot_be_read_is_a_bounce_still() -> None:
    raw = report("nothing of use", "Sorry.", From="Gate <gate@acme.example>", Return_Path="")
    assert meaning(raw).kind == "bounce"


def test_a_name_that_is_said_not_to_exist_is_a_failure_in_a_mail_system_s_mouth() -> None:
    words = "Der Empfänger petra@acme.example ist auf diesem Server nicht bekannt."
    said = meaning(daemon(words, From="Mailserver <admin@acme.example>", Subject="Fehler", Return_Path=""))
    assert (said.kind, said.recipients, said.address_dead) == ("bounce", ("petra@acme.example",), True)


def test_who_left_and_answers_by_machine_is_no_bounce() -> None:
    raw = message(
        "I have left Acme and no longer work here.", Return_Path="<>", Auto_Submitted="auto-replied"
    )
    assert meaning(raw).kind == "auto_reply"
