"""To be taken off a list: a verb of taking off, oneself, a word for "from" and a list, in whatever language.

Languages differ in the order of the four alone. Who speaks of somebody else, of another list, of being put
on one, or of what they have done already, asks for nothing.
"""

from __future__ import annotations

import re

_OFF = (
    r"(?:\b(?:remov|delet|eras|strik|strike|scratch|take|get|unsubscrib|l[öo]sch|streich|entfern|austrag"
    r"|ausgetragen|nehm|nimm|nehmt"
    r"|sperr|retir|supprim|effac|ray|enlev|radi|elimin|borr|qu[íi]t|saqu|s[áa]qu|cancell|rimuov|togli|tolg"
    r"|exclu|apag|tir"
    r"|verwijder|haal|halen|schrap|uitschrij|ta bort|radera|slett|slet\b|fjern|stryk|poista|usu[ńn]|usuni"
    r"|wypis|skre[śs]l"
    r"|odhl|vyma|smaž|odstra|töröl|vegye|удал|исключ|убер|вычеркн|видал|sil|çıkar|sterge|șterge|elimina"
    r"|scoate)|删除|移除|去掉"
    r"|削除|外し|除外|삭제|제외|빼)"
)
_BOOK = (
    r"(?:\b(?:(?:mailing|e-?mail|mail|distribution|contact)?[- ]?list(?:e|a|en|ene|an|alta|alle|y|ie|áról"
    r"|ed[ae]n|enizden|inden|ele)?"
    r"|mailings?|mailinglist\w*|\w*verteiler\w*|datenbank\w*|databases?|database\w*|data base|crm|base de "
    r"(?:donn[ée]es|datos|dados)"
    r"|fichiers?|kartei|adressbuch|\w*bestand|elenco|rubrica|seznamu?|baz[aęy]|banca dati)\b|баз[ыеу]"
    r"|рассыл|списк|名单|列表"
    r"|リスト|名簿|명단|목록)"
)
_SELF = (
    r"(?:\b(?:me|us|(?:my|our) \w+|mich|uns|meine?n? \S+|unsere?n? \S+|moi|nous|mon \S+|ma \S+|mes \S+"
    r"|notre \S+|nos|mis? \S+"
    r"|nuestr\w+ \S+|(?:il )?mio \S+|la mia \S+|il nostro \S+|ci|meu \S+|minha \S+|mij|ons|mijn \S+"
    r"|onze \S+|mig|mej|meg|oss"
    r"|min \S+|mina \S+|minut|meidät|osoitteeni|mnie|nas|m[óo]j\w* \S+|mě|mne|nás|ma|engem|minket|меня|нас"
    r"|мо[йюеи]\w* \S+"
    r"|наш\w* \S+|мене|beni|bizi|adresimi|m[ăa]|ne)\b|我|私|저를|저희)"
)
_WE = r"\b(?:i|we|ich|wir|je|nous|yo|io|ik|wij|jag|jeg|vi)\b"
_FROM = (
    r"(?:\b(?:off|from|out of|aus|vo[nm]|de|des|du|del?|da|dal|dall[ao]?|della?|uit|van|från|fra|ur|z|ze"
    r"|zo|из|с|від|зі?)\b|から"
    r"|从|從)"
)
_CLITIC = r"(?<=\w)(?:mi|ci|me|nos|[- ]?moi|[- ]nous|[- ]me)\b"
_ASKED = re.compile(
    rf"{_OFF}\w*.{{0,12}}?{_SELF}.{{0,15}}?{_FROM}.{{0,22}}?{_BOOK}"
    rf"|{_OFF}\w*?{_CLITIC}.{{0,12}}?{_FROM}.{{0,22}}?{_BOOK}"
    rf"|{_SELF}.{{0,15}}?{_FROM}.{{0,22}}?{_BOOK}.{{0,12}}?{_OFF}"
    rf"|{_FROM}?.{{0,12}}?{_BOOK}{_FROM}?.{{0,6}}?{_SELF}.{{0,12}}?{_OFF}"
    rf"|{_WE}.{{0,30}}?(?:{_OFF}\w*.{{0,6}}?{_FROM}.{{0,16}}?{_BOOK}|\b(?:aus"
    rf"|von)\b.{{0,12}}?{_BOOK}.{{0,5}}?{_OFF}\w* werden)"
    r"|\b(?:poista\w*|töröl\w*|vegye\w*) (?:minut|meidät|engem|minket)? ?\b(?:(?:a )?list\w+)",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:and me\b|invit\w+|guest\w*|salar\w*|candidat\w*|kandidat\w*|wait\w*|short\w*|applica\w+"
    r"|bewerb\w*|interview\w*|warte\w*|attente"
    r"|espera|attesa|profil\w*|cvs?"
    r"|lebensl\w+|herrn?|frau|m[rs]s?|she|he|they|duplicat\w*|meeting|thread|profile|roles?|stelle"
    r"|colleagues?|koll\w+|coll\w+)\b"
    r"|\b(?:i|we)(?:['’]ve| have| had|['’]ll| will)? (?:removed|deleted|erased|took|taken|remove|delete"
    r"|take)\b"
    r"|\b(?:habe|haben|hatte|werde|werden wir)\b|\bj['’]ai\b|\bavons\b|\bhe \w+do\b|\bhemos\b|\bho \w+to\b"
    r"|\babbiamo\b"
    r"|\bheb(?:ben)?\b|\bhar\b|\badd\w*\b|\b(?:in|auf) (?:die|den|ihren?)\b|\baufnehmen\b|\bauf$|ajout"
    r"|a[ñn]ad|agreg|aggiun|\badicion|\btoevoeg"
    r"|\bl[äa]gg till|\bdodaj|добав|加入|追加|кандидат|候选|候補",
    re.I,
)
"""Whose removal is meant, or who has done it already."""


def is_struck_off(sentence: str) -> bool:
    """Whether a sentence asks to take its writer off a list."""
    return bool(_ASKED.search(sentence)) and not _OTHERS.search(sentence)
