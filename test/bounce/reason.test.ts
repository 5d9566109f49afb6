/** What servers answer, as it stands in Diagnostic-Code; hosts and names are made up. */
import { namesAddress, folded } from '../../src/bounce/fold.ts';
import { reasonOf } from '../../src/bounce/reason.ts';
import { reasonTexts } from '../../src/bounce/texts/reasons.ts';
import * as signs from '../../src/bounce/texts/signs.ts';
import { leastCpu } from '../support/machine.ts';

test.each([
  ['5.0.0', 'smtp; 550 RCPT TO:<x@mail.example> User not exist', 'unknown'],
  ['', 'smtp; 554 delivery error: dd This mailbox is disabled (554.30). - mta4212.mail.example', 'unknown'],
  ['5.2.1', 'smtp; 550 5.2.1 This mailbox has been blocked due to inactivity', 'unknown'],
  ['5.0.350', 'smtp;550 5.0.350 Remote server returned an error -> 550 No such user here', 'unknown'],
  ['5.0.0', 'smtp; 550 account has been disabled or discontinued [#102]', 'unknown'],
  ['5.5.0', 'smtp; 550 5.5.0 Requested action not taken: mailbox unavailable', 'unknown'],
  ['5.4.310', 'smtp;550 5.4.310 DNS domain mail.example does not exist [Message=InfoDomainNonexistent]', 'unknown'],
  ['5.1.10', 'smtp; 556 5.1.10 recipient address has null MX', 'unknown'],
  ['5.0.0', 'smtp; 552 Message would exceed quota for user', 'full'],
  ['4.4.7', 'smtp; 452 4.2.2 The recipient is over its storage limit', 'full'],
  [
    '5.0.0',
    'smtp; 554-Transaction failed 554-Reject due to policy restrictions. 554 For explanation visit https://mail.example/user-unknown',
    'policy',
  ],
  ['5.7.1', 'smtp; 550 SC-001 (COL004) Unfortunately, messages from 192.0.2.1 were not sent', 'policy'],
  ['5.0.0', 'smtp; 550 Mail content denied. https://service.mail.example/detail/122', 'policy'],
  ['5.7.26', 'smtp; 550-5.7.26 This mail is unauthenticated', 'policy'],
  ['4.7.1', 'smtp; 451 4.7.1 Greylisting in action', 'policy'],
  ['5.0.0', 'smtp; 550 Denied [CS] [id.1] (Mode: normal)', 'other'],
  ['5.3.4', 'smtp; 552 5.3.4 Message size exceeds fixed limit', 'other'],
  ['4.4.2', 'smtp; lost connection with mx.mail.example[5.1.1.7] while receiving the initial server greeting', 'other'],
  ['4.2.1', 'smtp; 450-4.2.1 The user you are trying to contact is receiving mail at a rate that prevents more', 'other'],
  ['5.1.1', 'smtp; 550 5.1.1 <no-such-user@spam-blocked.example>: Recipient address rejected: User unknown', 'unknown'],
  ['', '', 'other'],
])('%s %s: %s', (status, words, reason) => {
  expect(reasonOf(status, words)).toBe(reason);
});

test('each phrase of the tables is written as texts are folded, and none stands twice', () => {
  for (const [name, table] of [...Object.entries(reasonTexts), ...Object.entries(signs)]) {
    const odd = table.filter((phrase) => phrase.length < 2 || folded(phrase) !== phrase);
    expect({ name, odd, twice: table.filter((phrase, at) => table.indexOf(phrase) !== at) }).toEqual({ name, odd: [], twice: [] });
  }
});

test('an address stands by itself', () => {
  const address = 'roe@mail.example';
  for (const text of [address, `<${address}>:`, `to ${address}.`, `"${address}"`, `地址（${address}）`, `${address} failed`]) {
    expect({ text, named: namesAddress(text, address) }).toEqual({ text, named: true });
  }
  for (const text of ['jane.roe@mail.example', 'x-roe@mail.example', 'roe@mail.example.org', 'roe@mail.examples', `a@${address}`]) {
    expect({ text, named: namesAddress(text, address) }).toEqual({ text, named: false });
  }
});

test('a long text takes no time', async () => {
  const work = () => {
    for (const piece of ['550 5.1.1', 'mailbox ', '5.1.', 'x', '退信 ', '\u2019', 'https://', 'a@', 'a.b.', '\u{1f600}'])
      reasonOf('', piece.repeat(200_000));
  };
  expect(await leastCpu(work, 1000)).toBeLessThan(1000);
});
