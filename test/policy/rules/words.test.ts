/** The rules that read the sense of words, over the phrases that are shipped: what decides between them, and what is none of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Finding } from '../../../src/model/verdict.ts';
import { fold } from '../../../src/policy/reading/fold.ts';
import { readPhrases } from '../../../src/policy/reading/phrases.ts';
import type { Passage, Rule } from '../../../src/policy/rule.ts';
import { marketing } from '../../../src/policy/rules/marketing.ts';
import { needlessMessage } from '../../../src/policy/rules/needless-message.ts';
import { offPlatform } from '../../../src/policy/rules/off-platform.ts';
import { optOutRequest } from '../../../src/policy/rules/opt-out-request.ts';
import { reviewManipulation } from '../../../src/policy/rules/review-manipulation.ts';
import { sensitiveInfo } from '../../../src/policy/rules/sensitive-info.ts';

const folder = join(import.meta.dirname, '../../../config/phrases');
const phrases = readPhrases(
  readdirSync(folder).map((name) => ({ name, document: load(readFileSync(join(folder, name), 'utf8')) as unknown })),
);
const rules = [marketing, reviewManipulation, optOutRequest, offPlatform, sensitiveInfo, needlessMessage];

const passage = (plain: string, more: Partial<Passage> = {}): Passage => ({
  part: 'text',
  region: 'new',
  plain,
  from: 0,
  folded: fold(plain),
  ...more,
});

function found(rule: Rule, passages: readonly Passage[], initiates = false): readonly Finding[] {
  const facts = { initiates, passages, phrases };
  return [...rule.find(facts as unknown as Parameters<Rule['find']>[0])];
}

/** Ids of the rules that a text breaks in new text. */
const broken = (plain: string, initiates = false): readonly string[] =>
  rules.filter((rule) => found(rule, [passage(plain)], initiates).some(({ region }) => region === 'new')).map(({ id }) => id);

describe('border cases of the policy page', () => {
  test.each([
    ['Leave us a review and get a coupon for 5 euros.', ['review-manipulation']],
    ['Take 10% off your next order. And for a review you get a gift card.', ['marketing', 'review-manipulation']],
    ['It is cheaper if you pay me directly, outside the marketplace.', ['off-platform']],
    ['Order in our own web shop, it is cheaper there.', ['off-platform']],
    ['Order in our own web shop, you get 12% off there.', ['marketing', 'off-platform']],
    ['Please tell us your IBAN for the refund.', ['sensitive-info']],
    ['To unsubscribe from our mails click here.', ['opt-out-request']],
    ['Il mio codice fiscale è RSSMRA85T10A562S.', ['sensitive-info']],
    ['The pairing code of the speaker is 0000.', []],
    ['My card is four two four two, four two four two, four two four two, four two four two.', ['sensitive-info']],
    ['Karte: vier zwei vier zwei vier zwei vier zwei vier zwei vier zwei vier zwei 4 2.', ['sensitive-info']],
    ['Turn it one two three four times, then wait five or six seconds.', []],
    ['Open the banking app and send me the code that you see.', ['sensitive-info']],
    ["You want to pay cash at the door? I'm afraid not.", []],
    ['You can keep the table and we refund 15%.', []],
    ['We would love an honest review, positive or not.', []],
  ])('%s', (plain, ids) => expect(broken(plain)).toEqual(ids));
});

describe('needless-message', () => {
  test.each([
    ['Thank you for your order!', true],
    ['Your parcel has been shipped. Tracking number 0034. Have a nice day!\n\nThe Soap Shed', true],
    ['Unfortunately the cushion is out of stock.', true],
    ['Thank you for your order! Take 10% off your next one.', false],
    ['Thank you for your order! Which colour do you want?', false],
    ['Your parcel has been shipped in two boxes because the legs of the table did not fit into the first one, the second follows.', false],
    ['Please choose: moss, or wait until April, or your money back.', false],
    ['Nicole', false],
  ])('%s: %s', (plain, needless) => expect(found(needlessMessage, [passage(plain)], true).length > 0).toBe(needless));

  test('never of an answer', () => expect(found(needlessMessage, [passage('Thank you for your order!')], false)).toEqual([]));

  test('of the HTML where there are both, not of a quote', () => {
    const html = passage('Thank you for your order!', { part: 'html' });
    const quoted = passage('Which colour do you want?', { part: 'html', region: 'quoted' });
    expect(found(needlessMessage, [passage('See the HTML.'), html, quoted], true).map(({ part }) => part)).toEqual(['html']);
  });
});

describe('numbers that name a person or an account', () => {
  test.each([
    ['4111 1111 1111 1111'],
    ['4111-1111-1111-1111'],
    ['４１１１　１１１１　１１１１　１１１１'],
    ['4111111111111111'],
    ['3782 822463 10005'],
    ['DE89 3704 0044 0532 0130 00'],
    ['de89370400440532013000'],
    ['PL61 1090 1014 0000 0712 1981 2874'],
    ['11010519491231002X'],
    ['RSSMRA85T10A562S'],
    ['12345678Z'],
    ['811228-9874'],
    ['529.982.247-25'],
    ['2 55 08 14 168 025 38'],
  ])('%s', (number) => {
    const [finding, ...others] = found(sensitiveInfo, [passage(`x: ${number} y`)]);
    expect(finding?.span).toBe(number);
    expect(others).toEqual([]);
  });

  test.each([
    ['4111 1111 1111 1112'],
    ['00340434161094042557'],
    ['1Z999AA10123456784'],
    ['IMEI 356938035643809'],
    ['204-7719340-5582117'],
    ['DE89 3704 0044 0532 0130 01'],
    ['DE123456789'],
    ['2 55 08 14'],
    ['12345678A'],
    ['60 x 40 x 45 cm, 12 13 14 15 16 17'],
    ['me if you can make a special offer'],
  ])('%s is none', (text) => expect(found(sensitiveInfo, [passage(`x: ${text} y`)])).toEqual([]));

  test('are found in a signature too, so that they can be taken out', () => {
    expect(found(sensitiveInfo, [passage('IBAN DE89 3704 0044 0532 0130 00', { region: 'signature' })])).toMatchObject([
      { region: 'signature' },
    ]);
  });
});

test('words in quotes, signatures and subjects of answers break nothing', () => {
  const advert = 'Take 15% off your next order!';
  const places = [
    passage(advert, { region: 'quoted' }),
    passage(advert, { region: 'signature' }),
    passage(`Re: ${advert}`, { part: 'subject' }),
  ];
  expect(found(marketing, places)).toEqual([]);
  expect(found(marketing, [passage(advert, { part: 'subject' })])).toMatchObject([{ part: 'subject', from: 0, to: 28 }]);
});

test('a finding is the sentence that proves it, as it was written', () => {
  const plain = 'Hi Ann, the mat is washable. Ｔａｋｅ 15% off your next order!\nTilda';
  expect(found(marketing, [passage(plain)]).map(({ span }) => span)).toEqual(['Ｔａｋｅ 15% off your next order']);
});
