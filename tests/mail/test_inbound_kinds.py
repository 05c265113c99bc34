"""Who speaks: a person is never taken for a machine, and a machine's reply never for a person's."""

from __future__ import annotations

import pytest

from tests.mail.letterbox import LETTER, daemon, meaning, message, read, report

QUOTED = """

On Mon, 27 Jul 2026 at 10:00, Sam Lee <sam@outreach.example> wrote:
> Dear Petra, here are three interns.
>
> You can unsubscribe at any time: answer "unsubscribe".
"""


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-replied (zimbra; vacation)"},
        {"Auto_Submitted": 'auto-replied; owner-email="petra@acme.example"'},
        {"Auto_Submitted": "auto-generated"},
        {"Auto_Submitted": "Vacation"},
        {"X_Autoreply": "yes"},
        {"X_Autorespond": "Data Analyst"},
        {"Precedence": "auto_reply"},
        {"X_Apple_Action": "VACATION"},
        {"Subject": "Automatic reply: Data Analyst at Acme"},
        {"Subject": "Automatische Antwort: Data Analyst at Acme"},
        {"Subject": "Réponse automatique : Data Analyst at Acme"},
        {"Subject": "Respuesta automática: Data Analyst at Acme"},
        {"Subject": "Risposta automatica: Data Analyst"},
        {"Subject": "Automatisch antwoord: Data Analyst"},
        {"Subject": "Automatiskt svar: Data Analyst"},
        {"Subject": "Autosvar: Data Analyst"},
        {"Subject": "Resposta automática: Data Analyst"},
        {"Subject": "Automaattinen vastaus: Data Analyst"},
        {"Subject": "Odpowiedź automatyczna: Data Analyst"},
        {"Subject": "Автоматический ответ: Data Analyst"},
        {"Subject": "自動返信: Data Analyst"},
        {"Subject": "Auto: Re: Data Analyst at Acme"},
        {"Subject": "Out of Office: Re: Data Analyst at Acme"},
        {"Subject": "Out of office"},
        {"Subject": "Petra Novak is out of the office."},
        {"Subject": "Vacation: Re: Data Analyst", "Precedence": "bulk"},
        {"Subject": "Abwesenheitsnotiz: Data Analyst"},
        {"Subject": "=?utf-8?Q?Abwesenheit_vom_B=C3=BCro?="},
        {"Subject": "I am out of the office (returning 10 August)"},
    ],
)
def test_a_machine_that_answers_for_a_person_is_an_automatic_reply(fields: dict[str, str]) -> None:
    assert meaning(message("I am not here. In urgent cases write to Ann.", **fields)).kind == "auto_reply"


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "no"},
        {"Auto_Submitted": "auto-forwarded"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_MS_Exchange_Inbox_Rules_Loop": "petra@acme.example"},
        {"Precedence": "list", "List_Id": "<jobs.acme.example>"},
        {"Precedence": "bulk"},
        {"Subject": "Autonomie et stage"},
        {"Subject": "Automation engineer"},
        {"Subject": "Re: Automatic control internship"},
        {"Subject": "Re: Out of the box thinkers wanted"},
        {"Subject": "Office hours next week"},
        {"Subject": "Absolutely interested"},
        {"Subject": "Holiday internship"},
        {"Subject": "Re: Delivery Manager at Acme"},
        {"Subject": "Accepted: Interview with Ana", "Content_Type": 'text/plain; charset="utf-8"'},
        {"Subject": "On holiday planning of interns"},
        {"Subject": "Vacation policy for interns"},
        {"Return_Path": ""},
        {"Return_Path": "<>"},
        {"From": "Postmaster <postmaster@tiny.example>"},
        {"From": "System Administrator <it@tiny.example>"},
        {"From": "Postmaster's Cafe <petra@acme.example>"},
    ],
)
def test_what_people_s_mail_carries_too_is_no_evidence(fields: dict[str, str]) -> None:
    assert meaning(message("Sounds good, let us talk on Monday.", **fields)).kind == "human"


@pytest.mark.parametrize(
    "words",
    [
        "I was out of office last week, sorry for the delay. Ana looks great!",
        "I'm out of the office until Monday, but I would love to meet Ana. - sent while travelling",
        "Ich bin ab morgen im Urlaub, danach gerne.",
        "Our spam filter had blocked your message, it was undeliverable at first.",
        "Please do not reply to this message but to hr@acme.example, I am changing jobs.",
        "We received your request and we like all three. When can they start?",
        "Please stop by our office on Tuesday.",
        "Could you remove Ana from the list of candidates? We would rather meet Ben.",
        "No more candidates needed for this role, thanks!",
        "I don't want to unsubscribe, I only want fewer e-mails.",
        "Please remove my colleague Ben from the list of recipients, he left.",
        "Please stop sending CVs as PDF, use the form.",
        "We will delete our copies of the CVs. Don't contact me before Monday.",
        "How do I unsubscribe my colleague who has left? Anyway: yes to Ana.",
    ],
)
def test_a_person_may_say_what_machines_say(words: str) -> None:
    assert meaning(message(words)).kind == "human"


def test_a_person_who_answers_below_a_quoted_automatic_reply_stays_a_person() -> None:
    said = meaning(
        message(
            """
            Back now, happy to talk.

            On Mon, 27 Jul 2026 at 10:00, Petra Novak <petra@acme.example> wrote:
            > Automatic reply: I am out of the office until 28 July. Auto-Submitted: auto-replied
            """
        )
    )
    assert (said.kind, said.text, said.returns_on) == ("human", "Back now, happy to talk.", None)


def test_a_desk_of_tickets_that_acknowledges_is_a_machine() -> None:
    body = "We have received your request #4711 and will answer soon. Please do not reply to this e-mail."
    assert meaning(message(body, From="Acme Careers <no-reply@acme.example>")).kind == "auto_reply"
    assert meaning(message(body, Return_Path="<>")).kind == "auto_reply"


@pytest.mark.parametrize("fields", [{"Return_Path": "<>"}, {"Precedence": "junk"}])
def test_an_absence_from_a_path_that_cannot_be_answered_is_a_machine_s(fields: dict[str, str]) -> None:
    assert (
        meaning(message("I am currently out of the office until 14 August.", **fields)).kind == "auto_reply"
    )


def test_microsoft_s_complaints_return_the_message_and_no_fields() -> None:
    returned = f"From: sam@outreach.example\nTo: petra@acme.example\nMessage-ID: {LETTER}\n\nDear Petra"
    body = f"--m\nContent-Type: message/rfc822\n\n{returned}\n--m--"
    subject = "complaint about message from 192.0.2.7"
    said = meaning(
        message(body, of='multipart/mixed; boundary="m"', From="staff@provider.example", Subject=subject)
    )
    assert (said.kind, said.recipients, said.original_message_id) == (
        "complaint",
        ("petra@acme.example",),
        LETTER,
    )


def test_a_calendar_s_answer_is_a_person_s() -> None:
    body = (
        "--c\nContent-Type: text/plain\n\nPetra Novak has accepted this invitation.\n"
        "--c\nContent-Type: text/calendar; method=REPLY\n\n"
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR\n--c--"
    )
    raw = message(body, of='multipart/alternative; boundary="c"', Subject="Accepted: Interview with Ana")
    assert meaning(raw).kind == "human"


def test_a_receipt_is_neither_a_reply_nor_a_bounce() -> None:
    raw = report(
        "Final-Recipient: rfc822; petra@acme.example\n"
        "Disposition: manual-action/MDN-sent-manually; displayed",
        "Your message was displayed.",
        "disposition-notification",
        From="Petra Novak <petra@acme.example>",
        Subject="Read: Data Analyst at Acme",
    )
    assert meaning(raw).kind == "other"


def test_a_complaint_names_who_complained_and_about_which_e_mail() -> None:
    raw = report(
        "Feedback-Type: abuse\nUser-Agent: FBL/1.0\nVersion: 1\nOriginal-Rcpt-To: petra@acme.example",
        "This is an abuse report.",
        "feedback-report",
        From="fbl@provider.example",
        Subject="Abuse report",
    )
    said = meaning(raw)
    assert (said.kind, said.recipients, said.original_message_id) == (
        "complaint",
        ("petra@acme.example",),
        LETTER,
    )


def test_a_provider_s_opt_out_report_is_an_unsubscribe_and_an_authentication_report_is_neither() -> None:
    opt_out = report("Feedback-Type: opt-out\nRemoval-Recipient: petra@acme.example", kind="feedback-report")
    assert (meaning(opt_out).kind, meaning(opt_out).recipients) == ("unsubscribe", ("petra@acme.example",))
    assert meaning(report("Feedback-Type: auth-failure", kind="feedback-report")).kind == "other"


@pytest.mark.parametrize(
    "words",
    [
        "unsubscribe",
        "Unsubscribe please",
        "STOP",
        "Please remove me from your mailing list.",
        "Please take us off your list, thank you.",
        "Hi Sam,\nplease stop emailing me.\nPetra",
        "Kindly unsubscribe me from these e-mails.",
        "I would like to be removed from your database.",
        "Do not contact me again.",
        "Bitte nehmen Sie mich aus dem Verteiler.",
        "Bitte löschen Sie meine Adresse aus Ihrer Liste.",
        "Bitte keine weiteren E-Mails mehr senden.",
        "Abmelden",
        "Merci de me désinscrire de votre liste.",
        "Veuillez ne plus me contacter.",
        "Por favor, quiero darme de baja.",
        "No quiero recibir más correos.",
        "Vorrei essere cancellato dalla lista.",
        "Graag uitschrijven.",
        "Quero descadastrar meu e-mail.",
        "Prosimy o wypisanie, proszę o usunięcie mojego adresu.",
        "Отпишите меня от рассылки.",
        "请不要再发邮件",
    ],
)
def test_a_wish_not_to_be_written_to_is_heard_in_many_languages(words: str) -> None:
    said = meaning(message(words + QUOTED))
    assert (said.kind, said.recipients) == ("unsubscribe", ("petra@acme.example",))


def test_our_own_footer_asks_for_nothing() -> None:
    assert meaning(message("Thanks, we will look at them." + QUOTED)).kind == "human"
    assert meaning(message(QUOTED)).kind == "human"


@pytest.mark.parametrize(
    "fields", [{"Subject": "unsubscribe"}, {"To": "unsubscribe+k3y@outreach.example", "Subject": ""}]
)
def test_a_list_unsubscribe_mail_is_an_unsubscribe(fields: dict[str, str]) -> None:
    assert meaning(message("", In_Reply_To="", **fields)).kind == "unsubscribe"


def test_an_automatic_reply_never_unsubscribes() -> None:
    said = meaning(message("I left Acme. Please remove me from your list.", Auto_Submitted="auto-replied"))
    assert said.kind == "auto_reply"


def test_an_empty_message_is_a_person_s() -> None:
    assert meaning(message("")).kind == "human"
    assert meaning(b"").kind == "human"


def test_a_file_without_headers_is_a_message_s_text() -> None:
    said = meaning(b"Yes, gladly.\n\nOn Mon, 27 Jul 2026, Sam Lee wrote:\n> Interns?\n")
    assert (said.kind, said.text) == ("human", "Yes, gladly.")


def test_addresses_ids_and_subject_are_read_as_people_see_them() -> None:
    mail = read(
        message(
            "Yes.",
            From='"Novák, Petra" <Petra@ACME.example>',
            Subject="=?utf-8?B?UsOpOiBTdGFnZQ==?= =?utf-8?Q?_=C3=A0_Prague?=",
            Cc="Ann <ann@acme.example>, hr@acme.example",
            Delivered_To="reply+k3y@inbound.outreach.example",
            References=f"<other@x.example>\n {LETTER}",
        )
    )
    assert (mail.sender, mail.sender_name, mail.subject) == (
        "petra@acme.example",
        "Novák, Petra",
        "Ré: Stage à Prague",
    )
    assert set(mail.addressed_to) == {
        "reply+k3y@inbound.outreach.example",
        "reply+k3y@outreach.example",
        "ann@acme.example",
        "hr@acme.example",
    }
    assert mail.answers == (LETTER, "<other@x.example>")
    assert mail.message_id == "<answer.1@acme.example>"
    assert mail.sent_at is not None and mail.sent_at.isoformat() == "2026-07-29T10:00:00+02:00"


def test_a_list_s_program_that_refuses_us_is_no_person() -> None:
    said = meaning(
        daemon(
            "You are not a member of this mailing list <jobs@acme.example>.",
            From="jobs-admin@acme.example",
            Return_Path="<jobs-admin@acme.example>",
            Subject="You are not allowed to post",
            X_List_Administrivia="yes",
        )
    )
    assert said.kind == "bounce"
