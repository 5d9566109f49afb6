/** Lines of ours in a mail: what it is about, and where to report it; and that they do not come back. */
import fc from 'fast-check';
import { readHeader } from '../../src/mime/header.ts';
import { readHtml } from '../../src/mime/html.ts';
import { parse } from '../../src/mime/parse.ts';
import type { Message } from '../../src/model/message.ts';
import { languages } from '../../src/model/route.ts';
import { contextEdits, contextHtml, contextText, footHtml, footText, ownLinkEdits } from '../../src/rewrite/context.ts';
import { applyEdits, orderEdits } from '../../src/rewrite/edits.ts';
import { cleanPlain } from '../../src/rewrite/plain.ts';
import { needlesOf } from '../../src/rewrite/mask.ts';
import { redactionsOf } from '../../src/rewrite/redact.ts';
import type { Rewriting } from '../../src/rewrite/rewrite.ts';
import { sent, toBuyer, toSeller as routeToSeller } from './parties.ts';
import { leastCpu } from '../support/machine.ts';

const link = 'https://relay.example/report/r-q7f3k9x2m5t8w1zc-abcdefgh';
const context = { order: '4711', item: 'Oak shelf <XL> [new]', report: link };
const done = 'https://relay.example/done/d-q7f3k9x2m5t8w1zc-abcdefgh';
const toSeller = { ...context, done };
const links = { report: link, done };
const stripped = (text: string) => applyEdits(text, orderEdits(contextEdits(text)));

/** What the recipient's client makes of a message of ours. */
async function received(message: Partial<Message>, more: Partial<Rewriting>, route = routeToSeller) {
  const bytes = Buffer.from(await sent(message, more, route), 'latin1');
  return parse(bytes, readHeader(bytes));
}
/** What a reader of each alternative sees. */
const seen = ({ text = '', html }: Message) => [text, ...(html ? [html.plain] : [])];

test('stands on top of text and HTML, in the language of the reader', async () => {
  const message = await sent({ text: 'Hello.', html: readHtml('<p>Hello.</p>') }, { context });
  const decoded = message
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const utf8 = Buffer.from(decoded, 'latin1').toString();
  expect(utf8).toMatch(
    /\[Bestellung 4711: Oak shelf <XL> {2}new {2}– Diese Nachricht melden: https:\/\/relay\.example\/report\/r-\S+\]\s+Hello\./,
  );
  expect(utf8).toContain(
    `[Bestellung 4711: Oak shelf &lt;XL&gt;  new  – <a href="${link}" rel="noreferrer noopener">Diese Nachricht melden</a>]`,
  );
});

test('a mail writes to an address where there is no page', () => {
  expect(contextText({ ...context, report: 'mailto:r-abc-defghijk@relay.example' }, 'en')).toMatch(
    /Report this message: r-abc-defghijk@relay\.example\]$/,
  );
});

test.each(languages)('%s: is taken out of what comes back, quoted and broken as mail clients do', (language) => {
  const line = contextText(toSeller, language);
  expect(line).toContain(link);
  expect(line).toContain(done);
  const quoted = `Yes!\n\n> > ${line.replace(/ /g, '\n> > ')}\n> > \n> > Is it oak [solid]?\n`;
  expect(stripped(quoted)).toBe('Yes!\n\n> > Is it oak [solid]?\n');
  const { plain } = readHtml(`<p>Yes</p><blockquote>${contextHtml(toSeller, language)}<p>[Is it oak?]</p></blockquote>`);
  expect(stripped(plain)).not.toContain('4711');
  expect(stripped(plain)).toContain('[Is it oak?]');
});

test('the link is its reader’s alone: it loses its target when it comes back', async () => {
  const html = readHtml(
    `<p>Fine.</p><blockquote>${contextHtml(toSeller, 'en')}</blockquote><a href="${link}">mine</a><a href="${done}">too</a>`,
  );
  expect(await sent({ html })).not.toMatch(/\/(?:report|done)\//);
  for (const other of ['https://shop.example/report/2025', 'https://shop.example/done/d-2025'])
    expect(await sent({ html: readHtml(`<a href="${other}">x</a>`) })).toContain(`href="${other}"`);
});

test('the longest line that an order may have is taken out, too', () => {
  const publicUrl = `https://${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example`;
  const longest = { order: 'o'.repeat(64), item: 'x'.repeat(200), report: link.replace('https://relay.example', publicUrl) };
  const line = contextText({ ...longest, done: done.replace('https://relay.example', publicUrl) }, 'it');
  expect(stripped(`Yes!\n> ${line}\n`)).toBe('Yes!\n');
});

test('where nothing stands on top, the links stand below everything: quote, signature, lines about files', async () => {
  const text = 'Yes.\n\nOn Monday somebody wrote:\n> Is it oak?';
  const html = readHtml('<p>Yes.</p><blockquote>Is it oak?</blockquote>');
  const taken = {
    rule: 'attachment-type',
    action: 'redact',
    findings: [{ part: 'attachment', region: 'new', span: 'x', file: 0 }],
  } as const;
  const files = [{ filename: 'x', declaredType: 'x/y', type: 'exe', content: Buffer.from('MZ') }];
  const message = await received({ text, html, files }, { foot: links, verdicts: [taken] });
  const [plain = '', rich = ''] = seen(message);
  expect(plain).toMatch(
    /^Yes\.\n\nOn Monday somebody wrote:\n> Is it oak\?\n\n\[.+\]\n\n\[Diese Nachricht melden: \S+ - Keine Antwort nötig: \S+\]\n*$/,
  );
  expect(rich).toMatch(/^Yes\.\s+Is it oak\?\s+\[.+\]\s+\[Diese Nachricht melden - Keine Antwort nötig\]\n*$/);
  const targets = message.html?.tokens.flatMap((token) => (token.kind === 'open' && token.name === 'a' ? [token.attributes.href] : []));
  expect(targets).toEqual([link, done]);
});

test('a mail without a word carries the links alone; one in ASCII stays in ASCII', async () => {
  expect((await received({ text: '' }, { foot: { report: link } })).text?.trim()).toBe(`[Diese Nachricht melden: ${link}]`);
  expect(await sent({ text: 'Fine.' }, { foot: { report: link } })).toContain('Content-Transfer-Encoding: 7bit');
});

/** How mail clients write a line of ours into what they quote. */
const quotings: readonly (readonly [client: string, write: (line: string, target: string) => string])[] = [
  ['as it was', (line) => line],
  ['broken at blanks', (line) => line.replaceAll(' ', '\n')],
  ['Gmail, Apple Mail: the link behind its words', (line, target) => line.replace(`: ${target}`, ` <${target}>`)],
  ['Outlook: without a blank', (line, target) => line.replace(`: ${target}`, `<${target}>`)],
  ['Markdown', (line, target) => `[[${line.slice(1, line.indexOf(':'))}](${target})${line.slice(line.indexOf(target) + target.length)}`],
  ['a filter that names the host', (line, target) => line.replace(target, `${target} [relay[.]example]`)],
];
test.each(languages.flatMap((language) => quotings.map(([client, write]) => [language, client, write] as const)))(
  '%s: the line below goes out of what comes back: %s',
  (language, _, write) => {
    for (const given of [{ report: link }, links]) {
      const line = write(footText(given, language), link);
      const quoted = `Yes!\n\n> On Monday:\n> > Is it oak [solid]?\n> > \n> > ${line.replaceAll('\n', '\n> > ')}\n> Maple.\n`;
      expect(stripped(quoted)).toBe('Yes!\n\n> On Monday:\n> > Is it oak [solid]?\n> Maple.\n');
      expect(stripped(`Is it oak?\n\n${line}`).trimEnd()).toBe('Is it oak?');
    }
  },
);

test('a line of Chinese is found where it was broken within a word', () => {
  expect(stripped(`> [举报此\n> 邮件: ${link}]\n`)).toBe('');
});

test.each([
  ['paragraphs', (html: string) => `<p>Yes.</p><blockquote type="cite">${html}</blockquote>`],
  [
    'Outlook: a span in each paragraph',
    (html: string) =>
      `<p class="MsoNormal">Yes.<o:p></o:p></p><div>${html.replaceAll(/<p style[^>]*>(.*)<\/p>/g, '<p class="MsoNormal"><span style="color:#666666">$1<o:p></o:p></span></p>')}</div>`,
  ],
])('HTML loses the whole element with a line of ours: %s', async (_, quoted) => {
  const clean = await sent({ html: readHtml(quoted('<p>Is it oak?</p>')) });
  const html = quoted(`${contextHtml(toSeller, 'en')}<p>Is it oak?</p>${footHtml(links, 'en')}`);
  const got = await sent({ html: readHtml(html) });
  const bodyOf = (message: string) => message.slice(message.indexOf('text/html'));
  expect(bodyOf(got)).toBe(bodyOf(clean));
});

test('lines that are broken by an element go, too', async () => {
  const foot = footHtml(links, 'en').replaceAll(/<\/?p[^>]*>/g, '');
  const html = readHtml(`Yes.<br><br><div class="gmail_quote">Is it oak?<br>It is<br><br>${foot}<br></div>Bye.`);
  expect(await sent({ html })).toMatch(/Yes\.<br>\s*<br>\s*<div>Is it oak\?<br>\s*It is<br>\s*<\/div>\s*Bye\./);
});

test('what stands in one element with a line of ours stays, and so do empty elements of others', async () => {
  const html = readHtml(`<p>Mine: ${footText(links, 'en')}</p><div><p></p><p>Two.</p></div><div>${footHtml(links, 'en')}<hr></div>`);
  const got = await sent({ html });
  expect(got).toMatch(/<p>Mine: <\/p>\s*<div><p><\/p>\s*<p>Two\.<\/p>\s*<\/div>\s*<div><hr>\s*<\/div>/);
});

test.each([
  ['in a text', `Look: ${link}, is it yours?`, 'Look: , is it yours?'],
  ['in angle brackets', `<${link}>`, '<>'],
  ['among Chinese', `请看${done}。`, '请看。'],
  ['an address', 'write to r-q7f3k9x2m5t8w1zc-abcdefgh@relay.example.', 'write to .'],
  ['in another link', `see https://click.example/?u=${encodeURIComponent(link)}&k=1`, 'see '],
  ['the page where one blocks', link.replace('/report/', '/block/'), ''],
])('a link that is its reader’s alone goes wherever it stands: %s', async (_, text, left) => {
  expect(applyEdits(text, ownLinkEdits(text))).toBe(left);
  expect(await sent({ text, html: readHtml(`<p>${text.replaceAll('<', '&lt;')}</p>`), subject: text })).not.toContain('abcdefgh');
  const redactions = redactionsOf({ subject: '', files: [] }, [], { needles: needlesOf(toBuyer), language: 'en' });
  expect(Buffer.from(cleanPlain(Buffer.from(text), redactions)).toString()).toBe(left);
});

test('in a link that a filter wrapped, too', async () => {
  const wrapped = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&data=05`;
  const defended = `https://urldefense.proofpoint.com/v2/url?u=${link.replaceAll('-', '-2D').replace(':', '-3A').replaceAll('/', '_')}&d=Dw`;
  for (const one of [wrapped, defended]) {
    const got = await sent({ text: `See ${one} there`, html: readHtml(`<p>See <a href="${one}">this</a> there</p>`) });
    expect(got).not.toMatch(/abcdefgh|\[link/);
  }
});

test('links and words that only look alike stay', () => {
  for (const text of ['https://shop.example/done/d-2025', 'u-turn-required', 'r-2025@shop.example', `report/r-${'x'.repeat(16)}-abc`])
    expect(ownLinkEdits(text)).toEqual([]);
});

describe('several generations', () => {
  const quote = (text: string) => text.replace(/\n+$/, '').replace(/^/gm, '> ');
  const wrap = (text: string) => text.replaceAll(/(.{40,60}) /g, '$1\n');
  const rich = ({ html }: Message) => contextFree(html?.tokens ?? []);
  const clients: readonly (readonly [string, (before: Message, said: string) => Partial<Message>])[] = [
    ['marks', ({ text = '' }, said) => ({ text: `${said}\n\nThen:\n${quote(text)}\n` })],
    ['marks and lines broken', ({ text = '' }, said) => ({ text: `${said}\n\nThen:\n${quote(wrap(text))}\n` })],
    ['no marks', ({ text = '' }, said) => ({ text: `${said}\n\n________\nFrom: x\n\n${text}` })],
    ['below the quote', ({ text = '' }, said) => ({ text: `${quote(text)}\n\n${said}\n` })],
    ['HTML', (before, said) => ({ html: readHtml(`<p>${said}</p><blockquote>${rich(before)}</blockquote>`) })],
  ];
  /** The HTML as a client writes it again. */
  function contextFree(tokens: NonNullable<Message['html']>['tokens']): string {
    return tokens
      .map((token) => {
        if (token.kind === 'text') return token.text;
        if (token.kind === 'close') return `</${token.name}>`;
        return `<${token.name}${Object.entries(token.attributes)
          .map(([name, value]) => ` ${name}="${value}"`)
          .join('')}>`;
      })
      .join('');
  }
  const linksOf = (generation: number) => ({ report: link.replace('q7', `q${generation}`), done: done.replace('q7', `q${generation}`) });

  test.each(clients)('no line of ours gathers, and no link of the other side is passed on: %s', async (_, answer) => {
    let message: Message = await received({ text: 'Said 0.', html: readHtml('<p>Said 0.</p>') }, { foot: linksOf(0) });
    for (let generation = 1; generation <= 5; generation++) {
      const route = generation % 2 ? toBuyer : routeToSeller;
      const own = { ...linksOf(generation), ...(generation % 3 === 0 && { order: '4711', item: 'Oak shelf' }) };
      const place = generation % 3 === 0 ? { context: own } : { foot: own };
      message = await received(answer(message, `Said ${generation}.`), place, route);
      for (const text of seen(message)) {
        expect(text.match(/Report this message|Diese Nachricht melden/g)).toHaveLength(1);
        expect([...text.matchAll(/q(\d)f3k9x2m5t8w1zc/g)].every(([, digit]) => digit === `${generation}`)).toBe(true);
        for (let before = 0; before <= generation; before++) expect(text).toContain(`Said ${before}.`);
        expect(text).not.toMatch(/\n(?:[> ]*\n){3}/);
      }
    }
  });
});

test('what somebody put in brackets around a line of ours stays', () => {
  const line = footText(links, 'en');
  expect(stripped(`[I did not: ${line} is what it said]`)).toBe('[I did not:  is what it said]');
});

test('other brackets stay, whatever stands between them', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('[', ']', '>', '\n', 'a', ' ') }), (text) => {
      expect(stripped(text)).toBe(text);
    }),
  );
});

test('a megabyte of brackets, of lines of ours or of links takes no time', async () => {
  const ours = [
    '[Report this message]'.repeat(5e4),
    '[[[Report this message '.repeat(4e4),
    `${' '.repeat(90)}[Report this message]`.repeat(1e4),
    link.repeat(2e4),
    `${link} `.repeat(2e4),
    'report/r-'.repeat(1e5),
    `${link}${'.'.repeat(1e6)}`,
  ];
  for (const text of ['['.repeat(1e6), ']'.repeat(1e6), '[]'.repeat(5e5), `[${'x'.repeat(400)}]`.repeat(2_500), ...ours]) {
    expect(await leastCpu(() => [contextEdits(text), ownLinkEdits(text)], 1_500)).toBeLessThan(1_500);
  }
});
