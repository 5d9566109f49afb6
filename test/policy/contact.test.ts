/** Contact data and links, sentence by sentence: in the text and in HTML alike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { readHtml } from '../../src/mime/html.ts';
import type { Message } from '../../src/model/message.ts';
import { judge } from '../../src/policy/judge.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';

interface Sentences {
  readonly breaks: readonly string[];
  readonly passes: readonly string[];
}

/** By rule and language. */
const sentences = load(readFileSync(join(import.meta.dirname, '../cases/contact.yaml'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Sentences>>>
>;

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

/** Numbers one below the other or side by side are as many numbers; another sign may stand for the `@`. */
describe('contact data in columns and in disguise', () => {
  test.each([
    ['contact-phone', 'Ruf an:\n0171 555 01 47\n0172 555 01 48'],
    ['contact-phone', 'Call: 01632 960 871 | 01632 960 872'],
    ['contact-phone', 'The courier needs a mobile for the locker code, here you go: 07700 900 516'],
    ['contact-email', '我的邮箱 qiulan_88#126.com'],
    ['contact-handle', '图发我QQ上？1 9 0 2 7 7 4 3 5'],
  ])('%s is broken: %s', (rule, sentence) => {
    expect(broken(asText(sentence))).toContain(rule);
  });
  test.each([
    ['contact-phone', 'Version 5.3.5 / 2026-02-08 is out.'],
    ['contact-phone', 'The camera answers at 192.168.100.12 then.'],
    ['contact-phone', 'Beställning 60-118842, ring inte.'],
    ['contact-email', 'Part #126 and colour A#163 are in the box.'],
    ['contact-handle', 'A grade pode partilhar-se no Facebook, vem desligado.'],
    ['sensitive-info', 'Vorschaltgerät, Art. 4058075 206 908.'],
  ])('%s is kept: %s', (rule, sentence) => {
    expect(broken(asText(sentence))).not.toContain(rule);
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
