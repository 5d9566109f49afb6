/** The reverse-path that we send with, the address of a notice, and what comes back to them. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { parseMailbox } from '../../src/model/address.ts';
import { type KeyedHash, ownAddress, readOwnAddress } from '../../src/directory/own-address.ts';

const keyed =
  (key: string): KeyedHash =>
  (text) =>
    createHmac('sha256', key).update(text).digest();
const returnPathFor = (trace: string, domain: string, hash: KeyedHash) => ownAddress({ kind: 'bounce', trace }, domain, hash);
const traceOfReturnPath = (address: string, hashes: readonly KeyedHash[]) => readOwnAddress(address, hashes)?.trace;
const now = keyed('now');
const before = keyed('before');

const traces = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'), minLength: 1, maxLength: 53 });

test('comes back as the trace id, in any case, from any domain of ours', () => {
  fc.assert(
    fc.property(traces, (trace) => {
      const address = returnPathFor(trace, 'relay.example', now);
      expect(traceOfReturnPath(address, [now])).toBe(trace);
      expect(traceOfReturnPath(address.toUpperCase(), [now])).toBe(trace);
      expect(traceOfReturnPath(address.replace('relay.example', 'older.example'), [now])).toBe(trace);
      expect(parseMailbox(address)).toBe(address);
      expect(address.indexOf('@')).toBeLessThanOrEqual(64);
    }),
  );
});

test('has the form that operators search for', () => {
  expect(returnPathFor('0123456789abcdef', 'relay.example', now)).toMatch(/^b-0123456789abcdef-[a-z2-7]{8}@relay\.example$/);
});

test('an older secret still reads what it wrote; an unknown one does not', () => {
  const address = returnPathFor('abc', 'relay.example', before);
  expect(traceOfReturnPath(address, [now, before])).toBe('abc');
  expect(traceOfReturnPath(address, [now])).toBeUndefined();
  expect(traceOfReturnPath(address, [])).toBeUndefined();
});

test('every bit of the check counts', () => {
  const address = returnPathFor('0123456789abcdef', 'relay.example', now);
  const start = address.indexOf('@') - 8;
  for (let at = start; at < start + 8; at += 1) {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz234567') {
      const other = address.slice(0, at) + letter + address.slice(at + 1);
      expect(traceOfReturnPath(other, [now])).toBe(other === address ? '0123456789abcdef' : undefined);
    }
  }
});

test('the check is bound to the trace id', () => {
  const [one, two] = ['aaaa', 'aaab'].map((trace) => returnPathFor(trace, 'relay.example', now));
  expect(traceOfReturnPath(one?.replace('aaaa', 'aaab') ?? '', [now])).toBeUndefined();
  expect(one?.slice(7)).not.toBe(two?.slice(7));
});

test('checks are spread over all their bits', () => {
  const checks = Array.from(
    { length: 5000 },
    (_, index) => returnPathFor(`t${index}`, 'relay.example', now).match(/-([a-z2-7]{8})@/)?.[1] ?? '',
  );
  expect(new Set(checks).size).toBe(5000);
  for (let at = 0; at < 8; at += 1) expect(new Set(checks.map((check) => check[at])).size).toBe(32);
});

test('nothing else is one', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => traceOfReturnPath(text, [now]) === undefined));
  const address = returnPathFor('abc', 'relay.example', now);
  for (const other of [
    '',
    '@',
    'b-',
    'b-abc-aaaaaaaa',
    ` ${address}`,
    `x${address}`,
    `${address.slice(0, 15)}`,
    address.replace('b-', 'c-'),
    `${address}${'x'.repeat(300)}`,
  ]) {
    expect(traceOfReturnPath(other, [now])).toBeUndefined();
  }
});

test.each(['', 'ABC', 'a-b', 'a@b', 'a b', 'x'.repeat(54)])('a trace id that does not fit is refused: %j', (trace) => {
  expect(() => returnPathFor(trace, 'relay.example', now)).toThrow(RangeError);
});

test('an address longer than RFC 5321 allows is refused', () => {
  expect(() => returnPathFor('a'.repeat(53), `${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(62)}.example`, now)).toThrow(RangeError);
});

test('an address of one kind is none of the other', () => {
  const command = ownAddress({ kind: 'command', trace: 'abc' }, 'relay.example', now);
  expect(readOwnAddress(command, [now])).toEqual({ kind: 'command', trace: 'abc' });
  expect(readOwnAddress(command.replace(/^c/, 'b'), [now])).toBeUndefined();
});
