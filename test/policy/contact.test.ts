/** Contact data and links, sentence by sentence: in the text and in HTML alike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readHtml } from '../../src/mime/html.ts';
import type { Message } from '../../src/model/message.ts';
import { judge } from '../../src/policy/judge.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';

interface Sentences {
  readonly breaks: readonly string[];
  readonly passes: readonly string[];
}

/** By rule and language. */
const sentences: Readonly<Record<string, Readonly<Record<string, Sentences>>>> = parse(
  readFileSync(join(import.meta.dirname, '../cases/contact.yaml'), 'utf8'),
);

const situation = {
  direction: 'seller_to_buyer',
  initiates: false,
  order: { kind: 'standard', completedDaysAgo: 2 },
  buyerOptedOut: false,
} as const;
const broken = (message: Message): readonly string[] =>
  judge(message, situation, defaultPolicy)
    .verdicts.filter(({ findings }) => findings.some(({ region }) => region === 'new'))
    .map(({ rule }) => rule);
const asText = (text: string): Message => ({ subject: 'Your order', text, files: [] });
const asHtml = (text: string): Message => ({
  subject: 'Your order',
  html: readHtml(`<div>${text.replaceAll('<', '&lt;')}</div>`),
  files: [],
});

describe.each(Object.entries(sentences))('%s', (rule, languages) => {
  describe.each(Object.entries(languages))('%s', (_language, { breaks, passes }) => {
    test.each(breaks)('is broken: %s', (sentence) => {
      expect(broken(asText(sentence))).toContain(rule);
      expect(broken(asHtml(sentence))).toContain(rule);
    });
    test.each(passes)('is kept: %s', (sentence) => {
      expect(broken(asText(sentence))).not.toContain(rule);
      expect(broken(asHtml(sentence))).not.toContain(rule);
    });
  });
});

/** Not all cards of 19 digits keep to Luhn, and eleven digits are anything: the words beside them count. */
describe('numbers of persons and accounts', () => {
  test.each([
    '我建行卡 6217 0012 1005 5501 837，户名周海燕',
    '转账到 6217001210055501837 就行',
    'Mój PESEL 44051401359 dla notariusza.',
    'PESEL kupującego: 92010112343',
  ])('is taken out: %s', (sentence) => {
    expect(broken(asText(sentence))).toContain('sensitive-info');
  });
  test.each(['订单 6217 0012 1005 5501 837 已发货', 'Numer zamówienia 44051401359, wysłane wczoraj.'])('is kept: %s', (sentence) => {
    expect(broken(asText(sentence))).not.toContain('sensitive-info');
  });
});
