/** The archive of a relay as it is run: kept, found over HTTP, exported and verified on the command line, forgotten; and never in the way of mail. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzip, zip } from '../../src/mime/zip.ts';
import { eventually } from '../support/redis.ts';
import { buyer, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { filesBelow } from './parts.ts';

const root = join(import.meta.dirname, '../..');
let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line, with the relay's own settings. */
const postern = (...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { cwd: scene.relay.folder, env: { PATH: process.env.PATH ?? '', API_TOKEN: 'a-token-for-tests-only' } };
    execFile(process.execPath, [join(root, 'src/cli/postern.ts'), ...args], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });

const ask = async (path: string) =>
  (await scene.relay.call('GET', path)).body as { readonly messages: readonly Record<string, unknown>[]; readonly next?: string };

const content = async (trace: string, of: string): Promise<Response> =>
  fetch(`${scene.relay.api}/v1/messages/${trace}/content?of=${of}`, { headers: { authorization: `Bearer ${scene.relay.token}` } });

/** Until the copies of a message can be read: nobody waits for them when it is answered. */
async function archived(trace: string, of: string): Promise<string> {
  for (const patience = Date.now() + 10_000; Date.now() < patience; ) {
    const answer = await content(trace, of);
    if (answer.status === 200) return answer.text();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not archived; ${scene.relay.log()}`);
}

const sendFromBuyer = (text: string, subject = 'The shelf') =>
  scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: `Lara <${buyer.mailbox}>`, to: scene.sellerAlias, text, subject }));

test('each message is found by what it was, and read as it came and as it left', async () => {
  const { code, trace } = await sendFromBuyer('My number is +46 70 123 45 67, ring me.');
  expect(code).toBe(250);
  const received = await archived(trace, 'received');
  expect(received).toContain('+46 70 123 45 67');
  expect(received).toContain(buyer.mailbox);
  const delivered = await archived(trace, 'delivered');
  expect(delivered).toBe(scene.left().at(-1));
  expect(delivered).not.toContain('123 45 67');
  expect(delivered).not.toContain(buyer.mailbox);
  for (const question of [
    `conversation=${scene.conversation}`,
    `party=${seller.id}`,
    'order=4711',
    'disposition=relay',
    'rule=contact-phone',
    `party=${buyer.id}&text=RING%20ME`,
    `from=${new Date().toISOString().slice(0, 10)}`,
  ]) {
    const { messages } = await ask(`/v1/archive?${question}`);
    expect(messages.map((it) => [question, it.trace])).toEqual([[question, trace]]);
  }
  expect(await ask('/v1/archive?disposition=reject')).toEqual({ messages: [] });
  expect((await ask('/v1/archive?to=2001-01-01')).messages).toEqual([]);
  const [message] = (await ask('/v1/archive')).messages;
  expect(message).toMatchObject({
    order: '4711',
    decisions: [{ findings: [{ rule: 'contact-phone', span: '+46 70 123 45 67' }] }],
    copies: { received: { bytes: received.length } },
  });
  expect(JSON.stringify(message)).not.toContain('address');
});

test('content is for who has the token alone, and is no page for a browser', async () => {
  const [{ trace } = {}] = (await ask('/v1/archive')).messages;
  const answer = await content(`${trace}`, 'received');
  expect(answer.headers.get('content-type')).toBe('message/rfc822');
  expect(answer.headers.get('content-disposition')).toContain('attachment');
  expect((await fetch(`${scene.relay.api}/v1/messages/${trace}/content`)).status).toBe(401);
  expect((await fetch(`${scene.relay.api}/v1/archive`)).status).toBe(401);
  expect((await content('aaaaaaaaaaaaaaaa', 'received')).status).toBe(404);
  expect((await content(`${trace}`, 'sent')).status).toBe(400);
  expect((await scene.relay.call('GET', '/v1/archive?text=ring')).body).toMatchObject({ errors: [{ field: '?text' }] });
  expect((await scene.relay.call('GET', '/v1/archive?from=tomorrow&rule=none')).body).toMatchObject({
    errors: [{ field: '?rule' }, { field: '?from' }],
  });
});

test('a place that takes nothing is in nobody’s way: the mail goes, the copy waits, and is brought later', async () => {
  const copies = join(scene.relay.folder, 'var/archive');
  rmSync(copies, { recursive: true });
  writeFileSync(copies, '');
  const { code, trace } = await sendFromBuyer('Is it oiled?');
  expect(code).toBe(250);
  expect(await archived(trace, 'received')).toContain('Is it oiled?');
  expect(scene.relay.log()).toContain('"event":"archive-queued"');
  rmSync(copies);
  for (const patience = Date.now() + 15_000; Date.now() < patience; ) {
    try {
      if (filesBelow(copies).length === 1) break;
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(filesBelow(copies)).toHaveLength(1);
  expect(await archived(trace, 'delivered')).toContain('Is it oiled?');
});

test('a conversation is exported, verified, and found out where it was changed', async () => {
  const written = await postern('export', scene.conversation, 'case.zip');
  expect(written).toMatchObject({ code: 0 });
  expect(written.out).toContain('2 messages');
  const file = join(scene.relay.folder, 'case.zip');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const verified = await postern('export', '--verify', 'case.zip');
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.out).toContain('Nothing was changed since this relay signed it.');
  expect(await postern('export', scene.conversation, 'case.zip')).toMatchObject({ code: 1, err: expect.stringContaining('there already') });

  const files = unzip(readFileSync(file), { wants: () => true, maxEntries: 100, maxBytes: 1e7 });
  if (typeof files === 'string') throw new Error(files);
  const name = [...files.keys()].find((it) => it.endsWith('received.eml')) ?? '';
  writeFileSync(join(scene.relay.folder, 'forged.zip'), zip(new Map([...files, [name, Buffer.from('From: a\n\nI agree to pay.')]])));
  const forged = await postern('export', '--verify', 'forged.zip');
  expect(forged).toMatchObject({ code: 1 });
  expect(forged.out).toContain(`The file "${name}" was changed.`);
});

test('a new secret takes over: the archive is counted, sealed anew, and read without the old one', async () => {
  const file = join(scene.relay.folder, 'var/secret');
  const [{ trace = '' } = {}] = (await ask('/v1/archive')).messages;
  const before = await archived(`${trace}`, 'received');
  await scene.relay.stop('SIGTERM');
  expect(await postern('secrets', 'rotate')).toMatchObject({ code: 0 });
  expect((await postern('secrets', 'status')).out).toMatch(/writes\s+0 values\s+0 copies[\s\S]*reads\s+\d+ values\s+1 copies {2}is needed/);
  await scene.restart();
  await eventually('all is sealed anew', () => scene.relay.log().includes('"event":"resealed"'));
  const after = await postern('secrets', 'status');
  expect(after.out).toMatch(/writes\s+\d+ values\s+1 copies[\s\S]*reads\s+0 values\s+0 copies {2}can go/);
  await scene.relay.stop('SIGTERM');
  const [fresh = ''] = readFileSync(file, 'utf8').trim().split(',');
  writeFileSync(file, `${fresh}\n`);
  await scene.restart();
  expect(await archived(`${trace}`, 'received')).toBe(before);
}, 60_000);

test('a search reads a large message behind the fence', async () => {
  const turns = async (): Promise<number> =>
    Number(
      /postern_fence_total\{[^}]*outcome="turn"[^}]*\} (\d+)/.exec(await (await fetch(`${scene.relay.api}/metrics`)).text())?.[1] ?? 0,
    );
  const send = () => sendFromBuyer(`${'The oak one. '.repeat(6_000)}Or in beech.`, 'A long question');
  const first = await send();
  // Put off where a thread that just began is too slow on a busy machine; then it comes again.
  const { code, trace } = first.code === 451 ? await send() : first;
  expect(code).toBe(250);
  await archived(trace, 'received');
  const before = await turns();
  const { messages } = await ask(`/v1/archive?party=${buyer.id}&text=in%20BEECH`);
  expect(messages.map((it) => it.trace)).toEqual([trace]);
  expect(await turns()).toBe(before + 1);
});

test('whose conversation is on legal hold is not forgotten, and no copy of it either, until the hold is lifted', async () => {
  const hold = `/v1/conversations/${scene.conversation}/legal-hold`;
  const copies = join(scene.relay.folder, 'var/archive');
  const before = filesBelow(copies);
  expect((await scene.relay.call('PUT', hold, { by: 'Legal', note: 'Case 5' })).status).toBe(200);
  for (const id of [buyer.id, seller.id]) expect((await scene.relay.call('DELETE', `/v1/parties/${id}`)).status).toBe(409);
  expect(filesBelow(copies)).toEqual(before);
  const [{ trace } = {}] = (await ask('/v1/archive')).messages;
  expect((await content(`${trace}`, 'received')).status).toBe(200);
  expect((await scene.relay.call('DELETE', hold)).status).toBe(204);
});

test('who is forgotten is forgotten in the archive too', async () => {
  const copies = join(scene.relay.folder, 'var/archive');
  expect(filesBelow(copies).length).toBeGreaterThan(0);
  const [{ trace } = {}] = (await ask('/v1/archive')).messages;
  expect(scene.relay.log()).not.toContain('not-archived');
  expect((await scene.relay.call('DELETE', `/v1/parties/${buyer.id}`)).status).toBe(204);
  expect(filesBelow(copies)).toEqual([]);
  expect((await content(`${trace}`, 'received')).status).toBe(404);
  const [message] = (await ask('/v1/archive')).messages;
  expect(message).toMatchObject({ trace, gone: { why: 'forgotten' }, decisions: [{ disposition: 'relay' }] });
});
