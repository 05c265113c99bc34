"""Machines' notices in words that ask for nothing: shown, delivered, passed on, counted.

Older mail programs write receipts as plain text. Each is known twice: by the subject that its program gives
it, and by a sentence that only a program writes; statistics by the subject that their standard prescribes.
"""

from __future__ import annotations

import re

from domain.inbound import Meaning
from mail.inbound import senders, wordings
from mail.inbound.findings import Finding
from mail.inbound.parsing import Post, header, parameter
from mail.inbound.returned import Sheets

_LONGEST = 4000
_STATISTICS = re.compile(r"^(?:\W*\w+\W+)?report[- ]domain\s*:.*\bsubmitter\s*:", re.I)
"""RFC 7489 section 7.2.1.1 and RFC 8460 section 5.1."""
_SHOWN_SUBJECT = re.compile(
    r"^\W*(?:(?:not |un)?read|(?:nicht |un)?gelesen|(?:non )?lue?|(?:no )?le[íi]d[oa]|(?:n[ãa]o )?lid[oa]"
    r"|(?:non )?lett[oa]"
    r"|(?:niet |on)?gelezen|(?:o|ej )?l[äæe]st|luettu|przeczytan[eyoa]|(?:ne)?p[řr]e[čc][íi]?ten[áaoé]"
    r"|прочитано|прочтено|elolvasva|okundu|διαβάστηκε|已讀|已读|開封済み|읽음|נקרא"
    r"|(?:return|read) receipt|lesebest[äa]tigung|empfangsbest[äa]tigung"
    r"|(?:confirmation|accus[ée]) de lecture|ricevuta di (?:ritorno|lettura)|confirma(?:ci[óo]n|[çc][ãa]o) de"
    r" (?:lectura|leitura)|leesbevestiging|l[äæe]s(?:e|t)?(?:kvitto|kvittering)|disposition notification)\b",
    re.I,
)
_SHOWN = re.compile(
    r"\b(?:your|the) (?:message|mail|e-?mail|document)\b.{0,300}?\b(?:was|has been)"
    r" (?:read|displayed|opened|received by|deleted)\b"
    r"|\b(?:this is a|return) receipt\b"
    r"|\bihre (?:nachricht|e-?mail)\b.{0,300}?\b(?:gelesen|angezeigt|ge[öo]ffnet|gel[öo]scht)\b"
    r"|\bvotre (?:message|courriel)\b.{0,300}?\b(?:a [ée]t[ée] (?:lu|affich|ouvert|supprim))"
    r"|\b(?:su|el) (?:mensaje|correo)\b.{0,300}?\b(?:se ley|fue le[íi]do|ha sido le[íi]do|se ha le[íi]do)"
    r"|\b(?:sua|a) mensagem\b.{0,300}?\bfoi (?:lida|exibida|exclu)"
    r"|\b(?:il (?:suo|tuo|vostro)) messaggio\b.{0,300}?\b(?:è stato|stato) (?:letto|visualizzato)"
    r"|\buw bericht\b.{0,300}?\bgelezen|\bditt? (?:meddelande|meddelelse|besked|melding)\b.{0,300}?\bl[äæe]st"
    r"|\bdin (?:meddelelse|melding)\b.{0,300}?\bl[æe]st|\bviestisi\b.{0,300}?\bluettu"
    r"|\btwoja wiadomo[śs][ćc]\b.{0,300}?\bprzeczyt|\bvaše zpráva\b.{0,300}?\bpřečten"
    r"|ваше сообщение.{0,300}?прочит|您的(?:邮件|郵件).{0,300}?(?:已读|已讀|阅读|閱讀)|開封され",
    re.I | re.S,
)
_DONE = re.compile(
    r"\b(?:was|were|has been|have been) successfully (?:delivered|relayed|sent)\b"
    r"|\bdelivery to .{0,80}\bis complete\b|\b(?:message|mail) (?:was|has been) (?:delivered|relayed) to\b"
    r"|\berfolgreich (?:zugestellt|weitergeleitet)|\bzustellung .{0,80}\b(?:abgeschlossen|erfolgreich)\b"
    r"|\ba (?:bien )?[ée]t[ée] (?:remis|d[ée]livr|distribu)\w* (?:avec succ[èe]s|aux?)\b"
    r"|\bse (?:ha )?entreg(?:[óo]|ado) correctamente|\bconsegnato (?:correttamente|con successo)"
    r"|\bfoi entregue (?:com sucesso|a)|\bis (?:succesvol )?(?:afgeleverd|bezorgd) (?:bij|aan)",
    re.I | re.S,
)


def find(message: Post, sheets: Sheets) -> Finding | None:
    """A receipt, a success or statistics; None where it is none of them."""
    subject, notice = header(message, "subject"), sheets.notice
    if _STATISTICS.search(subject) or parameter(message, "report-type") == "tlsrpt":
        return _other("statistics about our domain (RFC 7489, RFC 8460)")
    if _SHOWN_SUBJECT.search(subject) and _SHOWN.search(notice[:_LONGEST]):
        return _other("a receipt in words that a message was shown or deleted")
    if sheets.report != notice or not (senders.is_daemon(message) or senders.has_no_path(message)):
        return None
    if _DONE.search(notice[:_LONGEST]) and not wordings.tell_of_failure(notice):
        return _other("a mail system tells of a delivery")
    return None


def is_report(message: Post) -> bool:
    """Whether only a program writes in that form (RFC 6522)."""
    return message.get_content_type() == "multipart/report"


def _other(because: str) -> Finding:
    return Finding(Meaning(kind="other"), (because,))
