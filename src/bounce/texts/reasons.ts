/**
 * What mail systems say when mail comes back for good, as data: pieces of their sentences, folded as `folded` folds (lower case, straight
 * quotes, one blank, none between Chinese or Japanese characters). They come from Postfix, sendmail, Exim, qmail, Exchange, Domino, Gmail,
 * Yahoo, GMX, Web.de, Orange, Free, Libero, QQ, 163, the Japanese carriers and others. A new one is a line here and a message in test/bounce.
 */
import type { BounceReason } from '../../model/route.ts';
import { phrases } from './phrases.ts';

/** Of several classes the one that is named first counts. */
export const reasonTexts: Readonly<Record<Exclude<BounceReason, 'other'>, readonly string[]>> = {
  full: [
    // en
    ...phrases(`
      mailbox full | mailbox is full | mailbox was full | mail box full | mail box is full | inbox is full | inbox full |
      account is full | over quota | over-quota | overquota | over its quota | over the quota | over the maximum allowed quota |
      quota exceeded | quota exceed | quota is exceeded | quota has been exceeded | exceeds quota | exceeded storage allocation |
      exceeds storage | exceeded the storage | out of storage space | exceeded his/her quota | exceeded their quota |
      exceeded its quota | insufficient disk quota | disk quota exceeded | not enough storage space | insufficient storage |
      no storage space | mailbox size limit | mailbox disk quota | mailbox exceeds allowed size | maildir over quota |
      maximum mailbox size | can't accept messages now because it is full | user has exhausted allowed storage |
      too many messages in the mailbox | mailfolder is full | mail folder is full | exceeded the local limit |
      mailbox limit exceeded | storage limit | exceed quota | exceed the quota | exceeds the quota | mailbox too full
    `),
    // de
    ...phrases(`
      postfach voll | postfach ist voll | postfach des empfängers ist voll | das postfach ist zu voll | mailbox ist voll |
      speicherplatz überschritten | speicherplatz erschöpft | kontingent überschritten | quota überschritten | speicherbegrenzung |
      speicherlimit | überfüllt | empfängers ist voll
    `),
    // fr
    ...phrases(`
      boîte aux lettres pleine | boîte aux lettres est pleine | boîte de réception est pleine | boite aux lettres pleine |
      boite aux lettres est pleine | messagerie est pleine | boîte pleine | quota dépassé | quota depasse | dépassé son quota |
      espace de stockage saturé | destinataire est pleine
    `),
    // es
    ...phrases(`
      buzón lleno | buzón está lleno | buzon lleno | buzón de correo lleno | buzón del destinatario está lleno | cuota excedida |
      ha superado la cuota | ha excedido su cuota | sin espacio en el buzón | bandeja de entrada está llena
    `),
    // it
    ...phrases(`
      casella piena | casella di posta piena | casella è piena | casella di posta è piena | casella postale piena | spazio esaurito |
      quota superata | ha superato la quota | destinatario è piena
    `),
    // pt, nl, sv, da, no, fi, pl, cs, ru, tr, id, ko
    ...phrases(`
      caixa postal cheia | caixa de correio cheia | caixa de correio do destinatário está cheia | caixa de entrada está cheia |
      postbus vol | postvak vol | postvak is vol | mailbox is vol | brevlådan är full | inkorgen är full | postkassen er fuld |
      postboksen er full | postilaatikko on täynnä | skrzynka pełna | skrzynka jest pełna | skrzynka odbiorcy jest pełna |
      schránka je plná | почтовый ящик переполнен | ящик переполнен | posta kutusu dolu | kotak surat penuh | kotak masuk penuh |
      penyimpanan penuh | 메일함 용량 | 메일박스 용량
    `),
    // zh
    ...phrases(`
      邮箱已满 | 邮箱满 | 邮箱空间不足 | 邮箱容量不足 | 超出邮箱容量 | 邮箱的容量已满 | 存储空间已满 | 收件箱已满 | 信箱已滿 | 信箱已满 | 空间已满 | 空间不足 | 容量已满 | 信箱空間不足 | 邮箱已超
    `),
    // ja
    ...phrases(`
      メールボックスがいっぱい | メールボックスが一杯 | メールボックスの容量 | 受信箱がいっぱい | 容量を超え | 容量オーバー
    `),
  ],
  policy: [
    // en
    ...phrases(`
      spam | blocked | blacklist | black list | blocklist | block list | denylist | dnsbl | poor reputation | low reputation |
      bad reputation | policy reasons | policy violation | violates policy | violation of policy | administrative prohibition |
      administratively prohibited | administratively denied | prohibited content | content rejected | message content | virus |
      malware | not authorized to send | not authorised to send | don't have permission to send | do not have permission to send |
      permission to post | only accepts messages from | only accepting mail from | restricted sender | sender rejected |
      sender address rejected | sender not allowed | unauthenticated email | unauthenticated mail | dmarc | spf check |
      spf validation | dkim | access denied by policy | unsolicited | bulk mail | rejected for policy | rejected due to |
      message rejected as | rate limit | attachment type | file type | looks like phishing | recipient preferences | policy restrictions | local policy | ip reputation | reputation of | sender denied | content denied |
      frequency limited | because of its attachment | on a list of | listed in | listed at | suspicious
    `),
    // de
    ...phrases(`
      spamverdacht | unerwünscht | gesperrt wegen | absender abgelehnt | nicht berechtigt | keine berechtigung | richtlinie
    `),
    // fr
    ...phrases(`
      indésirable | liste noire | expéditeur refusé | pas autorisé à | n'êtes pas autorisé
    `),
    // es, it, pt
    ...phrases(`
      no deseado | lista negra | remitente rechazado | no tiene permiso | indesiderat | lista nera | mittente rifiutato |
      non è autorizzat | indesejad
    `),
    // zh, ja
    ...phrases(`
      垃圾邮件 | 反垃圾 | 黑名单 | 被拦截 | 拒收 | 信誉 | 违规 | 垃圾郵件 | 迷惑メール | ブラックリスト | 受信拒否 | 受信を拒否 | 拒否設定
    `),
  ],
  unknown: [
    // en
    ...phrases(`
      user unknown | unknown user | unknown recipient | unknown address | unknown mailbox | unknown local | unknown account |
      unknown or illegal alias | recipient unknown | address unknown | mailbox unknown | account unknown | addressee unknown |
      no such user | no such mailbox | no such recipient | no such address | no such account | no such person | no such domain |
      no such email address | no mailbox here by that name | no mailbox by that name | no mailbox found | no user by that name |
      no account by that name | not a valid recipient | not a valid mailbox | not a valid user | not a known user | not known here |
      invalid recipient | invalid mailbox | invalid user | invalid address | doesn't exist | does not exist | non-existent |
      nonexistent | non existent | user not found | recipient not found | address not found | mailbox not found | account not found |
      not listed in domino directory | not listed in public name | recipnotfound | resolver.adr | doesn't have a yahoo |
      doesn't have an account | does not have an account | mailbox unavailable | mailbox not available | account has been disabled |
      account is disabled | account disabled | account has been suspended | account is inactive | account inactive | account closed |
      account has been closed | account expired | mailbox disabled | mailbox is disabled | mailbox has been disabled |
      mailbox is inactive | mailbox inactive | mailbox has been deactivated | user disabled | user is inactive | disabled recipient |
      email account that you tried to reach is disabled | no longer available | no longer active | no longer in use | no longer valid |
      no longer works here | has left the company | user has moved | undeliverable address | name is not recognized | user not exist | mailbox not exist | address not exist | account not exist | mailbox has been blocked |
      account has been blocked | account is blocked | account blocked | mailbox is blocked | mailbox blocked | mailbox is locked |
      account is locked | not a recognized | illegal host/domain | host unknown | host not found |
      domain not found | unknown host | name service error | nullmx | null mx | does not accept mail | unrouteable address |
      unroutable address | unrouteable mail domain | no mail hosts for domain | can't find any host named | couldn't find any host |
      domain name not found | address couldn't be found | you entered couldn't be found | address could not be found |
      recipient could not be found | user could not be found | address was not found | recipient was not found | user was not found |
      wasn't found at | adresse wurde nicht gefunden | empfänger nicht gefunden | e-mail-adresse wurde nicht gefunden
    `),
    // de
    ...phrases(`
      unbekannter benutzer | benutzer unbekannt | empfänger unbekannt | unbekannter empfänger | adresse unbekannt |
      unbekannte adresse | adresse ist unbekannt | existiert nicht | nicht bekannt | nicht vorhanden | konto ist deaktiviert |
      konto wurde deaktiviert | postfach ist deaktiviert
    `),
    // fr
    ...phrases(`
      utilisateur inconnu | destinataire inconnu | adresse inconnue | adresse d au moins un destinataire invalide |
      destinataire invalide | n'existe pas | n'existe plus | introuvable | compte désactivé | boîte aux lettres désactivée |
      boite aux lettres inconnue
    `),
    // es
    ...phrases(`
      usuario desconocido | destinatario desconocido | dirección desconocida | no existe | no se ha encontrado | no se encontró |
      cuenta deshabilitada | buzón desconocido | usuario inexistente
    `),
    // it
    ...phrases(`
      utente sconosciuto | destinatario sconosciuto | indirizzo sconosciuto | indirizzo inesistente | utente inesistente |
      casella inesistente | non esiste | non trovato | casella disabilitata
    `),
    // pt, nl, sv, da, no, fi, pl, cs, ru, tr, id, ko
    ...phrases(`
      usuário desconhecido | utilizador desconhecido | destinatário desconhecido | não existe | não foi encontrado |
      onbekende gebruiker | gebruiker onbekend | adres onbekend | bestaat niet | okänd användare | okänd mottagare | finns inte |
      hittades inte | findes ikke | ukendt bruger | finnes ikke | ukjent bruker | ei ole olemassa | nieznany użytkownik |
      nie istnieje | neexistuje | пользователь не найден | не существует | не найден | нет такого пользователя | bulunamadı |
      kullanıcı bilinmiyor | tidak ditemukan | tidak dikenal | 존재하지 않 | 없는 사용자 | 없는 계정
    `),
    // zh
    ...phrases(`
      不存在 | 无此用户 | 没有此用户 | 查无此人 | 找不到收件人 | 收件人地址错误 | 收件人地址无效 | 无效的收件人 | 已注销 | 已停用 | 被禁用 | 用户未找到 | 使用者不明 | 查無此
    `),
    // ja
    ...phrases(`
      見つかりません | 存在しません | 存在しない | 宛先不明 | ユーザーが不明 | ユーザ不明 | あて先不明 | 宛先が間違って | 該当するユーザ | リストにありません
    `),
  ],
};
