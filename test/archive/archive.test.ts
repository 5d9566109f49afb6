/** Copies are kept, sealed, found, read and forgotten; and what their place does not take waits and comes later. */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bringSome, startArchivist } from '../../src/archive/archivist.ts';
import { openDirectory } from '../../src/archive/dir.ts';
import { wordsOf } from '../../src/mime/words.ts';
import { secrets } from '../store/fixtures.ts';
import { bytesOf, copyIn, filesBelow, type Kit, mail, newFolder, newTrace, openKit } from './parts.ts';

let kit: Kit;
beforeEach(async () => {
  kit = await openKit();
});
afterEach(() => kit[Symbol.asyncDispose]());

const recordOf = async ({ archive }: Kit, trace: string) => {
  const record = await archive.record(trace);
  if (!record) throw new Error('not in the archive');
  return record;
};

/** A folder that nothing can be put into, whoever runs the tests: a file stands in its place. */
function block(): void {
  rmSync(kit.folder, { recursive: true, force: true });
  writeFileSync(kit.folder, '');
}
const unblock = (): void => rmSync(kit.folder);

test('what was received and delivered is read again byte for byte, with what was decided and by which order it is found', async () => {
  const conversation = await kit.pair();
  const raw = Buffer.concat([Buffer.from(mail('Ring me: +46 70 123 45 67')), randomBytes(2000)]);
  const delivered = mail('Ring me: [removed]');
  const copy = copyIn(conversation, { raw, delivered });
  await kit.keep(copy);
  const record = await recordOf(kit, copy.received.trace);
  expect(await kit.archive.read(record, 'received')).toEqual(raw);
  expect((await kit.archive.read(record, 'delivered'))?.toString()).toBe(delivered);
  expect(record).toMatchObject({
    conversation: conversation.id,
    buyer: conversation.buyer,
    seller: conversation.seller,
    order: `o-${conversation.buyer}`,
    decisions: [{ disposition: 'relay', reply: copy.entry.reply, findings: [{ rule: 'contact-phone', span: '+46 70 123 45 67' }] }],
  });
  const { records } = await kit.archive.page({ order: `o-${conversation.buyer}` }, 10);
  expect(records).toEqual([record]);
  expect(kit.told).toEqual([]);
});

test('what lies on the disk says nothing without the secret, belongs to its owner alone, and is smaller than the text', async () => {
  const conversation = await kit.pair();
  const copy = copyIn(conversation, { raw: mail('Ring me on my own number. '.repeat(500)) });
  await kit.keep(copy);
  const files = filesBelow(kit.folder);
  expect(files).toHaveLength(1);
  const [file = ''] = files;
  const bytes = readFileSync(file);
  expect(bytes.includes('own number') || bytes.includes('lara')).toBe(false);
  expect(bytes.length).toBeLessThan(copy.received.raw.length / 4);
  expect(file).not.toContain(copy.received.trace);
  expect(file).not.toContain(conversation.id);
  expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  await using stranger = await openKit({ secrets: [secrets.b] });
  const record = await recordOf(kit, copy.received.trace);
  const sealed = await kit.ports.blobs.get(record.copies.received?.address ?? '');
  if (!sealed || !record.copies.received) throw new Error('no copy');
  await expect(stranger.ports.sealer.open(sealed, record.copies.received)).rejects.toThrow('no secret fits');
});

test('a copy that was changed, or put into the place of another one, is not read', async () => {
  const conversation = await kit.pair();
  const copies = [copyIn(conversation), copyIn(conversation)];
  for (const copy of copies) await kit.keep(copy);
  const [one, other] = await Promise.all(copies.map(({ received }) => recordOf(kit, received.trace)));
  if (!one?.copies.received || !other?.copies.received) throw new Error('no copies');
  const bytes = (await kit.ports.blobs.get(other.copies.received.address)) ?? Buffer.alloc(0);
  await kit.ports.blobs.put(one.copies.received.address, [bytes]);
  await expect(kit.archive.read(one, 'received')).rejects.toThrow('changed');
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  await kit.ports.blobs.put(other.copies.received.address, [bytes]);
  await expect(kit.archive.read(other, 'received')).rejects.toThrow('changed');
  // By somebody who has the secret.
  const { address } = other.copies.received;
  const forged = await kit.ports.sealer.seal({ address, contents: [{ of: 'received', bytes: Buffer.from('Not this.') }] });
  await kit.ports.blobs.put(address, forged);
  await expect(kit.archive.read(other, 'received')).rejects.toThrow('not the one');
});

test('a held message that is released has both decisions, and what left', async () => {
  const conversation = await kit.pair();
  const [trace, raw] = [newTrace(), mail('A question')];
  await kit.keep(copyIn(conversation, { trace, raw, disposition: 'hold' }));
  await kit.keep(copyIn(conversation, { trace, raw, delivered: 'as it left' }));
  const record = await recordOf(kit, trace);
  expect(record.decisions.map(({ disposition }) => disposition)).toEqual(['hold', 'relay']);
  expect((await kit.archive.read(record, 'received'))?.toString()).toBe(raw);
  expect((await kit.archive.read(record, 'delivered'))?.toString()).toBe('as it left');
  expect((await kit.archive.page({ conversation: conversation.id }, 10)).records).toHaveLength(1);
});

test('what came and what left lie together, the delivered one as what is new in it', async () => {
  const conversation = await kit.pair();
  const picture = randomBytes(300_000).toString('base64');
  const copy = copyIn(conversation, { raw: mail(`Look.\r\n${picture}`), delivered: mail(`Look.\r\n${picture}`, 'Another subject') });
  await kit.keep(copy);
  const record = await recordOf(kit, copy.received.trace);
  const [file = '', ...others] = filesBelow(kit.folder);
  expect(others).toEqual([]);
  expect(statSync(file).size).toBeLessThan(picture.length + 2_000);
  expect(await kit.archive.read(record, 'received')).toEqual(Buffer.from(copy.received.raw));
  expect(await kit.archive.read(record, 'delivered')).toEqual(copy.judged?.delivered);
});

test('what its place does not take waits in the store, can be read there, and is brought when the place is there again', async () => {
  const conversation = await kit.pair();
  block();
  const copy = copyIn(conversation, { delivered: 'as it left' });
  await kit.keep(copy);
  const { trace } = copy.received;
  expect(kit.told).toEqual([['queued', trace]]);
  const record = await recordOf(kit, trace);
  expect((await kit.archive.read(record, 'delivered'))?.toString()).toBe('as it left');
  let time = Date.now();
  const ports = { ...kit.ports, now: () => time };
  expect(await bringSome(ports)).toBe(0);
  unblock();
  expect(await bringSome(ports)).toBe(0);
  expect((await kit.store.archive.queue.depth()).count).toBe(1);
  time = 0;
  for (const { address } of Object.values(record.copies)) await kit.store.archive.queue.later(address, trace, time);
  expect(await bringSome(ports)).toBe(1);
  expect(await kit.store.archive.queue.depth()).toEqual({ count: 0, bytes: 0 });
  expect(filesBelow(kit.folder)).toHaveLength(1);
  expect((await kit.archive.read(record, 'delivered'))?.toString()).toBe('as it left');
});

test('nothing is waited for: the caller goes on at once, also where the place hangs', async () => {
  const hanging = { ...openDirectory(newFolder()), put: () => new Promise<void>(() => undefined) };
  await using slow = await openKit({ ports: { blobs: hanging } });
  const conversation = await slow.pair();
  for (let count = 0; count < 100; count += 1)
    expect(slow.archive.keep(copyIn(conversation, { raw: Buffer.alloc(1024 * 1024) }))).toBeUndefined();
  await slow.archive.close(300);
});

test('where copies pile up, what was decided is kept alone, and it is said so', async () => {
  const conversation = await kit.pair();
  const copies = Array.from({ length: 3 }, () => copyIn(conversation, { raw: Buffer.alloc(40 * 1024 * 1024) }));
  for (const copy of copies) kit.archive.keep(copy);
  await kit.archive.close(20_000);
  const records = await Promise.all(copies.map(({ received }) => recordOf(kit, received.trace)));
  expect(records.map(({ gone }) => gone?.why)).toEqual([undefined, 'no room', 'no room']);
  expect(records.every(({ decisions }) => decisions[0]?.disposition === 'relay')).toBe(true);
  expect(kit.told.map(([what]) => what)).toEqual(['lost', 'lost']);
});

test('a party that is forgotten takes the contents of its conversations along, waiting ones too; what was decided stays', async () => {
  const [gone, stays] = [await kit.pair(), await kit.pair()];
  const copies = [copyIn(gone, { delivered: 'left' }), copyIn(stays)];
  for (const copy of copies) await kit.keep(copy);
  block();
  const waiting = copyIn(gone);
  await kit.keep(waiting);
  unblock();
  expect((await kit.store.archive.queue.depth()).count).toBe(1);
  await kit.archive.forgetParty(gone.seller);
  expect((await kit.store.archive.queue.depth()).count).toBe(0);
  const record = await recordOf(kit, copies[0]?.received.trace ?? '');
  expect(record).toMatchObject({ copies: {}, gone: { why: 'forgotten' }, decisions: [{ disposition: 'relay' }] });
  expect(JSON.stringify(record)).not.toContain('70 123');
  expect(await kit.archive.read(record, 'received')).toBeUndefined();
});

test('forgetting deletes the files', async () => {
  const [gone, stays] = [await kit.pair(), await kit.pair()];
  await kit.keep(copyIn(gone, { delivered: 'left' }));
  await kit.keep(copyIn(stays));
  expect(filesBelow(kit.folder)).toHaveLength(2);
  await kit.archive.forgetParty(gone.buyer);
  expect(filesBelow(kit.folder)).toHaveLength(1);
});

test('a message that is kept while its party is forgotten leaves no copy behind', async () => {
  const conversation = await kit.pair();
  await kit.archive.forgetParty(conversation.buyer);
  await kit.store.directory.forget(conversation.buyer);
  const copy = copyIn(conversation);
  await kit.keep(copy);
  expect(filesBelow(kit.folder)).toEqual([]);
  expect(await recordOf(kit, copy.received.trace)).toMatchObject({ gone: { why: 'forgotten' } });
});

test('what is too old goes, and no more; a legal hold keeps it until it is lifted', async () => {
  const day = 86_400_000;
  const [loose, held] = [await kit.pair(), await kit.pair()];
  const [old, young, kept] = [copyIn(loose, { at: 1000 * day }), copyIn(loose, { at: 1001 * day }), copyIn(held, { at: 1000 * day })];
  for (const copy of [old, young, kept]) await kit.keep(copy);
  await kit.store.legalHolds.put({ conversation: held.id, since: 5, by: 'Legal', note: 'Case 5' });
  expect(await kit.archive.removeOlderThan(1001 * day)).toBe(1);
  expect(await kit.archive.record(old.received.trace)).toBeUndefined();
  expect(filesBelow(kit.folder)).toHaveLength(2);
  expect(await kit.archive.read(await recordOf(kit, kept.received.trace), 'received')).toEqual(Buffer.from(kept.received.raw));
  expect(await kit.store.legalHolds.lift(held.id)).toBe(true);
  expect(await kit.archive.removeOlderThan(1001 * day)).toBe(1);
  expect(filesBelow(kit.folder)).toHaveLength(1);
});

test('text is found in one conversation or party, whatever its case, encoding and width; nowhere else', async () => {
  const conversation = await kit.pair();
  const quoted =
    'From: x@y.example\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Das <b>Re=\r\ngal</b> ist s=C3=BC=C3=9F</p>\r\n';
  const copies = [
    copyIn(conversation, { raw: quoted }),
    copyIn(conversation, { raw: mail('Nothing of that') }),
    copyIn(await kit.pair(), { raw: quoted }),
  ];
  for (const copy of copies) await kit.keep(copy);
  const find = async (text: string) =>
    (await kit.archive.page({ conversation: conversation.id, text }, 10)).records.map(({ trace }) => trace);
  const [first] = copies;
  expect(await find('das regal  ist')).toEqual([first?.received.trace]);
  expect(await find('ＧＲÜSSE'.replace('SS', 'ß'))).toEqual([first?.received.trace]);
  expect(await find('quoted-printable')).toEqual([]);
  expect(await kit.archive.page({ party: conversation.seller, text: 'REGAL' }, 10)).toMatchObject({
    records: [{ trace: first?.received.trace }],
  });
  await expect(kit.archive.page({ text: 'regal' }, 10)).rejects.toThrow('one conversation or party');
});

test('a message that no reader can read does not end a search, and is found as it stands', async () => {
  const conversation = await kit.pair();
  await kit.keep(copyIn(conversation, { raw: mail('the shelf'), at: 1 }));
  await kit.keep(copyIn(conversation, { raw: 'no mail at all', at: 2 }));
  const found = async (text: string) => (await kit.archive.page({ conversation: conversation.id, text }, 10)).records.length;
  expect(await found('the shelf')).toBe(1);
  expect(await found('no mail')).toBe(1);
});

test('a search says which messages it did not read, and finds the others', async () => {
  await using some = await openKit({ ports: { wordsOf: async (raw) => (raw.length > 1_000 ? undefined : wordsOf(raw)) } });
  const conversation = await some.pair();
  const [short, long] = [copyIn(conversation), copyIn(conversation, { raw: mail('Is it oiled? '.repeat(100)) })];
  for (const copy of [short, long]) await some.keep(copy);
  const { records, unread } = await some.archive.page({ conversation: conversation.id, text: 'oiled' }, 10);
  expect(records.map(({ trace }) => trace)).toEqual([short.received.trace]);
  expect(unread).toEqual([long.received.trace]);
  expect((await some.archive.page({ conversation: conversation.id }, 10)).records).toHaveLength(2);
});

test('copies that wait for ten minutes are an alarm, and not before', async () => {
  const conversation = await kit.pair();
  block();
  await kit.keep(copyIn(conversation));
  let time = Date.now();
  const told: string[] = [];
  const run = async (): Promise<void> => {
    const archivist = startArchivist({
      ...kit.ports,
      told: (what) => told.push(what),
      now: () => time,
    });
    await archivist.close();
  };
  await run();
  expect(told).toEqual([]);
  time += 601_000;
  await run();
  expect(told).toEqual(['behind']);
});

test('the directory gives what it has, and takes no name that is none of a copy', async () => {
  const { blobs } = kit.ports;
  const addresses = ['ff', '0a', '0a', '7c'].map((start, index) => start + String(index).repeat(30)).sort();
  for (const address of addresses) await blobs.put(address, [Buffer.from(address)]);
  expect((await blobs.head(addresses[1] ?? ''))?.toString()).toBe(addresses[1]?.slice(0, 5));
  expect(await blobs.head('f'.repeat(32))).toBeUndefined();
  expect(await blobs.get('f'.repeat(32))).toBeUndefined();
  await blobs.delete('f'.repeat(32));
  for (const name of ['../../etc/passwd', `${'f'.repeat(31)}/`, '']) await expect(blobs.get(name)).rejects.toThrow('address');
  chmodSync(kit.folder, 0o700);
  expect(bytesOf(filesBelow(kit.folder)).includes(addresses[3] ?? '')).toBe(true);
});
