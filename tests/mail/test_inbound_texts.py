"""The writer's own words, whatever program they answer with, and wherever they write."""

# ruff: noqa: E501 (heads of mail are as long as mail programs write them)

from __future__ import annotations

import pytest

from tests.mail.letterbox import meaning, message

OWN = "Yes, Ana fits.\n\nCan she start on 1 September?"

INTRODUCTIONS = {
    "gmail": "On Mon, Jul 27, 2026 at 10:00 AM Sam Lee <sam@outreach.example> wrote:",
    "gmail, wrapped": "On Mon, Jul 27, 2026 at 10:00 AM Sam Lee from Beyond Academy <\nsam@outreach.example> wrote:",
    "apple": "On 27 Jul 2026, at 10:00, Sam Lee <sam@outreach.example> wrote:",
    "apple, without address": "On Jul 27, 2026, at 10:00 AM, Sam Lee wrote:",
    "thunderbird": "On 7/27/26 10:00, Sam Lee wrote:",
    "proton": "Sent with Proton Mail secure email.\n\nOn Monday, July 27th, 2026 at 10:00 AM, Sam Lee <s@o.example> wrote:",
    "android": "---- Sam Lee wrote ----",
    "german, gmail": "Am Mo., 27. Juli 2026 um 10:00 Uhr schrieb Sam Lee <sam@outreach.example>:",
    "german, thunderbird": "Am 27.07.26 um 10:00 schrieb Sam Lee:",
    "german, apple": "Am 27.07.2026 um 10:00 schrieb Sam Lee <sam@outreach.example>:",
    "german, inbox": "Sam Lee <sam@outreach.example> schrieb am Mo., 27. Juli 2026 um\n10:00 Uhr:",
    "french, gmail": "Le lun. 27 juil. 2026 à 10:00, Sam Lee <sam@outreach.example> a écrit :",
    "french, thunderbird": "Le 27/07/2026 à 10:00, Sam Lee a écrit :",
    "spanish": "El lun, 27 jul 2026 a las 10:00, Sam Lee (<sam@outreach.example>) escribió:",
    "spanish, apple": "El 27 jul 2026, a las 10:00, Sam Lee <sam@outreach.example> escribió:",
    "italian": "Il giorno lun 27 lug 2026 alle ore 10:00 Sam Lee <sam@outreach.example> ha scritto:",
    "italian, thunderbird": "Il 27/07/2026 10:00, Sam Lee ha scritto:",
    "portuguese": "Em seg., 27 de jul. de 2026 às 10:00, Sam Lee <sam@outreach.example> escreveu:",
    "dutch, gmail": "Op ma 27 jul 2026 om 10:00 schreef Sam Lee <sam@outreach.example>:",
    "dutch, apple": "Op 27 jul. 2026, om 10:00 heeft Sam Lee <sam@outreach.example> het volgende geschreven:",
    "danish": "Den man. 27. jul. 2026 kl. 10.00 skrev Sam Lee <sam@outreach.example>:",
    "norwegian": "man. 27. jul. 2026 kl. 10:00 skrev Sam Lee <sam@outreach.example>:",
    "swedish": "Den mån 27 juli 2026 kl 10:00 skrev Sam Lee <sam@outreach.example>:",
    "swedish, apple": "27 juli 2026 kl. 10:00 skrev Sam Lee <sam@outreach.example>:",
    "finnish": "ma 27. heinäk. 2026 klo 10.00 Sam Lee (sam@outreach.example) kirjoitti:",
    "polish": "pon., 27 lip 2026 o 10:00 Sam Lee <sam@outreach.example> napisał(a):",
    "polish, thunderbird": "W dniu 27.07.2026 o 10:00, Sam Lee pisze:",
    "czech": "po 27. 7. 2026 v 10:00 odesílatel Sam Lee <sam@outreach.example> napsal:",
    "slovak": "po 27. 7. 2026 o 10:00 Sam Lee <sam@outreach.example> napísal(a):",
    "russian": "пн, 27 июл. 2026 г. в 10:00, Sam Lee <sam@outreach.example>:",
    "russian, mail.ru": "Понедельник, 27 июля 2026, 10:00 +03:00 от Sam Lee <sam@outreach.example>:",
    "russian, thunderbird": "27.07.2026 10:00, Sam Lee пишет:",
    "ukrainian": "пн, 27 лип. 2026 р. о 10:00 Sam Lee <sam@outreach.example> пише:",
    "hungarian": "Sam Lee <sam@outreach.example> ezt írta (időpont: 2026. júl. 27., H, 10:00):",
    "turkish": "Sam Lee <sam@outreach.example>, 27 Tem 2026 Pzt, 10:00 tarihinde şunu yazdı:",
    "greek": "Στις Δευ 27 Ιουλ 2026 στις 10:00 π.μ., ο χρήστης Sam Lee <sam@outreach.example> έγραψε:",
    "romanian": "În lun., 27 iul. 2026 la 10:00, Sam Lee <sam@outreach.example> a scris:",
    "catalan": "Missatge de Sam Lee <sam@outreach.example> del dia dl., 27 de jul. 2026 a les 10:00:",
    "vietnamese": "Vào Th 2, 27 thg 7, 2026 vào lúc 10:00 Sam Lee <sam@outreach.example> đã viết:",
    "indonesian": "Pada Sen, 27 Jul 2026 pukul 10.00 Sam Lee <sam@outreach.example> menulis:",
    "chinese": "Sam Lee <sam@outreach.example> 于2026年7月27日周一 10:00写道：",
    "chinese, apple": "在 2026年7月27日，10:00，Sam Lee <sam@outreach.example> 写道：",
    "chinese, traditional": "Sam Lee <sam@outreach.example> 於 2026年7月27日 週一 上午10:00寫道：",
    "japanese": "2026年7月27日(月) 10:00 Sam Lee <sam@outreach.example>:",
    "japanese, apple": "2026/07/27 10:00、Sam Lee <sam@outreach.example>のメール:",
    "korean": "2026년 7월 27일 (월) 오전 10:00, Sam Lee <sam@outreach.example>님이 작성:",
    "hebrew": "\u200fבתאריך יום ב׳, 27 ביולי 2026 ב-10:00 מאת Sam Lee <sam@outreach.example>:",
    "arabic": "في الاثنين، 27 يوليو 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Sam Lee <sam@outreach.example>:",
    "hebrew, marked": "\u202bבתאריך יום ב׳, 27 ביולי 2026 ב-10:00 מאת \u202aSam Lee\u202c <sam@outreach.example>:\u202c",
    "old gmail": "2026-07-27 10:00 GMT+02:00 Sam Lee <sam@outreach.example>:",
    "yandex": '27.07.2026, 10:00, "Sam Lee" <sam@outreach.example>:',
}

HEADS = {
    "outlook": "From: Sam Lee <sam@outreach.example>\nSent: Monday, July 27, 2026 10:00 AM\nTo: Petra Novak\nSubject: Interns",
    "outlook, ruled": "________________________________\nFrom: Sam Lee <sam@outreach.example>\nSent: Monday\nTo: Petra\nSubject: Interns",
    "outlook, old": "-----Original Message-----\nFrom: Sam Lee\nSent: Monday, July 27, 2026\nTo: Petra Novak\nSubject: Interns",
    "outlook, starred": "*From:* Sam Lee <sam@outreach.example>\n*Sent:* Monday, July 27, 2026\n*To:* Petra\n*Subject:* Interns",
    "german": "Von: Sam Lee <sam@outreach.example>\nGesendet: Montag, 27. Juli 2026 10:00\nAn: Petra\nBetreff: Praktikum",
    "german, old": "-----Ursprüngliche Nachricht-----\nVon: Sam Lee\nGesendet: Montag\nAn: Petra\nBetreff: Praktikum",
    "french": "De : Sam Lee <sam@outreach.example>\nEnvoyé : lundi 27 juillet 2026 10:00\nÀ : Petra\nObjet : Stage",
    "spanish": "De: Sam Lee <sam@outreach.example>\nEnviado el: lunes, 27 de julio de 2026 10:00\nPara: Petra\nAsunto: Prácticas",
    "italian": "Da: Sam Lee <sam@outreach.example>\nInviato: lunedì 27 luglio 2026 10:00\nA: Petra\nOggetto: Stage",
    "portuguese": "De: Sam Lee <sam@outreach.example>\nEnviada em: segunda-feira, 27 de julho de 2026\nPara: Petra\nAssunto: Estágio",
    "dutch": "Van: Sam Lee <sam@outreach.example>\nVerzonden: maandag 27 juli 2026 10:00\nAan: Petra\nOnderwerp: Stage",
    "danish": "Fra: Sam Lee <sam@outreach.example>\nSendt: 27. juli 2026 10:00\nTil: Petra\nEmne: Praktik",
    "swedish": "Från: Sam Lee <sam@outreach.example>\nSkickat: den 27 juli 2026 10:00\nTill: Petra\nÄmne: Praktik",
    "finnish": "Lähettäjä: Sam Lee <sam@outreach.example>\nLähetetty: maanantai 27. heinäkuuta 2026\nVastaanottaja: Petra\nAihe: Harjoittelu",
    "polish": "Od: Sam Lee <sam@outreach.example>\nWysłano: poniedziałek, 27 lipca 2026 10:00\nDo: Petra\nTemat: Staż",
    "czech": "Od: Sam Lee <sam@outreach.example>\nOdesláno: pondělí 27. července 2026 10:00\nKomu: Petra\nPředmět: Stáž",
    "russian": "От: Sam Lee <sam@outreach.example>\nОтправлено: 27 июля 2026 г. 10:00\nКому: Petra\nТема: Стажировка",
    "hungarian": "Feladó: Sam Lee <sam@outreach.example>\nElküldve: 2026. július 27. 10:00\nCímzett: Petra\nTárgy: Gyakornok",
    "turkish": "Kimden: Sam Lee <sam@outreach.example>\nGönderildi: 27 Temmuz 2026 Pazartesi\nKime: Petra\nKonu: Staj",
    "greek": "Από: Sam Lee <sam@outreach.example>\nΣτάλθηκε: Δευτέρα, 27 Ιουλίου 2026\nΠρος: Petra\nΘέμα: Πρακτική",
    "chinese": "发件人: Sam Lee <sam@outreach.example>\n发送时间: 2026年7月27日 10:00\n收件人: Petra\n主题: 实习",
    "chinese, qq": "------------------ 原始邮件 ------------------\n发件人: Sam Lee\n发送时间: 2026年7月27日",
    "japanese": "差出人: Sam Lee <sam@outreach.example>\n送信日時: 2026年7月27日 10:00\n宛先: Petra\n件名: インターン",
    "korean": "보낸 사람: Sam Lee <sam@outreach.example>\n보낸 날짜: 2026년 7월 27일\n받는 사람: Petra\n제목: 인턴",
    "gmail, forwarded": "---------- Forwarded message ---------\nFrom: Sam Lee <sam@outreach.example>\nDate: Mon, 27 Jul 2026",
    "apple, forwarded": "Begin forwarded message:\n\nFrom: Sam Lee <sam@outreach.example>\nSubject: Interns",
    "yahoo": "    On Monday, July 27, 2026, 10:00:00 AM GMT+2, Sam Lee <sam@outreach.example> wrote:",
}


@pytest.mark.parametrize("introduction", INTRODUCTIONS.values(), ids=INTRODUCTIONS.keys())
@pytest.mark.parametrize("mark", ["> ", ""], ids=["marked", "unmarked"])
def test_a_quotation_that_a_sentence_introduces_is_left_out(introduction: str, mark: str) -> None:
    quoted = f"{mark}Dear Petra,\n{mark}\n{mark}here are three interns. You can unsubscribe at any time."
    assert meaning(message(f"{OWN}\n\n{introduction}\n\n{quoted}\n")).text == OWN


def test_a_name_and_a_verb_introduce_what_is_marked_right_below() -> None:
    assert meaning(message(f"{OWN}\n\nSam Lee wrote:\n> Interns?\n")).text == OWN


def test_a_rule_whose_words_hold_a_hyphen_is_a_rule() -> None:
    assert meaning(message(f"{OWN}\n\n-------- Original-Nachricht --------\nInterns?\n")).text == OWN


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_a_quotation_under_a_head_is_left_out(head: str) -> None:
    assert meaning(message(f"{OWN}\n\n{head}\n\nDear Petra,\n\nhere are three interns.\n")).text == OWN


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nPetra Novak\nAcme",
        "--\nPetra Novak\nAcme",
        "Sent from my iPhone",
        "Sent from my Galaxy S23",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Von meinem iPhone gesendet",
        "Gesendet mit der GMX Mail App",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Sendt fra min iPhone",
        "Skickat från min iPhone",
        "Lähetetty iPhonesta",
        "Wysłane z iPhone'a",
        "Отправлено с iPhone",
        "iPhoneから送信",
        "发自我的iPhone",
        "________________________________\nPetra Novak\nAcme",
        "This e-mail and any attachments are confidential and intended solely for the addressee.",
        "CONFIDENTIALITY NOTICE: this is for you alone.",
        "AVISO LEGAL: este mensaje es confidencial.",
        "IMPORTANT: The contents of this e-mail are confidential.",
    ],
)
def test_a_signature_is_left_out(signature: str) -> None:
    assert meaning(message(f"{OWN}\n\n{signature}\n")).text == OWN


@pytest.mark.parametrize(
    "words",
    [
        "Hi Sam,\n\nthanks!\n\nBest regards\nPetra",
        "On Monday we could meet. On Tuesday I am away.",
        "From: 1 June\nTo: 31 August\n\nThese dates would suit us.",
        "One question:\n\n- housing?\n- visa?",
        "As Ana wrote in her bio: she speaks Czech.",
        "This is not a ---------- delimiter.",
        "Sent you the contract yesterday.",
        "👍",
        ":-)",
        "Date: 3 August\nTime: 10:00\nPlace: our office",
        "I sent an invitation at 10:00 to ana@mail.example, she wrote back at once: great.",
    ],
)
def test_what_only_looks_like_a_quotation_stays(words: str) -> None:
    assert meaning(message(words)).text == words


def test_answers_below_and_between_quotations_stay() -> None:
    said = meaning(
        message(
            """
            On Mon, Jul 27, 2026 at 10:00 AM Sam Lee <sam@outreach.example> wrote:

            > Is Ana of interest?

            Yes.

            > And Ben?

            No.

            --
            Petra
            """
        )
    )
    assert said.text.split() == ["Yes.", "No."]


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="gmail_quote"><div dir="ltr">On Mon, Sam Lee wrote:<br></div><blockquote>Interns?</blockquote></div>',
        '<blockquote type="cite"><div>On 27 Jul 2026, at 10:00, Sam Lee wrote:</div><div>Interns?</div></blockquote>',
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Sam<br></div><div>Interns?</div>',
        '<div class="moz-cite-prefix">On 7/27/26 10:00, Sam Lee wrote:</div><blockquote>Interns?</blockquote>',
        '<div class="yahoo_quoted"><div>On Monday, Sam Lee wrote:</div><div>Interns?</div></div>',
        '<div style="border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Sam Lee &lt;sam@o.example&gt;<br><b>Sent:</b> Monday<br>'
        "<b>To:</b> Petra<br><b>Subject:</b> Interns</p></div><p>Interns?</p>",
        "<p>Am 27.07.2026 um 10:00 schrieb Sam Lee:</p><p>Interns?</p>",
    ],
)
def test_html_alone_is_read_as_text_without_its_quotation(quotation: str) -> None:
    html = f"<html><body><p>Yes,&nbsp;Ana fits.</p><p>Petra</p>{quotation}</body></html>"
    assert meaning(message(html, of="text/html; charset=utf-8")).text.split() == [
        "Yes,",
        "Ana",
        "fits.",
        "Petra",
    ]


def test_plain_text_wins_over_html_unless_it_is_empty() -> None:
    body = "--a\nContent-Type: text/plain\n\n{}\n--a\nContent-Type: text/html\n\n<p>In HTML</p>\n--a--"
    of = 'multipart/alternative; boundary="a"'
    assert meaning(message(body.format("In text"), of=of)).text == "In text"
    assert meaning(message(body.format(" "), of=of)).text == "In HTML"


def test_an_attached_text_is_not_the_writer_s_answer() -> None:
    body = (
        "--a\nContent-Type: text/plain\n\nSee the plan.\n--a\nContent-Type: text/plain\n"
        'Content-Disposition: attachment; filename="plan.txt"\n\nunsubscribe\n--a--'
    )
    assert meaning(message(body, of='multipart/mixed; boundary="a"')).text == "See the plan."


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "x-unknown", "utf-16-is-not-it"])
def test_a_wrong_charset_costs_no_message(charset: str) -> None:
    said = meaning(message("Gern, schöne Grüße", of=f"text/plain; charset={charset}"))
    assert said.kind == "human"
    assert said.text.startswith("Gern, sch")
