/** New, quoted, signature: as mail clients and help desks write them. In each text `«…»` is what is new; the marks are not part of it. */
import { readHtml } from '../../src/mime/html.ts';
import type { Message } from '../../src/model/message.ts';
import { regionsOf } from '../../src/policy/reading/regions.ts';

const bare = (text: string): string => text.replaceAll('«', '').replaceAll('»', '');
const marked = (text: string): string => [...text.matchAll(/«([^»]*)»/g)].map(([, it = '']) => it.trim()).join(' | ');
function newOf(message: Message): string {
  const { text, html } = regionsOf(message);
  const plain = message.text ?? message.html?.plain ?? '';
  return (message.text === undefined ? html : text)
    .filter(({ region }) => region === 'new')
    .map(({ from, to }) => plain.slice(from, to).trim())
    .filter((it) => it !== '')
    .join(' | ');
}

const texts: Readonly<Record<string, string>> = {
  'Gmail, German, attribution over two lines':
    '«Ja, passt.»\n\nAm Mi., 12. März 2025 um 10:15 Uhr schrieb Lampen Huber <\nb-1@relay.market.example>:\n\n> Passt Blau?\n> Tel. 0171 1234567\n\n«Und bitte schnell.»',
  'Thunderbird, answers between the lines': 'Am 12.03.25 um 10:15 schrieb Huber:\n> Passt Blau?\n«Ja.»\n> Wann?\n«Montag.»',
  'closing line, firm and street in one line':
    '«Anbei die Rechnung.\n\nMit freundlichen Grüßen aus Kempten»\nK. Maier, Buchhaltung\nMAIER MÖBEL OHG - Am Sägewerk 3 - 87435 Kempten\nFon 0831 555 01 40 - Fax 0831 555 01 41\nStammkapital von 25 000 Euro',
  'closing line, but somebody asks below it': '«Bis bald.\n\nViele Grüße\nJo\nBitte rufen Sie an: 0171 555 01 40»',
  'Outlook, English':
    '«Fine.»\n\nFrom: Jo <a@relay.market.example>\nSent: Wednesday, March 12, 2025 10:15 AM\nTo: Kim\nSubject: RE: lamp\n\nCall me',
  'Outlook, Japanese':
    '«了解しました。»\n\n________________________________\n差出人: 店 <a@relay.market.example>\n送信日時: 2025年3月12日 10:15\n宛先: 客\n件名: RE: ランプ\n\n電話ください',
  'Outlook, Swedish': '«Ja»\n\nFrån: Jo <a@relay.market.example>\nDatum: onsdag, 12 mars 2025 10:15\nTill: Kim\nÄmne: Lampa\nring mig',
  'Gmail, Polish': '«Tak.»\n\nW dniu śr., 12 mar 2025 o 10:15 Sklep <a@relay.market.example> napisał(a):\n\n> Niebieski?',
  'Gmail, Portuguese, without marks': '«Sim.»\n\nEm qua., 12 de mar. de 2025 às 10:15, Loja <a@relay.market.example> escreveu:\n\nAzul?',
  'Gmail, Dutch': '«Ja.»\n\nOp wo 12 mrt 2025 om 10:15 schreef Winkel <a@relay.market.example>:\n> Blauw?',
  'Gmail, French': '«Oui.»\n\nLe mer. 12 mars 2025 à 10:15, Boutique <a@relay.market.example> a écrit :\n\n> Bleu ?',
  'Gmail, Spanish': '«Sí.»\n\nEl mié, 12 mar 2025 a las 10:15, Tienda (<a@relay.market.example>) escribió:\n> ¿Azul?',
  'Gmail, Indonesian': '«Siap kak»\n\nPada tanggal Rab, 12 Mar 2025 pukul 10.15 Toko <a@relay.market.example> menulis:\n\n> Biru?',
  'Yahoo, Italian':
    '«Va bene.»\n\n    Il mercoledì 12 marzo 2025 alle ore 10:15:30 CET, Negozio <a@relay.market.example> ha scritto:  \n \n Blu?',
  '163': '«好的。»\n\n在 2025-03-12 10:15:00，"店" <a@relay.market.example> 写道：\n\n蓝色吗',
  'QQ Mail': '«好的»\n\n------------------ 原始邮件 ------------------\n发件人: "店"\n发送时间: 2025年3月12日\n\n蓝色吗',
  Samsung:
    '«Ok»\n\n\nVon meinem Galaxy gesendet\n\n\n-------- Ursprüngliche Nachricht --------\nVon: Jo\nDatum: 12.03.25 10:15 (GMT+01:00)\nAn: Kim\nBetreff: Lampe\n\nBlau?',
  GMX: '«Ja.»\n\nGesendet: Mittwoch, 12. März 2025 um 10:15 Uhr\nVon: "Jo" <a@relay.market.example>\nAn: Kim\nBetreff: Lampe\n\nBlau?',
  'Zendesk, history below': '«Thanks.»\n\n##- Please type your reply above this line -##\n\nYour request has been updated.',
  'Zendesk, mark on top': '##- Bitte geben Sie Ihre Antwort über dieser Zeile ein -##\n\n«Blau ist da.»',
  delimiter: '«Hi»\n-- \nJo\n0113 496 0123\n\nOn 12 March 2025 at 10:15, Kim <a@relay.market.example> wrote:\n> Blue?\n\n«Yes, blue.»',
  'a business card':
    '«The lamp ships on Monday.\n\nKind regards,»\nJo Fern\n\nFern Lamps Ltd\n12 High Street, Leeds\nT 0113 496 0123\nwww.fernlamps.co.uk',
  'a business card in one line': '«Ships Monday.»\n\nJo Fern | Fern Lamps | 0113 496 0123 | fernlamps.co.uk',
  'a name and number that are announced': '«Ships Monday. If anything is wrong, call:\n\nJo Fern\n0113 496 0123»',
  'an engraving is no header block': '«Please engrave:\nFrom: Grandma\nTo: Max\nthanks»',
  'a list is no card': '«Sizes:\nSmall 120 x 60\nLarge 180 x 80\nwhich one?»',
  'an app': '«Ok»\n\nGet Outlook for iOS <https://aka.ms/o0ukef>',
};

test.each(Object.entries(texts))('text: %s', (_name, text) => {
  expect(newOf({ subject: '', text: bare(text), files: [] })).toBe(marked(text));
});

const sources: Readonly<Record<string, string>> = {
  Gmail:
    '<div>«Ok»</div><div class="gmail_quote"><div class="gmail_attr">On Wed, Jo wrote:<br></div><blockquote class="gmail_quote">Blue?</blockquote></div>',
  'Gmail, answers between the lines':
    '<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Wed Jo wrote:</div><blockquote class="gmail_quote">Blue?</blockquote><div>«Yes»</div><blockquote class="gmail_quote">When?</blockquote><div>«Monday»</div></div>',
  'Gmail, signature':
    '<div>«Ok»</div><span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">Jo<br>0113 496 0123</div>',
  'Outlook on the web':
    '<div>«Ok»</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Jo<br><b>Sent:</b> x</div><div>Blue?</div>',
  'Outlook, new':
    '<div>«Ok»</div><div id="mail-editor-reference-message-container"><div><b>From:</b> Jo<br><b>Sent:</b> x</div>Blue?</div>',
  'Outlook, desktop':
    '<p class="MsoNormal">«Ok»</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>Von:</b> Jo<br><b>Gesendet:</b> Mittwoch<br><b>An:</b> Kim<br><b>Betreff:</b> Lampe</p></div><p>Blau?</p>',
  'Apple Mail':
    '<div>«Ok»</div><div><blockquote type="cite"><div>On 12 Mar 2025, at 10:15, Jo wrote:</div><div>Blue?</div></blockquote></div>',
  'Apple Mail, signature': '<div>«Ok»</div><div id="AppleMailSignature">Jo Fern<br>0113 496 0123</div>',
  Thunderbird:
    '<div class="moz-cite-prefix">On 12/03/2025 10:15, Jo wrote:</div><blockquote type="cite">Blue?</blockquote><p>«Yes»</p><div class="moz-signature">-- <br>Kim</div>',
  Yahoo: '<div>«Ok»</div><div id="ydp12ab34cdyahoo_quoted_1" class="ydp12ab34cdyahoo_quoted">Blue?</div>',
  Freshdesk:
    '<div>«Ok»</div><div class="freshdesk_quote"><blockquote class="freshdesk_quote">On Wed, 12 Mar at 10:15 AM, Jo wrote:<br>Blue?</blockquote></div>',
  'FreeScout, plain blockquote':
    '<div>«Ok»</div><div class="gmail_quote"><div>On Mar 12, Jo wrote:</div><blockquote>Blue?</blockquote></div>',
  'a blockquote that quotes nobody': '<div>«Hi</div><blockquote>Call me»</blockquote>',
};

test.each(Object.entries(sources))('HTML: %s', (_name, source) => {
  const html = readHtml(bare(source));
  expect(newOf({ subject: '', html, files: [] }).replace(/\s+/g, ' ')).toBe(marked(readHtml(source).plain).replace(/\s+/g, ' '));
});

test('what one alternative tells of a line counts for the same line of the other', () => {
  const html = readHtml('<div>Ok</div><div class="gmail_signature">call Jo on 0113 496 0123 any time</div>');
  expect(newOf({ subject: '', text: 'Ok\n\ncall Jo on 0113 496 0123 any time\n', html, files: [] })).toBe('Ok');
});

test('an element belongs to the region of the text around it', () => {
  const html = readHtml(
    '<p>Ok <a href="https://a.net">x</a></p><p>-- <br>Jo <a href="https://b.net">y</a><img src="https://c.net/p.png"></p>',
  );
  const { ofToken } = regionsOf({ subject: '', html, files: [] });
  const found = html.tokens.flatMap((token, index) => (token.kind === 'open' && /^(?:a|img)$/.test(token.name) ? [ofToken(index)] : []));
  expect(found).toEqual(['new', 'signature', 'signature']);
});
