import fc from 'fast-check';
import { DataReader, type Fault } from '../../src/inbound/data.ts';
import { leastCpu } from '../support/machine.ts';

interface Read {
  readonly end: number | undefined;
  readonly fault: Fault | undefined;
  readonly bytes: number;
  readonly message: string | undefined;
}

/** Reads the wire in pieces of these lengths (repeated), as the server would. */
function read(wire: string, pieces: readonly number[] = [wire.length || 1], limit = 1_000_000, room = (_: number) => true): Read {
  const reader = new DataReader(limit, undefined, room);
  const bytes = Buffer.from(wire, 'latin1');
  let end: number | undefined;
  for (let at = 0, turn = 0; at < bytes.length && end === undefined; turn++) {
    const piece = bytes.subarray(at, at + (pieces[turn % pieces.length] ?? 1));
    const found = reader.push(piece);
    if (found !== undefined) end = at + found;
    at += piece.length;
  }
  const message = reader.fault === undefined ? Buffer.from(reader.message()).toString('latin1') : undefined;
  return { end, fault: reader.fault, bytes: reader.bytes, message };
}

const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

test('what was stuffed and sent in any pieces is read back, up to its end and not further', () => {
  const line = fc.string({ unit: fc.constantFrom('.', 'a', '\0', '\x7f', 'é', ' '), maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      lengths,
      fc.constantFrom('', 'MAIL FROM:<x@y.example>\r\n', '.\r\n'),
      (lines, pieces, behind) => {
        const message = lines.map((text) => `${text}\r\n`).join('');
        const stuffed = `${lines.map((text) => `${text.startsWith('.') ? '.' : ''}${text}\r\n`).join('')}.\r\n`;
        expect(read(stuffed + behind, pieces)).toEqual({ end: stuffed.length, fault: undefined, bytes: message.length, message });
      },
    ),
    { numRuns: 500 },
  );
});

test('only CRLF.CRLF ends a message, and a bare CR or LF before it is a fault, in whatever pieces it comes', () => {
  const wire = fc.string({ unit: fc.constantFrom('\r', '\n', '.', 'a', '\r\n'), maxLength: 30 });
  fc.assert(
    fc.property(wire, lengths, (text, pieces) => {
      const at = text.indexOf('\r\n.\r\n');
      const end = text.startsWith('.\r\n') ? 3 : at < 0 ? undefined : at + 5;
      const seen = text.slice(0, end);
      const bare = /\r[^\n]|[^\r]\n|^\n/.test(seen);
      const result = read(text, pieces);
      expect(result.end).toBe(end);
      if (end !== undefined || bare) expect(result.fault).toBe(bare ? 'bare line end' : undefined);
    }),
    { numRuns: 3000 },
  );
});

test('a dot before other characters is deleted, stuffed or not (RFC 5321 section 4.5.2)', () => {
  expect(read('.a\r\n..b\r\n...\r\n. \r\n.\r\n').message).toBe('a\r\n.b\r\n..\r\n \r\n');
});

test('a message of exactly the limit is taken, one octet more is not', () => {
  const body = `${'x'.repeat(98)}\r\n`;
  expect(read(`${body}.\r\n`, [9], 100)).toMatchObject({ fault: undefined, message: body });
  expect(read(`x${body}.\r\n`, [9], 100)).toMatchObject({ fault: 'too large', bytes: 101 });
});

test('what is too large is counted and not kept, whatever else is wrong with it', () => {
  const asked: number[] = [];
  const result = read(`a\nb${'x'.repeat(200_000)}\r\n.\r\n`, [1000], 100_000, (bytes) => asked.push(bytes) > 0);
  expect(result).toMatchObject({ fault: 'too large', bytes: 200_005 });
  expect(Math.max(0, ...asked)).toBeLessThanOrEqual(100_000);
});

test('asks for room before it grows, and keeps nothing where there is none', () => {
  const asked: number[] = [];
  const grow = (bytes: number) => asked.push(bytes) < 3;
  expect(read(`${'x'.repeat(200_000)}\r\n.\r\n`, [5000], 1_000_000, grow).fault).toBe('no memory');
  expect(asked).toEqual([32_768, 65_536, 131_072]);
});

test('nothing costs more than a look at each octet: dots, line ends, bare ones (the library took seconds for 4 MB of dots)', async () => {
  for (const unit of ['..\r\n', '\r\n', '\r', 'x']) {
    const chunk = Buffer.from(unit.repeat(Math.ceil(65_536 / unit.length)));
    const work = () => {
      const reader = new DataReader(1e9, undefined, () => true);
      for (let sent = 0; sent < 6_000_000; sent += chunk.length) reader.push(chunk);
    };
    expect(await leastCpu(work, 1_000)).toBeLessThan(1_000);
  }
});
