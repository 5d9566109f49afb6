/** The messages of mail/, complete as clients and servers write them, and what is right for each. Placeholders stand in the bytes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cast, fill } from '../people.ts';
import { encoded, type Label, type Sample } from '../sample.ts';

const folder = join(import.meta.dirname, '../mail');
const suffix = '.in.eml';
const said = 'the ring is brass and the shade measures 34 centimetres';
const asked = 'How wide is the shade?';
const phone = '+47 555 01 417';

/** Bytes of any charset: only the placeholders change, and they become UTF-8. */
export function fillBytes(bytes: Buffer, cast: Cast): Buffer {
  const text = bytes.toString('latin1').replace(/\{\{[^{}]{1,24}\}\}/g, (one) => Buffer.from(fill(one, cast)).toString('latin1'));
  return Buffer.from(text, 'latin1');
}

const read = (id: string): Buffer => readFileSync(join(folder, id + suffix));

/** What is not said here: the answer is to relay, and `said` is kept. */
const labels: Readonly<Record<string, Label>> = {
  'QUO-05-yahoo': { keep: [said, asked], plant: ['ydp417kiln7'] },
  'QUO-05-apple': { keep: [said, asked], plant: ['9A1C-KILN-77'] },
  'QUO-05-thunderbird': { keep: [said, asked], plant: ['77kiln-4416'] },
  'QUO-05-thunderbird-flowed': { keep: [said, '{{you.alias}}'] },
  'QUO-05-proton': { keep: [said, asked] },
  'QUO-05-gmx': { keep: [said, asked] },
  'QUO-05-qq': { keep: ['圆环是黄铜的，灯罩宽34厘米', '灯罩有多宽'], pair: 'far' },
  'QUO-05-163': { keep: ['圆环是黄铜的，灯罩宽34厘米', '灯罩有多宽'], pair: 'far' },
  'QUO-05-yandex': { keep: ['Кольцо латунное', 'Какой ширины абажур'], pair: 'hard' },
  'QUO-05-zoho': { keep: [said, asked] },
  'QUO-05-samsung': { keep: [said, asked], pair: 'hard' },
  'QUO-06-apple-fr': { keep: ["l'anneau est en laiton", 'Le papier dit laiton'] },
  'QUO-06-gmail': { keep: [said, 'The paper says brass'] },
  'QUO-06-gmail-html': { keep: [said, 'The paper says brass'], pair: 'hard' },
  'QUO-06-notes': { keep: [said, 'The paper says brass'] },
  'QUO-07-interleaved': { keep: ['Yes, the ring is brass.', 'It measures 34 centimetres.', 'Is the ring brass?'] },
  'QUO-07-signature-in-quote': { keep: [said, asked], plant: [phone] },
  'QUO-08-hard': { pair: 'hard', keep: [said, asked] },
  'QUO-08-dotless': { pair: 'hard', keep: [said, asked], plant: ['r.whitfield7731@gmail.com', 'rwhit.field7731+x'] },
  'QUO-08-name-only': { pair: 'far', keep: [said, asked] },
  'QUO-08-stranger': { keep: [said, asked], plant: ['ida.berg@aldermoor.example'] },
  'QUO-09-both-aliases': { keep: [said, asked, '{{you.alias}}', '{{me.alias}}', '{{me.shown}}'] },
  'QUO-09-reader-address': { keep: [said, asked, '{{you.alias}}'] },
  'RPT-01-exchange': { answer: 'either', keep: ['I am away until 17 March'], plant: ['ida.berg@{{me.domain}}', phone, 'EX01.aldermoor'] },
  'RPT-01-gmail': { answer: 'either', keep: ['I am away until 17 March'] },
  'RPT-01-sieve': { answer: 'either', keep: ['Ich bin bis 17. März nicht da'], plant: ['dovecot-sieve', 'Pigeonhole'] },
  'RPT-01-null-sender': { answer: 'either', keep: [], reversePath: '' },
  'RPT-02-postfix': { answer: 'drop', keep: [], reversePath: '' },
  'RPT-02-exchange': { answer: 'drop', keep: [], reversePath: '' },
  'RPT-03-qmail': { answer: 'drop', keep: [], reversePath: '' },
  'RPT-03-exim': { answer: 'drop', keep: [], reversePath: '' },
  'RPT-04-mdn': { answer: 'drop', keep: [] },
  'RPT-04-outlook-text': { answer: 'either', keep: [] },
  'RPT-05-arf': { answer: 'drop', keep: [] },
  'RPT-06-challenge': { answer: 'either', keep: [], plant: ['kilntmda77', '1741677164.417.77ab'] },
  'RPT-07-moved': { answer: 'either' },
  'RPT-07-forwarding-notice': { answer: 'either', keep: [] },
  'RPT-08-ticket': { answer: 'either', keep: [], plant: ['kiln4417', 'kilntoken77'] },
  'RPT-08-ticket-by-hand': { plant: ['kiln4417'] },
  'FWD-01-receipts': { plant: ['Notification-To', 'Receipt-To'] },
  'FWD-02-unsubscribe': { plant: ['kiln77', 'List-Help'] },
  'FWD-03-mailto-image': { answer: 'either', plant: ['kiln77'] },
  'FWD-04-invitation': { keep: [said, 'Pick up on 12 March at 9'], plant: ['kilnuid77'] },
  'FWD-05-remote': { plant: ['kiln77', 'kiln78'] },
  'FWD-06-own-to-quoted': { keep: [said, asked, '{{you.alias}}'] },
  'FWD-10-both-sides': { keep: [said, asked], plant: ['kiln75', 'kiln76', 'kiln77'] },
  'CMB-01-iphone': { keep: [said, asked], plant: ['9A1C-KILN', '203.0.113.77'] },
  'CMB-01-outlook': { keep: [said, asked], plant: ['AM9PRKILN77', 'KILN7700', phone, '203.0.113.77', 'de-AT', 'Word 15'] },
  'CMB-01-gmail-web': {
    keep: [said, asked, '{{you.alias}}', 'I would like the lamp with the ring'],
    plant: ['kilnSig', 'kilnG77', 'qb20kiln77', phone],
  },
  'CMB-01-thunderbird-signed': { keep: [said, asked], plant: ['xsDNBkiln', 'wsD5kilnsig77', '8F3C77AA12BD', 'kilnorg77'] },
  'CMB-01-gateway': { plant: ['kilntenant77', 'kilnsdata77', '203.0.113.77', 'gw77'] },
  'CMB-01-thirty-headers': { plant: ['kiln77-1', 'kiln77-29', '203.0.113.77'] },
  'CMB-01-help-desk': { keep: [said, asked, '{{you.alias}}'], plant: ['pass=kiln77', 'u=kiln77'] },
  'CMB-01-bottom-posting': { keep: [said, asked, '{{you.alias}}'], plant: [phone] },
  'CMB-01-cjk-mobile': { pair: 'far', keep: ['圆环是黄铜的，灯罩宽34厘米', '灯罩有多宽'] },
  'ENC-01-iso-2022-jp': { keep: ['リングは真鍮で、幅は34センチです', 'シェードの幅'] },
  'ENC-01-shift-jis': { keep: ['リングは真鍮で、幅は34センチです', 'シェードの幅'] },
  'ENC-01-euc-jp': { keep: ['リングは真鍮で、幅は34センチです', 'シェードの幅'] },
  'ENC-01-gb18030': { keep: ['圆环是黄铜的，灯罩宽34厘米', '灯罩有多宽'] },
  'ENC-01-gb2312': { keep: ['圆环是黄铜的，灯罩宽34厘米', '灯罩有多宽'] },
  'ENC-01-big5': { keep: ['圓環是黃銅的，燈罩寬34公分', '燈罩有多寬'] },
  'ENC-01-euc-kr': { keep: ['고리는 황동이고 너비는 34센티미터입니다', '갓의 너비는'] },
  'ENC-01-koi8-r': { keep: ['Кольцо латунное, ширина 34 сантиметра', 'Какой ширины абажур'] },
  'ENC-01-windows-1251': { keep: ['Кольцо латунное, ширина 34 сантиметра', 'Какой ширины абажур'] },
  'ENC-01-windows-1252': { keep: ['„34 Zentimeter“', '20 €'] },
  'ENC-01-iso-8859-2': { keep: ['Pierścień jest z mosiądzu', 'Jak szeroki jest klosz'] },
  'ENC-01-iso-8859-15': { keep: ["L'anneau est en laiton, 34 centimètres", '20 €'] },
  'ENC-01-windows-1254': { keep: ['34 santimetre genişliğinde', 'Ne kadar geniş'] },
  'ENC-01-lying-ascii': { keep: ['Der Ring ist aus Messing', 'größte'] },
  'ENC-01-lying-latin': { keep: ['Der Ring ist aus Messing'] },
  'ENC-01-name-shift-jis': { pair: 'far', keep: ['リングは真鍮で', 'シェードの幅'] },
  'ENC-01-name-iso-2022-jp': { pair: 'far', keep: ['リングは真鍮で', 'シェードの幅'] },
  'ENC-01-name-gb18030': { pair: 'far', keep: ['圆环是黄铜的'] },
  'ENC-01-name-latin': { pair: 'hard', keep: ['Der Ring ist aus Messing', 'größte'] },
  'ENC-01-unknown': { answer: 'either', keep: ['The ring is brass'] },
  'ENC-01-utf-7': { answer: 'either', keep: ['The ring is brass'] },
};

const ids = readdirSync(folder)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length))
  .toSorted();

const raws = ids.map((id): Sample => {
  const bytes = read(id);
  return { id, raw: (cast) => fillBytes(bytes, cast), keep: [said], ...labels[id] };
});

/** The same text in another transfer encoding: the attribution stands in base64 where a search of the bytes does not see it. */
const recoded = raws
  .filter(({ id }) => id.startsWith('ENC-01-'))
  .flatMap((sample): Sample[] =>
    (['base64', 'quoted-printable'] as const).map((encoding, index) => ({
      ...sample,
      id: `${sample.id}-${index === 0 ? 'base64' : 'qp'}`,
      raw: (cast) => recode(sample.raw(cast), encoding),
    })),
  );

function recode(raw: Buffer, encoding: string): Buffer {
  const bodyAt = raw.indexOf('\r\n\r\n') + 4;
  const header = raw.toString('latin1', 0, bodyAt).replace('Content-Transfer-Encoding: 8bit', `Content-Transfer-Encoding: ${encoding}`);
  return Buffer.concat([Buffer.from(header, 'latin1'), encoded(raw.subarray(bodyAt), encoding)]);
}

export const handwritten: readonly Sample[] = [...raws, ...recoded];

/** A label for a message that is not there tests nothing. */
export const orphans: readonly string[] = Object.keys(labels).filter((id) => !ids.includes(id));
