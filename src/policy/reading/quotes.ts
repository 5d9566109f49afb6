/**
 * Where quoted mail begins in a text: attribution lines, header blocks, separators, `>` marks, as mail clients and help desks
 * write them in many languages. Words only; which lines belong to what is decided in `lines.ts`.
 */

/** "… wrote:" in the languages of mail clients; looked for in lower case. */
const wrote = [
  'wrote',
  'writes',
  'schrieb',
  'geschrieben',
  'ha scritto',
  'scrive',
  'skrev',
  'escribió',
  'escribio',
  'a écrit',
  'a ecrit',
  'schreef',
  'geschreven',
  'escreveu',
  'napisał',
  'pisze',
  'menulis',
  '写道',
  '寫道',
  '写到',
  '的邮件',
  'のメール',
  '書きました',
  '書いた',
  'kirjoitti',
  'napsal',
  'írta',
  'yazdı',
  'написал',
  'пишет',
  '작성',
] as const;

/** Names of header fields as mail clients translate them, by what they mean. */
const fieldNames = {
  from: `from|von|da|från|de|van|od|dari|fra|absender|mittente|expéditeur|expediteur|afzender|remitente|remetente|nadawca|pengirim|avsändare
    |发件人|發件人|寄件者|寄件人|差出人|送信者|lähettäjä|kimden|от|보낸 사람|보낸사람`,
  sent: `sent|date|gesendet|datum|gesendet am|inviato|data|skickat|enviado|enviado el|fecha|envoyé|envoye|verzonden|wysłano|dikirim|tanggal|sendt|dato
    |发送时间|發送時間|发送日期|日期|时间|寄件日期|送信日時|日時|日付|lähetetty|odesláno|gönderildi|дата|보낸 날짜`,
  to: `to|an|a|till|para|à|aan|do|kepada|untuk|til|destinatario|destinataire|empfänger|收件人|收件者|宛先|送信先|vastaanottaja|komu|kime|кому|받는 사람|cc|kopie|抄送`,
  subject: `subject|betreff|oggetto|ämne|asunto|objet|sujet|onderwerp|temat|subjek|perihal|judul|emne|assunto|主题|主題|主旨|件名|aihe|předmět|konu|тема|제목`,
} as const;

type FieldKind = keyof typeof fieldNames;

const kindOfName: ReadonlyMap<string, FieldKind> = new Map(
  (Object.keys(fieldNames) as FieldKind[]).flatMap((kind) => fieldNames[kind].split('|').map((name) => [name.trim(), kind] as const)),
);

/** Between dashes, or as a line of its own. */
const separators = [
  'original message',
  'ursprüngliche nachricht',
  'originalnachricht',
  'original-nachricht',
  'ursprüngliche mail',
  'messaggio originale',
  'originalmeddelande',
  'ursprungligt meddelande',
  'mensaje original',
  "message d'origine",
  'message original',
  'message initial',
  'oorspronkelijk bericht',
  'mensagem original',
  'oryginalna wiadomość',
  'wiadomość oryginalna',
  'wiadomość pierwotna',
  'pesan asli',
  'pesan sebelumnya',
  'oprindelig meddelelse',
  'opprinnelig melding',
  'alkuperäinen viesti',
  '原始邮件',
  '原邮件',
  '原始郵件',
  '原件',
  '元のメッセージ',
  'オリジナルメッセージ',
  'forwarded message',
  'begin forwarded message',
  'weitergeleitete nachricht',
  'messaggio inoltrato',
  'vidarebefordrat meddelande',
  'mensaje reenviado',
  'message transféré',
  'doorgestuurd bericht',
  'mensagem encaminhada',
  'wiadomość przekazana',
  'pesan yang diteruskan',
  'pesan terusan',
  '转发邮件',
  '转发的邮件',
  '転送メッセージ',
  '転送されたメッセージ',
] as const;

/** What help desks put above the history: "reply above this line". */
const aboveThisLine = [
  'above this line',
  'oberhalb dieser zeile',
  'über dieser zeile',
  'sopra questa riga',
  'sopra questa linea',
  'ovanför denna rad',
  'ovanför den här raden',
  'encima de esta línea',
  'por encima de esta línea',
  'au-dessus de cette ligne',
  'boven deze regel',
  'boven deze lijn',
  'acima desta linha',
  'powyżej tej linii',
  'di atas baris ini',
  'この行より上',
  'この線より上',
  '在此行上方',
  '此行以上',
] as const;

/** Marked with `>` (also after blanks). */
export const isMarked = (line: string): boolean => /^\s{0,8}[>＞]/.test(line);

/** A header field as a client quotes it; `*From:*` of text made from HTML too. */
export function fieldKindOf(line: string): FieldKind | undefined {
  const start = line.slice(0, 40).toLowerCase();
  const colon = start.search(/[:：]/);
  if (colon < 1) return undefined;
  return kindOfName.get(
    start
      .slice(0, colon)
      .replace(/[*\s\u00a0]+/g, ' ')
      .trim(),
  );
}

/** "Reply above this line": help desks put it above the history, or on top of what they write themselves. */
export function isReplyMark(line: string): boolean {
  if (line.length > 160) return false;
  const bare = line.toLowerCase().trim();
  return (bare.startsWith('##') || /^[-_=*]{2}/.test(bare)) && aboveThisLine.some((words) => bare.includes(words));
}

/** A line that says that an earlier message follows. */
export function isSeparator(line: string): boolean {
  if (line.length > 160) return false;
  const bare = line
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  const inner = bare.replace(/^[-_=—#*+ ]+/, '').replace(/[-_=—#*+: ]+$/, '');
  const dashed = /^[-_=—]{2}/.test(bare) && /[-_=—]{2}$/.test(bare);
  if (dashed && separators.some((words) => inner.includes(words))) return true;
  return bare.endsWith(':') && separators.some((words) => inner === words);
}

/** `weak`: reads like one but has neither an address nor a full date, and counts only where marked lines follow. */
export function attribution(line: string): 'strong' | 'weak' | undefined {
  if (line.length > 400) return undefined;
  const bare = line
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  if (!/[:：]$/.test(bare) || !wrote.some((word) => bare.includes(word))) return undefined;
  if (/<[^<>\s]+@[^<>\s]+>/.test(bare)) return 'strong';
  const day = /\b\d{1,2}[./-]\d{1,2}\b|\b\d{4}\b|\d月|\d年|\b\d{1,2}\.? \p{L}{3,}/u.test(bare);
  if (day && /\d{1,2}[:.]\d{2}|\b(?:19|20)\d\d\b|\d年/.test(bare)) return 'strong';
  return /\d|@/.test(bare) || bare.length < 80 ? 'weak' : undefined;
}
