/** The floor that the labelled cases of `test/cases/` must not fall below; `npm run policy -- --wrong` tells which are judged otherwise. */
import { join } from 'node:path';
import { loadPolicy } from '../../src/config/policy-file.ts';
import { judge } from '../../src/policy/judge.ts';
import { ruleIds } from '../../src/model/verdict.ts';
import { messageOf, readCases } from '../support/case.ts';

const root = join(import.meta.dirname, '../..');
const policy = loadPolicy(join(root, 'config/policy.yaml'));

/** The cases of `contact.jsonl` are labelled for these rules alone. */
const contact = ['contact-email', 'contact-phone', 'contact-handle', 'external-link'];

test.each([
  ['dev.jsonl', ruleIds],
  ['blind.jsonl', ruleIds],
  ['own-alarms.jsonl', ruleIds],
  ['own-alarms2.jsonl', ruleIds],
  ['contact.jsonl', contact],
])(
  '%s: F1 of 0.95, one clean message in a hundred wrongly found',
  async (file, rules: readonly string[]) => {
    let [hits, wrong, clean, cleanWrong] = [0, 0, 0, 0];
    for (const it of readCases(join(root, 'test/cases', file))) {
      const { verdicts } = judge(await messageOf(it), it, policy);
      const broken = verdicts.filter(({ findings }) => findings.some(({ region }) => region === 'new'));
      const found = broken.map(({ rule }) => rule).filter((rule) => rules.includes(rule));
      hits += found.filter((rule) => it.rules.includes(rule)).length;
      wrong += found.filter((rule) => !it.rules.includes(rule)).length + it.rules.filter((rule) => !found.includes(rule)).length;
      if (it.rules.length > 0) continue;
      clean++;
      if (found.length > 0) cleanWrong++;
    }
    expect((2 * hits) / (2 * hits + wrong)).toBeGreaterThanOrEqual(0.95);
    expect(cleanWrong / clean).toBeLessThanOrEqual(0.01);
  },
  120_000,
);
