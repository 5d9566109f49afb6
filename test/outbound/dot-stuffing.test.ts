import fc from 'fast-check';
import type { Mailbox } from '../../src/model/address.ts';
import { stuffed } from '../../src/outbound/dot-stuffing.ts';
import { openSmarthost } from '../../src/outbound/smarthost.ts';
import { openSink } from '../support/sink.ts';

/** Pieces of lines, dots and line ends, good and bad. */
const soup = fc.array(fc.constantFrom('.', '..', 'a', '\r\n', '\r\n.', '\r\n..', ' .'), { maxLength: 30 }).map((pieces) => pieces.join(''));
const joined = (pieces: readonly Uint8Array[] | undefined) => pieces && Buffer.concat(pieces).toString('latin1');

test('a dot is doubled where a line begins with it, and nothing else is changed', () => {
  fc.assert(
    fc.property(soup, (text) => {
      expect(joined(stuffed(Buffer.from(text), false))).toBe(text.replace(/(^|\r\n)\./g, '$1..'));
    }),
  );
});

test('a line may begin in one piece and go on in the next', () => {
  expect(joined(stuffed(Buffer.from('.a'), 10))).toBe('..a');
  expect(joined(stuffed(Buffer.from('.a'), 97))).toBe('.a');
});

test('any other line end is left to the library', () => {
  fc.assert(
    fc.property(soup, fc.constantFrom('\r', '\n', '\n.', '\r.'), soup, (before, bad, after) => {
      fc.pre(!(before.endsWith('\r') && bad.startsWith('\n')) && !(bad === '\r' && after.startsWith('\n')));
      expect(stuffed(Buffer.from(`${before}x${bad}x${after}`), false)).toBeUndefined();
    }),
  );
  expect(stuffed(Buffer.from('a\r'), false)).toBeUndefined();
  expect(stuffed(Buffer.from('\na'), 13)).toBeUndefined();
});

test.each([
  ['whole', 'From: a\r\n\r\n.hidden\r\n..\r\nno.dot\r\n.\r\nMAIL FROM:<x@y.example>\r\n.'],
  ['megabytes', `From: a\r\n\r\n${'.0123456789\r\n'.repeat(200_000)}`],
  ['bare line ends', 'From: a\r\n\r\na\n.\nb\r.\rc\r\n'],
])('the next hop gets the message as it was: %s', async (_, text) => {
  await using hop = await openSink();
  await using smarthost = openSmarthost({ host: '127.0.0.1', port: hop.port, secure: false, ehloName: 'relay.example', maxConnections: 1 });
  const envelope = { reversePath: 'a@relay.example', recipient: 'b@mail.example' as Mailbox, trace: 'abc' };
  await smarthost.handOver({ ...envelope, bytes: Buffer.from(text) });
  await smarthost.handOver({ ...envelope, bytes: Buffer.from('second: 1\r\n\r\n.\r\n') });
  const whole = text.replace(/\r\n|\r|\n/g, '\r\n');
  expect(hop.messages.map(({ bytes }) => bytes.toString('latin1').replace(/\r\n$/, ''))).toEqual([
    whole.replace(/\r\n$/, ''),
    'second: 1\r\n\r\n.',
  ]);
});
