/** Mail as mail: each received message and, byte for byte, what the other side gets of it. The pairs are described in README.md beside them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHeader } from '../../src/mime/header.ts';
import { parse } from '../../src/mime/parse.ts';
import type { Message } from '../../src/model/message.ts';
import { Refusal } from '../../src/model/reply.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { leaks } from '../../src/rewrite/gate.ts';
import { rewrite } from '../../src/rewrite/rewrite.ts';
import { buyer, order, toBuyer, toSeller } from '../rewrite/parties.ts';

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.in.eml'))
  .map((file) => file.slice(0, -'.in.eml'.length));

/** Below each mail; no link of it may be one that a party was sent. */
const foot = { report: 'https://relay.example/report/r-q7f3k9x2m5t8w1zc-abcdefgh' };
const allowed = new Set(['pdf', 'doc', 'docx', 'png', 'jpeg', 'gif', 'webp', 'heic', 'txt']);

function verdictsOn({ files }: Message): Verdict[] {
  const findings = files.flatMap(({ filename, type }, file) =>
    allowed.has(type) ? [] : [{ part: 'attachment', region: 'new', span: filename, file } as const],
  );
  return [{ rule: 'attachment-type', action: 'redact', findings }];
}

/** What leaves, or the reply. */
async function relayed(raw: Uint8Array): Promise<Buffer> {
  try {
    const header = readHeader(raw);
    const message = await parse(raw, header);
    const route = buyer.mailboxes.includes(header.author) ? toSeller : toBuyer;
    const bytes = await rewrite(message, route, { ...order, foot, verdicts: verdictsOn(message) });
    expect(leaks(bytes, route)).toEqual([]);
    return Buffer.from(bytes);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Buffer.from(`${error.message}\r\n`);
  }
}

test.each(names)('%s', async (name) => {
  const out = join(folder, `${name}.out.eml`);
  const bytes = await relayed(readFileSync(join(folder, `${name}.in.eml`)));
  if (process.env.UPDATE_MAIL) writeFileSync(out, bytes);
  expect(bytes.toString('latin1')).toBe(readFileSync(out, 'latin1'));
});

test('each pair has its line in the README, and each line its pair', () => {
  const lines = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^\| ([a-z0-9-]+) \|/gm);
  expect(
    [...lines]
      .map(([, name]) => name)
      .filter((name) => name !== 'pair')
      .toSorted(),
  ).toEqual(names.toSorted());
});

test('no line that leaves is longer than 998 octets, and all are 7-bit', () => {
  for (const name of names) {
    const out = readFileSync(join(folder, `${name}.out.eml`), 'latin1');
    expect({ name, long: out.split('\r\n').filter((line) => line.length > 998).length }).toEqual({ name, long: 0 });
    expect({ name, odd: /[^\x09\x0a\x0d\x20-\x7e]|(?<!\r)\n|\r(?!\n)/.test(out) }).toEqual({ name, odd: false });
  }
});
