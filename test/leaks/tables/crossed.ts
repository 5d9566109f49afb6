/**
 * CMB-02: each form of an address or name at each place of a message. What one rule of a cleaner does for one place it may forget at the next:
 * the product finds it. By the policy's defaults every one of them is mended and delivered.
 */
import { pdf, pdfWords } from '../files/pdf.ts';
import { type Cast, fill, type PairName } from '../people.ts';
import { type Label, type Letter, letter, type Sample } from '../sample.ts';

const said = 'the ring is brass and the shade measures 34 centimetres';
const text = `Hello,\n\n${said} across.\n`;
const html = `<p>Hello, ${said} across.</p>`;

type Form = readonly [id: string, of: string, change?: (words: string) => string];

export const forms: readonly Form[] = [
  ['mail', '{{me.mail}}'],
  ['upper', '{{me.upper}}'],
  ['tagged', '{{me.tagged}}'],
  ['second', '{{me.mail2}}'],
  ['mail-in-brackets', '[mailto:{{me.mail}}]'],
  ['subdomain', 'mx7.{{me.domain}}'],
  ['name', '{{me.name}}'],
  ['name-upper', '{{me.name}}', (name) => name.toUpperCase()],
  ['name-reversed', '{{me.reversed}}'],
  ['name-nbsp', '{{me.name}}', (name) => name.replaceAll(' ', '\u00a0')],
  ['name-two-blanks', '{{me.name}}', (name) => name.replaceAll(' ', '  ')],
  ['name-plain-letters', '{{me.name}}', (name) => name.normalize('NFD').replace(/\p{M}/gu, '')],
  ['name-possessive', "{{me.name}}'s"],
  ['name-dotted', '{{me.name}}', (name) => name.replaceAll(' ', '.')],
  ['name-camel', '{{me.name}}', (name) => name.replace(/[ '-]/g, '')],
  ['name-underscore', '{{me.name}}', (name) => name.replaceAll(' ', '_')],
  ['name-reversed-dotted', '{{me.last}}.{{me.first}}', (name) => (/\p{Script=Han}/u.test(name) ? name.replace('.', '\u3000') : name)],
  ['mail-spaced', '{{me.mail}}', (address) => address.replace('@', ' @ ')],
  [
    'mail-at-word',
    '{{me.handle}} (at) {{me.domain}}',
    (words) => words.replace(/ \(at\) (.*)$/, (_, host: string) => ` (at) ${host.replaceAll('.', ' (dot) ')}`),
  ],
  ['name-zero-width', '{{me.name}}', (name) => [...name].join('\u200b')],
  ['local', '{{me.handle}}-2025'],
];

const escaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const drawing = (name: string) => ({ type: 'application/pdf', name, body: pdf({}) });
const encodedWord = (words: string): string => `=?UTF-8?B?${Buffer.from(words).toString('base64')}?=`;

type Place = readonly [id: string, put: (words: string) => Letter, keep?: Label['keep'], files?: Label['files']];

export const places: readonly Place[] = [
  ['subject', (words) => ({ text, subject: `Re: ${encodedWord(`Ring of ${words} in brass`)}` }), [said, 'in brass']],
  ['text', (words) => ({ text: `${text}\nSo says ${words} today.\n` }), [said, 'So says', 'today.']],
  ['quote', (words) => ({ text: `${text}\n> So said ${words} before.\n` }), [said, 'So said', 'before.']],
  [
    'attribution',
    (words) => ({ text: `${text}\nOn 10 Mar 2025 at 21:14, ${words} wrote:\n> How wide is it?\n` }),
    [said, 'How wide is it?'],
  ],
  ['signature', (words) => ({ text: `${text}\n-- \n${words}\n` })],
  ['html', (words) => ({ html: `${html}<p>So says ${escaped(words)} today.</p>` }), [said, 'So says', 'today.']],
  [
    'html-split',
    (words) => ({ html: `${html}<p>So says <b>${escaped(words.slice(0, 4))}</b><i>${escaped(words.slice(4))}</i> today.</p>` }),
    [said, 'today.'],
  ],
  [
    'html-quote',
    (words) => ({ html: `${html}<blockquote type="cite">${escaped(words)} asked: How wide is it?</blockquote>` }),
    [said, 'How wide is it?'],
  ],
  ['html-cell', (words) => ({ html: `${html}<table><tr><td>Name</td><td>${escaped(words)}</td></tr></table>` })],
  ['html-pre', (words) => ({ html: `${html}<pre>ring\n${escaped(words)}\nbrass</pre>` }), [said, 'brass']],
  ['alt', (words) => ({ html: `${html}<img src="cid:x" alt="${escaped(words)}">` })],
  ['title', (words) => ({ html: `<p title="${escaped(words)}">Hello, ${said} across.</p>` })],
  [
    'href',
    (words) => ({ html: `${html}<a href="https://www.market.example/order?by=${encodeURIComponent(words)}">the order</a>` }),
    [said, 'the order'],
  ],
  ['link-label', (words) => ({ html: `${html}<a href="https://www.market.example/order">${escaped(words)}</a>` })],
  ['hidden', (words) => ({ html: `${html}<div style="display:none">${escaped(words)}</div>` })],
  ['entities', (words) => ({ html: `${html}<p>${[...words].map((char) => `&#${char.codePointAt(0)};`).join('')}</p>` })],
  [
    'both',
    (words) => ({ text: `${text}\nSo says ${words} today.\n`, html: `${html}<p>So says ${escaped(words)} today.</p>` }),
    [said, 'today.'],
  ],
  ['file-name', (words) => ({ text, parts: [drawing(encodedWord(`drawing of ${words}.pdf`))] }), [said], [pdfWords]],
  [
    'text-file',
    (words) => ({
      text,
      parts: [{ type: 'text/plain; charset=utf-8', name: 'sizes.txt', body: `34 centimetres, so says ${words} today.\n` }],
    }),
  ],
  [
    'second-part',
    (words) => ({
      text,
      parts: [{ type: 'text/plain; charset=utf-8', body: `So says ${words} today.\n`, fields: ['Content-Disposition: inline'] }],
    }),
  ],
  [
    'quoted-printable',
    (words) => ({
      parts: [{ type: 'text/plain; charset=utf-8', body: `${text}\nSo says ${words} today.\n`, encoding: 'quoted-printable' }],
    }),
    [said, 'today.'],
  ],
  [
    'base64-html',
    (words) => ({
      parts: [{ type: 'text/html; charset=utf-8', body: `${html}<p>So says ${escaped(words)} today.</p>`, encoding: 'base64' }],
    }),
    [said, 'today.'],
  ],
];

const pairs: readonly PairName[] = ['usual', 'hard', 'far'];

export const cross = (
  [form, of, change = (words) => words]: Form,
  [place, put, keep = [said], files = []]: Place,
  index: number,
): Sample => {
  const words = (cast: Cast): string => change(fill(of, cast));
  const raw: Sample['raw'] = (cast) => letter(put(words(cast)))(cast);
  const planted = (cast: Cast): readonly string[] => [words(cast)];
  return { id: `CMB-02-${place}-${form}`, raw, planted, keep, files, pair: pairs[index % pairs.length] ?? 'usual' };
};

export const crossed: readonly Sample[] = forms.flatMap((form, row) => places.map((place, column) => cross(form, place, row + column)));
