/** Reading what mail systems wrote: whatever the bytes, something is read, soon, and nothing is thrown. */
import fc from 'fast-check';
import { readReport } from '../../src/mime/report.ts';
import { readStatus } from '../../src/mime/status.ts';
import { leastCpu } from '../support/machine.ts';

const bytes = (text: string): Buffer => Buffer.from(text.replace(/\r?\n/g, '\r\n'));

test.each([
  ['nothing', ''],
  ['no header', '\n\nfailed'],
  ['no body', 'Subject: x'],
  ['a header that is none', 'what is this\nno: field\n\n<jane@mail.example>: unknown'],
  ['From that is no address', 'From: MAILER-DAEMON\nFrom: <>\nContent-Type: text/plain\nContent-Type: text/html\n\nfailed'],
  ['a multipart without parts', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\nno delimiter'],
  ['a multipart without boundary', 'Content-Type: multipart/report\n\n--x\n\ntext'],
  ['an unknown encoding and charset', 'Content-Type: text/plain; charset=x-none\nContent-Transfer-Encoding: x-uue\n\nfailed'],
  ['NUL and 8-bit', 'Subject: \0\x80\xff\n\n\0\xff\xfe'],
])('%s is read all the same', async (_what, text) => {
  const report = await readReport(bytes(text));
  expect(report).toMatchObject({ recipients: [], otherKind: '' });
});

test('fields are read that the strict reader refuses', async () => {
  const report = await readReport(
    bytes('From : a\nTo: x\nTo: y\nSubject: =?utf-8?Q?Unzustellbar?=\n folded\nX-Failed-Recipients: A@b.example, c\n\n'),
  );
  expect(report.subject).toBe('Unzustellbar folded');
  expect(report.fields.map(({ name }) => name)).toEqual(['from', 'to', 'to', 'subject', 'x-failed-recipients']);
  expect(report.failed).toEqual(['a@b.example']);
});

test('any bytes are read, and any change of a real report', async () => {
  const real = bytes(
    'From: x\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nfailed\n--b\n' +
      'Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; jane@mail.example\nAction: failed\nStatus: 5.1.1\n--b\n' +
      'Content-Type: message/rfc822\n\nMessage-ID: <a@b>\n\nx\n--b--\n',
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.nat(real.length), fc.nat(50), async (noise, at, gone) => {
      await readReport(noise);
      await readReport(Buffer.concat([real.subarray(0, at), noise, real.subarray(at + gone)]));
    }),
    { numRuns: 200 },
  );
});

/** Each is a megabyte and more of what makes careless readers slow. */
const megabyte = 1_200_000;
const status = (body: string): string =>
  `Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n${body}\n--b--\n`;
test.each([
  ['folded lines', `Subject: ${'x\n '.repeat(megabyte / 3)}\n\n`],
  ['fields', `${'a: b\n'.repeat(megabyte / 5)}\n`],
  ['blanks', `Content-Type: text/plain\n\n${' '.repeat(megabyte)}`],
  ['line ends', `Content-Type: text/plain\n\n${'\n'.repeat(megabyte)}`],
  ['delimiters', `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\n'.repeat(megabyte / 5)}`],
  ['nested multiparts', Array.from({ length: 5000 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`).join('')],
  ['recipients', status('Final-Recipient: rfc822; a@b.example\nAction: failed\n\n'.repeat(megabyte / 52))],
  ['one long field', status(`Final-Recipient: rfc822; ${'+2B'.repeat(megabyte / 3)}`)],
  ['folded fields', status(`Diagnostic-Code: ${'x\n '.repeat(megabyte / 3)}`)],
  ['angle brackets', `Content-Type: text/plain\n\n${'Message-ID: <'.repeat(megabyte / 13)}`],
  ['tags', `Content-Type: text/html\n\n${'<p><a href="'.repeat(megabyte / 12)}`],
  ['encoded words', `Subject: ${'=?utf-8?Q?'.repeat(megabyte / 10)}\n\n`],
])('a megabyte of %s takes no time', async (_what, text) => {
  const raw = bytes(text);
  expect(await leastCpu(() => readReport(raw), 1500)).toBeLessThan(1500);
  const report = await readReport(raw);
  expect(report.text.length).toBeLessThanOrEqual(65_536);
  expect(report.recipients.length).toBeLessThanOrEqual(50);
  expect(report.messageIds.length).toBeLessThanOrEqual(5);
});

describe('the status of recipients', () => {
  test.each([
    ['rfc822; jane@mail.example', ['jane@mail.example']],
    ['RFC822;<Jane@Mail.Example>', ['jane@mail.example']],
    ['rfc822; jane+2Bshop@mail.example', ['jane+2bshop@mail.example', 'jane+shop@mail.example']],
    ['jane@mail.example', ['jane@mail.example']],
    ['unknown; somebody', []],
    ['', []],
  ])('whose it is: %s', (value, addresses) => {
    expect(readStatus(`Final-Recipient: ${value}\nAction: failed\n`)).toMatchObject([{ addresses }]);
  });

  test.each([
    ['Action: FAILED (gone)\nStatus: 5.1.1 (bad mailbox)', 'failed', '5.1.1'],
    ['Action: failure\nStatus: 4.4.7', 'failed', '4.4.7'],
    ['Action: Delayed', 'delayed', ''],
    ['Action: strange\nStatus: 5.2.2', 'failed', '5.2.2'],
    ['Status: 4.2.2', 'delayed', '4.2.2'],
    ['Status: 2.1.5', 'delivered', '2.1.5'],
  ])('%j', (fields, action, status) => {
    expect(readStatus(`Final-Recipient: rfc822; a@b.example\n${fields}\n`)).toMatchObject([{ action, status }]);
  });

  test('without action and status there is none', () => {
    expect(readStatus('Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\nAction: ?\n')).toEqual([]);
  });
});
