"""How mail programs of the world introduce quotations and sign: words, not rules."""

from __future__ import annotations

import re

WROTE = (
    r"wrote|writes|sent|has written|schrieb|schreibt|geschrieben|a (?:é|e\u0301|e)crit|(?:é|e)crivait"
    r"|escribi(?:ó|o)|escrib[ei]a"
    r"|ha escrito|va escriure|ha scritto|scrisse|schreef|heeft.{0,160}geschreven|volgende geschreven"
    r"|het volgende"
    r"|skrev|skrifa(?:ð|d)i|escreveu|escreveram|kirjoitti|napisa(?:ł|l)(?:\(a\)|a)?|napsal(?:\(a\)|a)?"
    r"|nap(?:í|i)sal(?:\(a\)|a)?"
    r"|написал(?:\(а\)|а)?|пишет|пише|написав(?:\(ла\))?|написа|píše|pisze|írta|a scris|je napisa[ol]"
    r"|napisao(?:/la)?|je pisal"
    r"|έγραψε|yazdı|şunları yazdı|đã viết|menulis|כתב(?:/ה)?|כתבה|كتب|rašė|rakstīja|kirjutas"
)
WROTE_CJK = r"写道|寫道|wrote：|のメール|さんは書きました|は書きました|書き込みました|님이 작성|작성:|さん\)"
LEADS = (
    r"on|am|le|el|op|den|il|em|dnia|w dniu|dne|kl|pe|vào|pada|at|in(?: data)?|em|a|il giorno|de|på|um|ti"
    r"|ke|ma|to|pe|la|su|"
    r"в|у|on|στις|tarihinde|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun),"
    r"|pon|wt|śr|czw|pt|sob|niedz|po|út|st|čt|pá|so|ne|"
    r"пн|вт|ср|чт|пт|сб|вс|\w+ kello|kello|data|(?:lun|mar|mer|jeu|ven|sam|dim)\.?|\d{1,2}[./ ]|ב-?"
    r"|בתאריך|في"
)
LEADS_CJK = r"missatge de |在|于|於|\d{4}年|\d{4}-\d|\d{4}/\d|\d{4}\. ?\d"
ORIGINAL = (
    r"original[- ](?:message|e?-?mail|appointment)|urspr(?:ü|ue)ngliche (?:nachricht|e?-?mail|mail)"
    r"|originalnachricht"
    r"|message d['’]origine|message (?:original|initial)|mensaje original|messaggio originale"
    r"|mensagem original"
    r"|oorspronkelijk(?:e)? (?:bericht|e-?mail)|oprindelig (?:meddelelse|besked)|opprinnelig (?:melding"
    r"|e-post)"
    r"|ursprung(?:ligt|sligt) (?:meddelande|mail)|originalmeddelande|alkuperäinen viesti"
    r"|wiadomość oryginalna"
    r"|oryginalna wiadomość|исходное сообщение|оригинальное сообщение|původní (?:zpráva|e-mail)"
    r"|pôvodná správa|eredeti üzenet"
    r"|orijinal mesaj|mesajul original|forwarded (?:message|by|email)|weitergeleitete nachricht"
    r"|message transf[ée]r[ée]"
    r"|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht"
    r"|videresendt (?:besked|melding)"
    r"|vidarebefordrat meddelande|välitetty viesti|wiadomość przekazana dalej|пересылаемое сообщение"
    r"|přeposlaná zpráva"
    r"|begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-?mail)"
    r"|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])"
    r"|inizio (?:del )?messaggio inoltrato|inicio del mensaje reenviado"
    r"|início da mensagem (?:re)?encaminhada|begin doorgestuurd bericht"
    r"|reply message|original text"
    r"|转发邮件|原始邮件|原始郵件|邮件原件"
    r"|元のメッセージ|転送されたメッセージ|원본 메일|원본 메시지"
)
_NAMES = {
    "from": "from von de da van fra från från: od от від feladó lähettäjä kimden gönderen από nadawca"
    " expéditeur"
    " absender mittente remitente afzender avsender avsändare"
    " 发件人 寄件者 寄件人 差出人 보낸사람 보낸_사람 מאת من de_la từ dari",
    "sent": "sent date gesendet datum envoyé date_d'envoi enviado enviado_el enviada_em inviato"
    " verzonden sendt skickat"
    " wysłano wysłane data dato fecha päivämäärä lähetetty elküldve dátum отправлено дата надіслано"
    " odesláno odoslané"
    " tarih gönderildi gönderme_tarihi"
    " 发送时间 日期 寄件日期 傳送日期 送信日時 日付 보낸날짜 보낸_날짜 날짜 ngày trimis sent_at"
    " date_envoi inviata fecha_de_envío received σταλθηκε ημερομηνία נשלח تاريخ",
    "to": "to an à a para aan til till do кому кому: címzett vastaanottaja kime προς destinataire"
    " empfänger destinatario"
    " 收件人 收件者 宛先 받는사람 받는_사람 אל إلى pro komu către đến kepada",
    "subject": "subject betreff betrifft objet asunto oggetto onderwerp emne ämne temat assunto aihe"
    " tárgy тема předmet"
    " predmet konu θέμα 主题 主旨 件名 제목 נושא subiect tiêu_đề re reply-to risposta antwort_an",
    "cc": "cc kopie kopia copie copia kopi dw копия másolat 抄送 副本 참조 ccopy bcc",
}
FIELDS = {name.replace("_", " "): field for field, names in _NAMES.items() for name in names.split()}
"""The labels of a quoted head, in lower case, and the field that each one names."""

SIGNATURE = re.compile(r"^\s*(?:--|—|––|-- |\u2014\u2014|-\s?-)\s*$|^\s*-{2,3}\s*$")
_DEVICE = (
    r"mobile|phone|handy|smartphone|iphone|ipad|android|blackberry|outlook|tablet|telefon|m[óo]vil|celular"
)
SENT_FROM = re.compile(
    r"^[(<\[*_ ]*(?:"
    r"sent (?:from|via|with|using|by) .{2,110}|get (?:outlook|the .{1,20} app) for .{2,60}"
    r"|(?:t[ée]l[ée]charg\w+|obt[ée]n\w+|descarg\w+|ottieni|scarica\w*|obter|baixe|hol(?:en)? sie sich"
    r"|laden sie|download|hämta|hent"
    r"|pobierz|získat|скачать|установи\w+|загрузить) outlook .{2,60}"
    r"|(?:gesendet|versendet|verschickt) (?:von|mit|über|aus|vom) .{2,60}|von meinem .{2,40} (?:gesendet"
    r"|versendet).{0,60}"
    r"|(?:diese|die) nachricht wurde (?:von|mit) .{2,80} gesendet\W*|envoy[ée]e? (?:depuis|de|à partir"
    r"|avec) .{2,60}"
    r"|(?:enviado|enviada|enviat) (?:desde|con|de|do|da|por|pelo|a partir|via|des de) .{2,60}"
    r"|inviat[oa] (?:da|dal|con|tramite) .{2,60}"
    r"|(?:verzonden|verstuurd) (?:vanaf|met|van|via) .{2,60}|sendt fra .{2,60}|skickat (?:från"
    r"|med) .{2,60}|lähetetty .{2,60}"
    r"|wysłan[eoy] (?:z|za) .{2,60}|(?:отправлено|надіслано) (?:с|из|з|від|через) .{2,60}|odesláno (?:z"
    r"|ze) .{2,60}"
    r"|odoslané (?:z|zo) .{2,60}|.{2,40}(?:küldve|gönderildi)\W*|trimis (?:de|din) .{2,40}|poslano (?:z"
    r"|s|iz) .{2,40}"
    rf"|(?:someone )?from (?:my )?.{{0,20}}(?:{_DEVICE}).{{0,20}}|yahoo mail: .{{2,60}}"
    r")$|^iPhone\s?から送信|^從我的 .* 傳送|^从我的 .* 发送|^发自我的|^나의 .*에서 보냄|^.{0,40}から送信\W*$",
    re.I,
)
DISCLAIMER = re.compile(
    r"^[*_\s]*(?:disclaimer|confidentiality(?: notice| note)?|legal notice|vertraulichkeitshinweis"
    r"|haftungsausschluss)\b[^\n]{0,10}$"
    r"|^[*_\s]*(?:confidentiality (?:notice|note)|disclaimer|aviso (?:legal|de confidencial\w+)|avertissement"
    r"|avviso(?: di riservatezza)?|(?:clause|note) de confidentialit[ée]|vertraulichkeitshinweis)\s*:"
    r"|^[*_\s]*(?:important|notice)\s*:.{0,60}\b(?:e-?mail|message)\b.{0,60}\b(?:confidential|privileged"
    r"|intended)"
    r"|^[*_\s]*(?:the information (?:contained )?in this (?:communication|e-?mail|message|transmission)"
    r"|this (?:e-?mail|message|communication)"
    r"(?:,? (?:and|including|together with|with) (?:any|all|its) [\w\s()]{0,40})?,? (?:is|are|may be"
    r"|may contain|contains?|has been)"
    r" (?:\w+ ){0,4}(?:confidential|privileged|intended|scanned)"
    r"|diese e-?mail enth(?:ä|ae)lt vertrauliche|ce (?:message|courriel)[^\n]{0,60}confidentiel"
    r"|este (?:mensaje|correo)[^\n]{0,60}confidencial"
    r"|dit (?:e-?mail)?bericht[^\n]{0,60}vertrouwelijk|questo messaggio[^\n]{0,80}(?:confidenzial"
    r"|riservat))",
    re.I,
)
BANNER = re.compile(
    r"^\W*(?:caution|external(?: e-?mail| sender)?|warning|achtung|extern)\b\W.{0,80}"
    r"(?:originat|outside|external|extern|außerhalb)",
    re.I,
)
