/** Hostile text: the time grows with the length and no faster, and the budget holds. */
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
/** Milliseconds of the better of two runs: the machine may be busy with other things. */
function timeOf(message: Message): number {
  const times = [1, 2].map(() => {
    const start = process.cpuUsage();
    judge(message, situation, defaultPolicy);
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
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

const of = (unit: string, size: number): Message => text(unit.repeat(Math.ceil(size / unit.length)).slice(0, size));

/** Four times the text may take four times as long; more than twice that, three times over, is no noise of the machine. */
test.each(Object.entries(units))('time grows with the text: %s', (_name, unit) => {
  timeOf(of(unit, 2_048));
  const growsWithIt = (): boolean => timeOf(of(unit, 65_536)) < 10 * Math.max(10, timeOf(of(unit, 16_384)));
  expect([growsWithIt, growsWithIt, growsWithIt].some((tried) => tried())).toBe(true);
});

test.each(['a@', '((((', '0171', '> > > '])('1 MB of %s', (unit) => {
  expect(timeOf(of(unit, 1_048_576))).toBeLessThan(5_000);
});

test('1e5 links in HTML', () => {
  const html = readHtml('<a href="https://lamps.net/a">x</a>\n'.repeat(9_000));
  const small = Math.max(10, timeOf({ subject: '', html, files: [] }));
  const tokens = Array.from({ length: 11 }, () => html.tokens).flat();
  expect(timeOf({ subject: '', html: { ...html, tokens }, files: [] })).toBeLessThan(small * 30);
});
