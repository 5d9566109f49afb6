/** The line above a mail: what it is about, and where to report it; and that it does not come back. */
import fc from 'fast-check';
import { readHtml } from '../../src/mime/html.ts';
import { languages } from '../../src/model/route.ts';
import { contextEdits, contextHtml, contextText, leadsToOwnPage } from '../../src/rewrite/context.ts';
import { applyEdits } from '../../src/rewrite/edits.ts';
import { sent } from './parties.ts';

const link = 'https://relay.example/report/r-q7f3k9x2m5t8w1zc-abcdefgh';
const context = { order: '4711', item: 'Oak shelf <XL> [new]', report: link };
const done = 'https://relay.example/done/d-q7f3k9x2m5t8w1zc-abcdefgh';
const toSeller = { ...context, done };
const stripped = (text: string) => applyEdits(text, contextEdits(text));

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
  expect(stripped(quoted)).toBe('Yes!\n\n> > \n> > \n> > Is it oak [solid]?\n');
  const { plain } = readHtml(`<p>Yes</p><blockquote>${contextHtml(toSeller, language)}<p>[Is it oak?]</p></blockquote>`);
  expect(stripped(plain)).not.toContain('4711');
  expect(stripped(plain)).toContain('[Is it oak?]');
});

test('the link is its reader’s alone: it loses its target when it comes back', async () => {
  const html = readHtml(
    `<p>Fine.</p><blockquote>${contextHtml(toSeller, 'en')}</blockquote><a href="${link}">mine</a><a href="${done}">too</a>`,
  );
  expect(await sent({ html })).not.toMatch(/\/(?:report|done)\//);
  expect(leadsToOwnPage('https://shop.example/report/2025')).toBe(false);
  expect(leadsToOwnPage('https://shop.example/done/d-2025')).toBe(false);
});

test('the longest line that an order may have is taken out, too', () => {
  const publicUrl = `https://${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example`;
  const longest = { order: 'o'.repeat(64), item: 'x'.repeat(200), report: link.replace('https://relay.example', publicUrl) };
  const line = contextText({ ...longest, done: done.replace('https://relay.example', publicUrl) }, 'it');
  expect(stripped(`Yes!\n> ${line}\n`)).toBe('Yes!\n> \n');
});

test('other brackets stay, whatever stands between them', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('[', ']', '>', '\n', 'a', ' ') }), (text) => {
      expect(stripped(text)).toBe(text);
    }),
  );
});

test('a megabyte of brackets takes no time', () => {
  for (const text of ['['.repeat(1e6), ']'.repeat(1e6), '[]'.repeat(5e5), `[${'x'.repeat(400)}]`.repeat(2_500)]) {
    const began = process.cpuUsage();
    contextEdits(text);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(1_500);
  }
});
