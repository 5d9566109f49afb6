import fc from 'fast-check';
import { readMail, readRcpt } from '../../src/inbound/path.ts';
import { type Reply, Refusal, replies } from '../../src/model/reply.ts';

function refused(work: () => unknown): Reply | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

describe('MAIL', () => {
  test.each([
    ['MAIL FROM:<>', { reversePath: '', utf8: false }],
    ['mail from:<Ada.L@Buyer.example>', { reversePath: 'Ada.L@Buyer.example', utf8: false }],
    ['MAIL FROM: <a@b.example>  SIZE=12  BODY=8bitmime', { reversePath: 'a@b.example', utf8: false, size: 12 }],
    ['MAIL FROM:<a@b.example> SIZE=0', { reversePath: 'a@b.example', utf8: false }],
    ['MAIL FROM:<@hop.example,@hop2.example:a@b.example>', { reversePath: 'a@b.example', utf8: false }],
    ['MAIL FROM:<"john > \\"doe\\" @"@b.example>', { reversePath: '"john > \\"doe\\" @"@b.example', utf8: false }],
    ['MAIL FROM:<prvs=0123=a+b@b.example>', { reversePath: 'prvs=0123=a+b@b.example', utf8: false }],
    ['MAIL FROM:<a@[192.0.2.1]>', { reversePath: 'a@[192.0.2.1]', utf8: false }],
    ['MAIL FROM:<a@[IPv6:2001:db8::1]>', { reversePath: 'a@[IPv6:2001:db8::1]', utf8: false }],
    ['MAIL FROM:<a@xn--bcher-kva.example>', { reversePath: 'a@xn--bcher-kva.example', utf8: false }],
    ['MAIL FROM:<bücher@büch.example> SMTPUTF8', { reversePath: 'bücher@büch.example', utf8: true }],
  ])('%s', (line, expected) => {
    expect(readMail(line)).toEqual(expected);
  });

  test.each([
    'MAIL',
    'MAIL FROM',
    'MAIL FROM:',
    'MAIL TO:<a@b.example>',
    'MAIL FROM:a@b.example',
    'MAIL FROM:<a@b.example',
    'MAIL FROM:<a>',
    'MAIL FROM:<@b.example>',
    'MAIL FROM:<a@>',
    'MAIL FROM:<a@b@c.example>',
    'MAIL FROM:<a b@c.example>',
    'MAIL FROM:<a@b..example>',
    'MAIL FROM:<a@b.example>SIZE=1',
    'MAIL FROM:<a\0@b.example>',
    'MAIL FROM:<a\u200b@b.example> SMTPUTF8',
    'MAIL FROM:<bücher@b.example>',
    'MAIL FROM:<\ufffd@b.example> SMTPUTF8',
    `MAIL FROM:<${'a'.repeat(250)}@b.example>`,
    'MAIL FROM:<a@b.example> SIZE=1 SIZE=2',
    'MAIL FROM:<a@b.example> SIZE=',
    'MAIL FROM:<a@b.example> SIZE',
    'MAIL FROM:<a@b.example> SIZE=-1',
    `MAIL FROM:<a@b.example> SIZE=${'9'.repeat(21)}`,
  ])('malformed: %s', (line) => {
    expect(refused(() => readMail(line))).toBe(replies.syntax);
  });

  test.each([
    'AUTH=<>',
    'RET=HDRS',
    'ENVID=x',
    'BODY=BINARYMIME',
    'BODY',
    'SMTPUTF8=1',
    'X',
    'REQUIRETLS',
    '<c@d.example>',
    '=',
    'BY=120;R',
  ])('not offered: %s', (parameter) => {
    expect(refused(() => readMail(`MAIL FROM:<a@b.example> ${parameter}`))).toBe(replies.unknownParameter);
  });
});

describe('RCPT', () => {
  test.each([
    ['RCPT TO:<k7x2@relay.example>', 'k7x2@relay.example'],
    ['rcpt to: <K7x2+tag@Relay.Example> ', 'K7x2+tag@Relay.Example'],
    ['RCPT TO:<b=token.x-y_z@relay.example>', 'b=token.x-y_z@relay.example'],
    ['RCPT TO:<Postmaster>', 'Postmaster'],
  ])('%s', (line, path) => {
    expect(readRcpt(line, false)).toBe(path);
  });

  test('SMTPUTF8 addresses are read where they were announced', () => {
    expect(readRcpt('RCPT TO:<k7x2@büch.example>', true)).toBe('k7x2@büch.example');
    expect(refused(() => readRcpt('RCPT TO:<k7x2@büch.example>', false))).toBe(replies.unknownAlias);
  });

  test.each([
    'RCPT TO:',
    'RCPT TO:<>',
    'RCPT TO:known@relay.example',
    'RCPT TO:<known@relay.example> <foreign@other.example>',
    'RCPT TO:<known@relay.example>,<foreign@other.example>',
    'RCPT TO:<known@relay.example>x',
    'RCPT TO:<foreign%other.example@relay.example>',
    'RCPT TO:<other.example!foreign@relay.example>',
    'RCPT TO:<foreign@other.example@relay.example>',
    'RCPT TO:<@relay.example:foreign@other.example>',
    'RCPT TO:<"known"@relay.example>',
    'RCPT TO:<"a b"@relay.example>',
    'RCPT TO:<known@[192.0.2.1]>',
    'RCPT TO:<known@relay..example>',
    'RCPT TO:<.known@relay.example>',
    'RCPT TO:<known.@relay.example>',
    'RCPT TO:<kno wn@relay.example>',
    'RCPT TO:<known\u200b@relay.example>',
    'RCPT TO:<known\r@relay.example>',
    'RCPT TO:<known@relay.example',
    `RCPT TO:<known@${'a.'.repeat(125)}example>`,
    `RCPT TO:<${'k'.repeat(65)}@relay.example>`,
  ])('no address of ours: %s', (line) => {
    expect(refused(() => readRcpt(line, true))).toBe(replies.unknownAlias);
  });

  test.each(['NOTIFY=NEVER', 'ORCPT=rfc822;a@b.example', 'X=1', 'X'])('not offered: %s', (parameter) => {
    expect(refused(() => readRcpt(`RCPT TO:<known@relay.example> ${parameter}`, false))).toBe(replies.unknownParameter);
  });
});

test('whatever stands in the line, it is read or refused', () => {
  const text = fc.string({ unit: fc.constantFrom('<', '>', '"', '\\', '@', ':', ',', ' ', 'a', '.', '=', 'ü', '\0', '%'), maxLength: 40 });
  fc.assert(
    fc.property(text, (argument) => {
      refused(() => readMail(`MAIL FROM:<${argument}`));
      const path = refused(() => readRcpt(`RCPT TO:<${argument}`, true)) ?? readRcpt(`RCPT TO:<${argument}`, true);
      if (typeof path === 'string') expect(path).toMatch(/^[^@<>"\\:,\s%!]+@[^@<>"\\:,\s%![\]]+$/);
    }),
    { numRuns: 2000 },
  );
});
