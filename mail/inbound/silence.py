"""A sentence that demands silence: a refusal, of being written to, for good, by whoever writes.

Vocabulary differs, the build does not: somebody refuses ("do not", "stop", "rather not"), names what they
refuse ("contact", "these e-mails"), and means all of it ("again", "any more"). A limit in the same sentence
("by phone", "before Monday", "for this role") makes it something else. Idioms need no build.
"""

from __future__ import annotations

import re

from mail.inbound import lists

_END = re.compile(r"(?<!\bno)(?<!\bart)[.!?…;]+(?=\s|$)|[。！？]|\n\s*\n", re.I)
_LONGEST = 300
_LIMIT = re.compile(
    r"彼女|彼に|候補者|候选人|"
    r"\b(?:until|before|unless|but|only|twice|today|except|without|instead|other than|more than|as (?:pdf"
    r"|word)|for (?:this"
    r"|that|the|these|now)"
    r"|(?:about|regarding) (?:this|that|the|him|her|these two)|him|her|them|phone|calls?|calling|fax"
    r"|whatsapp|linkedin)\b"
    r"|\btelefoni?(?:s|c|no|qu)?\w*|\bt[ée]l[ée]phon|\bper post\b|\banruf|\bbis (?:zum|ende|montag"
    r"|dienstag|n[äa]chst|januar)"
    r"|\bavant\b|\bjusqu|\bhasta\b|\bantes\b|\bprima d|\bfino a|\bvoordat\b|\bsondern\b|\bmais "
    r"(?:seulement|uniquement)\b"
    r"|\b(?:aber|nur|heute|ma|maar|pero|s[óo]lo|men|ale)\b|\bf[üu]r (?:diese|die|den|das)\b|\bpour (?:ce"
    r"|cette|le) (?:poste|r[ôo]le|candidat)|\bpara (?:este"
    r"|esta|el) (?:puesto|rol)",
    re.I,
)
"""What makes a refusal a narrower one."""
_US = (
    r"(?: to)?(?: me| us| here| this (?:\w+ )?(?:address|inbox|account)"
    r"| (?:my|our|anyone at my|anyone at our) \w+)?"
)
_MAILS = (
    r"(?:(?:unsolicited|promotional|marketing|unwanted|further|more|such|any) )*"
    r"(?:e-?mails?|mails?|messages?|mailings?|spam|stuff)"
)
_TOUCH = (
    rf"(?:(?:contact|e-?mail|mail|message|write|approach|bother|disturb|spam|pester|reach out|follow up"
    rf"|get in touch"
    rf"|communicate with){_US}"
    rf"|(?:send|forward){_US} (?:any ?(?:more|further|thing)(?: else)?|these|such|your|this)(?: of)?(?: "
    rf"(?:these"
    rf"|this|your|such))?(?: {_MAILS})?"
    rf"|send{_US} {_MAILS}{_US})"
)
_TOUCHING = (
    rf"(?:(?:contacting|e-?mailing|mailing|messaging|writing|approaching|bothering|disturbing|soliciting"
    rf"|spamming|reaching out)"
    rf"{_US}\b|sending{_US} (?:these|this|such|your|any \w+|stuff)|(?:all |any |this |your |further "
    rf"|such )*(?:contact"
    r"|communications?|correspondence|e-?mails|mails|mailings?|messages|outreach|spam|solicitations?)\b)"
)
_GOOD = (
    r"(?:again|any ?more|any (?:longer|further)|(?:in (?:the )?)?future|ever|from now on|henceforth|at all)"
)
_ASKED = r"(?:^|[,:–-]|\b(?:please|kindly|pls|plz|and|so|but|again|just|you to|you|thanks))\s*"
_DO_NOT = r"(?:do not|do n[o']t|don['’]?t|never|not to)(?: ever)?"
_UNWILLING = (
    r"\b(?:i|we)(?:['’]d| would)? (?:much )?(?:(?:rather|prefer) (?:not|never)|(?:do not|don['’]?t"
    r"|no longer|never)"
    r" (?:want|wish|like|care|need))(?: to| you to)?\b(?: \w+ly)?"
)
_ENGLISH = (
    rf"\b(?:would|could|will|can) you (?:please |kindly )?(?:not|never) {_TOUCH}\b"
    rf"|\bobject to\b.{{0,40}}\b(?:my|our) \w*(?: \w+)?data\b",
    rf"{_UNWILLING} (?:any|more) (?:more )?of (?:your|these|this)(?: {_MAILS})?$",
    rf"{_ASKED}{_DO_NOT} {_TOUCH}(?: (?!the|an?|that|both)\w+){{0,3}}[ ,]+{_GOOD}\b",
    rf"{_ASKED}(?:{_DO_NOT} (?:contact|e-?mail|mail|message|bother|spam|approach|write to)(?: me| us"
    rf"| this \w+)"
    rf"|(?:do not|don['’]?t|never) ever {_TOUCH}|{_DO_NOT} send{_US} unsolicited [\w-]+{_US})$",
    rf"{_UNWILLING} (?:(?:receive|get|have)(?: any(?: more| further)?| these| this| such| your| more"
    rf"| further| unsolicited| marketing)+"
    rf"(?: \w+)?? (?:{_MAILS}|correspondence|communications?|contact)|hear from you(?: again| any ?more"
    rf"| at all)?$"
    rf"|be (?:contacted|e-?mailed|approached|bothered|spammed|messaged|written to|on (?:your|this|any)"
    rf"|part of (?:your|this|any)))\b",
    r"\b(?:make|have) (?:this|these|it|them)(?: \w+)? stop$|^stop(?:\W+stop)+$|^no more(?:,? (?:please"
    r"|thanks?))?$"
    rf"|(?:^|[,:] ?)no (?:contact|{_MAILS}),? ?(?:please|thanks?)?$",
    rf"(?:^|[,:–-]|\b(?:please|kindly|must|immediately|you to|now|and))[\s,]*(?:\w+ly )?(?:stop|cease|quit"
    rf"|desist|refrain|abstain)"
    rf"(?: and desist)?(?: from| with)?(?: \w+)?? (?:{_TOUCHING}|{_TOUCH})\b(?! (?:both|twice))",
    r"^(?:please |kindly )?(?:un-?sub(?:scribe)?|opt[- ]?out)(?: (?:me|us))?(?: please| now| immediately)?$"
    r"|\b(?:want|get|take|remove) (?:\w+ )?off (?:this|your|the) (?:\w+ )?list\b|\bdo[- ]not[- ](?:contact"
    r"|e-?mail|mail) list\b"
    r"|(?:^|\bplease )take (?:me|us) off$|\b(?:remove|delete|erase) (?:me|us) (?:immediately|at once|now)\b",
    r"^(?:\w+[ ,]+){0,2}(?:please |kindly |could you |can you |would you |just )+"
    r"(?:please |kindly |just )*stop(?: it| this| that| now)?$|^(?:please )?stop (?:it|this)$",
    r"\b(?:take|strike|cross|scratch|drop|get|scrub|pull|purge) (?:me|us|(?:my|our) \w+"
    r"(?: address)?)\b.{0,10}"
    r"\b(?:off|from|out of)\b.{0,40}(?:list|database|system|mailing|record|campaign|crm)",
    r"\bleave (?:me|us) (?:alone|in peace|be)\b(?! (?:in|part|able))|^(?:this|that) is (?:\w+ )?(?:spam"
    r"|harassment)$",
    r"\bif you (?:\w+ )?(?:write|e-?mail|contact|send|message|mail)\b.{0,40}\b(?:again|once more"
    r"|one more)\b.{0,60}"
    r"\b(?:report|block|complain|legal|lawyer|authorit|spam)",
    r"\b(?:i|we) (?:am|are|'m|'re)? ?(?:never|not|don['’]?t|do not)\b.{0,30}\b(?:consent|agree|subscribe"
    r"|sign up|opt in)\w*\b"
    r".{0,60}\b(?:e-?mails?|mailings?|contacted|messages|communication|list)\b",
    r"\b(?:want|wish|like|prefer) to be left (?:alone|in peace)\b|\bno (?:more|further) of (?:this|these"
    r"|your)\b",
    r"\b(?:delete|remove|erase|forget|drop|lose) (?:this|my|our) (?:e-?mail |mail |contact )?(?:address"
    r"|contact|number|"
    r"details|data|info\w*)\b(?=\W*$|[,;]| from (?:your|all|any)\b| immediately| at once| now\b| please)",
)
_POST = r"(?:e-?mails?|mails?|mailings?|nachricht\w*|zusend\w*|anschreiben|werb\w*|kontakt\w*|post|anfragen)"
_GERMAN = (
    r"\b(?:meld|abmeld)\w* (?:sie )?(?:bitte )?(?:mich|uns) (?:bitte )?(?:\w+ )?ab$"
    r"|\bunerw[üu]nscht\b.{0,40}\b(?:einstell|unterlass|aufh[öo]r)",
    r"^(?:und )?(?:bitte )?(?:mich |uns )?nicht mehr (?:bei (?:mir|uns) )?(?:melden|schreiben|kontaktieren"
    r"|anschreiben|anmailen)$"
    r"|\bsperr\w*\b.{0,20}\b(?:meine|unsere)\b.{0,20}(?:adresse|daten|mail)",
    rf"\bunterlass\w*\b.{{0,60}}\b(?:\w*{_POST}|schreib\w*)|\b{_POST}\b.{{0,60}}\b(?:zu unterlassen"
    rf"|einzustellen)\b",
    rf"\b(?:w[üu]nsch|m[öo]cht|will|woll|brauch|verbitt|verbiet)\w*\b.{{0,40}}\b(?:kein\w*|jegliche"
    rf"|weitere|mir)\b.{{0,20}}"
    rf"\b(?:\w+zusendung\w*|{_POST})\b(?!.{{0,30}}\b(?:geben|bearbeiten|gesehen)\b)",
    r"\b(?:lass(?:en|t)?|lasst) (?:sie )?(?:bitte )?(?:mich|uns)\b.{0,20}\bin (?:ruhe|frieden)\b"
    r"|\bverschon\w+ (?:sie )?(?:mich|uns)",
    r"\b(?:m[öo]cht\w*|will|wollen|w[üu]nsch\w*|bitte)\b.{0,20}\bnicht (?:mehr|weiter"
    r"|l[äa]nger)\b.{0,25}\b(?:angeschrieben"
    r"|kontaktiert|bel[äa]stigt|angemailt|behelligt)\b|\b(?:seh|sieh|abzuseh"
    r"|abseh)\w*\b.{0,40}\bvon\b.{0,25}(?:mail|zusend|kontakt"
    r"|nachricht|anfrag|anschreib|werb)",
    r"\b(?:h[öo]r(?:en|t)?) (?:sie )?(?:bitte )?auf\b.{0,40}\b(?:schreib|schick|send|mail|kontakt"
    r"|bel[äa]stig)",
    r"\b(?:kontaktier|schreib|bel[äa]stig|mail)(?:en|t|e)?\b (?:sie )?(?:bitte )?(?:mich|uns|mir"
    r"|diese adresse)\b.{0,20}"
    r"\b(?:nicht|nie|niemals)\b.{0,4}\b(?:mehr|wieder|weiter|l[äa]nger)\b(?! als)",
    r"\b(?:mich|uns|mir)\b.{0,20}\b(?:nicht|nie|niemals|nichts)\b.{0,4}\b(?:mehr|wieder|weiter"
    r"|l[äa]nger)\b.{0,12}\b(?:an)?(?:zu)?"
    r"(?:schreiben|mailen|kontaktieren|bel[äa]stigen|schicken|senden)$",
    rf"^(?:danke,? )?(?:bitte )?(?:ab (?:sofort|jetzt) )?keine?n? "
    rf"(?:weitere[nr]? )?{_POST}\b.{{0,20}}\bmehr\b|^(?:bitte )?kein(?:e|en)? "
    rf"(?:weitere[nr]? |solche[nr]? |unaufgefordert\w+ |unerw[üu]nscht\w+ )?(?:kontakt|e-?mails?|mails?"
    rf"|werbung|nachrichten|zusendungen)(?: mehr)?(?:,? (?:bitte"
    rf"|danke))?$",
    r"\b(?:meine|unsere)\b.{0,12}\b(?:daten|adresse|kontaktdaten|e-?mail-?adresse)\b.{0,40}\b"
    r"(?:zu l[öo]schen|l[öo]schen$|l[öo]schung)",
    rf"\b(?:stellen|stopp\w*|beenden|einstellen)\b.{{0,30}}\b(?:den versand|die zusendung|diese {_POST}"
    rf"|ihre {_POST})",
    r"\b(?:alle|s[äa]mtliche) (?:meine|unsere|[üu]ber (?:mich|uns)|zu (?:mir"
    r"|uns))\b.{0,30}\bdaten\b.{0,40}\bl[öo]sch"
    r"|\bl[öo]sch\w*\b.{0,20}\b(?:alle|s[äa]mtliche) (?:meine|unsere|[üu]ber (?:mich|uns)|zu (?:mir"
    r"|uns))\b.{0,30}\bdaten"
    r"|\b(?:streich|entfern|nehm|nimm)\w*\b.{0,20}\b(?:mich|uns|meine\w*|unsere\w*)\b.{0,40}\b(?:aus"
    r"|von)\b.{0,25}"
    r"(?:liste|kartei|verteiler|datei|daten|system)",
)
_ROMANCE = (
    # French
    r"\bne (?:voulons|souhaitons|veux|souhaite|d[ée]sir\w+) plus [êe]tre (?:sollicit|contact|d[ée]rang"
    r"|relanc|importun)",
    r"\bne (?:me |nous )(?:re)?(?:contactez|[ée]crivez|sollicitez|relancez|d[ée]rangez) (?:pas|plus)\b",
    r"\b(?:suppression|effacement|radiation|retrait)\b.{0,20}\b(?:de )?(?:mes|mon|nos|notre) (?:donn|coord"
    r"|adress|nom|e-?mail|contact)"
    r"|^inutile de (?:me |nous )(?:re)?(?:contact|sollicit|relanc|[ée]cri)|\b(?:retir|supprim|effac|enlev"
    r"|ray)(?:ez|er)[- ](?:nous|moi|notre|mon"
    r"|ma)\b.{0,20}\bde (?:vos|votre|la|cette)\b.{0,15}(?:fichier|liste|base)|^stop (?:aux?|les|ces|vos) "
    r"(?:e-?mails?|mails?|messages?)",
    r"\b(?:arr[êe]te[zrs]?|cesse[zr]?|stoppe[zr]?)\b.{0,25}\b(?:[ée]cri|contact|envo|sollicit|spam|harcel"
    r"|relanc|d[ée]rang"
    r"|e-?mails?|mails?|courriels?|messages?)",
    r"\blaisse[zr]?[- ](?:moi|nous)\b.{0,15}\b(?:tranquille|paix)"
    r"|\bne (?:me |nous |m['’])(?:\w+ )?(?:[ée]cri|contact|sollicit|relanc|d[ée]rang|harcel)\w+ plus\b"
    r"|\bne plus (?:jamais )?(?:[êe]tre )?(?:contact|sollicit|d[ée]rang|relanc)\w*",
    r"^(?:merci,? )?plus (?:de|d['’]|aucun) ?(?:e-?mails?|mails?|courriels?|messages?|spam)\b"
    r"|\b(?:effacer|effacez|supprime[zr]|retire[zr])\b.{0,20}\b(?:toutes )?(?:mes|nos) (?:donn[ée]es"
    r"|coordonn[ée]es)",
    # Spanish
    r"\bno (?:me|nos) lleg\w+ m[áa]s\b|\bd(?:en|[ée]n|ar) de baja\b",
    r"\bd[ée]j(?:en|e|a)(?:me|nos) en paz\b|\b(?:dej|par|ces|deix)(?:e[nm]?|ar?|ad) de (?:\w+ )?(?:escr|mand"
    r"|envi|molest|contact|spam)\w*",
    r"^(?:quiero |deseo |por favor,? )?(?:des-?suscrib|desuscrib|dessubscrev)\w+\b|\bno (?:me|nos) "
    r"(?:\w+ )?(?:escrib|mand|env[íi]|contact|molest)\w+ (?:m[áa]s|nunca|nada)\b(?! (?:de|que))"
    r"|\b(?:qu[íi]t|s[áa]qu|elim[íi]n|b[óo]rr|ret[íi]r)\w*(?:me|nos)?\b.{0,20}\bde (?:su|la|esta|vuestra"
    r"|sus) \w*(?:lista|base)",
    # Portuguese
    r"\b(?:me|nos) deix(?:e|em|a) em paz\b|\bn[ãa]o (?:me |nos )(?:\w+ )?(?:escrev|mand|envi|contact"
    r"|incomod)\w+ (?:mais|nunca)\b"
    r"|\bn[ãa]o (?:quero|desejo|queremos|gostaria)\b.{0,20}\b(?:receber|ser contact)\w*\b.{0,30}\b(?:mais"
    r"|e-?mails?|mensagens)",
    r"\b(?:retir|remov|tir|exclu|apag)\w+\b.{0,25}\b(?:da|de) (?:sua|vossa|tua|esta)? ?\w*(?:lista|base)",
    # Italian
    r"\blasciate?(?:mi|ci) (?:in pace|stare)\b|\bsmett(?:a|ere|etela|ete|ila|i)(?:la)? di (?:scriv|mand"
    r"|invi|contatt|disturb|spam)\w*",
    r"\bnon (?:mi|ci) (?:\w+ )?(?:scriv|contatt|invi|mand|disturb)\w+ (?:pi[ùu]|mai)\b"
    r"|\b(?:rimozione|cancellazione|eliminazione)\b.{0,25}\b(?:mi[oa]|nostr[oa]|miei|nostri) \w+|^basta "
    r"(?:con )?\w*(?:e-?mail|messaggi|spam)",
    # Romanian, Catalan
    r"\bnu[- ](?:m[ăa] |ne |mi |îmi )?(?:mai )(?:scri|trimit|contact|deranj)\w+|\bl[ăa]sa[țt]i-(?:m[ăa]"
    r"|ne) [îi]n pace"
    r"|\bno (?:m['’]|em |ens )\w+ m[ée]s\b",
)
_NORTH = (
    r"\b(?:verwijder|wis)\b.{0,12}\b(?:mijn|onze) (?:gegevens|adres|data)|\bvill? (?:avregistrera"
    r"|avprenumerera|avmelde|afmelde) (?:mig|meg)",
    r"\blaat (?:me|mij|ons)\b.{0,15}\bmet rust\b|\bstop\w* (?:a\.?u\.?b\.? )?met\b.{0,25}\b(?:mail|stuur"
    r"|sturen|contact|schrijv|benader|spam)",
    r"\b(?:stuur|mail|schrijf|benader|contacteer|zend)\w*\b.{0,20}\b(?:me|mij|ons)\b.{0,20}\b(?:niets|niet"
    r"|nooit|geen \w+)\b.{0,8}\bmeer\b"
    r"|\bniet (?:meer|langer)\b.{0,25}\b(?:benaderd|gecontacteerd|gemaild|ontvangen|lastig)",
    r"\b(?:sluta|slutt|stopp? med|h[øo]r op|hold op)\b.{0,15}\b(?:mejl|mail|skriv|kontakt|skick|send|spam"
    r"|h[öo]ra av|plag)",
    r"\bl[äa]mna (?:mig|mej|oss)\b.{0,10}\bi ?fred|\bla(?:d)? (?:mig|meg"
    r"|oss?)\b.{0,10}\bv[æa]re\b.{0,6}\bi ?fred",
    r"\b(?:kontakta|kontakt|skriv|maila|mejla|send|skicka)\b.{0,20}\b(?:inte|ikke|aldri[g]?|inget|intet"
    r"|ingenting)\b.{0,12}\b(?:mer[ea]?|igen|l[äa]ngre|flere?)\b"
    r"|\bikke flere \w*(?:mail|e-?post|besked|meddelels|melding)|\b(?:vill|vil|[öø]nskar|ønsker) (?:inte"
    r"|ikke) (?:l[äa]ngre |lenger |l[æa]ngere )?"
    r"(?:bli|blive|få|motta|modtage|h[öo]re)\b.{0,30}(?:kontakt|mail|mejl|e-?post)",
    r"\bj[äa]tt[äa]k[äa]{1,2}.{0,20}rauhaan|\bälkää\b.{0,25}\b(?:lähett|otta|kirjoitt)\w+|\b(?:lopettakaa"
    r"|lopeta)\b.{0,25}\b(?:lähett|kirjoitt|häirit)",
)
_EAST = (
    # Polish, Czech, Slovak, Hungarian
    r"\b(?:prosz[ęe]|prosimy)\b.{0,20}\b(?:mnie|nas)\b.{0,12}\b(?:usun[ąa][ćc]|wypisa[ćc]|skre[śs]li[ćc])"
    r"|\b(?:prosz[ęe]|prosimy)\b.{0,20}\bnie (?:pisa[ćc]|kontaktowa[ćc]|wysyła[ćc]|przysyła[ćc])\b.{0,30}"
    r"(?:wi[ęe]cej|mn[ąa]|mnie|nami|nas|$)",
    r"\bprzesta[ńn](?:cie|my)?\b.{0,25}\b(?:pisa|wysyła|przysyła|spam|kontakt|nęka)|\b(?:dajcie|daj"
    r"|da[ćc])\b.{0,10}\bspok[óo]j"
    r"|\bnie (?:życz\w+|chc\w+)\b.{0,20}\b(?:takich|tych|waszych|pa[ńn]stwa|kolejnych|dalszych|[żz]adnych)\b",
    r"\bp[řr]esta[ňn]te\b.{0,20}\b(?:ps[áa]t|pos[íi]lat|kontakt|otrav)|\bnechte (?:m[ěe]"
    r"|n[áa]s)\b.{0,12}\b(?:b[ýy]t|na pokoji)"
    r"|\bnepi[šs]te (?:mi|n[áa]m)\b|\bnekontaktujte (?:m[ěe]|n[áa]s)\b|\bprestaňte\b.{0,20}\b(?:p[íi]sa"
    r"|posiela)",
    r"\bne (?:írj|keress|zaklass|küldj|zavarj)\w*\b.{0,25}(?:több|tovább|soha)|\bhagyj\w+ (?:engem "
    r"|minket )?békén"
    r"|\btörölj\w*\b.{0,30}(?:cím|adat|list)",
    r"\bzaprzesta\w+\b.{0,30}(?:wysyła|kontakt|przesyła|przysyła|pisa)|\b(?:usuni[ęe]ci[ea]|usun[ąa][ćc]"
    r"|usu[ńn]cie)\b.{0,15}\b(?:moich|moje"
    r"|naszych|nasze) (?:dan|adres)|\b(?:vymažte|smažte|odstraňte)\b.{0,10}\b(?:moje|naše|mé) (?:údaj"
    r"|kontakt)",
    r"\bnie (?:kontaktuj|pisz|dzwo[ńn]|wysyłaj)\w*\b.{0,30}\b(?:wi[ęe]cej|nigdy)$",
    # Russian, Ukrainian, Turkish, Greek
    r"\b(?:прошу|просьба|требую|просим)\b.{0,20}(?:удалить|исключить|убрать|отписать)\b.{0,12}\b"
    r"(?:мо[йеию]|наш|меня|нас)",
    r"\bоставьте (?:меня|нас)\b.{0,10}в покое|\b(?:перестаньте|прекратите|хватит)\b.{0,25}(?:писать|слать"
    r"|присыл|отправ|беспоко|спам)"
    r"|\bне (?:беспокойте|тревожьте|пишите|присылайте|шлите)\b(?:.{0,20}\b(?:больше|никогда|меня|нас)\b)"
    r"|\bприпиніть\b.{0,25}(?:писати|надсил)"
    r"|\bне (?:пишіть|надсилайте|турбуйте)\b.{0,20}(?:більше|мене|нас)|\bзалиште (?:мене|нас) (?:у|в) спокої",
    r"\b(?:bir daha|art[ıi]k)\b.{0,40}\b(?:yazm|göndermey|atmay|aramay|iletişime geçmey)"
    r"|\brahats[ıi]z etmey|\blistenizden\b.{0,20}\b(?:çıkar|sil)",
    r"\bμην? (?:μου |μας )?(?:ξανα)?(?:στείλ|στέλν|γράψ|γράφ|επικοινων|ενοχλ)\w*|\b(?:αφαιρέστε|βγάλτε) "
    r"(?:με|μας)\b",
    # Arabic, Hebrew, Chinese, Japanese, Korean
    r"لا ترسل|توقفوا? عن|لا تراسل|אל תשלחו|תפסיקו לשלוח|אל תכתבו|הורידו אותי|תורידו אותי",
    r"(?:别|別|不要|请勿|請勿|勿)再?(?:联系|聯繫|聯絡|打扰|打擾|骚扰|騷擾|来信)|拒收|不需要(?:这类|此类|这些|你们的)(?:邮件|信息|推荐)"
    r"|从.{0,10}(?:名单|列表).{0,8}(?:删除|移除|去掉)",
    r"メール(?:を|は|の送信を)?(?:止め|とめ|やめ|停止)|二度と.{0,16}(?:ください|送|連絡)"
    r"|今後.{0,20}(?:送らない|送付|連絡|配信|メール).{0,12}(?:不要|お断り|控え|しないで|おやめ|やめて|遠慮|結構)"
    r"|(?:連絡|送信|送付)(?:は|を)?.{0,6}(?:お断り|しないで|ご遠慮|おやめ)",
    r"(?:연락|메일|이메일|보내).{0,10}(?:하지 ?마|말아|그만|원하지|말아주)"
    r"|(?:삭제|제거)해 ?주(?:세요|십시오).{0,4}$",
)
_DEMAND = re.compile("|".join((*_ENGLISH, *_GERMAN, *_ROMANCE, *_NORTH, *_EAST)), re.I)


def demand(text: str) -> str:
    """The first sentence or line that demands silence without a limit; empty where none does."""
    sentences = [*_END.split(text), *text.splitlines()]
    for sentence in sentences:
        bare = " ".join(sentence.split())[:_LONGEST].strip(" ,:-")
        found = _DEMAND.search(bare)
        if (found or lists.is_struck_off(bare)) and not _LIMIT.search(bare):
            return found[0] if found else bare
    return ""
