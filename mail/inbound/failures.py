"""What a failed delivery says about the address: gone for good, or only this message undelivered.

Servers say the same few things in many words, and their codes often say less than their words ("550 5.1.1
mailbox is full"). So words are heard first, those that excuse the address before those that condemn it;
then the enhanced status (RFC 3463, RFC 5248); then nothing, and the address lives.
"""

from __future__ import annotations

import re

_LONGEST = 10_000
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_AFTER_REPLY = re.compile(r"(?<![\d.])[45]\d\d[ -]+['\"(#<]*([45]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(r"(?<![\d.])([45])\d\d(?:[ -]+#?|:\s?)(?=[^\W\d]|[<#(\"']|\d\.\d\.\d)")
_DEAD_STATUS = re.compile(r"5\.1\.(?:1|2|3|6|10)$")
_SOMEBODY = (
    r"(?:users?|recipients?|mailbox(?:es)?|accounts?|address(?:es)?|address(?:\(es\))?|addressees?"
    r"|receivers?|person"
    r"|e-?mail(?: address| account)?|customer|subscriber|member|name|alias|destination|inbox|local[- ]part)"
)
_HOST = r"(?:host|domain|server|site|hostname|system|destination)(?: name)?"
_NOT_THERE = (
    r"(?:(?:is |was |are )?(?:currently )?(?:not found|unknown|invalid|not known|not valid|non-?existent"
    r"|not listed|not a valid \w+|undefined|not recogni[sz]ed|no longer \w+|not exist\w*|unrouteable)"
    r"|do(?:es)?(?: not|n['’]t) (?:appear to )?(?:exist|have an? \S* ?(?:account|mailbox))"
    r"|could(?: not|n['’]t) be found|can(?:not|['’]t| not) be found|wasn['’]t found|isn['’]t known)"
)
_DEAD = re.compile(
    rf"\b{_SOMEBODY}\b[^\n;]{{0,60}}?\b{_NOT_THERE}"
    rf"|\b(?:unknown|no such|invalid|non-?existent|bad|undeliverable|unrouteable|incorrect|illegal)"
    rf"\s+(?:\w+[- ]){{0,2}}{_SOMEBODY}\b"
    r"|\bno (?:mailbox|account|user|recipient)s? (?:here|by|with|found|for|exists|of)\b"
    r"|\bnot (?:our|a) (?:customer|known user|valid (?:user|mailbox|recipient))|\bisn['’]t (?:known"
    r"|a user) here"
    r"|\bdidn['’]t match any|\bhas (?:moved|left)\b|\bnot in use\b|\bno longer (?:with|works?|employed"
    r"|at this|in use"
    r"|valid)"
    r"|\buser not (?:found|local)|\bunrouteable address|\bdoes ?n[o']t have an account|\bnot listed in\b"
    r"|\bdoes not exist\b|\b(?:user|account|mailbox|recipient) (?:has been )?(?:deleted|removed)"
    r"|\b(?:bad|invalid|no such) (?:[\w-]+ ){0,3}user ?id\b|\brecipient (?:verify|verification) failed"
    r"|\binactive (?:e-?mail )?address|\bnot registered\b|\bnot (?:a )?(?:local|known) user"
    r"|\bnot (?:known|recogni[sz]ed) (?:here|at)"
    r"|\bmailbox (?:name )?(?:is )?unavailable|\bno valid recipients?\b|\baddress rejected\.",
    re.I,
)
_DEAD_ABROAD = re.compile(
    r"\bunbekannt|\bnicht (?:\S+ ){0,3}(?:gefunden|bekannt|vorhanden|aufgef[üu]hrt|existent)"
    r"|\bexistiert nicht"
    r"|\binconnue?s?\b|\bintrouvable|\bn['’]existe pas|\bn['’]a pas [ée]t[ée] trouv|\bdestinataire invalide"
    r"|\bdesconocid|\bdesconhecid|\bine?xistente|\bno existe|\bn[ãa]o existe"
    r"|\b(?:no|n[ãa]o) (?:\w+ ){0,3}encontr"
    r"|\bsconosciut|\binesistente|\bnon esiste|\b(?:non|stato) (?:[èe] stat[oa] )?trovat|\bnecunoscut"
    r"|\bnu exist[ăa]"
    r"|\bonbekend|\bbestaat niet|\bniet (?:\S+ )?gevonden|\bokänd|\bukend?t|\bukjent"
    r"|\bfin(?:ns|nes|des) (?:inte|ikke)\b"
    r"|\bhittades inte|\bikke funnet|\bblev ikke fundet|\btuntematon|\bei (?:ole olemassa|löyd)"
    r"|\bnieznan|\bnie istnieje|\bnie znaleziono|\bnie ma takiego|\bnie (?:można|mo[żz]na|udało się) "
    r"(?:odnale|znale)|\bne postoji|\bняма такъв|\bneznám|\bneexist|\bnenalezen|\bismeretlen"
    r"|\bnem (?:létezik|található)"
    r"|неизвест|не (?:существу|найден|зарегистр)|нет такого|(?:пользовател|адрес|ящик)\w* (?:\w+ )?(?:нет"
    r"|отсутству)|не існу|не знайден|\bbilinmeyen|\bbulunamad"
    r"|άγνωστ|δεν υπάρχει"
    r"|غير (?:معروف|موجود)|(?:לא|אינו|איננו) (?:קיים|נמצא|מוכר|ידוע)|không tồn tại"
    r"|宛先不明|見つか(?:りません|らない|らなかった)|存在しま(?:せん)|存在しない|あて先(?:が)?(?:不明|見つ)|不存在|查无此|找不到|無此|无此"
    r"|没有(?:该|此)|존재하지 않|없는 (?:사용자|주소)",
    re.I,
)
_DEAD_HOST = re.compile(
    rf"\b{_HOST}\b[^\n;]{{0,40}}?\b(?:unknown|not found|does(?: not|n't) exist|lookup failed|non-?existent"
    r"|not exist|(?:does|do) not accept (?:any )?(?:e-?)?mail)"
    rf"|\b(?:unknown|no such|illegal|non-?existent|invalid|bad)\s+(?:\S+ )?{_HOST}\b|\bnxdomain\b"
    rf"|\bnull mx\b"
    r"|\bnon-?existent hosts?\b|\bno (?:mx|such) (?:record|domain)s?\b|\bhost/domain name found"
    r"|\bname or service not known"
    r"|couldn['’]t find (?:any host|a mail exchanger)|\bdomain is not reachable"
    r"|\bdomain name not found|\bunrouteable mail domain|\bnot an internet mail (?:server|host)"
    r"|\b(?:does not|doesn't|do not|don't|not) (?:accept(?:s|ing)?|receiv(?:e"
    r"|ing)) (?:any )?(?:e-?)?mails?\b",
    re.I,
)
_SPARED = re.compile(
    r"\bfull\b|\bquota\b|over.?quota|\bexceed|\btoo (?:large|big|many)|\bstorage\b|insufficient|\bsize\b"
    r"|\bspam|\bblock(?:ed|.?list)|black.?list|\bdns[bw]l\b|\brbl\b|reputation|\bspf\b|\bdkim\b"
    r"|\bdmarc\b|\byour ip\b|\bip (?:address )?(?:\[|\d|is |has )"
    r"|\bvirus|\bunwanted\b|\breverse dns|\bptr\b|\brelay(?!ed| recipient)|\btemporar|\btry again later"
    r"|\btimed? ?out"
    r"|\bgrey.?list|\bunverified|\bconnection (?:refused|lost|reset)|\bsender\b|\bmail from\b"
    r"|\bfrom address"
    r"|\b(?:ist|über)voll\b|\bvoll(?:es)? |überfüllt|überschr|überschritten|\bpleine?\b|dépass|satur"
    r"|\bllen[oa]\b|\bexced"
    r"|\bchei[ao]\b|\bpien[ao]\b|superat|\bis vol\b|\boverschreden|\bfullt?\b|\bpełn|\bplná|переполн"
    r"|превыш|\bdolu\b"
    r"|満杯|容量|超過|超出|已满|已滿|가득"
    r"|\bmy name was rejected|\bpermission|\bgroups\.google\.com|\bberechtig|\bautoris|權限|权限|権限"
    r"|\bpolic(?:y|ies)\b",
    re.I,
)
"""What excuses an address, whatever else is said."""
_EXCUSED = re.compile(
    r"\bcontent\b|\bdisabled\b|\bsuspend|\bretry|\bexpired\b|\bprotocol\b|\baccess denied"
    r"|\bnot (?:authori[sz]ed|permitted"
    r"|allowed)|\bdenied\b|\brestrict|\bauthenticat|\bnetwork|\bno route|\btoo busy|\bhold\b|\brate\b"
    r"|\btemporarily unavailable\b|\bprohibited|\bpreferences\b",
    re.I,
)
"""What excuses an address that only a code condemns."""
_AFTER_TEXT = re.compile(
    r"in reply to (?:the )?end of (?:the )?data|after (?:end of data|message text)"
    r"|>>> DATA\s*\n<<< 5.*\n554 5\.0\.0 service unavailable",
    re.I,
)
"""A refusal after RCPT was accepted: filters say "unknown user" of mail that their user does not want."""
_MICROSOFT = re.compile(r"5\.4\.1\b.{0,200}recipient address rejected: access denied", re.I | re.S)
_OF_SENDER = ("5.1.7", "5.1.8")
_ECHO = re.compile(r"<[^<>\n]*>|[^\s（「【：:]+@[\w.-]+", re.ASCII)
_LINK = re.compile(r"https?://\S+")


def status(text: str) -> str | None:
    """The most telling enhanced status code of a text (`5.1.1`), or None: the one that a server replied."""
    replied = _AFTER_REPLY.findall(text)
    failed = [".".join(one.groups()) for one in _STATUS.finditer(text) if one[1] in "45"]
    telling = [one for one in (*replied, *failed) if not one.endswith(".0.0")]
    return next(iter(telling or failed), None)


def says_smtp_error(text: str) -> bool:
    """Whether a server's refusal is quoted: `550 …`, `452-…`, `5.1.1`."""
    return bool(_REPLY.search(text) or status(text))


def condemns(notice: str) -> bool:
    """Whether a notice says in words that there is no such address."""
    said = _ECHO.sub(" ", notice[:_LONGEST])
    return bool(_DEAD.search(said) or _DEAD_ABROAD.search(said))


def telling(notice: str) -> str:
    """The paragraphs of a notice that tell what happened: those with a server's refusal, else all of it."""
    paragraphs = re.split(r"\n[ \t]*\n", notice[:_LONGEST])
    return "\n\n".join([one for one in paragraphs if says_smtp_error(one)] or paragraphs)


def is_dead(words: str, code: str | None, transcript: str = "") -> bool:
    """Whether nobody can be reached at the address any more, by a server's words and status."""
    if (code is not None and code.startswith("4.")) or code in _OF_SENDER or _AFTER_TEXT.search(transcript):
        return False
    if _MICROSOFT.search(f"{code} {words}"):
        return True
    said = _ECHO.sub(" ", words)
    if _SPARED.search(said):
        return False
    said = _LINK.sub(" ", said)
    if any(one.search(said) for one in (_DEAD, _DEAD_ABROAD, _DEAD_HOST)):
        return True
    return bool(code and _DEAD_STATUS.match(code) and not _EXCUSED.search(said))
