/** Hostile text: the time grows with the length and no faster, and the budget holds. */
import { readHtml } from '../../src/mime/html.ts';
import type { Message } from '../../src/model/message.ts';
import type { Situation } from '../../src/model/route.ts';
import { judge } from '../../src/policy/judge.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import { anyOf, leastCpu } from '../support/machine.ts';

const situation: Situation = {
  direction: 'seller_to_buyer',
  initiates: false,
  order: { kind: 'standard', completedDaysAgo: 3 },
  buyerOptedOut: false,
};
const text = (it: string): Message => ({ subject: '', text: it, files: [] });
const timeOf = (message: Message, enough = 0): Promise<number> => leastCpu(() => judge(message, situation, defaultPolicy), enough);

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
test.each(Object.entries(units))('time grows with the text: %s', async (_name, unit) => {
  const growsWithIt = async (): Promise<boolean> => {
    const enough = 10 * Math.max(10, await timeOf(of(unit, 16_384)));
    return (await timeOf(of(unit, 65_536), enough)) < enough;
  };
  expect(await anyOf(3, growsWithIt)).toBe(true);
});

test.each(['a@', '((((', '0171', '> > > '])('1 MB of %s', async (unit) => {
  expect(await timeOf(of(unit, 1_048_576), 5_000)).toBeLessThan(5_000);
});

test('1e5 links in HTML', async () => {
  const html = readHtml('<a href="https://lamps.net/a">x</a>\n'.repeat(9_000));
  const enough = 30 * Math.max(10, await timeOf({ subject: '', html, files: [] }));
  const tokens = Array.from({ length: 11 }, () => html.tokens).flat();
  expect(await timeOf({ subject: '', html: { ...html, tokens }, files: [] }, enough)).toBeLessThan(enough);
});
