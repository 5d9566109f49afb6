/** The archive's part of `npm run soak` must notice what it is there to find, and its place must really refuse. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ArchiveUnderTest, directoryIn, ownBucket } from './archive.ts';
import { digestOf, type Found, openArchiveBooks, type Seen } from './archive-books.ts';

const token = 'insoakabcdefghijk';
const trace = 'k3m9x7q2v8r4t6w1';
const other = 'k3m9x7q2v8r4t6w2';
const relayed: Found = { trace, disposition: 'relay', received: digestOf('as sent'), delivered: digestOf('as it left') };
const names = ['a'.repeat(32), 'b'.repeat(32)];

/** One mail that was offered, relayed and answered 250. */
function booksWithOne() {
  const books = openArchiveBooks();
  books.offered(token, 'as sent', 0);
  books.took(token, trace, Buffer.from('as it left'));
  books.promised({ token, trace, at: 100 });
  const found = (all: readonly Found[], more: Partial<Seen> = {}) =>
    books.audit({ found: all, unreadable: [], names, journal: new Set(), ...more });
  return { books, found };
}

const well = { missing: [], foreign: [], uncounted: [], gaps: { said: 0, killed: 0 }, waiting: 0, drafts: 0 };

describe('the books of the archive', () => {
  test('are well where both copies are there, and where it was relayed the time before', () => {
    const { books, found } = booksWithOne();
    expect(found([relayed])).toMatchObject({ ...well, messages: 1, copies: 2 });
    books.promised({ token, trace: other, at: 200 });
    const repeat = { trace: other, disposition: 'repeat', repeats: trace, received: digestOf('as sent') };
    expect(found([relayed, repeat], { names: [...names, 'c'.repeat(32)] })).toMatchObject({ ...well, messages: 2 });
    expect(found([repeat])).toMatchObject({ missing: [token, token] });
  });

  test.each<[string, readonly Found[]]>([
    ['nothing is there', []],
    ['its received copy is not', [{ trace, disposition: 'relay', delivered: digestOf('as it left') }]],
    ['its delivered copy is not', [{ trace, disposition: 'relay', received: digestOf('as sent') }]],
  ])('miss a mail where %s; but not where the log said so', (_, all) => {
    const { books, found } = booksWithOne();
    expect(found(all)).toMatchObject({ missing: [token], foreign: [] });
    books.notArchived(trace);
    expect(found(all)).toMatchObject({ missing: [], gaps: { said: 1, killed: 0 } });
  });

  test('take a kill for a reason where an export names the gap, and the kill did not come before the mail or long after', () => {
    for (const [at, journal, count] of [
      [150, [trace], 0],
      [150, [], 1],
      [-1_000, [trace], 1],
      [200_000, [trace], 1],
    ] as const) {
      const { books, found } = booksWithOne();
      books.killed(at);
      expect(found([], { journal: new Set(journal) }).missing).toHaveLength(count);
    }
  });

  test('take a kill before the answer for a reason where the mail had been relayed, and not where it had not', () => {
    const { books, found } = booksWithOne();
    books.promised({ token, trace: other, at: 9_000 });
    books.killed(2_000);
    const repeat = { trace: other, disposition: 'repeat', repeats: trace, received: digestOf('as sent') };
    expect(found([repeat], { journal: new Set([trace]) })).toMatchObject({ missing: [], gaps: { killed: 2, longest: 1_900 } });
    expect(found([], { journal: new Set([trace, other]) })).toMatchObject({ missing: [token], gaps: { killed: 1 } });
  });

  test.each<[string, Found]>([
    ['what nobody sent', { ...relayed, received: digestOf('something else') }],
    ['what nobody took', { ...relayed, delivered: digestOf('something else') }],
    ['the copies of another mail', { trace, disposition: 'reject', received: digestOf('another') }],
    ['two copies of two mails', { trace: other, disposition: 'relay', received: digestOf('as sent'), delivered: digestOf('another left') }],
  ])('find %s', (_, one) => {
    const { books, found } = booksWithOne();
    books.offered('insoakbbbbbbbbbbb', 'another', 0);
    books.took('insoakbbbbbbbbbbb', other, Buffer.from('another left'));
    expect(found([one]).foreign).toEqual([one.trace]);
  });

  test('know that a message which left when it came lies in one file', () => {
    const { found } = booksWithOne();
    const together = { ...relayed, together: true };
    expect(found([together], { names: names.slice(1) })).toMatchObject({ ...well, copies: 2 });
    expect(found([together]).uncounted).toHaveLength(1);
    expect(found([together], { names: [] })).toMatchObject({ waiting: 1 });
  });

  test('find what does not open, what no record names, what waits, and drafts', () => {
    const { found } = booksWithOne();
    expect(found([], { unreadable: [trace] }).foreign).toEqual([trace]);
    expect(found([relayed], { names: [...names, 'c'.repeat(32)] }).uncounted).toHaveLength(1);
    expect(found([relayed], { names: [...names.slice(1), `${names[0]}.17.a1b2c3`] })).toMatchObject({
      waiting: 1,
      drafts: 1,
      uncounted: [],
    });
  });
});

/** What comes of `attempt` during one fault of each kind, and after it; `patience`, milliseconds: what is well may take its time. */
async function duringFaults(
  archive: ArchiveUnderTest,
  attempt: (patience: number) => Promise<unknown> | unknown,
): Promise<Record<string, readonly string[]>> {
  const done = async (patience: number): Promise<string> => {
    try {
      await attempt(patience);
      return 'well';
    } catch {
      return 'failed';
    }
  };
  const seen: Record<string, readonly string[]> = {};
  for (const draw of [0, 0.21, 0.34, 0.41, 0.67, 0.81, 0.999]) {
    let during = '';
    const kind = await archive.fault(
      () => draw,
      async () => {
        during = await done(300);
      },
    );
    seen[kind] = [during, await done(10_000)];
  }
  return seen;
}

test('a folder refuses while it is away, full or read-only, and has all that it had afterwards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-soak-'));
  try {
    await using archive = await directoryIn(folder);
    let count = 0;
    const write = () => writeFileSync(join(archive.env.ARCHIVE_URL?.slice('dir:'.length) ?? '', `copy${count++}`), Buffer.alloc(10_000));
    const seen = await duringFaults(archive, write);
    const kinds = archive.missing === undefined ? ['away', 'full', 'read-only'] : ['away'];
    expect(seen).toEqual(Object.fromEntries(kinds.map((kind) => [kind, ['failed', 'well']])));
    expect(archive.names()).toContain('copy1');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a bucket does not answer, or with an error, or takes a copy and does not say so', async () => {
  await using bucket = await ownBucket();
  const url = decodeURIComponent(/endpoint=(.*)/.exec(bucket.env.ARCHIVE_URL ?? '')?.[1] ?? '');
  let count = 0;
  const put = async (patience: number) => {
    // On a connection of its own: one that was cut before tells nothing of now.
    const init = { method: 'PUT', body: 'x', headers: { connection: 'close' }, signal: AbortSignal.timeout(patience) };
    const answer = await fetch(`${url}/copies/copy${count++}`, init);
    if (!answer.ok) throw new Error(String(answer.status));
  };
  const seen = await duringFaults(bucket, put);
  expect(Object.keys(seen).sort()).toEqual(['500', '503', 'cuts', 'hangs', 'takes it unsaid'].map((what) => `bucket: ${what}`).sort());
  expect(new Set(Object.values(seen).map((one) => one.join(', ')))).toEqual(new Set(['failed, well']));
});
