"""Who demands silence in free words is heard, and who only uses the same words stays a person."""

from __future__ import annotations

import pytest

from tests.mail.letterbox import meaning, message


@pytest.mark.parametrize(
    "words",
    [
        "I'd rather not get these e-mails any more, thank you.",
        "Could you kindly stop? We never asked for any of this.",
        "Leave me alone.",
        "Please refrain from further messages.",
        "Please strike my name off your list.",
        "If you write again I'll report you.",
        "Don't ever e-mail this address again.",
        "STOP STOP STOP",
        "Lassen Sie mich bitte in Ruhe.",
        "Unterlassen Sie bitte künftig solche Zusendungen.",
        "Wir bitten Sie, uns nicht mehr anzuschreiben.",
        "Ich fordere Sie auf, meine Daten gemäß Art. 17 DSGVO zu löschen.",
        "Arrêtez de m'écrire s'il vous plaît.",
        "Laissez-nous tranquilles.",
        "Déjenme en paz.",
        "Chiedo la cancellazione del mio indirizzo.",
        "Parem de me escrever.",
        "Ik wil niet meer benaderd worden.",
        "Sluta mejla mig.",
        "Proszę mnie usunąć z listy.",
        "Nepište mi už, prosím.",
        "Оставьте меня в покое.",
        "今後メールは送らないでください。",
        "请把我的邮箱从名单中删除。",
        "Don't contact us.",
        "Would you please not send anything else to me?",
        "Bitte sehen Sie künftig von weiteren E-Mails ab.",
        "Wir möchten aus Ihrem Verteiler entfernt werden.",
        "Je souhaite être retiré de votre liste.",
        "Tolga il mio nome dalla lista.",
        "Poista minut listalta.",
        "Удалите мою почту из списка рассылки.",
    ],
)
def test_a_demand_for_silence_is_heard_in_free_words(words: str) -> None:
    said = meaning(message(f"Hello,\n\n{words}\n\nPetra"))
    assert (said.kind, said.recipients) == ("unsubscribe", ("petra@acme.example",))


@pytest.mark.parametrize(
    "words",
    [
        "Please don't hesitate to write again in future.",
        "Please don't write to me before Monday.",
        "We don't want to be contacted by phone, e-mail is fine.",
        "I don't receive mails any more at the old address, this one works.",
        "Please do not send me any more documents. When can she start?",
        "Never had such good e-mails from a recruiter before, send more in future!",
        "She asked not to be contacted at work any more, write to her private address.",
        "Stop the process for Ana, go on with Ben.",
        "Bitte zögern Sie nicht, uns wieder zu kontaktieren.",
        "Ich habe Ihre Mail nicht mehr gefunden, schicken Sie sie bitte nochmals.",
        "Wir möchten keine weitere Zeit verlieren: passt Montag?",
        "Nous n'avons plus reçu de messages de votre part.",
        "No dude en contactarme otra vez.",
        "Ik heb geen mail meer ontvangen van u.",
        "Не стесняйтесь писать мне снова.",
        "またご連絡ください。",
        "Please take me through the list on Monday.",
        "Take us off hold, we are ready to hire.",
        "Take Ben and me off the invitation list for Tuesday.",
        "We'd like to be removed from the waiting list and start at once.",
        "I'd rather not get into details by e-mail, can we talk?",
        "We don't want to bother you again, but did Ana answer?",
        "Meine Liste ist lang, nehmen wir uns eine Stunde.",
        "Aus dem Verteiler habe ich nur Gutes gehört.",
        "Ta med mig på listan!",
    ],
)
def test_the_same_words_without_a_demand_are_a_person_s(words: str) -> None:
    assert meaning(message(words)).kind == "human"
