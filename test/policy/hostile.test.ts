/** Hostile text: the time grows with the length and no faster, and the budget holds. */
import { performance } from 'node:perf_hooks';
import { readHtml } from '../../src/mime/html.ts';
import type { Message } from '../../src/model/message.ts';
import type { Situation } from '../../src/model/route.ts';
import { judge } from '../../src/policy/judge.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';

const situation: Situation = {
  direction: 'seller_to_buyer',
  initiates: false,
  order: { kind: 'standard', completedDaysAgo: 3 },
  buyerOptedOut: false,
};
const text = (it: string): Message => ({ subject: '', text: it, files: [] });
function timeOf(message: Message): number {
  const start = performance.now();
  judge(message, situation, defaultPolicy);
  return performance.now() - start;
}

const units: Readonly<Record<string, string>> = {
  'at signs': 'a@',
  'at signs with blanks': 'a @ ',
  brackets: '((((',
  digits: '0171',
  'digits with blanks': '0 1 7 1 ',
  'digits with signs': '(0)-1/7.1 ',
  'digit words': 'zero seven ',
  'Chinese numerals': '一三八',
  dots: 'a.b.',
  'dots in words': 'a dot b dot ',
  'bracketed dots': 'a(dot)',
  'single letters': 'a b ',
  labels: 'aaaaaaaaaaaaaaaa-',
  slashes: 'http://',
  'quote marks': '> > > ',
  'quoted lines': '> a\nb\n',
  attributions: 'On 3 March 2025 at 10:00 wrote\n',
  'header fields': 'From: a\n',
  'signature lines': '-- \n',
  cards: 'Jo Fern\n07700 900123\n',
  channels: 'whatsapp ',
  'channels with names': 'add me on line a_b ',
  'no break': 'x',
  'zero-width': 'a\u200b',
  'combining marks': 'a\u0301\u0301\u0301\u0301',
  'full-width': '＠１',
  Cyrillic: 'аa',
  links: 'https://lamps.net/a ',
  emoji: '😀1️⃣',
};

describe('text', () => {
  test.each(Object.entries(units))('%s', (_name, unit) => {
    const of = (size: number) => text(unit.repeat(Math.ceil(size / unit.length)).slice(0, size));
    timeOf(of(65_536));
    const small = Math.max(4, timeOf(of(262_144)));
    const large = timeOf(of(1_048_576));
    expect(large).toBeLessThan(small * 12);
    expect(large).toBeLessThan(4_000);
  });
});

test('1e5 links in HTML', () => {
  const of = (count: number): Message => ({
    subject: '',
    html: readHtml('<a href="https://lamps.net/a">x</a>\n'.repeat(count)),
    files: [],
  });
  const tokens = of(9_000);
  const small = Math.max(4, timeOf(tokens));
  expect(small).toBeLessThan(1_000);
  const many =
    tokens.html === undefined
      ? tokens
      : { ...tokens, html: { ...tokens.html, tokens: Array.from({ length: 11 }, () => tokens.html?.tokens ?? []).flat() } };
  expect(timeOf(many)).toBeLessThan(small * 40);
});
