/**
 * What MIME can do to its readers (traps.md section 3.2): each mail is read, judged, rewritten and searched as the relay does it, or refused in
 * words of ours, within seconds of CPU. The libraries alone took hours for some, lost the text of others, and let addresses through.
 */
import { leastCpu } from '../support/machine.ts';
import { beside, full, mail, part, shownIn, taken } from './torture.ts';

const unreadable = 'refuse: The message cannot be read';
const MB = 1_000_000;
const pdf = ['Content-Type: application/pdf', 'Content-Disposition: attachment; filename=a.pdf'];
const txt = ['Content-Type: text/plain', 'Content-Disposition: attachment; filename=a.txt'];
const nested = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`).join('');
const numbered = (count: number): string => Array.from({ length: count }, (_, at) => `; filename*${at}*=%41`).join('');

beforeAll(async () => {
  await taken(mail('The first mail pays for the reading of all phrases.'));
});

describe('is read, or refused, in time', () => {
  test.each<[what: string, raw: string, ended: string]>([
    ['7 MB of blanks in quoted-printable', beside(part(full(' ', 7 * MB), ...pdf, 'Content-Transfer-Encoding: quoted-printable')), 'relay'],
    [
      '7 MB of lines of 996 blanks in quoted-printable',
      beside(part(full(`${' '.repeat(996)}x\r\n`, 7 * MB), ...pdf, 'Content-Transfer-Encoding: quoted-printable')),
      'relay',
    ],
    ['3 MB of equals signs', beside(part(full('=', 3 * MB), ...pdf, 'Content-Transfer-Encoding: quoted-printable')), 'relay'],
    ['a text of empty lines between two words', mail(`Hello${full('\r\n', 120_000)}there`), 'relay'],
    ['a text of lines of one blank', mail(`Hello${full(' \r\n', 120_000)}there`), 'relay'],
    ['a text of quote marks and empty lines', mail(`Hello${full('\r\n\r\n> \r\n', 120_000)}there`), 'relay'],
    ['a file of empty lines between two words', beside(part(`a${full('\r\n', 120_000)}b`, ...txt)), 'relay'],
    ['11 MB of empty lines as the text', mail(full('\r\n', 11 * MB)), `${unreadable} (a text over 1 MB)`],
    ['1,000 levels', mail('x', nested(1_000)), `${unreadable} (the parts cannot be told apart)`],
    ['10,000 alternatives', `${mail('', 'Content-Type: multipart/alternative; boundary=b')}${part('x').repeat(10_000)}--b--`, unreadable],
    ['100,000 parts', beside(part('x').repeat(100_000)), `${unreadable} (the parts cannot be told apart)`],
    ['10,000 messages one in another', mail('x', full('Content-Type: message/rfc822\r\n\r\n', 320_000)), 'relay'],
    ['4 MB of lines that begin like a delimiter', beside(part(full('--bx\r\n', 4 * MB), ...txt)), 'relay'],
    ['11 MB of delimiters', beside(full('--b\r\n', 11 * MB)), `${unreadable} (the parts cannot be told apart)`],
    ['a part with a field of 11 MB', beside(part('x', `X: ${full('y', 11 * MB)}`)), `${unreadable} (the parts cannot be told apart)`],
    [
      '40 parts, each with 5,000 pieces of a name',
      beside(part('x', `Content-Disposition: attachment${numbered(5_000)}`).repeat(40)),
      'relay',
    ],
    [
      '98 parts, each with 90 kB of quote marks',
      beside(part('x', `Content-Type: text/plain; name="${full('\\"', 90_000)}`).repeat(98)),
      'relay',
    ],
    ['60,000 groups in To', mail('Is it oak?', `To: ${full('a:;,', 95_000)}`), 'relay'],
    ['groups within groups in To', mail('Is it oak?', `To: ${full('a:', 95_000)}`), 'relay'],
    ['open brackets in To', mail('Is it oak?', `To: ${full('(', 95_000)}`), 'relay'],
    ['quote marks in Cc', mail('Is it oak?', `Cc: ${full('"', 95_000)}`), 'relay'],
    ['@ in Cc', mail('Is it oak?', `Cc: ${full('@', 95_000)}`), 'relay'],
    ['20,000 references', mail('Is it oak?', `References: ${full('<a@b> ', 95_000)}`), 'relay'],
    ['95 kB of encoded words in the subject', mail('Is it oak?', `Subject: ${full('=?utf-8?B?4pyT?= ', 95_000)}`), 'relay'],
    ['a megabyte in UTF-7', mail(full('+ADw-'), 'Content-Type: text/plain; charset=utf-7'), unreadable],
    ['a megabyte of zero-width spaces', mail(Buffer.from(full('\u200b', 330_000)).toString('latin1')), 'relay'],
    ['a megabyte of signature lines', mail(full('-----BEGIN PGP SIGNATURE-----\r\n')), 'relay'],
  ])('%s', async (_, raw, ended) => {
    let found = '';
    const work = async () => {
      found = (await taken(raw)).ended;
    };
    expect(await leastCpu(work, 2_500)).toBeLessThan(2_500);
    expect([ended, 'put off']).toContain(found.startsWith(ended) ? ended : found);
  });
});

test('a picture that the page shows a thousand times leaves once', async () => {
  const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
  const related = ['Content-Type: image/gif', 'Content-ID: <a@x>', 'Content-Transfer-Encoding: base64'];
  const shown = part('<p>Oak</p><img src="cid:a@x">'.repeat(1_000), 'Content-Type: text/html');
  const { ended, bytes } = await taken(mail(`${shown}${part(gif, ...related)}--b--`, 'Content-Type: multipart/related; boundary=b'));
  expect(ended).toBe('relay');
  expect(bytes.split('Content-Type: image/gif')).toHaveLength(2);
  expect(bytes).not.toContain('data:');
  expect(bytes.length).toBeLessThan(150_000);
});

test('a message within the message does not go out: neither its text nor its addresses', async () => {
  const inner = 'From: lara.weber@private.example\r\nSubject: inner\r\n\r\nwrite to lara.weber@private.example';
  for (const fields of [['Content-Type: message/rfc822'], ['Content-Type: application/octet-stream; name=mail.eml']]) {
    const { ended, bytes } = await taken(beside(part(inner, ...fields)));
    expect(ended).toBe('relay');
    expect(bytes).toContain('Is it oak?');
    expect(shownIn(bytes)).not.toMatch(/private\.example|inner/);
  }
});

test.each([
  ['no boundary', 'multipart/mixed'],
  ['an empty boundary', 'multipart/mixed; boundary=""'],
  ['a boundary that never comes', 'multipart/mixed; boundary=c'],
])('%s: refused, for a library would have read an empty mail', async (_, type) => {
  expect((await taken(mail(`${part('Is it oak?')}--b--`, `Content-Type: ${type}`))).ended).toMatch(unreadable);
});

test.each(['../../etc/passwd', 'x'.repeat(500), '__proto__', 'constructor', 'utf-8; x', ''])(
  'a charset that is none: plain words are read: %s',
  async (charset) => {
    const { ended, bytes } = await taken(mail('Is it oak?', `Content-Type: text/plain; charset="${charset}"`));
    expect(ended).toBe('relay');
    expect(bytes).toContain('Is it oak?');
  },
);

test.each([
  '../../../etc/passwd',
  '..\\\\..\\\\boot.ini',
  '/dev/null',
  'a.pdf\0.exe',
  '\u202etxt.exe',
  '-rf',
  'x'.repeat(300),
  '=?utf-8?Q?a=0D=0ABcc=3A_eve=40evil.example.txt?=',
  'a"; filename="b.exe',
  '<script>.txt',
  'con',
  '',
])('a file gets a name of ours, whatever it is called: %j', async (name) => {
  const field = `Content-Disposition: attachment; filename="${Buffer.from(name).toString('latin1')}"`;
  const encoded = `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`;
  for (const disposition of [field, encoded]) {
    const { ended, bytes } = await taken(beside(part('Oak, 90 x 40.', 'Content-Type: text/plain', disposition)));
    // A NUL in a header is refused.
    if (ended !== 'relay') continue;
    expect([...bytes.matchAll(/\bfilename="([^"]*)"/g)].map(([, said]) => said)).toEqual(['attachment-1.txt']);
    expect(bytes).not.toMatch(/etc\/passwd|boot\.ini|script|evil|Bcc|-rf/);
  }
});
