/** What the tag in the subject does, and what it does not excuse (requirements C4, C5). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy } from '../../src/config/policy-file.ts';
import type { Message } from '../../src/model/message.ts';
import type { Situation } from '../../src/model/route.ts';
import { judge } from '../../src/policy/judge.ts';
import { defaultPolicy, PolicyError, readPolicy } from '../../src/policy/policy.ts';
import { hasTag } from '../../src/policy/reading/critical.ts';
import { leastCpu } from '../support/machine.ts';

const file = join(import.meta.dirname, '../../config/policy.yaml');
const policy = loadPolicy(file);
const unwanted: Situation = {
  direction: 'seller_to_buyer',
  initiates: true,
  order: { kind: 'standard', completedDaysAgo: 2 },
  buyerOptedOut: true,
};
const message = (text: string, subject = '[Important] Your order'): Message => ({ subject, text, files: [] });
const question = 'The oak is sold out: shall I use ash, or would you like to cancel?';
const judged = (it: Message, situation: Partial<Situation> = {}) => {
  const { kind, verdicts, tag } = judge(it, { ...unwanted, ...situation }, policy);
  return { kind, rules: verdicts.map(({ rule }) => rule), tag };
};

test('lets a message pass that is needed, and says that it took the tag', () => {
  expect(judged(message(question))).toEqual({ kind: 'relay', rules: [], tag: 'needed' });
  expect(judged(message(question), { buyerOptedOut: false })).toEqual({ kind: 'relay', rules: [], tag: 'beside' });
  const late = { buyerOptedOut: false, order: { kind: 'standard', completedDaysAgo: 31 } } as const;
  expect(judged(message(question), late)).toMatchObject({ kind: 'relay', tag: 'needed' });
  expect(judged(message(question, 'Your order'))).toEqual({ kind: 'reject', rules: ['opted-out'], tag: undefined });
  expect(judged(message(question), { initiates: false })).toEqual({ kind: 'relay', rules: [], tag: undefined });
  expect(judged(message(question), { order: { kind: 'wine', completedDaysAgo: 2 } })).toMatchObject({ kind: 'relay', tag: 'beside' });
});

test('does not count where the budget is used up; the kind of the order does', () => {
  expect(judged(message(question), { tagCounts: false })).toMatchObject({ kind: 'reject', rules: ['opted-out'] });
  const order = { kind: 'custom', completedDaysAgo: 90 } as const;
  expect(judged(message(question), { tagCounts: false, order })).toMatchObject({ kind: 'relay' });
});

test.each([
  ['a thank-you', 'Thank you very much for your order!', 'needless-message'],
  ['a shipping confirmation', 'Your order has been shipped.', 'needless-message'],
  ['an out-of-stock notice', 'Unfortunately the item is out of stock.', 'needless-message'],
  ['a manual', 'Attached you will find the user manual.', 'needless-message'],
  ['a review request', 'We would be happy if you could leave an honest review of your purchase.', 'opted-out'],
  ['a review request in German', 'Wir würden uns über eine ehrliche Bewertung freuen.', 'opted-out'],
])('does not excuse %s', (_what, text, rule) => {
  expect(judged(message(text))).toMatchObject({ kind: 'reject', rules: expect.arrayContaining([rule]) });
});

test('the figures of the policy file are those of the code, and what is wrong with them is named', () => {
  expect([policy.ladder, policy.critical]).toEqual([defaultPolicy.ladder, defaultPolicy.critical]);
  expect(readFileSync(file, 'utf8')).toContain('automatic: on');
  const wrong = {
    ladder: { automatic: 'perhaps', halfLifeDays: 0, warning: { at: -1, day: 3 }, weights: { marketing: 'x', nonsense: 1 }, allBlocked: 7 },
    critical: { reports: 0.5, left: 3 },
  };
  let problems: readonly string[] = [];
  try {
    readPolicy(wrong);
  } catch (error) {
    if (error instanceof PolicyError) problems = error.problems;
  }
  const places = [
    'ladder.automatic',
    'ladder.halfLifeDays',
    'ladder.warning.day',
    'ladder.warning.at',
    'ladder.weights.nonsense',
    'ladder.weights.marketing',
    'ladder.allBlocked',
    'critical.reports',
    'critical.left',
  ];
  expect(problems.map((line) => line.slice(0, line.indexOf(':'))).toSorted()).toEqual(places.toSorted());
  expect(readPolicy({ ladder: { automatic: 'off', weights: { marketing: 0 } } }).ladder).toMatchObject({
    automatic: false,
    weights: { marketing: 0, 'off-platform': 2 },
  });
});

test('a subject of brackets is looked through once', async () => {
  const brackets = `${'['.repeat(400_000)}]`;
  expect(await leastCpu(() => hasTag(brackets), 500)).toBeLessThan(500);
  expect(hasTag(`${brackets} [Important]`)).toBe(true);
});
