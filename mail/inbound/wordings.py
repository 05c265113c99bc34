"""How mail systems of the world say that a delivery failed or waits: words, not rules.

Alone they prove nothing, for people say such things too; `bounces` asks who says them.
"""

from __future__ import annotations

import re

_FAILED = (
    # English
    r"undeliver(?:able|ed)|^nd[nr]\b|\bnon-?deliver(?:y|able)"
    r"|\bnot (?:yet )?(?:be |been )?(?:able to be )?deliver(?:ed|able)\b",
    r"deliver(?:y|ing).{0,60}\b(?:fail|delay|error|abort|unsuccessful|incomplete|problem)",
    r"fail(?:ed|ure)? (?:to|of|in) deliver|\breturn(?:ed|ing) to (?:the )?sender",
    r"\b(?:user|recipient|addressee|host|address|mailbox) (?:is )?unknown\b"
    r"|\bunknown (?:user|recipient)\b|no such user",
    # German
    r"unzustellbar|nicht (?:\w+ ){0,3}(?:zu|an|aus)?(?:ge|zu)?(?:stell|liefer)(?:t|bar|en)\b",
    r"zustell(?:fehler|verz[öo]gerung|bericht|problem)"
    r"|zustellung.{0,80}\b(?:fehl|nicht|gescheitert|verz[öo]ger|unm[öo]glich)",
    # French
    r"\bn['’](?:a|ont) (?:pas |pu |[êe]tre |[ée]t[ée] ){1,4}(?:d[ée]livr|remis|distribu|achemin|transmis"
    r"|envoy)",
    r"\bnon[- ](?:remis|distribu|d[ée]livr)"
    r"|[ée]chec .{0,20}(?:remise|livraison|distribution|envoi|transmission)",
    r"impossible de (?:remettre|d[ée]livrer|distribuer|transmettre)"
    r"|remise .{0,12}(?:diff[ée]r|retard|[ée]chou)",
    # Spanish, Portuguese, Italian, Romanian
    r"\bno (?:se |ha |han |he |fue |pudo |puede |podido |ser |sido ){0,4}(?:entreg|recapit|enviad)",
    r"\bn[ãa]o (?:p[ôo]de |pode |foi |poss[íi]vel |ser |est[áa] |sendo ){0,4}(?:entreg|enviad|enviar)",
    r"(?:error|fallo|falla|falha|erro) (?:de|en|na|no)(?: la| el)? (?:entrega|env[íi]o)"
    r"|imposs?[íi]vel entregar",
    r"imposible entregar|\bsin entregar|(?:mensaje|correo|mensagem|e-?mail) (?:devuelt|devolvid)"
    r"|entrega.{0,20}(?:fall[óo]|falhou)",
    r"\bnon (?:[èe]['’]? |pu[òo]['’]? |stato |essere |possibile |si ){0,4}(?:recapit|consegn|inoltr)",
    r"(?:mancat[ao]|errore (?:di|nell[ao]) ?) ?(?:recapito|consegna)|impossibile (?:recapitare|consegnare)",
    r"\b(?:nije|nisu|ni) (?:\w+ ){0,3}(?:isporu[čc]|dostav)|\bneisporu[čc]|\bнемогуће (?:доставити"
    r"|испоручити)"
    r"|\bnepristaty|\bnepieg[āa]d|\btidak (?:dapat|bisa) (?:di)?(?:kirim|terkirim)|\bgagal (?:di)?kirim",
    r"\bnu a (?:putut fi |fost )?livrat|\bnelivrat|livrare.{0,20}e[șs]uat",
    # Dutch and the North
    r"onbestelbaar|niet (?:worden |kunnen |kon |te |zijn )*(?:afgelever|bezorg|besteld|aflever)"
    r"|(?:aflever|bezorg)ing.{0,20}mislukt",
    r"\b(?:inte|ikke|ikkje) (?:\w+ ){0,4}(?:lever|skick|send)\w*|\bolever|misslyckad leverans"
    r"|levering\w* .{0,20}mislyk",
    r"\bei (?:voi(?:tu|da|nut)? ?)?(?:\w+ ){0,2}toimit|toimitus.{0,20}ep[äa]onnistu",
    # Polish, Czech, Slovak, Russian, Ukrainian
    r"\bnie (?:mo[żz]\w+ |mog[łl]\w+ |zosta[łl]\w* |uda[łl]o si[ęe] "
    r"|by[ćc] ){0,3}(?:zosta[ćc] )?(?:dostarcz|dor[ęe]cz)|niedostarcz|niedor[ęe]cz",
    r"\bne(?:byla |bylo |byl |lze |bolo |bola |mo[hž]\w+ |podařilo se )(?:mo[žz]n[ée] "
    r"|b[ýy]t )?(?:\w+ ){0,2}doru[čc]|\bnedoru[čc]",
    r"\bне (?:может|могло|удалось|удаётся|удается|был[аио]?|вдалося|може|було)\b.{0,60}(?:достав|отправ"
    r"|надісл)",
    r"\bне ?доставл|ошибка (?:при )?доставк|невозможно доставить|невозможна доставка",
    # Turkish, Greek, Hungarian, Arabic, Hebrew, Vietnamese
    r"(?:teslim edil|ilet?il|gönderil)e(?:me|mi)|teslimat.{0,20}(?:başarısız|hata)"
    r"|δεν (?:\w+ ){0,3}παρ[αά]δ|παράδοση.{0,20}απέτυχε",
    r"(?:\bnem|sikertelen) .{0,30}kézbesít|kézbesíthetetlen|تعذر|فشل.{0,20}(?:تسليم|إرسال|توصيل)"
    r"|لم يتم (?:تسليم|إرسال|توصيل)",
    r"המסירה.{0,20}נכשלה|לא ניתן (?:היה )?למסור|לא נמסר|không (?:thể )?(?:\w+ ){0,2}(?:gửi|chuyển|phân phối)",
    # Japanese, Chinese, Korean
    r"(?:配信|配送|送信|送達|転送|お?届け)(?:する(?:こと)?)?[がをは]?(?:でき|出来|されま|られま)(?:ません|ない|なかった|せん)",
    r"(?:配信|配送|送信|送達).{0,4}(?:失敗|エラー|不能|不可)|不達|届けられ|届きません|宛先不明|エラーメール",
    r"退信|退回|(?:无法|無法|未能|不能|没有)(?:被|成功)?(?:投[递遞]|送[达達]|发送|傳送|[传傳][递遞]|寄送)|(?:投[递遞]|发送|傳送|送信)失[败敗]",
    r"ไม่สามารถ(?:ส่ง|จัดส่ง|นำส่ง)|(?:ส่ง|จัดส่ง).{0,20}ล้มเหลว",
    r"반송|(?:전송|전달|배달|발송).{0,8}(?:실패|못|수 없)",
)
_IN_SUBJECT = (
    r"undeliver|delivery (?:status|report|notification)|(?:mail|message) delivery\b"
    r"|failure (?:notice|delivery)",
    r"\breturn(?:ed|ing) (?:mail|message)"
    r"|\b(?:mail|message)\b.{0,60}\b(?:failed|undeliverable|could not be)\b|^bounce \S+@\S+:"
    r"|\b(?:mail|message|e-?mail|system) (?:system )?(?:error|failure|failed|rejected|bounced?)\b",
    r"(?:message|mail|warning).{0,40}\bdelay|delayed (?:mail|message|delivery)"
    r"|\bcould not (?:be )?(?:sen[dt]|deliver)",
    r"rejected (?:mail|message|posting)"
    r"|(?:mail|message) (?:was |is |you sent |to .{1,60} )*(?:blocked|quarantined|refused|frozen|rejected)",
    r"mailbox (?:is |quota )?(?:full|exceeded|unavailable)|over quota|quota exceeded",
    r"(?:error|problem) (?:in |while )?(?:sending|delivering|with) (?:your )?(?:mail|message|e-?mail)"
    r"|unsolicited bulk e-?mail",
    r"\bnot (?:a )?(?:list )?member|not allowed to post|post(?:ing)? (?:was |is )?(?:rejected|denied)"
    r"|\bloop (?:alert|detected)|too many hops",
    r"zustellung|non (?:deliverable|recapit)|no se pud?[oe]|配信|送信できま|banned contents"
    r"|\bvirus\b.{0,20}\b(?:in|found|from) .{0,20}you",
)
_IN_TEXT = (
    r"(?:could|can|was|were|is|are|be|has|have|did|does)(?: ?not|n['’]t) (?:be |been |yet )*(?:deliver"
    r"|sent to|sent\b|reach|relayed)",
    r"could(?: not|n['’]t) (?:reach|deliver|complete delivery)|cannot (?:be )?(?:deliver|forward|send)",
    r"unable to (?:be )?(?:deliver|relay|forward|send|reach)|deliver.{0,60}\battempt"
    r"|did not receive (?:the|your|this) message",
    r"permanent(?: fatal)? (?:delivery )?(?:error|failure)s?|following address(?:es|\(es\))?"
    r"|recipient(?:s|\(s\))?.{0,40}\bfail",
    r"\b(?:was|been|is) (?:\w+ )?(?:rejected|refused|bounced|blocked)\b|transcript of (?:the )?session"
    r"|session transcript|qmail-send",
    r"created automatically by mail|this is the (?:\S+ )?mail|message.{0,40}\b(?:bounced|rejected|refused)",
    r"\bdelay in (?:the )?delivery|need to re-?send (?:your|this|the) (?:e-?mail|message)",
    r"\b(?:address|user|recipient|mailbox|account)\b.{0,60}\b(?:unknown|not (?:known|found|valid|in use)"
    r"|does not exist"
    r"|no longer (?:valid|exists?|in use|active)|invalid)\b|\bnot accepted because\b",
    r"mailbox (?:is )?(?:full|unavailable|not found)"
    r"|delivery of (?:the|your) (?:e-?mail|message) was stopped|not been delivered|over quota",
    r"\bmail(?:er)?[- ](?:delivery )?(?:sub)?system\b.{0,60}\b(?:error|report|return)"
    r"|error (?:has been |was )?(?:reported|returned|occurred)",
)
SUBJECT = re.compile("|".join((*_FAILED, *_IN_SUBJECT)), re.I)
"""A subject that speaks of a failed or delayed delivery."""
_NOTICE = re.compile("|".join((*_FAILED, *_IN_TEXT)), re.I)

_DELAYED = re.compile(
    r"warning message only|(?:not|n['’]t) (?:need|have) to re-?send|still being retried"
    r"|will (?:be |keep |continue |now )?(?:to )?(?:be )?(?:on )?(?:re-?tr[iy]|try|attempt|keep)"
    r"|(?:has|have) not (?:yet|been delivered (?:yet|after))|has been delayed|\bis delayed\b"
    r"|delivery (?:is |has been )?delayed|\bdelayed \d|\b(?:mail|message|delivery) delayed\b"
    r"|attempts? (?:to deliver|will).{0,60}continue|not yet been delivered|temporarily delayed"
    r"|will be retried"
    r"|delivery status notification \((?:delay|warning)\)|temporary (?:failure|error|problem)|\bso far\b"
    r"|status notification: warning|delivery delayed|will keep (?:on )?trying"
    r"|verz[öo]ger|noch nicht zugestellt|wird (?:es )?weiterhin versuch|vor[üu]bergehend"
    r"|retard[ée]|diff[ée]r[ée]e|temporairement|pas encore [ée]t[ée]|se retras|retrasad|a[úu]n no se ha"
    r"|temporalmente"
    r"|in ritardo|ritardat|temporaneamente|atrasad|ainda n[ãa]o foi|temporariamente|vertraag|nog niet"
    r"|f[öo]rdr[öo]j|forsink"
    r"|op[óo][źz]ni|zpožd|задерж|ещё не|еще не|gecik|遅延|遅れ|延[迟遲]|지연",
    re.I | re.S,
)
_STILL = re.compile(
    r"warning (?:message )?only|still being retried|will be retried (?:until|for)"
    r"|will retry for \d|will be retrying",
    re.I,
)
"""What no mail system says that has given up."""
_FOR_GOOD = re.compile(
    r"giv(?:en|ing) up|gave up|has been (?:removed|returned)|permanent|no further attempts|failed permanently"
    r"|could not be delivered for|status notification \(failure\)|returning message|returned to sender"
    r"|(?:will )?not (?:try|be retried|going to try)|endg[üu]ltig|d[ée]finitiv",
    re.I,
)


def tell_of_failure(text: str) -> bool:
    """Whether a text speaks of a failed or delayed delivery, wherever its lines break."""
    return bool(_NOTICE.search(" ".join(text.split())))


def tell_of_delay(text: str) -> bool:
    """Whether a mail system says that it still tries, and not that it has given up."""
    flat = " ".join(text.split())
    return bool(_STILL.search(flat) or (_DELAYED.search(flat) and not _FOR_GOOD.search(flat)))
