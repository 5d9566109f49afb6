/** Reads the whole archive of a relay over its API: each record, and each of its copies until it opens. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ArchiveUnderTest } from './archive.ts';
import { type ArchiveBooks, digestOf, type Found, type Seen } from './archive-books.ts';
import type { Api } from './marketplace.ts';

interface Shown {
  readonly trace: string;
  readonly decisions: readonly { readonly disposition: string; readonly repeats?: string }[];
  readonly copies: Readonly<Partial<Record<CopyOf, object>>>;
}

const copiesOf = ['received', 'delivered'] as const;
type CopyOf = (typeof copiesOf)[number];

/** So many messages at once. */
const atOnce = 8;

/** The relay brings what waits in the store every five seconds; so long nothing new may come, and so long in all, milliseconds. */
const [quiet, patience] = [12_000, 120_000];

/** Until nothing comes to the archive's place any more. */
export async function allBrought({ names }: Pick<ArchiveUnderTest, 'names'>): Promise<void> {
  const late = performance.now() + patience;
  for (let count = -1, since = 0; performance.now() < late; await sleep(1_000)) {
    const now = names().length;
    if (now !== count) [count, since] = [now, performance.now()];
    else if (performance.now() - since > quiet) return;
  }
}

/** All of it. `unknown`: of the books, which traces should be there and are not. */
export async function lookThrough(api: Api, { unknown }: Pick<ArchiveBooks, 'unknown'>): Promise<Omit<Seen, 'names'>> {
  const found: Found[] = [];
  const unreadable: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await ask(api, `/v1/archive?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    const { messages, next } = (await page.json()) as { readonly messages: readonly Shown[]; readonly next?: string };
    for (let at = 0; at < messages.length; at += atOnce) {
      const some = messages.slice(at, at + atOnce);
      found.push(...(await Promise.all(some.map((one) => open(one, api, (trace) => unreadable.push(trace))))));
    }
    if (next === undefined) return { found, unreadable, journal: await journaled(unknown(found), api) };
    cursor = next;
  }
}

async function journaled(traces: readonly string[], api: Api): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const trace of traces) if ((await ask(api, `/v1/messages/${trace}`)).ok) known.add(trace);
  return known;
}

async function open({ trace, decisions, copies }: Shown, api: Api, failed: (trace: string) => void): Promise<Found> {
  const last = decisions.at(-1);
  const digests: Partial<Record<CopyOf, string>> = {};
  for (const of of copiesOf) {
    if (!copies[of]) continue;
    const content = await ask(api, `/v1/messages/${trace}/content?of=${of}`);
    const bytes = new Uint8Array(await content.arrayBuffer());
    if (content.ok) digests[of] = digestOf(bytes);
    // 404: it was never written, a gap.
    else if (content.status !== 404) failed(trace);
  }
  const together = decisions[0]?.disposition === 'relay' && digests.received !== undefined && digests.delivered !== undefined;
  return {
    trace,
    disposition: last?.disposition ?? '',
    ...(last?.repeats !== undefined && { repeats: last.repeats }),
    ...digests,
    together,
  };
}

const ask = ({ url, token }: Api, path: string): Promise<Response> => fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
