/**
 * `secrets status|rotate|drop`: what stands under which RELAY_SECRET, a new one, and one that is lost. Secrets are told by their ids, which say
 * nothing of them; `rotate` alone prints secrets, and only where it cannot put them into their place itself.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { byCommand, openArchiveFor, openStoreWith } from '../adapters.ts';
import { replace } from '../config/first-start.ts';
import { collect } from '../config/given.ts';
import { loadSettings } from '../config/load.ts';
import { keep } from '../model/retention.ts';
import type { Sealed, Secrets, SecretUse, Walk } from '../store/upkeep.ts';
import { openVault } from '../store/vault.ts';
import { mayGo } from '../upkeep/reseal.ts';

const usage = `usage: secrets status      what stands under which secret, and which can go
       secrets rotate      a new secret: puts it into var/secret, or says how to set it
       secrets drop ID     a secret that is lost for good: what stands under it is lost, and the relay starts without it
`;

export async function secrets([what = '', id = '']: readonly string[]): Promise<number> {
  if (what === 'status') return withSecrets(status);
  if (what === 'rotate') return rotate();
  if (what === 'drop' && /^[0-9a-f]{8}$/.test(id)) return withSecrets(({ store }) => drop(store, id));
  process.stderr.write(usage);
  return 2;
}

/** What stands under secrets. Without an archive no copies are kept. */
interface Kept {
  readonly store: Secrets;
  readonly archive?: Sealed;
}

async function withSecrets(work: (kept: Kept) => Promise<number>): Promise<number> {
  const settings = loadSettings({ env: process.env, cwd: process.cwd() });
  await using store = await openStoreWith(openVault(settings.relaySecrets), settings);
  const opened = await openArchiveFor(settings, store, byCommand);
  return await work({ store: store.secrets, ...(opened && { archive: opened.sealed }) });
}

type Counts = Readonly<Record<string, number>>;

/** Looks at every value. Exit code 1: something stands under a secret that is not given. */
async function status({ store: of, archive }: Kept): Promise<number> {
  const values = await countAll(of);
  const copies = archive && (await countAll(archive));
  const uses = new Map((await of.uses()).map((use) => [use.id, use]));
  const standing = (id: string): number => (values[id] ?? 0) + (copies?.[id] ?? 0);
  const others = new Set([values, copies ?? {}].flatMap(Object.keys).concat(...uses.keys()));
  for (const id of of.ids) others.delete(id);
  for (const [at, id] of [...of.ids, ...others].entries()) {
    const use = { id, wroteAt: uses.get(id)?.wroteAt ?? 0, left: standing(id) };
    const place = at === 0 ? 'writes' : of.ids.includes(id) ? 'reads' : 'NOT GIVEN';
    process.stdout.write(`${id.padEnd(10)} ${place.padEnd(10)} ${countsOf(id, values, copies)}  ${at === 0 ? '' : adviceOn(use)}\n`);
  }
  process.stdout.write(remarks(copies !== undefined));
  return [...others].some((id) => standing(id) > 0) ? 1 : 0;
}

function countsOf(id: string, values: Counts, copies: Counts | undefined): string {
  const shown = (counts: Counts, of: string): string => `${String(counts[id] ?? 0).padStart(9)} ${of}`;
  return [shown(values, 'values'), ...(copies ? [shown(copies, 'copies')] : [])].join(' ');
}

const remarks = (archived: boolean): string =>
  (archived
    ? 'Copies are those of the archive whose records a secret opens; the records are values.\n'
    : 'ARCHIVE_URL is off: copies that were kept before are not counted.\n') +
  'Addresses and links in mail that was sent (bounces, reports, unsubscribe, answers to notices) are read by the secret that wrote them:\n' +
  'keep an older one as long as those are to work, 30 days at least. Aliases need none. By its Message-ID a message is found as long as the\n' +
  'secret is given that wrote when it came.\n';

async function countAll(of: Sealed): Promise<Counts> {
  const standing: Record<string, number> = {};
  for (let from: string | undefined = ''; from !== undefined; ) {
    const walk: Walk = await of.walk(from, false);
    for (const [id, count] of Object.entries(walk.standing)) standing[id] = (standing[id] ?? 0) + count;
    from = walk.next;
  }
  return standing;
}

const days = (milliseconds: number): number => Math.ceil(milliseconds / 86_400_000);

function adviceOn(use: SecretUse): string {
  if ((use.left ?? 0) > 0) return 'is needed: a relay that runs with it second seals these anew';
  const now = Date.now();
  if (mayGo(use, now)) return 'can go';
  const wait = days(use.wroteAt + keep.settled - now);
  return `can go in ${wait} days: until then it tells mail that comes again`;
}

async function drop(of: Secrets, id: string): Promise<number> {
  if (of.ids.includes(id)) {
    process.stderr.write('This secret is given: take it out of RELAY_SECRET first, if what stands under it is to be lost.\n');
    return 2;
  }
  const known = await of.drop(id);
  process.stdout.write(known ? 'The relay starts without it now; what stands under it is lost.\n' : 'There is no such secret.\n');
  return known ? 0 : 1;
}

/** The new one stands first: one relay takes it at its next start. Several relays have to know it before any of them writes with it. */
function rotate(): number {
  const { env } = process;
  const cwd = process.cwd();
  const settings = loadSettings({ env, cwd });
  const made = randomBytes(32).toString('base64');
  const given = settings.relaySecrets.map((secret) => secret.toString('base64'));
  if (!collect(env, cwd).given.has('RELAY_SECRET')) {
    replace(join(cwd, 'var/secret'), `${[made, ...given].join(',')}\n`);
    process.stdout.write(
      'var/secret holds a new secret, and the one before behind it. Start the relay anew; `secrets status` says when the old one can go.\n',
    );
    return 0;
  }
  const [first = '', ...older] = given;
  process.stdout.write(
    `1. Set this for every relay, and start each anew:\n   RELAY_SECRET=${[first, made, ...older].join(',')}\n` +
      `2. When all of them run with it, set this, and start each anew:\n   RELAY_SECRET=${[made, first, ...older].join(',')}\n` +
      '   (One relay alone needs step 2 only.)\n' +
      '3. What older secrets sealed is sealed anew while the relays run. `postern secrets status` says when an older one can go.\n',
  );
  return 0;
}
