"""Machines that ask for nothing: receipts in words, deliveries, statistics, lists, and desks of tickets."""

from __future__ import annotations

import pytest

from tests.mail.letterbox import daemon, meaning, message, report


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Read: Data Analyst", "Your message\n\n  To: Petra\n  Subject: Data Analyst\n\nwas read on Monday."),
        ("Not read: Data Analyst", "Your message was deleted without being read."),
        (
            "Gelesen: Praktikum",
            "Ihre Nachricht\n\n  An: Petra\n  Betreff: Praktikum\n\nwurde am Montag gelesen.",
        ),
        ("Lu : Stage", "Votre message a été lu lundi."),
        ("Leído: Prácticas", "Su mensaje fue leído el lunes."),
        ("Return Receipt (displayed) - Data Analyst", "Your document was received by Petra at 10:00."),
    ],
)
def test_a_receipt_in_words_is_no_answer(subject: str, words: str) -> None:
    assert meaning(message(words, Subject=subject)).kind == "other"


def test_a_person_who_writes_of_reading_stays_a_person() -> None:
    for words in ("Read: it is a good book", "Read it, thanks. Your message was read by all of us."):
        assert meaning(message(words, Subject="Re: Read: Data Analyst")).kind == "human"


def test_a_delivery_in_words_is_no_bounce() -> None:
    words = "Delivery to these recipients is complete, but no notification was sent:\n\npetra@acme.example"
    from_postmaster = {"From": "postmaster@acme.example", "Subject": "Relayed: Data Analyst"}
    assert meaning(daemon(words, **from_postmaster)).kind == "other"


@pytest.mark.parametrize("prefix", ["", "[Preview] "])
def test_statistics_about_our_domain_are_nobody_s_answer(prefix: str) -> None:
    subject = f"{prefix}Report Domain: outreach.example Submitter: provider.example Report-ID: <1>"
    assert meaning(message("See the attachment.", Subject=subject, In_Reply_To="")).kind == "other"


def test_a_report_of_unknown_type_is_a_machine_s() -> None:
    raw = report("Feedback: none", "Some numbers.", "x-unheard-of", From="stat@acme.example", Return_Path="")
    assert meaning(raw.replace(b"Undelivered Mail Returned to Sender", b"Numbers")).kind == "other"


@pytest.mark.parametrize(
    "words",
    [
        "We have received your request and a ticket has been created with ID 4711.",
        "We've received your e-mail and created a ticket for it (#4711).",
        "Vielen Dank für Ihre Anfrage. Ein Ticket wurde unter der Nummer 4711 angelegt.",
        "Thank you for your application. This is an automated confirmation.",
        "Bitte antworten Sie nicht auf diese automatisch generierte E-Mail.",
        "Diese Antwort wird automatisch versandt.",
        "[Automated message] Petra has moved to another company.",
    ],
)
def test_what_only_a_desk_s_program_says_is_a_machine_s_under_any_name(words: str) -> None:
    assert meaning(message(words)).kind == "auto_reply"


@pytest.mark.parametrize(
    "words",
    [
        "I have created a case for her visa, the ticket number will follow.",
        "Please do not reply to this automated reminder, it went out by mistake. Ana is invited!",
        "We received your request and opened a position for Ana. When can she come?",
    ],
)
def test_a_person_may_speak_of_tickets_and_automats(words: str) -> None:
    assert meaning(message(words)).kind == "human"


@pytest.mark.parametrize("name", ["X_Auto_Responder", "X_MDAutoresponder", "X_Boxbe_Autoresponse"])
def test_any_field_that_is_named_after_automatic_replies_marks_one(name: str) -> None:
    assert meaning(message("Received.", **{name: "1"})).kind == "auto_reply"
    assert meaning(message("Received.", **{name: "no"})).kind == "human"


@pytest.mark.parametrize(
    "words",
    [
        "Sarò assente fino al 20 agosto.",
        "Przebywam na urlopie do 20 sierpnia.",
        "Jag är på semester till den 20 augusti.",
        "8月20日まで不在にしております。",
        "This mailbox is no longer monitored.",
    ],
)
def test_an_absence_under_an_empty_path_is_a_machine_s_in_many_languages(words: str) -> None:
    assert meaning(message(words, Return_Path="<>")).kind == "auto_reply"
    assert meaning(message(words)).kind == "human"


@pytest.mark.parametrize(
    "subject",
    [
        "[Out of office] Data Analyst",
        "Elternzeit (Automatische Antwort)",
        "Petra Novak is not in the office",
        "Petra Novak ist nicht im Hause.",
        "Je suis absente",
        "RE: Data Analyst - Auto Response",
    ],
)
def test_a_subject_may_say_it_in_brackets_at_its_end_or_of_a_name(subject: str) -> None:
    assert meaning(message("Petra", Subject=subject)).kind == "auto_reply"


@pytest.mark.parametrize(
    "words", ["", "Sent automatically.", "Acme Mail sent this e-mail to unsubscribe from the mailing list."]
)
def test_a_button_is_pressed_under_a_bare_subject(words: str) -> None:
    assert meaning(message(words, Subject="Unsubscribe", In_Reply_To="")).kind == "unsubscribe"


def test_spamcop_s_letters_are_complaints() -> None:
    raw = message("Email from 192.0.2.1", Subject="[SpamCop (192.0.2.1) id:4711]Data Analyst", In_Reply_To="")
    assert meaning(raw).kind == "complaint"
