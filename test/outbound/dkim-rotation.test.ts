/** DKIM as an operator sets it up and changes it: keys and selectors in the settings file, read again on SIGHUP; no mail waits for it. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { dkimRecord, readDkimKey } from '../../src/outbound/dkim-key.ts';
import { buyer, letter, openScene, type Scene } from '../support/scene.ts';

const keyOf = (kind: 'rsa' | 'ed25519'): string => {
  const { privateKey } = kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};
const keys: Readonly<Record<string, string>> = { first: keyOf('rsa'), second: keyOf('rsa'), edwards: keyOf('ed25519') };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-dkim-'));
  for (const [name, pem] of Object.entries(keys)) writeFileSync(join(folder, `${name}.pem`), pem);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the settings file: these keys, each with its name as selector. */
const use = (...names: readonly string[]): void =>
  writeFileSync(
    join(folder, 'relay.json'),
    JSON.stringify({ DKIM_KEY_FILE: names.map((name) => join(folder, `${name}.pem`)), DKIM_SELECTOR: names }),
  );

async function reloaded(scene: Scene, event: string): Promise<void> {
  const count = (): number => scene.relay.log().split(`"event":"${event}"`).length;
  const before = count();
  process.kill(scene.relay.pid, 'SIGHUP');
  for (const patience = Date.now() + 10_000; count() === before; await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > patience) throw new Error(`no ${event}: ${scene.relay.log()}`);
}

/** Sends a mail through the relay; which selectors signed what left, and how a receiver takes it. */
async function signers(scene: Scene): Promise<readonly string[]> {
  const { text } = await scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
  expect(text).toMatch(/^250 /);
  const resolver = async (name: string) => [[dkimRecord(readDkimKey(keys[name.split('.')[0] ?? ''] ?? ''))]];
  const { results } = await dkimVerify(scene.hop.messages.at(-1)?.bytes ?? Buffer.alloc(0), { resolver });
  return results.map(({ selector, signingDomain, status }) => `${selector} ${signingDomain} ${status.result} ${status.aligned}`);
}

test('keys change on SIGHUP, one that cannot sign leaves those before in place, and a start with it is refused', async () => {
  use('first', 'edwards', 'second');
  const env = { CONFIG_FILE: join(folder, 'relay.json') };
  await using scene = await openScene(env);
  expect(await signers(scene)).toEqual(['first relay.localhost pass relay.localhost', 'edwards relay.localhost pass relay.localhost']);

  use('second', 'first');
  await reloaded(scene, 'dkim-reloaded');
  expect(await signers(scene)).toEqual(['second relay.localhost pass relay.localhost']);

  writeFileSync(join(folder, 'broken.pem'), 'no key');
  use('broken');
  await reloaded(scene, 'dkim-not-reloaded');
  use('gone');
  await reloaded(scene, 'dkim-not-reloaded');
  expect(await signers(scene)).toEqual(['second relay.localhost pass relay.localhost']);
  expect(scene.relay.log()).not.toContain(folder);

  use('broken');
  await scene.relay.stop('SIGTERM');
  await expect(scene.restart()).rejects.toThrow('a DKIM key must be a private key in PEM');
}, 30_000);
