"""How people of the world ask not to be written to again: words, not rules.

Languages differ in where they put the verb, so each has its own few patterns: to be taken off a list, to be
sent nothing more, to be forgotten (GDPR article 17).
"""

from __future__ import annotations

import re

_WORDS = (
    r"un-?subscribe(?: me| us)?|opt[- ]?(?:me |us )?out|remove(?: me| us)?|removal"
    r"|stop(?:(?: with)?(?: aux| the| all| these)? (?:e-?)?mails?)?|take me off"
    r"|abmelden|abmeldung|abbestell(?:en|ung)|austragen|aus dem verteiler(?: nehmen)?|(?:bitte )?l[öo]schen"
    r"|(?:me |nous )?d[ée]sinscri(?:ption|re|vez[- ]moi)"
    r"|(?:me |nous )?d[ée]sabonn(?:er|ement|ez[- ](?:moi|nous))"
    r"|(?:dar(?:me)? de |solicito la )?baja|d[ée][mn]e(?:nme)? de baja|cancelar (?:la )?suscripci[óo]n"
    r"|disiscri\w+|disiscrizione|cancell(?:ami|atemi|azione|atevi)|rimuov(?:imi|etemi)|rimozione"
    r"|descadastr\w+|cancelar (?:a )?(?:inscri[çc][ãa]o|assinatura)|remover|remov[ae][- ]me"
    r"|uitschrijven|afmelden|schrijf (?:me|mij) uit|verwijder (?:me|mij)"
    r"|av(?:registrer|prenumerer|anmäl|meld|sluta)\w*(?: mig| meg| mej| oss)?"
    r"|afmeld(?:ing|elding)?(?: mig| os)?|frameld(?: mig)?|meld (?:meg|mig) (?:av|af)"
    r"|peru(?:uta|utus)?(?: tilaus)?"
    r"|wypisz(?: mnie)?|wypisanie|rezygnacja|rezygnuj[ęe]|usu[ńn] mnie"
    r"|отпис(?:аться|ка|ать)|отпишите(?: меня| нас)?|відписатис[яь]|відпишіть(?: мене)?"
    r"|odhl[áa]sit(?: se)?|odhlaste (?:mě|nás)|odhl[áa]si[ťt](?: sa)?|odhláste ma"
    r"|leiratkoz\w*|dezabon\w*|(?:abonelikten |listeden )?çık(?:mak|ar\w*)?|üyelikten çık\w*|διαγραφή"
    r"|הסר(?:ה|ו אותי)?"
    r"|إلغاء الاشتراك|hủy đăng ký"
    r"|退订|退訂|取消订阅|取消訂閱|配信停止|購読解除|登録解除|수신 ?거부|구독 ?취소"
)
_COURTESY = (
    r"please|pls|plz|kindly|thanks?(?: you)?|bitte|danke(?: schön)?|merci(?: de| d['’]avance)?|svp"
    r"|s['’]il vous pla[îi]t"
    r"|por favor|gracias|per favore|grazie|prego|obrigad[oa]|graag|a\.?u\.?b\.?|alstublieft|bedankt|tack"
    r"|tak|takk|venligst"
    r"|vennligst|kiitos|prosz[ęe]|dzi[ęe]kuj[ęe]|пожалуйста|спасибо|будь ласка|pros[ií]m|děkuji|köszönöm"
    r"|kérem|mulțumesc"
    r"|v[ăa] rog|l[üu]tfen|teşekkürler|παρακαλώ"
    r"|hi|hello|dear \w+|お願い(?:します|いたします|致します)|を|谢谢|請|请"
)
ALONE = re.compile(rf"^\W*(?:(?:{_COURTESY})\W*){{0,3}}(?:{_WORDS})\W*(?:(?:{_COURTESY})\W*){{0,3}}$", re.I)
"""A line that is a wish by itself, with courtesies around it."""

_CVS = (
    r"(?!.{0,40}(?:\bcvs?\b|resum[eé]s?\b|curr[ií]c|lebensl|candidat|kandidat|applica(?:nt|tion)s?\b"
    r"|bewerb|profil|\btwice\b|\bdocuments?\b|\bfiles?\b|\battachments?\b|unterlagen|\bdokument"
    r"|solicitud|sollicit|кандидат|резюме|\b(?:by|per) (?:post|fax|(?:tele)?phone|telefon)\b))"
)
"""What people do refuse to be sent, and mean nothing else by it."""
_LIST = r"(?:list|mailing|e-?mail|mail|database|distribution|newsletter|records?|contacts?\b|campaign|system)"
_THEIRS = r"(?:e-?mail|address|name|contact|details|personal|data|account|number|company)"
_ME = rf"(?:me|us|(?:my|our|this) {_THEIRS})"
_MAILS = r"(?:e-?mails?|mails?|messages?|newsletters?|spam|stuff|communications?)"
_POST = r"(?:e-?mails?|mails?|mailings?|nachrichten|newsletter|werbung|zusendungen)"
_WISHES = (
    # English
    rf"\b(?:un-?subscribe|remove|delete|erase) {_ME}\b.{{0,60}}?\b(?:{_LIST}|address)|\bopt {_ME} out\b",
    rf"\b(?:please |kindly )un-?subscribe\b(?! (?:him|her|them|(?:my|our) (?!{_THEIRS})))"
    rf"|\bunsubscribe (?:me|us)\b",
    r"\b(?:delete|erase) (?:all )?(?:of )?(?:my|our) (?:personal )?(?:data|details|information)\b"
    r"|\bforget me\b.{0,30}\bgdpr",
    r"\bremove (?:me|us)\b(?! from (?:the|this) (?:thread|cc|chain|meeting|call))",
    r"\b(?:want|wish|like|ask|need|request) (?:you )?to (?:unsubscribe|opt[- ]out|be (?:removed"
    r"|unsubscribed|taken off))\b(?! from the (?:wait|short|candid))",
    rf"\b(?:want|wish|like|ask|need|request) (?:you )?to stop (?:receiving|getting)\b{_CVS}",
    r"\b(?:stop|quit|cease) (?:e-?mailing|mailing|contacting|writing|messaging|spamming"
    r"|bothering)(?: to)? (?:me|us)\b",
    r"\b(?:stop|quit|cease) (?:e-?mailing|mailing|spamming)\W*$",
    rf"\b(?:stop|quit|cease) sending (?:me |us )?(?:(?:these|this|such|any|your|more|all|out) )*{_MAILS}\b",
    rf"\b(?:do not|don['’]t|never|not to) (?:e-?mail|contact|write(?: to)?|send|message|bother) (?:me|us"
    rf"|this address)\b"
    rf"{_CVS}.{{0,30}}\b(?:again|any ?more|any (?:longer|further)|further|future|unsolicited)\b",
    rf"\b(?:do not|don['’]t|no longer) (?:want|wish) to (?:receive|be contacted|hear from you|get (?:any"
    rf"|these|your))\b{_CVS}",
    rf"\bno (?:more|further) (?:{_MAILS}|contact)\b.{{0,10}}(?:please|from you|thank|\W*$)"
    rf"|\bnot wish to be contacted",
    rf"\btake (?:me|us) off\b.{{0,40}}\blist|\bopt(?:ing)?[- ](?:me |us )?out of\b.{{0,40}}{_LIST}",
    rf"\b(?:remove|delete|erase) {_ME}(?: {_THEIRS})?\W*$",
    r"\bmy (?:\w+ )?(?:address|data|details)\b\W.{0,20}\b(?:delete|remove|erase) (?:it|them)\b",
    # German
    r"\bwidersprech\w+.{0,60}\bmeiner (?:\w+ )?daten|\bnicht mehr (?:anschreiben|kontaktieren|anmailen)\b",
    r"\b(?:nehmen|l[öo]schen|entfernen|streichen|tragen|nimm|l[öo]sche|streiche"
    r"|trag) (?:sie )?(?:bitte )?(?:mich|uns|meine|unsere)\b"
    r"(?!.{0,60}\b(?:in (?:die|den|ihren?)|auf)\b).{0,60}(?:verteiler|liste|adresse|daten|kontakt|aus\b)",
    r"\b(?:mich|uns|(?:meine|unsere) (?:e-?mail-?)?(?:adresse|daten))\b.{0,40}\b(?:aus|von"
    r"|vom)\b.{0,30}(?:verteiler|liste|datenbank|kartei)\w*"
    r" (?:\w+ )?(?:zu )?(?:nehmen|streichen|l[öo]schen|entfernen|aus)",
    r"\baus (?:dem|ihrem|eurem|deinem) verteiler(?:\W*$| (?:bitte )?(?:nehmen|streichen|l[öo]schen"
    r"|entfernen|austragen|raus))|\b(?:abmelden"
    r"|austragen)\W*$|\bkeine werbung\b"
    r"|\bkeine weiteren e?-?mails\b",
    rf"\bkeine? (?:weitere[nr]? |solche[nr]? )?{_POST}\b(?!.{{0,50}}\b(?:erhalten|bekommen|gekommen"
    rf"|gesehen|gelesen)\b).{{0,50}}"
    r"\b(?:mehr|zusenden|schicken|senden|zukommen)\b",
    rf"\b(?:m[öo]chten?|will|wollen|w[üu]nsche\w*)\b(?:(?! f[üu]r ).){{0,30}}\b(?:abmelden|abbestellen"
    rf"|keine? (?:\w+ )?{_POST})\b"
    r"|\bnicht (?:mehr|weiter) (?:kontaktiert|angeschrieben)",
    r"\b(?:schreiben|kontaktieren|mailen|senden|schicken) sie (?:mir|uns"
    r"|mich) (?:bitte )?(?:nicht mehr(?! als| heute| vor| diese)|nichts mehr|k[üu]nftig nicht)",
    rf"\b(?:m[öo]chten?|will|wollen|w[üu]nsche\w*)\b{_CVS}.{{0,30}}\bkeine?\b.{{0,30}}\bmehr\b.{{0,30}}"
    r"\b(?:erhalten|bekommen|zugeschickt|zugesandt)\b",
    # French
    r"\b(?:veuillez|merci de|pri[èe]re de|pouvez-vous|je vous (?:prie|demande) de).{0,30}\b(?:me|nous"
    r"|mon adresse) ?"
    r"(?:d[ée]sinscri\w+|d[ée]sabonner|retirer|supprimer|radier|enlever|rayer)",
    r"\b(?:retirez|supprimez|enlevez|d[ée]sinscrivez|d[ée]sabonnez|rayez)[- ](?:moi|nous|mon adresse)"
    r"|\bme d[ée](?:sinscrire|sabonner)",
    r"\bne (?:plus|pas) (?:me |nous |m['’] ?)(?:contacter|[ée]crire|envoyer|solliciter|adresser)" + _CVS,
    rf"\bne (?:souhait\w+|veux|voulons|d[ée]sir\w+) (?:plus|pas) (?:[êe]tre (?:contact|sollicit)"
    rf"|recevoir)\b{_CVS}",
    rf"\bne (?:m['’]|nous )(?:[ée]crivez|envoyez|contactez) plus\b{_CVS}",
    r"\b(?:supprim|retir|enlev)(?:er|ez)\b.{0,20}\b(?:mon|mes) (?:adresse|donn[ée]es|coordonn[ée]es"
    r"|e-?mail|contact)",
    r"\b(?:retirer|supprimer|enlever) mon (?:e-?)?mail\b",
    # Spanish, Portuguese, Italian, Romanian
    r"\bno (?:me |nos )?vuelv\w+ a (?:escrib|contact|envi|mand)\w+|\bcancellazione (?:dei miei dati|dalla)",
    r"\b(?:darme|darnos|me den|d[ée]nme|dadme|d[ée]me|denos|dar) de baja\b|\bme d[ée] de baja"
    r"|\bcancelar mi suscripci[óo]n",
    r"\b(?:elim[íi]n|b[óo]rr|qu[íi]t)(?:e|en|a|ar)(?:me|nos)\b"
    r"|\b(?:elimin|borr)(?:ar|en|e) (?:mi|mis|nuestr[oa]s?) (?:correo|direcci[óo]n|datos)",
    rf"\bno (?:quiero|queremos|deseo|deseamos) (?:seguir )?(?:recib\w+|que (?:me|nos) \w+)\b{_CVS}",
    r"\b(?:dej|par)(?:e|en|a|em|ar)? de (?:(?:me|nos) )?(?:envi|escrib|contact|mand)\w*" + _CVS,
    rf"\bno (?:me|nos) (?:env[íi]|escrib|mand|contact)\w+ m[áa]s\b(?! (?:de|que|perfil|candidat|curr))"
    rf"|\bn[ãa]o (?:me|nos) (?:envi|mand|escrev|contact)\w+ mais\b{_CVS}",
    r"\b(?:remov|retir|tir|exclu)(?:a|e|er|am|em|ir)?[- ](?:me|nos)\b"
    r"|\b(?:remov|exclu)\w+ (?:o )?(?:meu|minha) (?:e-?mail|endere|contato|nome)",
    rf"\bn[ãa]o (?:quero|queremos|desejo|desejamos|gostaria de) (?:mais )?(?:receber|ser contactad)\b{_CVS}",
    r"\bcancelar (?:minha|a minha|a) (?:inscri|assinatura)|\bdescadastr(?:ar|e|em)\b",
    r"\b(?:vorrei|voglio|prego|per favore|desidero|chiedo)\b.{0,30}\b(?:disiscri|cancellat[oaie]\b"
    r"|(?:cancellar|rimuover|toglier|eliminar)(?:mi|ci)\b)",
    r"\b(?:cancell|rimuov|togli|elimin)(?:a|e|i)?te(?:mi|ci)\b"
    r"|\b(?:cancellami|rimuovimi|toglimi|disiscriv\w+)",
    rf"\bnon (?:voglio|desidero|vogliamo|desideriamo|intendo) (?:pi[ùu] )?(?:ricev"
    rf"|essere contatt)\w*{_CVS}|\bnon (?:scriv|contatt|invi|mand)\w+ pi[ùu]\b{_CVS}",
    r"\b(?:scoate[țt]i|[șs]terge[țt]i|elimina[țt]i|dezabona[țt]i)(?:-| )?(?:m[ăa]|ne|adresa)"
    r"|\bnu (?:mai )?(?:doresc|vreau) s[ăa] (?:mai )?primesc",
    # Dutch and the North
    r"\b(?:graag|wil|wilt|willen|gelieve|kunt|kun|verzoek)\b.{0,30}\b(?:uitschrijven|afmelden)"
    r"|\b(?:mij|me|ons|(?:mijn|onze) (?:e-?mail)?adres)\b"
    r".{0,40}\b(?:uit (?:uw|jullie|je|het|de) (?:\w+)?(?:bestand|lijst|database)|verwijderen|te verwijderen)",
    r"\b(?:haal|verwijder|schrap|schrijf) (?:mij|me|ons)\b.{0,40}\b(?:lijst|bestand|uit)\b"
    r"|\bniet meer (?:te )?(?:mailen|benaderen|contacteren)",
    r"(?<!heb )(?<!hebben )(?<!krijg )(?<!ontvang )\bgeen (?:verdere |nieuwe )?(?:e-?mails?|mails?|mailtjes"
    r"|nieuwsbrieven) meer\b(?!.{0,20}\b(?:gekregen|gezien)\b)|\b(?:wil|wens)\b.{0,20}\bgeen "
    r"(?:\w+ )?(?:e-?mails?|mails?|berichten|nieuwsbrieven)\b",
    r"\b(?:ta (?:bort|vekk)|fjern|slet|slett|stryk|stryg|radera) (?:mig|meg|mej|oss|os|min(?:e"
    r"|a)? (?:e-?post|mail|adress|uppgift|opplysn|oplysn|data)\w*)\b",
    r"\b(?:vill|vil|[öo]nskar|ønsker) (?:inte|ikke|ikkje) (?:\w+ ){0,3}?(?:\w*mail\w*|mejl|e-?post\w*"
    r"|nyhets\w*|nyheds\w*)\b|\bønsker ikke (?:at|å) bli\w* kontakt",
    r"\b(?:sluta|slut|stopp|stop|h[øo]r op|slutt)(?: med)? (?:att |at |å )?(?:skicka|sende|maila"
    r"|kontakt)\w*|\binga fler (?:mejl|mail)"
    r"|\bikke flere (?:mail|e-?post)|\b(?:av|af)(?:registrera|anmäl|sluta|meld) (?:mig|meg|mej|oss|os)\b",
    r"\b(?:mij|me|ons)\b.{0,30}\b(?:van|uit) .{0,20}(?:lijst|bestand|database)\b",
    r"\bpoistakaa? (?:minut|meidät|osoitteeni)|\ben halua (?:enää )?(?:vastaanottaa|saada)"
    r"|\bälkää (?:enää )?lähettäkö",
    r"\blopettakaa .{0,20}lähettämi|\blopeta .{0,20}lähettämi",
    # Polish, Czech, Slovak, Hungarian
    r"\b(?:prosz[ęe]|chc[ęe]|prosimy|chcia[łl]\w+)\b.{0,30}\b(?:wypisa[ćn]|(?:usuni[ęe]ci[ea]"
    r"|usun[ąa][ćc]) (?:mnie|nas|m[oó][ji]|nasz|adres|dan))"
    r"|\b(?:usu[ńn](?:cie)?|wypisz(?:cie)?) (?:mnie|nas|m[óo]j)",
    r"\bnie (?:chc[ęe]|życz[ęe]|chcemy|życzymy)\b.{0,30}(?:otrzymywa|dostawa)"
    + _CVS
    + r"|\bnie (?:wysyła|przysyła|pisa)\w*\b.{0,20}\b(?:maili|wi[ęe]cej)\b"
    + _CVS,
    r"\b(?:odhlaste|vyřaďte|vymažte|odstraňte|smažte|odhláste|vyraďte) (?:mě|mne|nás|ma|moj[ie]|můj|moju)"
    r"|\bne(?:přeji|chci|prajem|chcem)\b.{0,20}"
    r"\b(?:dostáva[tť]|zas[íi]l?[ae]ť?)|\b(?:již|už|viac) (?:mi )?ne(?:posílejte|pište|posielajte|píšte)"
    + _CVS,
    r"\b(?:töröljenek|vegyenek (?:le|ki)|iratkoztassanak le)\b"
    r"|\bnem (?:szeretnék|kérek|kívánok) (?:több|tovább)\w* (?:e-?mail|levelet|üzenet)",
    r"\bnie (?:chc|życz)\w*\b.{0,30}(?:mail|wiadomo[śs]ci|ofert)" + _CVS,
    r"\bnie (?:wysyła|przysyła|przesyła|pisa)\w*\b.{0,20}\b(?:ofert|wiadomo[śs]ci|e-?maili)" + _CVS,
    r"\bne (?:küldj|írj)\w+.{0,20}(?:több|e-?mail|levele|üzenet)",
    # Russian, Ukrainian
    r"прекратите (?:\w+ )?(?:рассыл|присыл|писать|слать)",
    r"\bне (?:надо|нужно|стоит)\b.{0,20}(?:писать|присылать|отправлять|слать|писем)" + _CVS,
    r"отпи(?:шите|сать) (?:меня|нас)|отпишите"
    r"|(?:удалите|исключите|уберите|вычеркните) (?:меня|нас|мой|наш|мою)"
    r"|не (?:пишите|присылайте|отправляйте|шлите)\b.{0,20}(?:мне|нам|больше)" + _CVS,
    r"больше не (?:пишите|присыла|отправля|шлите|писать|беспоко)\w*"
    + _CVS
    + r"|не (?:хочу|желаю|хотим) (?:больше )?получать"
    + _CVS,
    r"(?:видаліть|відпишіть) (?:мене|нас)|більше не (?:пишіть|надсилайте)"
    r"|не (?:хочу|бажаю) (?:більше )?отримувати",
    # Turkish, Greek, Arabic, Hebrew
    r"\b(?:e-?posta|mail|mesaj)\w* (?:durdur|kes)(?:un|in|unuz|iniz)\b",
    r"\b(?:beni|bizi|adresimi)\b.{0,40}\b(?:çıkar|sil)(?:ın|in|ınız|iniz|ir|ır)?\b"
    r"|\b(?:e-?posta|mail|mesaj)\w* (?:almak istemi|göndermeyin)\w*",
    r"διαγράψτε (?:με|μας)|δεν (?:επιθυμώ|θέλω) (?:πλέον )?να λαμβάνω|μη (?:μου )?(?:ξανα)?στέλνετε",
    r"(?:ألغوا|إلغاء) (?:اشتراكي|الاشتراك)|لا (?:أرغب|أريد).{0,20}(?:تلقي|استلام) |احذفوني|أزيلوني|إزالتي"
    r"|הסירו אותי|להסיר אותי",
    # Chinese, Japanese, Korean
    r"メールしないで",
    r"(?:将我|把我|將我)[^。！\n]{0,16}(?:移除|删除|刪除|退订|退訂|除名)"
    r"|(?:不要再|别再|別再|停止)[^。！\n]{0,12}(?:发|發|寄)送?(?:了|给我|任何|邮件|郵件|信|广告|\W|$)"
    r"|不(?:想|希望)再?收到",
    r"配信[をの]?(?:停止|解除|中止|不要)|配信を(?:止|や)め|メール[はをの]?.{0,8}"
    r"(?:送らないで|送信しないで|不要です"
    r"|停止|やめて|お断り|控えて)",
    r"(?:リスト|名簿)から.{0,6}(?:外して|削除|除外)|수신(?:을)? ?거부"
    r"|(?:메일|이메일).{0,10}(?:보내지 마|그만)|(?:명단|목록)에서.{0,6}(?:삭제|제외|빼)",
)
WISH = re.compile("|".join(_WISHES), re.I | re.S)
"""A sentence that asks for it."""
REFUSED = re.compile(
    r"\b(?:(?:do not|don['’]t|not) (?:want|wish|like) to|no need to|how (?:do|can) (?:i|we|they)|would not)"
    r" (?:unsubscribe|opt)",
    re.I,
)
"""A sentence that speaks of it and asks for something else."""
