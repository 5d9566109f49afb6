/** An export shows whatever was changed, taken out or put in after it was signed; and what it never held. */
import { sign } from 'node:crypto';
import { exportConversation, hashOf, names, signed } from '../../src/archive/export.ts';
import { publicKeyOf, signingKey } from '../../src/archive/keys.ts';
import { sha256 } from '../../src/archive/seal.ts';
import { verifyExport } from '../../src/archive/verify.ts';
import { entry, secrets } from '../store/fixtures.ts';
import { copyIn, type Kit, mail, newTrace, openKit } from './parts.ts';

interface Json {
  head: Record<string, unknown>;
  entries: { n: number; previous: string; hash: string; trace: string; decisions: Record<string, unknown>[]; [name: string]: unknown }[];
}

const signing = signingKey(secrets.a);
const trusted = [publicKeyOf(signing)];
const traces = Array.from({ length: 4 }, newTrace);
let kit: Kit;
let files: ReadonlyMap<string, Uint8Array>;

beforeAll(async () => {
  kit = await openKit();
  const conversation = await kit.pair();
  for (const [index, trace] of traces.entries())
    await kit.keep(
      copyIn(conversation, { trace, at: 1_800_000_000_000 + index, raw: mail(`Message ${index}`), delivered: `left ${index}` }),
    );
  await kit.store.journal.add(entry(conversation.id, 1_800_000_000_009, 'abcdefgh01234567'));
  await kit.store.journal.add(entry(conversation.id, 1_800_000_000_000, traces[0]));
  files = await exportConversation(conversation, {}, { archive: kit.archive, journal: kit.store.journal, signing, now: 1_800_000_100_000 });
});
afterAll(() => kit[Symbol.asyncDispose]());

const jsonOf = (from: ReadonlyMap<string, Uint8Array>): Json => JSON.parse(Buffer.from(from.get(names.json) ?? '').toString());

/** The export with another JSON. */
function withJson(change: (json: Json) => void): ReadonlyMap<string, Uint8Array> {
  const json = jsonOf(files);
  change(json);
  return new Map([...files, [names.json, Buffer.from(JSON.stringify(json))]]);
}

/** All hashes made to fit again, as somebody would who knows how. */
function chained(json: Json): string {
  let previous = hashOf(json.head);
  for (const [index, one] of json.entries.entries()) {
    one.n = index + 1;
    one.previous = previous;
    one.hash = previous = hashOf(one);
  }
  return previous;
}

const wrongIn = (changed: ReadonlyMap<string, Uint8Array>): readonly string[] => verifyExport(changed, trusted).wrong;

test('an export holds each message as received and delivered, what was decided, and nothing is wrong with it', () => {
  const { head, entries } = jsonOf(files);
  expect(head).toMatchObject({ format: 'postern-export/1', entries: 4, exportedAt: '2027-01-15T08:01:40.000Z' });
  expect(entries.map(({ trace }) => trace)).toEqual(traces);
  expect(entries[0]).toMatchObject({
    receivedAt: '2027-01-15T08:00:00.000Z',
    decisions: [{ disposition: 'relay', reply: `250 2.0.0 ${traces[0]}`, findings: [{ rule: 'contact-phone', span: '+46 70 123 45 67' }] }],
    contents: {
      received: { file: `messages/0001-${traces[0]}-received.eml` },
      delivered: { file: `messages/0001-${traces[0]}-delivered.eml` },
    },
  });
  expect(Buffer.from(files.get(`messages/0002-${traces[1]}-received.eml`) ?? '').toString()).toContain('Message 1');
  expect(Buffer.from(files.get(`messages/0002-${traces[1]}-delivered.eml`) ?? '').toString()).toBe('left 1');
  const { wrong, about, key } = verifyExport(files, trusted);
  expect(wrong).toEqual([]);
  expect(about.join()).toContain('4 messages');
  expect(key).toBe(sha256(trusted[0]?.trim() ?? ''));
});

test('what the journal knows and the archive does not is named as a gap', () => {
  expect(verifyExport(files).gaps).toEqual([
    'Message "abcdefgh01234567" of "2027-01-15T08:00:00.009Z" is in the journal and not in the archive.',
  ]);
});

test('JSON that was written anew with its members in another order is the same', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, member]) => [name, reversed(member)]),
    );
  };
  expect(wrongIn(new Map([...files, [names.json, Buffer.from(JSON.stringify(reversed(jsonOf(files))))]]))).toEqual([]);
});

test('a message that was changed by one byte shows, and so does one that was taken out or put in', () => {
  const name = `messages/0002-${traces[1]}-received.eml`;
  const bytes = Buffer.from(files.get(name) ?? '');
  bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
  expect(wrongIn(new Map([...files, [name, bytes]]))).toEqual([`The file "${name}" was changed.`]);
  const without = new Map(files);
  without.delete(name);
  expect(wrongIn(without)).toEqual([`The file "${name}" was taken out.`]);
  expect(wrongIn(new Map([...files, ['messages/0005.eml', bytes]]))).toEqual([
    'The file "messages/0005.eml" was put in: no entry names it.',
  ]);
});

test.each<[string, (json: Json) => void, RegExp]>([
  [
    'a decision that was changed',
    ({ entries }) => Object.assign(entries[2]?.decisions[0] ?? {}, { disposition: 'reject' }),
    /^Entry "3" .* was changed/,
  ],
  ['an entry that was taken out', ({ entries }) => entries.splice(1, 1), /^Entry 2 was taken out/],
  ['two entries that were taken out', ({ entries }) => entries.splice(1, 2), /^Entries 2 to 3 were taken out/],
  ['entries that changed places', ({ entries }) => entries.reverse(), /stands in a place that is not its own/],
  ['the last entry taken out', ({ entries }) => entries.pop(), /^It had "4" entries, and has 3/],
  ['the first entry taken out', ({ entries }) => entries.shift(), /^Entry 1 was taken out/],
  ['another seller in the head', ({ head }) => Object.assign(head, { seller: 's-2' }), /^What stands in `head` was changed/],
  ['a gap that was hidden', ({ head }) => Object.assign(head, { notArchived: [] }), /^What stands in `head` was changed/],
])('%s shows', (_what, change, sentence) => {
  const wrong = wrongIn(withJson(change));
  expect(wrong.some((it) => sentence.test(it))).toBe(true);
});

test('whoever makes all hashes fit again has not the signature; and whoever signs anew has not the key', () => {
  const forge = (json: Json): void => {
    Object.assign(json.entries[0]?.decisions[0] ?? {}, { reply: '250 all was well' });
    json.entries.pop();
    json.head.entries = 3;
    chained(json);
  };
  const drop = (from: ReadonlyMap<string, Uint8Array>) => new Map([...from].filter(([name]) => !name.includes(traces[3] ?? '')));
  const forged = drop(withJson(forge));
  expect(wrongIn(forged)).toEqual(['The signature does not fit: the end of the chain is not the one that was signed.']);
  const stranger = signingKey(secrets.b);
  const resigned = new Map([
    ...forged,
    [names.signature, Buffer.from(sign(null, Buffer.from(signed(chained(jsonOf(forged)))), stranger).toString('base64'))],
    [names.key, Buffer.from(publicKeyOf(stranger))],
  ]);
  expect(wrongIn(resigned)).toEqual(["It was signed with a key that is not this relay's: whoever changed it may have signed it anew."]);
  expect(verifyExport(resigned).key).not.toBe(sha256(trusted[0]?.trim() ?? ''));
});

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['another format', '{"head":{"format":"x"},"entries":[]}'],
  ['nonsense in all places', '{"head":{"format":"postern-export/1","entries":{}},"entries":[null,1,{"n":"\\u001b[2J","contents":7}]}'],
  ['deep nesting', `{"head":{"format":"postern-export/1","x":${'['.repeat(50_000)}${']'.repeat(50_000)}},"entries":[]}`],
])('%s is found wrong, in words without control characters', (_what, json) => {
  const { wrong, about } = verifyExport(new Map([...files, [names.json, Buffer.from(json)]]), trusted);
  expect(wrong.length).toBeGreaterThan(0);
  expect([...wrong, ...about].join('')).not.toMatch(/[\x00-\x1f]/);
});

test('an export without signature or key says so', () => {
  for (const name of [names.signature, names.key]) {
    const without = new Map(files);
    without.delete(name);
    expect(wrongIn(without)).toEqual(['It is not signed: public-key.pem or signature.txt is missing.']);
  }
});

test('what was forgotten before the export is named, with what was decided and without its words', async () => {
  await using other = await openKit();
  const conversation = await other.pair();
  const copy = copyIn(conversation, { delivered: 'left' });
  await other.keep(copy);
  await other.archive.forgetParty(conversation.buyer);
  const exported = await exportConversation(conversation, {}, { archive: other.archive, journal: other.store.journal, signing, now: 0 });
  const { wrong, gaps } = verifyExport(exported, trusted);
  expect(wrong).toEqual([]);
  expect(gaps).toEqual([`Message "${copy.received.trace}": its contents went when a party was forgotten.`]);
  expect(jsonOf(exported).entries[0]).toMatchObject({
    decisions: [{ disposition: 'relay' }],
    contents: { received: { missing: 'forgotten' } },
  });
  expect(Buffer.from(exported.get(names.json) ?? '').toString()).not.toContain('70 123');
});

test('a part of the time is exported by itself', async () => {
  const { records } = await kit.archive.page({}, 10);
  const conversation = await kit.store.directory.conversation(records[0]?.conversation ?? '');
  if (!conversation) throw new Error('no conversation');
  const range = { from: 1_800_000_000_001, to: 1_800_000_000_003 };
  const part = await exportConversation(conversation, range, { archive: kit.archive, journal: kit.store.journal, signing, now: 0 });
  expect(jsonOf(part).entries.map(({ trace }) => trace)).toEqual(traces.slice(1, 3));
  expect(verifyExport(part, trusted)).toMatchObject({ wrong: [], gaps: [] });
});
