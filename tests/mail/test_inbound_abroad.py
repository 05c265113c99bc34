"""Mail of the whole world: failed deliveries, automatic replies and opt-outs in many languages."""

from __future__ import annotations

import pytest

from tests.mail.letterbox import daemon, meaning, message


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Unzustellbare Nachricht", "Ihre Nachricht konnte nicht zugestellt werden: Empfänger unbekannt"),
        ("Message non distribué", "Votre message n'a pas pu être remis : utilisateur inconnu"),
        ("Mensaje no entregado", "Su mensaje no ha podido ser entregado: usuario desconocido"),
        ("Falha na entrega", "Sua mensagem não pôde ser entregue: usuário desconhecido"),
        ("Mancato recapito", "Il messaggio non è stato recapitato: utente sconosciuto"),
        ("Niet afgeleverd", "Uw bericht kon niet worden afgeleverd: onbekende gebruiker"),
        ("Kunde inte levereras", "Ditt meddelande kunde inte levereras: okänd användare"),
        ("Niedostarczona", "Wiadomość nie mogła zostać dostarczona: nieznany użytkownik"),
        ("Zpráva nebyla doručena", "Zprávu nebylo možné doručit: neznámý uživatel"),
        ("Сообщение не доставлено", "Ваше сообщение не может быть доставлено: пользователь не найден"),
        ("İleti teslim edilemedi", "İletiniz teslim edilemedi: bilinmeyen kullanıcı"),
        ("配信不能", "メッセージを配信できませんでした。宛先のユーザーが存在しません"),
        ("系统退信", "您的邮件无法投递，收件人不存在"),
        ("Poruka nije isporučena", "Vaša poruka nije isporučena: korisnik ne postoji"),
        ("Ошибка доставки", "Письмо не доставлено. Такого пользователя нет"),
    ],
)
def test_a_failed_delivery_is_understood_in_many_languages(subject: str, words: str) -> None:
    body = f"{words}\n\n<petra@acme.example>"
    said = meaning(daemon(body, Subject=subject, From="Postmaster <postmaster@acme.example>", Return_Path=""))
    assert (said.kind, said.recipients) == ("bounce", ("petra@acme.example",))
    assert (said.delivery_final, said.address_dead) == (True, True)


def test_a_mail_program_that_names_a_stranger_is_a_bounce_in_a_language_that_nobody_here_reads() -> None:
    said = meaning(daemon("petra@acme.example: hi haisu tlhIngan", Subject="nuqneH"))
    assert (said.kind, said.address_dead) == ("bounce", False)


def test_a_mailbox_that_is_full_abroad_kills_no_address() -> None:
    for words in ("Das Postfach ist voll", "La boîte est pleine", "El buzón ha excedido su cuota"):
        said = meaning(daemon(f"Unbekannter Fehler.\n\n<petra@acme.example>: 552 {words}"))
        assert (said.kind, said.address_dead) == ("bounce", False)


def test_a_complete_bounce_under_an_unknown_name_is_a_bounce() -> None:
    body = """
        Your message could not be delivered.

        <petra@acme.example>: 550 5.1.1 no such person

        ----- Original message -----
        Received: from outreach.example by acme.example; Wed, 29 Jul 2026 10:00:00 +0200
        Message-ID: <cycle.1@outreach.example>
        From: sam@outreach.example
        To: petra@acme.example
        """
    raw = message(body, Subject="Undelivered: Data Analyst", From="Acme <gate@acme.example>", In_Reply_To="")
    assert meaning(raw).kind == "bounce"


@pytest.mark.parametrize(
    "words",
    [
        "This is an automated response. I am travelling.",
        "Dies ist eine automatische Antwort.",
        "Ceci est une réponse automatique.",
        "Este es un mensaje automático.",
        "Dit is een automatisch gegenereerd bericht.",
        "Ta wiadomość została wygenerowana automatycznie.",
        "Это автоматическое сообщение.",
    ],
)
def test_a_machine_that_says_so_itself_is_one(words: str) -> None:
    assert meaning(message(words)).kind == "auto_reply"


@pytest.mark.parametrize(
    "words",
    [
        "Stop sending me these emails",
        "Wir möchten keine Angebote mehr per Mail bekommen.",
        "Retirez-moi de votre liste",
        "Je ne souhaite plus recevoir vos messages.",
        "Toglietemi dalla mailing list",
        "Gelieve mij van de mailinglijst te halen",
        "Jag vill inte ha fler mejl",
        "Fjern meg fra listen",
        "Не надо мне больше писать",
        "Ne küldjenek több levelet.",
        "メールの配信を停止してください",
        "Lütfen beni listeden çıkarın.",
        "Kindly remove my email",
        "Hiermit widerspreche ich der Verwendung meiner Daten.",
        "Прекратите рассылку",
        "请不要再给我发邮件了",
    ],
)
def test_a_wish_to_be_left_alone_is_understood_in_many_languages(words: str) -> None:
    assert meaning(message(words)).kind == "unsubscribe"


@pytest.mark.parametrize(
    "words",
    [
        "Ich habe keine E-Mail von Ihnen erhalten.",
        "Senden Sie mir bitte nicht mehr als drei Lebensläufe.",
        "Nehmen Sie uns bitte in die Liste auf.",
        "Nous ne souhaitons pas recevoir de candidats juniors.",
        "No quiero recibir más de tres candidatos.",
        "Kunt u de tweede kandidaat verwijderen?",
        "Proszę o usunięcie drugiego kandydata z listy.",
        "请将我们的需求转发给您的同事。",
        "请不要再发合同，我们周二见面。",
        "Не отправляйте пока договор, мы думаем.",
        "We do not want to receive applications by post. Send them here.",
        "I got an automatically generated message from you. Was that intended?",
        "Could you please unsubscribe my colleague Ben, who has left?",
        "Take us out for lunch and we will talk.",
        "Our ticket number is 4711, please quote it.",
    ],
)
def test_who_speaks_of_lists_or_machines_without_asking_for_silence_stays_a_person(words: str) -> None:
    assert meaning(message(words)).kind == "human"


def test_a_person_at_a_host_that_sounds_like_a_machine_stays_a_person() -> None:
    words = "Your message could not be delivered to Ben. Write to me."
    for host in ("mailserver.example", "mail-gateway.example", "antivirus.example"):
        assert meaning(message(words, From=f"Petra Novak <petra@{host}>")).kind == "human"


def test_a_notice_is_understood_wherever_its_lines_break() -> None:
    body = "We are sorry: your message was not\nable to be\ndelivered.\n\n<petra@acme.example>"
    raw = daemon(body, From="Postmaster <postmaster@acme.example>", Subject="Hm", Return_Path="")
    assert meaning(raw).kind == "bounce"


@pytest.mark.parametrize("charset", ["iso2022_jp", "euc_jp", "shift_jis"])
def test_japanese_without_a_charset_is_read(charset: str) -> None:
    words = "宛先のメールアドレスは存在しません。配信できませんでした。"
    raw = daemon("petra@acme.example: ", of="text/plain").rstrip(b"\n") + words.encode(charset) + b"\n"
    assert (meaning(raw).text.endswith(words), meaning(raw).address_dead) == (True, True)
