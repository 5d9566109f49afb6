/** What an answer of the next hop becomes: its class, none of its words. */
import fc from 'fast-check';
import { type Mailbox, parseMailbox } from '../../src/model/address.ts';
import { type Answer, isTaken, refusalOf, type Stage } from '../../src/outbound/answers.ts';
import { leastCpu } from '../support/machine.ts';

const recipient = 'jane.doe+shop@secret.example' as Mailbox;
const refused = (stage: Stage, reply: string) => refusalOf({ stage, reply }, recipient);
const logged = (reply: string) => (refused('rcpt', reply).cause as Error).message;

test.each<[Stage, string, string]>([
  ['rcpt', '550 5.1.1 No such user', '550 5.1.1'],
  ['rcpt', '550-5.1.1 The email account\n550-5.1.1 does not exist\n550 5.1.1 see here', '550 5.1.1'],
  ['rcpt', '550 No such user', '550 5.1.1'],
  ['rcpt', '551 User not local', '550 5.1.1'],
  ['rcpt', '553 5.1.3 Bad address', '550 5.1.1'],
  ['rcpt', '501 5.1.3 Bad address', '550 5.1.1'],
  ['rcpt', '556 5.1.10 Null MX', '550 5.1.1'],
  ['dot', '550 5.2.1 Disabled', '550 5.1.1'],
  ['rcpt', '452 4.2.2 Over quota', '452 4.2.2'],
  ['rcpt', '552 5.2.2 Over quota', '452 4.2.2'],
  ['dot', '552-5.2.2 Over\n552 5.2.2 quota', '452 4.2.2'],
  ['rcpt', '552 Mailbox full', '452 4.2.2'],
  ['mail', '552 5.3.4 Too big', '552 5.3.4'],
  ['mail', '552 Too big', '552 5.3.4'],
  ['dot', '554 5.2.3 Too big', '552 5.3.4'],
  ['mail', '452 4.3.1 No space', '451 4.4.2'],
  ['rcpt', '450 4.2.0 Greylisted', '451 4.4.2'],
  ['rcpt', '450 Try later', '451 4.4.2'],
  ['dot', '451 4.3.0 Later', '451 4.4.2'],
  ['dot', '554 5.7.1 Spam', '554 5.4.0'],
  ['dot', '550 5.1.99 Odd', '554 5.4.0'],
  ['data', '554 No', '554 5.4.0'],
  ['dot', '550 No', '554 5.4.0'],
  ['rcpt', '554 5.7.1 Relay access denied', '554 5.4.0'],
  ['mail', '554 5.7.1 Refused', '554 5.4.0'],
  ['dot', '500', '451 4.4.1'],
])('%s: %s -> %s', (stage, reply, expected) => {
  expect(refused(stage, reply).message).toMatch(new RegExp(`^${expected} `));
});

test.each<[Stage, string]>([
  ['session', '554 5.7.1 You are blocked'],
  ['session', '535 5.7.8 Bad password'],
  ['mail', '530 5.7.0 Log in first'],
  ['mail', '553 5.1.8 Your domain does not exist'],
  ['mail', '421 4.7.0 Too many connections'],
  ['rcpt', '421 4.7.0 Try again'],
  ['dot', '421 Closing'],
  ['data', '503 5.5.1 RCPT first'],
  ['rcpt', '550 5.5.2 Syntax'],
  ['rcpt', '521 Accepts no mail'],
  ['rcpt', '550-5.1.1 first\n250 second'],
  ['dot', '250-first\n550 5.7.1 second'],
  ['dot', '55'],
  ['dot', '5500 5.1.1 four digits'],
  ['dot', '600 5.1.1 no such class'],
  ['dot', '299 odd'],
  ['dot', 'HTTP/1.1 400 Bad Request'],
  ['dot', ''],
])('what is not a clear answer about this message is 451: %s: %j', (stage, reply) => {
  expect(refused(stage, reply).message).toMatch(/^451 4\.4\.1 /);
});

test('where the two codes disagree the milder one counts', () => {
  expect(refused('rcpt', '550 4.7.1 Greylisted').message).toMatch(/^451 4\.4\.2 /);
  expect(refused('rcpt', '450 5.1.1 Unknown').message).toMatch(/^451 4\.4\.2 /);
});

test('no reply at all is 451, and the log says what broke', () => {
  const refusal = refusalOf({ stage: 'session', code: 'ECONNREFUSED' }, recipient);
  expect(refusal.message).toMatch(/^451 4\.4\.1 /);
  expect(refusal.cause).toEqual(new Error('session: ECONNREFUSED'));
  expect(refusalOf({ stage: 'session' }, recipient).cause).toEqual(new Error('session: no answer'));
});

test.each([
  ['550 5.1.1 <jane.doe+shop@secret.example>: Recipient address rejected', 'rcpt: 550 5.1.1 <[address]>: recipient address rejected'],
  ['550 5.1.1 user jane.doe unknown at mx1.secret.example [192.0.2.7]', 'rcpt: 550 5.1.1 user [host] unknown at [host] [[host]]'],
  ['550 5.1.1 JANE.DOE+SHOP', 'rcpt: 550 5.1.1 [host]'],
  ['550 no "other@person.example" (2001:db8::7)', 'rcpt: 550 no "[address]" ([host])'],
  ['550 5.1.1 see https://mail.example/?q=jane%40secret', 'rcpt: 550 5.1.1 see [address]'],
  ['550-5.1.1 one\n550 5.1.1 two\ttabs', 'rcpt: 550-5.1.1 one 550 5.1.1 two tabs'],
  ['550 \u001b[31mred\u0007\u0000\u202e jane\u0000.doe@\u200bsecret.example', 'rcpt: 550 [31mred [address]'],
  ['550 ｊａｎｅ．ｄｏｅ＠ｓｅｃｒｅｔ．ｅｘａｍｐｌｅ', 'rcpt: 550 [address]'],
  ['450 4.2.0 version 3.7.11 said 4.2.0', 'rcpt: 450 4.2.0 version 3.7.11 said 4.2.0'],
])('the log gets the answer without addresses, hosts and controls: %j', (reply, expected) => {
  expect(logged(reply)).toBe(expected);
});

test('names without an @ are known by the recipient', () => {
  const said = refusalOf({ stage: 'rcpt', reply: '550 5.1.1 mailbox sellerone unavailable' }, 'sellerone+x@shop.example' as Mailbox)
    .cause as Error;
  expect(said.message).toBe('rcpt: 550 5.1.1 mailbox [address] unavailable');
});

test('a megabyte of answer is cut at once', async () => {
  const work = () => {
    expect(logged(`550 ${'jane.doe@secret.example '.repeat(50_000)}`).length).toBeLessThanOrEqual(200);
    expect(logged(`550 ${':a'.repeat(500_000)}`).length).toBeLessThanOrEqual(200);
  };
  expect(await leastCpu(work, 500)).toBeLessThan(500);
});

test('whatever the next hop says, nothing of the recipient gets out and no control gets into the log', () => {
  const stage = fc.constantFrom<Stage>('session', 'mail', 'rcpt', 'data', 'dot');
  const secret = fc.constantFrom('jane.doe+shop@secret.example', 'jane.doe', 'secret.example', 'JANE.DOE@SECRET.EXAMPLE');
  const noise = fc.string({ unit: 'binary', maxLength: 40 });
  const before = fc.oneof(noise, fc.constantFrom('', '550 5.1.1 <', '4', 'a='));
  fc.assert(
    fc.property(stage, before, secret, noise, (at, left, name, right) => {
      const refusal = refusalOf({ stage: at, reply: `${left} ${name} ${right}` }, recipient);
      const text = `${refusal.message}\n${(refusal.cause as Error).message}`.toLowerCase();
      expect(text).not.toMatch(/jane|secret\.example/);
      expect((refusal.cause as Error).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect((refusal.cause as Error).cause).toBeUndefined();
      expect([451, 452, 550, 552, 554]).toContain(refusal.reply.code);
    }),
    { numRuns: 2000 },
  );
});

test('never 5xx where the reply does not begin with 5', () => {
  const reply = fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).filter((text) => !text.startsWith('5'));
  fc.assert(
    fc.property(reply, (text) => {
      expect(refusalOf({ stage: 'dot', reply: text } satisfies Answer, recipient).reply.code).toBeLessThan(500);
    }),
  );
});

test('only a whole 250 is one', () => {
  for (const yes of ['250 2.0.0 Ok', '250', '250-a\n250 b']) expect(isTaken(yes)).toBe(true);
  for (const no of ['', '2', '25', '2500 Ok', '251 Ok', '200 Ok', '250-a\n550 b', '250\n', '354 Go', 'x250 Ok'])
    expect(isTaken(no)).toBe(false);
});

test('a recipient beyond ASCII is masked as well', () => {
  const other = parseMailbox('jürgen@bücher.example') as Mailbox;
  const cause = refusalOf({ stage: 'rcpt', reply: '550 5.1.1 JÜRGEN unknown' }, other).cause as Error;
  expect(cause.message).toBe('rcpt: 550 5.1.1 [address] unknown');
});
