/** What an author can try to write into the mail that leaves (traps.md section 3.5): header fields, long lines, line ends, marks that nobody sees. */
import fc from 'fast-check';
import { beside, full, mail, page, part, taken } from './torture.ts';

const sealed = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const ours = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'Auto-Submitted',
  'Postern-Trace',
  'MIME-Version',
];

/** The names of the header fields that left, ours apart; and what is wrong with its lines. */
function oddIn(bytes: string): readonly string[] {
  const head = bytes.slice(0, bytes.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  const names = head.split('\r\n').map((line) => line.slice(0, line.indexOf(':')));
  return [
    ...names.filter((name) => !ours.includes(name) && !name.startsWith('Content-')),
    ...(/[^\t\r\n -~]/.test(bytes) ? ['a byte beyond ASCII, or a control'] : []),
    ...(/(?<!\r)\n|\r(?!\n)/.test(bytes) ? ['a bare CR or LF'] : []),
    ...(/[^\n]{999}/.test(bytes) ? ['a line over 998 octets'] : []),
  ];
}

beforeAll(async () => {
  await taken(mail('The first mail pays for the reading of all phrases.'));
});

test.each<[what: string, raw: string]>([
  ['a subject that ends, and begins a field', mail('Is it oak?', `Subject: ${sealed('oak\r\nBcc: eve@evil.example\r\n\r\nbody')}`)],
  ['line ends as hex in an encoded word', mail('Is it oak?', 'Subject: =?utf-8?Q?oak=0D=0ABcc:_eve=40evil.example?=')],
  ['half encoded words without end', mail('Is it oak?', `Subject: ${full('=?', 90_000)}`)],
  ['a subject of 90 kB', mail('Is it oak?', `Subject: ${full('x', 90_000)}`)],
  ['a subject of 30 kB beyond ASCII', mail('Is it oak?', `Subject: ${full('é', 30_000)}`)],
  ['marks that turn the reading, and that nobody sees', mail('Is it oak?', `Subject: ${sealed('\u202eoak\u2066\u200b\ufeff')}`)],
  ['ids with fields in them', mail('Is it oak?', 'In-Reply-To: <a@b>\r\n X: <c@d', 'References: <x\u000bBcc:y@z.example>')],
  ['fields of ours', mail('Is it oak?', 'Postern-Notice: x', 'DKIM-Signature: v=1', 'Bcc: eve@evil.example', 'Reply-To: eve@evil.example')],
  ['receipts of reading', mail('Is it oak?', 'Disposition-Notification-To: eve@evil.example', 'Return-Receipt-To: eve@evil.example')],
  ['a line of 900 kB', mail(`Is it oak? ${full('x', 900_000)}`)],
  ['a word of 300 kB in HTML', page(`<p>Is it oak? ${full('x', 300_000)}</p>`)],
  ['an attribute of 90 kB', page(`<p style="color:${full('x', 90_000)}">Is it oak?</p>`)],
  ['NUL, bell and escapes', mail('Is it oak?\0\x07\x1b[2J\x7f')],
  ['8-bit text without a word about it', mail('Is it oak? Gr\xfc\xdfe')],
  ['lines that begin with dots', mail('Is it oak?\r\n.\r\n..\r\n. QUIT\r\n')],
  [
    'a charset, a boundary and a name of 5 kB',
    beside(part('Oak.', `Content-Type: text/plain; name="${full('n', 5_000)}"; charset=us-ascii`)),
  ],
])('%s: no field, no line and no byte that is not ours', async (_, raw) => {
  const { ended, bytes } = await taken(raw);
  if (ended === 'relay') expect(oddIn(bytes)).toEqual([]);
  else expect(ended).toBe('put off');
  expect(bytes).not.toMatch(/evil\.example|^(?:Bcc|X):/m);
});

test('whatever stands in subject and body', async () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      '\r\n.\r\n',
      '\0',
      '\u2028',
      '\u202e',
      '=?utf-8?Q?=0D=0A?=',
      'Bcc: a@b.example',
      'x'.repeat(1_200),
      '=',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 12 }), async (subject, body) => {
      const raw = Buffer.from(mail(`Is it oak? ${body.join('')}`, `Subject: ${sealed(subject.join(''))}`));
      const { ended, bytes } = await taken(raw);
      if (ended === 'relay') expect(oddIn(bytes)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
