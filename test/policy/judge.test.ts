/** What becomes of a message: rules, actions, regions, situation. */
import { readHtml } from '../../src/mime/html.ts';
import type { Message } from '../../src/model/message.ts';
import type { Situation } from '../../src/model/route.ts';
import { judge } from '../../src/policy/judge.ts';
import { defaultPolicy, type Policy, PolicyError, policyFor, readPolicy } from '../../src/policy/policy.ts';
import { ruleIds } from '../../src/model/verdict.ts';
import { rules } from '../../src/policy/rules/index.ts';

const answer: Situation = {
  direction: 'seller_to_buyer',
  initiates: false,
  order: { kind: 'standard', completedDaysAgo: 3 },
  buyerOptedOut: false,
};
const start: Situation = { ...answer, initiates: true };
const message = (text: string, more: Partial<Message> = {}): Message => ({ subject: 'Lamp', text, files: [], ...more });
const html = (source: string): Message => ({ subject: 'Lamp', html: readHtml(source), files: [] });
const file = (type: string, bytes: number, filename = 'scan.pdf') => ({
  filename,
  declaredType: 'application/pdf',
  type,
  content: new Uint8Array(bytes),
});
const brokenBy = (it: Message, situation: Situation = answer, policy: Policy = defaultPolicy): readonly string[] =>
  judge(it, situation, policy)
    .verdicts.filter(({ findings }) => findings.some(({ region }) => region === 'new'))
    .map(({ rule }) => rule);

test('the window after an order may be another one for a kind of order', () => {
  const late = (kind: 'standard' | 'custom'): Situation => ({ ...start, order: { kind, completedDaysAgo: 45 } });
  const policy = readPolicy({ kinds: { standard: { windowDays: 60, hosts: ['guild.example'] } } });
  const text = message('The engraver asks which of the two fonts you meant.');
  expect(brokenBy(text, late('standard'))).toEqual(['proactive-window']);
  expect(brokenBy(text, late('standard'), policy)).toEqual([]);
  expect(() => readPolicy({ kinds: { standard: { windowDays: 'long', windows: 3 } } })).toThrow(PolicyError);
});

test('every rule is registered once, in the order in which they are listed', () => {
  expect(rules.map(({ id }) => id)).toEqual(ruleIds);
});

describe('disposition', () => {
  const phone = message('Call me on 07700 900 123, please.');
  const acting = (actions: Record<string, string>) => readPolicy({ actions: { seller_to_buyer: actions } });

  test('the default is to relay and mask', () => {
    const { kind, verdicts } = judge(phone, answer, defaultPolicy);
    expect(kind).toBe('relay');
    expect(verdicts).toEqual([
      { rule: 'contact-phone', action: 'redact', findings: [{ part: 'text', region: 'new', span: '07700 900 123', from: 11, to: 24 }] },
    ]);
  });
  test.each(['hold', 'reject'] as const)('the policy may want to %s', (action) => {
    expect(judge(phone, answer, acting({ 'contact-phone': action })).kind).toBe(action);
  });
  test('the severest action of the broken rules counts', () => {
    const policy = acting({ 'contact-phone': 'hold', 'contact-email': 'reject', 'external-link': 'observe' });
    expect(judge(message('07700 900 123 or jo@lamps.net or lamps.net'), answer, policy).kind).toBe('reject');
    expect(judge(message('Call 07700 900 123 or see lamps.net'), answer, policy).kind).toBe('hold');
    expect(judge(message('See lamps.net'), answer, policy)).toMatchObject({
      kind: 'relay',
      verdicts: [{ rule: 'external-link', action: 'observe' }],
    });
  });
  test('a rule that is off finds nothing', () => {
    expect(judge(phone, answer, acting({ 'contact-phone': 'off' })).verdicts).toEqual([]);
  });
  test('quotes and signatures are never judged, but what is found there is listed', () => {
    const policy = acting({ 'contact-phone': 'reject' });
    const { kind, verdicts } = judge(
      message(
        'Yes, blue.\n\n-- \nJo Fern\nTel. 07700 900 123\n\nOn 3 March 2025, Kim <a@relay.market.example> wrote:\n> Ring 07700 900 456',
      ),
      answer,
      policy,
    );
    expect(kind).toBe('relay');
    expect(verdicts.flatMap(({ findings }) => findings.map(({ region, span }) => [region, span]))).toEqual([
      ['signature', '07700 900 123'],
      ['quoted', '07700 900 456'],
    ]);
  });
  test('buyers are bound by fewer rules', () => {
    const buyer: Situation = { ...answer, direction: 'buyer_to_seller' };
    const logo = html('<p>Hi</p><a href="https://lamps.net"><img src="https://lamps.net/a.png"></a>');
    expect(brokenBy(logo)).toEqual(['external-link', 'logo-link', 'tracking-pixel']);
    expect(brokenBy(logo, buyer)).toEqual(['external-link', 'tracking-pixel']);
  });
});

describe('situation', () => {
  test.each<[string, Partial<Situation>, string, string[]]>([
    ['an opted-out buyer', { buyerOptedOut: true }, 'Your lamp', ['opted-out']],
    ['a tag', { buyerOptedOut: true }, 'Re: your lamp [IMPORTANT]', []],
    ['a tag in full-width brackets', { buyerOptedOut: true }, '【重要】灯', []],
    ['a tag in another language', { buyerOptedOut: true }, 'Lampa [ważne]', []],
    ['a word without brackets', { buyerOptedOut: true }, 'Important: your lamp', ['opted-out']],
    ['round brackets', { buyerOptedOut: true }, '(Important) your lamp', ['opted-out']],
    ['another tag', { buyerOptedOut: true }, '[Urgent] your lamp', ['opted-out']],
    ['an order made to measure', { buyerOptedOut: true, order: { kind: 'custom', completedDaysAgo: 90 } }, 'Your lamp', []],
    ['day 30', { order: { kind: 'standard', completedDaysAgo: 30 } }, 'Your lamp', []],
    ['day 31', { order: { kind: 'standard', completedDaysAgo: 31 } }, 'Your lamp', ['proactive-window']],
    ['day 31 with a tag', { order: { kind: 'standard', completedDaysAgo: 31 } }, '[Wichtig] Lampe', []],
    ['no order', { order: null }, '[Important] your lamp', ['no-order']],
  ])('%s', (_name, given, subject, wanted) => {
    const question = { subject, text: 'Should the shade be linen or silk? The weaver needs to know by Friday.', files: [] };
    expect(brokenBy(question, { ...start, ...given })).toEqual(wanted);
    expect(brokenBy(question, { ...answer, ...given })).toEqual([]);
  });
});

describe('attachments', () => {
  test('the content counts, not the name', () => {
    const files = [file('exe', 10), file('pdf', 10, 'scan.zip'), file('unknown', 10, 'a.jpg')];
    expect(judge(message('Here.', { files }), answer, defaultPolicy).verdicts).toEqual([
      {
        rule: 'attachment-type',
        action: 'redact',
        findings: [
          { part: 'attachment', region: 'new', span: 'scan.pdf', file: 0 },
          { part: 'attachment', region: 'new', span: 'a.jpg', file: 2 },
        ],
      },
    ]);
  });
  test('7,340,032 bytes in all are allowed, one more is not', () => {
    expect(brokenBy(message('Here.', { files: [file('pdf', 7_000_000), file('png', 340_032)] }))).toEqual([]);
    expect(brokenBy(message('Here.', { files: [file('pdf', 7_000_000), file('png', 340_033)] }))).toEqual(['attachment-size']);
  });
});

describe('HTML', () => {
  test.each<[string, string, string[]]>([
    ['a link behind a text', '<p><a href="https://lamps.net/x">the manual</a></p>', ['external-link']],
    ['a link behind a harmless host', '<p><a href="https://lamps.net/x">www.market.example</a></p>', ['external-link']],
    ['a link to the marketplace', '<p><a href="https://www.market.example/x"><img src="cid:a"></a></p>', []],
    ['an image map', '<map name="m"><area href="https://lamps.net"></map><img src="cid:a" usemap="#m">', ['external-link', 'logo-link']],
    ['a linked picture', '<a href="//lamps.net/"><span><img src="data:image/png;base64,AA=="></span></a>', ['external-link', 'logo-link']],
    ['a mail link', '<p><a href="mailto:jo%40lamps.net?subject=x">write</a></p>', ['contact-email']],
    ['a telephone link', '<p><a href="tel:+44-7700-900123">ring</a></p>', ['contact-phone']],
    ['a chat link', '<p><a href="https://wa.me/447700900123">chat</a></p>', ['contact-phone', 'contact-handle', 'external-link']],
    ['a chat scheme', '<p><a href="skype:jo.fern?chat">chat</a></p>', ['contact-handle']],
    ['an address in a description', '<img src="cid:a" alt="write to jo@lamps.net">', ['contact-email']],
    ['an address split over elements', '<p>jo<b>@</b><i>lamps</i>.net</p>', ['contact-email']],
    ['a remote picture', '<img src="https://px.lamps.net/a" width="1">', ['tracking-pixel']],
    ['a remote background', '<div style="background:url(https://px.lamps.net/a)">Hi</div>', ['tracking-pixel']],
    ['a picture of the marketplace', '<img src="https://img.market.example/a.png">', []],
    ['a picture of the carrier', '<img src="https://track.carrier.example/a.png">', ['tracking-pixel']],
    ['a picture that Gmail puts in', '<img src="https://fonts.gstatic.com/s/e/notoemoji/15.0/1f600/72.png">', []],
    ['hidden text', '<p>Hi</p><div style="display:none">jo@lamps.net</div>', []],
  ])('%s', (_name, source, wanted) => {
    expect(brokenBy(html(source))).toEqual(wanted);
  });
  test('a finding says where: in the visible text, or in which element', () => {
    const it = html('<p>Write to <a href="mailto:jo@lamps.net">jo@lamps.net</a></p>');
    const [verdict] = judge(it, answer, defaultPolicy).verdicts;
    const [seen, behind] = verdict?.findings ?? [];
    expect(it.html?.plain.slice(seen?.from, seen?.to)).toBe('jo@lamps.net');
    expect(it.html?.tokens[behind?.token ?? -1]).toMatchObject({ kind: 'open', name: 'a' });
  });
});

describe('allow lists', () => {
  const document = {
    allowed: { hosts: ['track.carrier.example'], addresses: ['Help@Carrier.example'], numbers: ['+44 345 600 1234'] },
    sellers: { s1: { hosts: ['lamps.net'] } },
    kinds: { wine: { hosts: ['cellar.example'] } },
  };
  const policy = readPolicy(document);
  test('of addresses and numbers', () => {
    expect(brokenBy(message('help@carrier.example, call +44 345 600 1234'), answer, policy)).toEqual([]);
    expect(brokenBy(message('help@carrier.example, call +44 345 600 1234'), answer)).toEqual(['contact-email', 'contact-phone']);
  });
  test('for one seller', () => {
    expect(brokenBy(message('See www.lamps.net'), answer, policyFor(policy, 's1'))).toEqual([]);
    expect(brokenBy(message('See www.lamps.net'), answer, policyFor(policy, 's2'))).toEqual(['external-link']);
  });
  test('for one kind of order', () => {
    expect(brokenBy(message('See cellar.example'), { ...answer, order: { kind: 'wine', completedDaysAgo: 1 } }, policy)).toEqual([]);
    expect(brokenBy(message('See cellar.example'), answer, policy)).toEqual(['external-link']);
  });
});

test('a policy document is refused with all that is wrong with it', () => {
  const read = () =>
    readPolicy({
      actions: { seller_to_buyer: { 'contact-email': 'delete', nonsense: 'hold' } },
      limits: { windowDays: -1 },
      allowed: { hosts: 'x' },
      more: 1,
    });
  expect(read).toThrow(PolicyError);
  expect(read).toThrow(/more.*\n.*nonsense.*\n.*contact-email.*\n.*windowDays.*\n.*hosts/);
});
