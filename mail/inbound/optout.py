"""Opting out: a wish not to be written to, in the writer's own words, or a List-Unsubscribe mail.

Our own letters say "unsubscribe" in their footer, so only what is left after quotations are taken out is
heard. A wish is a request about the writer ("please remove me", "stop e-mailing us") or a word that stands
alone ("Unsubscribe"); a long answer that merely mentions the word is a person's, to be read.
"""

from __future__ import annotations

import re

from mail.inbound.parsing import Post, header

_ALONE = re.compile(
    r"^\W*(?:please|pls|kindly|bitte|merci de|por favor|per favore|graag|hi|hello)?\W*(?:"
    r"un-?subscribe(?: me| us| please)?|opt[- ]?(?:me |us )?out|remove(?: me| us)?(?: please)?|removal"
    r"|stop(?: please)?|take me off"
    r"|abmelden|abbestellen|austragen|abmeldung|(?:me )?d[ée]sinscri(?:ption|re)"
    r"|(?:me )?d[ée]sabonne(?:r|ment)"
    r"|(?:dar(?:me)? de )?baja|cancelar (?:la )?suscripci[óo]n|disiscri\w+|cancellami|rimuovimi"
    r"|cancella(?:zione|te(?:mi)?)"
    r"|descadastr\w+|cancelar (?:a )?(?:inscri[çc][ãa]o|assinatura)|remover|uitschrijven|afmelden"
    r"|afmeld(?:ing)?"
    r"|avmeld\w*|avregistrer\w*|avprenumerera|peruuta(?: tilaus)?|wypisz(?: mnie)?|rezygnacja|rezygnuj[ęe]"
    r"|отписаться|отписка|отпишите(?: меня)?|відписатися|odhl[áa]sit|leiratkoz\w*"
    r"|退订|退訂|取消订阅|配信停止|購読解除|수신거부"
    r")\W*(?:thanks|thank you|danke|merci|gracias|grazie|obrigad[oa]|bedankt|tack|tak|please|bitte)?\W*$",
    re.I,
)
_WISH = re.compile(
    r"\b(?:please |kindly |can you |could you )*(?:un-?subscribe|remove|delete|take|opt)"
    r" (?:me|us|(?:my|our|this) (?:e-?mail|address|name|contact|details|data|account|number"
    r"|company))\b.{0,60}?"
    r"\b(?:list|mailing|mail|e-?mails?|database|distribution|newsletter|address|records|out|contact)"
    r"|\b(?:please |kindly )un-?subscribe\b|\bunsubscribe (?:me|us)\b|\bremove (?:me"
    r"|us)\b(?! from the (?:thread|cc|chain|meeting|call))"
    r"|\bi(?:'d| would)? (?:want|wish|like) to (?:unsubscribe|opt[- ]out|be removed|stop receiving)"
    r"|\b(?:please |kindly )?(?:stop|quit|cease) (?:(?:e-?mailing|mailing|contacting|writing|messaging"
    r"|spamming)(?: to)? (?:me|us)|(?:e-?mailing|mailing|spamming)\W*$|sending (?:me |us )?"
    r"(?:(?:these|this|such|any|your|more|all) )*(?:e-?mails?|mails?|messages?|newsletters?|spam|stuff))\b"
    r"|\b(?:do not|don['’]t|never) (?:e-?mail|contact|write(?: to)?|send|message) (?:me"
    r"|us)\b.{0,30}(?:again|any ?more|any (?:longer|further)|further|future)"
    r"|\bno (?:more|further) (?:e-?mails?|mails?|messages?|contact)\b.{0,10}(?:please|from you)"
    r"|\btake (?:me|us) off\b.{0,40}\blist|\bopt(?:ing)?[- ](?:me |us )?out of\b.{0,40}(?:e-?mail"
    r"|mailing|list|communication)"
    r"|\b(?:bitte )?(?:nehmen|l[öo]schen|entfernen|streichen|tragen) sie (?:mich|uns|meine"
    r"|unsere)\b.{0,60}(?:verteiler|liste|adresse|datenbank|aus\b)"
    r"|\bkeine (?:weiteren |e-?mails|mails|werbung).{0,40}\b(?:mehr|e-?mails|mails|zusenden|schicken"
    r"|senden)|\baus (?:dem|ihrem|eurem) verteiler"
    r"|\b(?:m[öo]chte|will|wollen|w[üu]nschen).{0,30}\b(?:abmelden|abbestellen"
    r"|keine (?:weiteren )?(?:e-?mails|mails))"
    r"|\b(?:bitte )?(?:abmelden|austragen)\W*$"
    r"|\b(?:veuillez|merci de|pri[èe]re de|pouvez-vous)\b.{0,30}\b(?:me|nous) (?:d[ée]sinscrire"
    r"|d[ée]sabonner|retirer|supprimer|radier|enlever)"
    r"|\bne (?:plus|pas) (?:me|nous|m['’]) ?(?:contacter|[ée]crire|envoyer|solliciter)"
    r"|\bme d[ée]sinscrire|\bme d[ée]sabonner"
    r"|\b(?:quiero|deseo|solicito|por favor).{0,20}\b(?:darme de baja|me den de baja|d[ée]nme de baja"
    r"|dar de baja|elim[íi]n(?:e|en)me|cancelar mi suscripci[óo]n)"
    r"|\bno (?:quiero|deseo) (?:recibir|que me).{0,30}(?:m[áa]s|correos|e-?mails)"
    r"|\bdejen? de (?:enviarme|escribirme|contactarme|mandarme)"
    r"|\b(?:vorrei|voglio|prego|per favore|desidero).{0,30}\b(?:disiscri|cancella|rimuover|togliet)"
    r"|\bnon (?:voglio|desidero) (?:pi[ùu] )?ricevere|\bcancellatemi|\bnon (?:scrivetemi"
    r"|contattatemi) pi[ùu]"
    r"|\b(?:quero|gostaria|desejo|favor|por favor).{0,25}\b(?:descadastr|remov(?:a|er|am)[- ]?(?:me|meu)"
    r"|cancelar (?:minha|a) (?:inscri|assinatura))|\bn[ãa]o (?:quero|desejo) (?:mais )?receber"
    r"|\bparem? de (?:me )?(?:enviar|mandar)"
    r"|\b(?:graag|wil|willen|gelieve).{0,30}\b(?:uitschrijven|afmelden|verwijderen)|\bgeen (?:e-?mails"
    r"|mails|berichten) meer"
    r"|\b(?:jeg|jag|vi) (?:vil|ønsker|[öo]nskar|vill)\b.{0,20}(?:ikke|inte|avmeld|afmeld"
    r"|avregistrer).{0,30}(?:mail|post|mer|meg|mig|oss)"
    r"|\b(?:prosz[ęe]|chc[ęe]).{0,30}\b(?:wypisa[ćn]|usuni[ęe]cie|usun[ąa][ćc])|\bnie (?:chc[ęe]"
    r"|życz[ęe])\b.{0,30}(?:otrzymywa|dostawa)"
    r"|отпишите|удалите (?:меня|нас|мой|наш)|не (?:пишите|присылайте|отправляйте)\b.{0,20}(?:мне|нам"
    r"|больше)|больше не (?:пишите|присылайте)"
    r"|请(?:将我|把我|不要再|停止).{0,12}(?:移除|删除|发送|发|退订)"
    r"|配信(?:を)?停止|配信を(?:止|や)め|수신(?:을)? ?거부",
    re.I | re.S,
)
_REFUSED = re.compile(
    r"\b(?:(?:do not|don['’]t|not) (?:want|wish|like) to|no need to|how (?:do|can) i|would not)"
    r" (?:unsubscribe|opt)",
    re.I,
)
_LIST_MAIL = re.compile(
    r"^(?:re:\s*)?\W*(?:un-?subscribe|opt-?out|remove|list-unsubscribe"
    r"|abmelden|d[ée]sinscription|baja)\b[^ ]*(?: .{0,60})?$",
    re.I,
)
_ADDRESSED = re.compile(r"(?:^|[<\s+.-])(?:unsub(?:scribe)?|opt-?out|list-unsubscribe|leave)[-+.@]", re.I)
_LONG = 700
_BRIEF = 160
_LINES = 12


def evidence(message: Post, own: str) -> list[str]:
    """The words of a wish not to be written to; empty where there is none."""
    subject = header(message, "subject")[:_LONG]
    if is_by_button(message):
        return ["X-Apple-Unsubscribe: Apple Mail answers a List-Unsubscribe (RFC 2369)"]
    bare = " ".join(own.split())
    brief = len(bare) < _BRIEF
    alone = next((line.strip() for line in own.splitlines()[:_LINES] if brief and _ALONE.match(line)), "")
    empty = len(bare) < _BRIEF // 4
    if (_LIST_MAIL.match(subject) and (empty or alone)) or (
        brief and _ADDRESSED.search(header(message, "to"))
    ):
        return [f"a List-Unsubscribe mail (RFC 2369), with the subject {subject[:60]!r}"]
    found = _WISH.search(bare[:_LONG])
    wish = alone or (found[0].strip() if found and not _REFUSED.search(bare[:_LONG]) else "")
    return [f"the writer asks: {wish[:80]}"] if wish else []


def is_by_button(message: Post) -> bool:
    """Whether a mail program wrote it because somebody pressed its "unsubscribe"."""
    return header(message, "x-apple-unsubscribe").lower() == "true"
