/**
 * Key rotation: what older secrets sealed is sealed anew under the first one, step by step beside the mail, by one relay at a time. Done once an
 * hour while there is more than one secret, for a relay that was started before may still write with the one before.
 */
import { keep } from '../model/retention.ts';
import type { Sealed, Secrets, SecretUse, Walk } from '../store/upkeep.ts';
import type { Held } from './duty.ts';

export interface ResealPorts {
  readonly secrets: Secrets;
  /** Whatever else keeps sealed values, by a name that stays. The store is the first of them. */
  readonly others: Readonly<Record<string, Sealed>>;
  /** A whole walk is over. */
  readonly told: (sentence: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds between two steps: mail goes first. */
  readonly pause?: number;
}

const againAfter = 3_600_000;

/** How far it is. */
interface Progress {
  /** Id of the secret that all is sealed under. */
  readonly first?: string;
  /** Those that were the first one before: a relay that still writes with one does not seal anew, or two would undo each other's work for ever. */
  readonly retired: readonly string[];
  readonly part: string;
  readonly from: string;
  readonly changed: number;
  readonly standing: Readonly<Record<string, number>>;
  readonly doneAt?: number;
}

const store = 'store';
const fresh = { part: store, from: '', changed: 0, standing: {} } as const;

function readProgress(note: string): Progress {
  const known: Partial<Progress> = note === '' ? {} : JSON.parse(note);
  return { retired: [], ...fresh, ...known };
}

/** From where it is noted to be, until all is done or `held` says to stop. */
export async function resealAll(held: Held, ports: ResealPorts): Promise<void> {
  const { secrets, others, now, pause = 20 } = ports;
  await secrets.announce();
  const start = startOf(readProgress(held.note), secrets.ids, now());
  if (!start) return;
  const parts: Readonly<Record<string, Sealed>> = { [store]: secrets, ...others };
  const names = Object.keys(parts);
  let progress = start;
  for (let part: string | undefined = progress.part; part !== undefined; ) {
    const walk: Walk | undefined = await parts[part]?.walk(progress.from, true);
    progress = { ...progress, ...added(progress, walk), part, from: walk?.next ?? '' };
    if (walk?.next === undefined) part = names[names.indexOf(part) + 1];
    if (part !== undefined) progress = { ...progress, part };
    else progress = await finish(progress, ports);
    if (!(await held.keep(JSON.stringify(progress)))) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Undefined: there is nothing to do now, or it is not for us. */
function startOf(known: Progress, [first = '', ...older]: readonly string[], now: number): Progress | undefined {
  if (older.length === 0 || known.retired.includes(first)) return undefined;
  const { retired, doneAt } = known;
  if (known.first !== first) return { ...fresh, first, retired: known.first === undefined ? retired : [...retired, known.first] };
  if (doneAt === undefined) return known;
  return now - doneAt < againAfter ? undefined : { ...fresh, first, retired };
}

function added({ changed, standing }: Progress, walk: Walk | undefined): Pick<Progress, 'changed' | 'standing'> {
  const all: Record<string, number> = { ...standing };
  for (const [id, count] of Object.entries(walk?.standing ?? {})) all[id] = (all[id] ?? 0) + count;
  return { changed: changed + (walk?.changed ?? 0), standing: all };
}

async function finish(progress: Progress, { secrets, told, now }: ResealPorts): Promise<Progress> {
  const [, ...older] = secrets.ids;
  const { standing, changed } = progress;
  // Of others that something stands under nobody has spoken, or they were given up: no relay that starts is to ask for them.
  const spokenOf = (await secrets.uses()).map(({ id }) => id);
  const left = Object.fromEntries([...new Set([...older, ...spokenOf])].map((id) => [id, standing[id] ?? 0]));
  await secrets.found(left);
  for (const use of await secrets.uses()) if (use.id !== secrets.ids[0] && mayGo(use, now())) await secrets.drop(use.id);
  const remaining = older.reduce((sum, id) => sum + (standing[id] ?? 0), 0);
  if (changed > 0 || remaining > 0) told(`${changed} values were sealed anew under the first secret; ${remaining} stand under older ones`);
  const { first, retired } = progress;
  return { ...fresh, retired, doneAt: now(), ...(first !== undefined && { first }) };
}

/** Nothing stands under it, and no message that it was used to recognise comes again (RFC 5321 section 4.5.4.1). */
export const mayGo = ({ left, wroteAt }: SecretUse, now: number): boolean => left === 0 && wroteAt + keep.settled <= now;

/** Values of the store cannot be read with the secrets that are given. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing';
}

/**
 * Asked at the start, before anything is written. Throws `SecretMissing` where something stands under a secret that is not given; answers what
 * is to be said of one that was taken away while it may still be needed.
 */
export async function checkSecrets(secrets: Secrets, now: number): Promise<readonly string[]> {
  const missing = (await secrets.uses()).filter(({ id }) => !secrets.ids.includes(id));
  const needed = missing.filter(({ left }) => left !== 0);
  if (needed.length > 0) {
    const names = needed.map(({ id }) => id).join(', ');
    throw new SecretMissing(
      `RELAY_SECRET lacks a secret that values in the store stand under (its id: ${names}): put it behind the first one again, until ` +
        '`postern secrets status` says that it can go. If it is lost for good, and so what stands under it: `postern secrets drop ID`',
    );
  }
  const early = missing.filter((use) => !mayGo(use, now)).map(({ id }) => id);
  if (early.length === 0) return [];
  return [
    `RELAY_SECRET lacks a secret that wrote until a few days ago (its id: ${early.join(', ')}): mail that comes again may be relayed twice.`,
  ];
}
