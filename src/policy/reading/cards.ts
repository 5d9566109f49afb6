/**
 * Signatures without a mark: the line that a mail client adds ("Sent from my …") and the block at the end of a message that reads
 * like a business card (name, company, street, phone, address, site). A line that asks for something is never part of a card.
 */

const deviceLine = new RegExp(
  [
    '^(?:sent (?:from|via|with|using)|get outlook for|gesendet (?:von|mit|über|aus)|von meinem .{2,40} gesendet|diese nachricht wurde von meinem',
    'holen sie sich outlook|inviato (?:da|con)|scarica outlook|ottieni outlook|skickat från|hämta outlook|enviado (?:desde|con|do|a partir)|obtener outlook',
    'envoyé (?:de|depuis|à partir)|télécharger outlook|obtenez outlook|verstuurd v|verzonden v|download outlook|outlook voor|obter o outlook|wysłan[eo] z',
    'pobierz outlook|dikirim dari|dapatkan outlook|dapatkan outlook|发自|發自|来自我的|從我的|獲取 outlook|获取 outlook|.{0,30}から送信|.{0,20}outlook を入手)',
  ].join('|'),
);
const device =
  /iphone|ipad|android|galaxy|samsung|huawei|xiaomi|redmi|honor|oppo|vivo|outlook|yahoo|gmail|gmx|web\.de|mail|proton|thunderbird|blackberry|windows|phone|mobil|handy|smartphone|tablet|téléphone|celular|móvil|cellulare|telefon|ponsel|手机|手機|邮箱|メール|携帯/;
const virusFooter = /(?:viren|virus|virus-|vírus)[\p{L}-]{0,12}[^\n]{0,80}(?:avast|avg)\.com|(?:avast|avg)\.com[^\n]{0,80}virus/u;

/** The line that a mail client or virus scanner adds by itself. */
export function isClientLine(line: string): boolean {
  if (line.length > 200) return false;
  const bare = line.trim().toLowerCase();
  return (deviceLine.test(bare) && device.test(bare) && bare.length < 120) || virusFooter.test(bare);
}

/** Things by which a person can be reached, and the labels before them. */
const contactItem =
  /[\w.+-]{1,64}@[\w.-]{1,80}|(?:https?:\/\/|www\.)\S{3,200}|\b[\p{L}\d-]{2,63}(?:\.[\p{L}\d-]{2,63}){0,3}\.(?:[a-z]{2,10})(?:\/\S{0,100})?(?=$|[\s,;|·•)])|[+(]?\d[\d\s()./-]{5,22}\d/giu;
const label =
  /^(?:tel|telefon|telefono|teléfono|téléphone|tél|tlf|phone|ph|fon|fax|mobil|mobile|mob|mobiel|cell|cellulare|cel|móvil|handy|hp|telp|telpon|wa|whatsapp|e-?mail|mail|email|e|m|t|f|p|w|web|website|site|internet|url|hemsida|webbplats|sito|sitio|www|direct|text|txt|sms|växel|switchboard|zentrale|centralino|centralita|standard|office|büro|kontor|ufficio|service|kundenservice|hotline|电话|電話|手机|手機|邮箱|郵箱|邮件|网址|网站|网|微信|地址|传真|qq|メール|携帯|住所|url)$/iu;
/** Words that make a line a sentence to the reader. */
const asking =
  /(?<![\p{L}\d])(?:call|ring|text|write|email|mail me|reach|contact|message|add|visit|find|see|please|you|your|me|ruf|rufen|schreib|schreiben|melden|erreichen|bitte|ihr|ihnen|mich|chiami|chiama|scriva|scrivi|contatti|prego|ring|ringa|skriv|nå|dig|mig|llame|llama|escriba|escribe|puede|appelez|écrivez|contactez|vous|bel|mail|stuur|ligue|escreva|zadzwoń|napisz|hubungi|kirim|chat|silakan|bisa)(?![\p{L}\d])|(?:打|加|联系|聯繫|发|給|给)(?=[我您你微电電])|[請请]|ください|連絡/iu;

/** Of a person; with a name behind the point they look like a host: `Dott.ssa`. */
const titles = /(?<!\p{L})(dott|prof|avv|arch|ing|geom|rag|sig|dr|dipl|mag)\.(?=\p{L})/giu;

/** `contact`: something to reach a person by and hardly anything else; `name`: a name, a company, a street, a job. */
export function cardLine(line: string): 'contact' | 'name' | 'blank' | undefined {
  const bare = line
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(titles, '$1 ')
    .trim();
  if (bare === '') return 'blank';
  if (bare.length > 120) return undefined;
  const rest = bare.replace(contactItem, ' ');
  const words = rest.split(/[\s|·•,;:：/()<>[\]–—-]+/u).filter((word) => /[\p{L}\d]/u.test(word));
  if (rest !== bare) return isCardRest(words, rest) ? 'contact' : undefined;
  return isName(bare, words) ? 'name' : undefined;
}

function isCardRest(words: readonly string[], rest: string): boolean {
  const others = words.filter((word) => !label.test(word.replace(/\.$/, '')));
  if (others.length === 0) return true;
  if (asking.test(others.join(' ')) || /[!?。！？]/.test(rest)) return false;
  return others.length <= 2 || (others.length <= 6 && mostlyNames(others));
}

function isName(bare: string, words: readonly string[]): boolean {
  if (
    /[!?:;。！？：；，、]$|[.,]$/.test(bare) &&
    !/(?<![\p{L}\d])(?:inc|ltda?|lda|co|corp|cie|gmbh|mbh|kg|ohg|ab|oy|bv|nv|srl|spa|snc|sas?|sl|llc|plc|o\.o|s\.c|jr|sr|dr|(?:\p{L}{1,2}\.){1,4}\p{L})\.$/iu.test(
      bare,
    )
  )
    return false;
  if (words.length === 0 || words.length > 8 || asking.test(bare)) return false;
  return mostlyNames(words) || (withTrade.test(bare) && !greetsOrTells.test(bare));
}

/** `Gaspar Ferrándiz, administrador de fincas`. */
const withTrade = /^\p{Lu}[\p{L}.'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{1,20}){1,3}\s?[,–-]\s?\p{L}{2,20}(?: \p{L}{1,20}){0,5}$/u;
const greetsOrTells =
  /^(?:hi|hello|hey|dear|hallo|liebe|sehr|guten|buongiorno|ciao|gentile|salve|hej|hola|buenas|querid|bonjour|salut|cher|dag|beste|olá|ola|car|dzień|witam|halo|selamat)(?!\p{L}{4})|num[mbeé]|phone|mobil|handy|tel[eé]f|celular|portable|thank|dank|grazie|tack|gracias|merci|obrigad|dzięk|terima/iu;

/** Names begin with a capital letter or a digit; in scripts without capitals a short line must do. */
function mostlyNames(words: readonly string[]): boolean {
  const cased = words.filter((word) => /^[\p{Lu}\p{Ll}\d]/u.test(word));
  const high = cased.filter((word) => /^[\p{Lu}\d]/u.test(word));
  const uncased = words.filter((word) => /^\p{Lo}/u.test(word));
  if (uncased.some((word) => [...word].length > 16)) return false;
  return cased.length === 0 ? uncased.length > 0 && uncased.length <= 4 : high.length * 2 >= cased.length;
}

/** Words that announce contact data in the sentence before: what follows is said, not signed. */
const announcing =
  /(?:call|ring|text|phone|number|reach|contact|write|mail|ruf|nummer|erreich|schreib|melde|chiam|numero|scriv|contatt|ring|nå |skriv|llam|número|escrib|contact|appel|joign|écri|bel |nummer|ligu|zadzwo|numer|hubung|nomor|telepon|电话|手机|联系|打|加|電話|連絡)[^\n.!?。]{0,60}[:：.]?\s*$/iu;

/** With these words letters end; alone on a line, or with "from Kempten" behind them. */
const closing = new RegExp(
  `^(?:${[
    '(?:(?:kind|kindest|best|warm|warmest|many|with kind|with best) )?regards|(?:with )?(?:best|kind|warm) wishes|all the best|yours (?:sincerely|faithfully|truly)|cheers|sincerely|(?:many )?thanks|thank you|take care',
    '(?:mit )?(?:freundlich|best|herzlich|lieb|schön|viel|sonnig)\\p{L}{1,3} gr(?:ü|ue)(?:ß|ss)\\p{L}{0,2}|gr(?:ü|ue)(?:ß|ss)e?|mfg|lg|vg|hochachtungsvoll',
    '(?:cordiali|distinti|cari|tanti) saluti|(?:un )?(?:caro |cordiale )?salut[oi]|cordialmente|in fede',
    '(?:med )?(?:vänlig|bäst|varm)\\p{L}{1,3} hälsning\\p{L}{0,3}|hälsning\\p{L}{0,3}|mvh|vänligen',
    '(?:reciba )?(?:un )?(?:cordial )?saludos?|saludos cordiales|atentamente|cordialmente|un abrazo',
    '(?:bien )?cordialement|bien à vous|(?:sincères |meilleures )?salutations|amicalement',
    '(?:met )?(?:vriendelijke|hartelijke) groet\\p{L}{0,3}|groet(?:en|jes)?|mvg',
    '(?:com os melhores )?cumprimentos|atenciosamente|(?:um )?abraço|saudações',
    '(?:serdecznie )?pozdrawiam(?: serdecznie)?|z poważaniem|pozdrowienia|z wyrazami szacunku',
    'salam(?: hangat| hormat)?|hormat (?:kami|saya)|terima kasih',
    '此致|敬礼|祝好|顺祝商祺|敬具',
  ].join('|')})(?:\\s(?:aus|från|from|da|desde|de|van|uit|z|dari)(?:\\s\\p{L}{2,20}){1,3})?[\\s,.!。，]*$`,
  'iu',
);

/** All that follows the last closing line, if somebody can be reached by it and no line of it says anything. */
function afterClosing(lines: readonly string[]): number | undefined {
  const at = lines.findLastIndex((line) => line.length < 60 && closing.test(line.trim()));
  if (at < 0) return undefined;
  const block = lines.slice(at + 1).filter((line) => line.trim() !== '');
  const isCard = block.length >= 2 && block.length <= 14 && block.every(isSilent);
  return isCard && block.some((line) => line.replace(contactItem, '') !== line) ? at + 1 : undefined;
}

/** Nothing is asked and nothing told in it. */
function isSilent(line: string): boolean {
  const rest = line.replace(/<[^<>]{0,200}>/g, ' ').replace(contactItem, ' ');
  const words = rest.split(/[\s|·•,;:：/()<>[\]–—-]+/u).filter((word) => /[\p{L}\d]/u.test(word) && !label.test(word.replace(/\.$/, '')));
  return line.length <= 140 && words.length <= 16 && !/[!?。！？]/.test(rest) && !asking.test(words.join(' '));
}

/**
 * Where the card at the end of these lines begins; undefined where there is none. `lines` is what stands above quoted mail.
 * At least a name and something to reach it by, at most 14 lines.
 */
export function cardStart(lines: readonly string[]): number | undefined {
  const end = lines.findLastIndex((line) => line.trim() !== '') + 1;
  const closed = afterClosing(lines.slice(0, end));
  if (closed !== undefined) return closed;
  const run = trailingRun(lines, end);
  if (!run.includes('contact')) return undefined;
  const first = run.findIndex((kind, at) => kind === 'name' || (kind === 'contact' && isWholeCard(lines[end - run.length + at] ?? '')));
  if (first < 0) return undefined;
  const start = end - run.length + first;
  return isAnnounced(lines, { start, end }) ? undefined : start;
}

/** Name and contact on one line: `Jo Doe | Lamps | 01632 960 871`. */
const isWholeCard = (line: string): boolean => /[|·•]/.test(line) && /\p{L}{2}/u.test(line);

/** Kinds of the lines above `end` that may belong to a card, from above. In HTML each of its lines may be a paragraph. */
function trailingRun(lines: readonly string[], end: number): readonly ('contact' | 'name' | 'blank')[] {
  const run: ('contact' | 'name' | 'blank')[] = [];
  for (let at = end - 1; at >= 0 && run.length < 24; at--) {
    const kind = cardLine(lines[at] ?? '');
    if (kind === undefined || (kind === 'blank' && !run.includes('contact') && run.length > 0 && run.length > 6)) break;
    run.unshift(kind);
  }
  return run;
}

function isAnnounced(lines: readonly string[], { start, end }: { readonly start: number; readonly end: number }): boolean {
  const card = lines.slice(start, end).filter((line) => line.trim() !== '');
  if (card.every((line) => cardLine(line) === 'name')) return true;
  const before = lines.slice(Math.max(0, start - 3), start).findLast((line) => line.trim() !== '') ?? '';
  return /[:：]\s*$/.test(before) || (card.length < 3 && announcing.test(before.slice(-160)));
}
