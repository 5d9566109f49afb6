/**
 * The secrets that values stand under, in Redis; and the walk that seals them anew, by SCAN over every master. Each value is written only where
 * nobody has changed it since it was read, so relays work on meanwhile; one that is missed is found by the next walk.
 */
import { CALL_DIGITS } from '../answers.ts';
import { mailboxHashes, readItem, recipientHashes, type StoreSetup } from '../codec.ts';
import { contextOf } from '../contexts.ts';
import { readParty, writesFrom } from '../party.ts';
import { isOld, reseal, rethread, type Tally, tally } from '../reseal.ts';
import type { Secrets } from '../upkeep.ts';
import { HEAD_BYTES, type Vault } from '../vault.ts';
import { bytes, type Commands, key, list } from './commands.ts';
import { createMailboxIndex } from './directory.ts';
import type { RedisNode } from './durability.ts';
import { scanKeys } from './scan.ts';

/** Fields of one hash that are read at once. */
const FIELDS = 20;
/** Keys that are looked at at the same time. */
const AT_ONCE = 20;

interface Walking {
  readonly counted: Tally;
  readonly writing: boolean;
}

type Visit = (name: string, walking: Walking) => Promise<void>;

export function createSecrets(redis: Commands, { vault, now }: Required<StoreSetup>, nodes: () => readonly RedisNode[]): Secrets {
  const visit = createVisit(redis, vault);
  const [wrote, left] = [key.secrets('wrote'), key.secrets('left')];
  const { fields } = createRenewal(redis, vault);
  const pairs = async (name: string): Promise<ReadonlyMap<string, number>> => {
    const found = new Map<string, number>();
    await fields(name, async (id, value) => void found.set(id, Number(value)));
    return found;
  };
  return {
    ids: vault.ids,
    announce: async () => void (await redis.run('announceSecret', [wrote, left], vault.ids[0] ?? '', now())),
    async uses() {
      const [times, counts] = await Promise.all([pairs(wrote), pairs(left)]);
      const ids = [...new Set([...times.keys(), ...counts.keys()])];
      const all = ids.map((id) => ({ id, wroteAt: times.get(id) ?? 0, left: counts.get(id) }));
      return all.sort((a, b) => b.wroteAt - a.wroteAt);
    },
    async found(counts) {
      const flat = Object.entries(counts).flat();
      if (flat.length > 0) await redis.call('hset', left, ...flat);
    },
    async drop(id) {
      const gone = await Promise.all([wrote, left].map((name) => redis.call('hdel', name, id)));
      return gone.some((count) => count === 1);
    },
    async walk(from, writing) {
      const { keys, next } = await scanKeys(nodes(), from);
      const counted = tally(vault);
      for (let at = 0; at < keys.length; at += AT_ONCE)
        await Promise.all(keys.slice(at, at + AT_ONCE).map((name) => visit(name, { counted, writing })));
      return counted.result(next);
    },
  };
}

/** By the key's name: how its values are sealed. */
function createVisit(redis: Commands, vault: Vault): Visit {
  const { field, value, fields } = createRenewal(redis, vault);
  const party = createPartyVisit(redis, vault);
  const threads = createThreadVisit(redis, vault);
  const items = createItemVisit(redis, vault);
  const all = createFieldsVisit(redis, vault, fields);
  const visits: readonly (readonly [RegExp, (id: string, ...more: string[]) => Visit])[] = [
    [/^postern:\{p:([^{}:]+)\}$/, (id) => party(id)],
    [/^postern:\{p:([^{}:]+)\}:ledger$/, (id) => (name, walking) => value(name, contextOf.ledger(id), walking)],
    [/^postern:\{c:([^{}:]+)\}:legal$/, (id) => (name, walking) => field({ name, field: 'v', context: contextOf.legalHold(id) }, walking)],
    [/^postern:\{c:([^{}:]+)\}:threads:\d+$/, (id) => threads(id)],
    [/^postern:hold:([^:]+)$/, (trace) => (name, walking) => value(name, contextOf.hold(trace), walking)],
    [/^postern:entry:([^:]+)$/, (trace) => (name, walking) => field({ name, field: 'v', context: contextOf.entry(trace) }, walking)],
    [/^postern:\{o:[^{}]+\}:orders$/, () => createOrderVisit(redis, vault, fields)],
    [/^postern:\{outbox\}:items$/, () => items],
    [/^postern:\{digests\}:[^/]+\/([^:]+):entries$/, (party) => all((id) => contextOf.digest(party, id))],
    [/^postern:\{webhooks\}:all$/, () => all(contextOf.webhook)],
    [/^postern:\{webhooks\}:items$/, () => all(contextOf.delivery)],
    [/^postern:answer:([^:]+)$/, (digest) => (name, walking) => value(name, contextOf.answer(digest), walking, CALL_DIGITS)],
    [/^postern:archived:([^:]+)$/, (trace) => (name, walking) => value(name, contextOf.archived(trace), walking)],
    [
      /^postern:\{(objection|report)s\}:([^/]+)\/(.+)$/,
      (kind, trace = '', id = '') =>
        async (name, walking) => {
          await field({ name, field: 'v', context: contextOf.review(kind, trace, id) }, walking);
          await field({ name, field: 'n', context: contextOf.finding(kind, trace, id) }, walking);
        },
    ],
  ];
  return async (name, walking) => {
    for (const [form, make] of visits) {
      const [, first, ...more] = form.exec(name) ?? [];
      if (first !== undefined || form.test(name))
        return make(decodeURIComponent(first ?? ''), ...more.map(decodeURIComponent))(name, walking);
    }
  };
}

interface Field {
  readonly name: string;
  readonly field: string;
  readonly context: string;
}

type EachField = (name: string, each: (field: string, value: Buffer) => Promise<void>) => Promise<void>;

function createRenewal(redis: Commands, vault: Vault) {
  const field = async ({ name, field: one, context }: Field, { counted, writing }: Walking): Promise<void> => {
    const sealed = bytes(await redis.call('hget', name, one));
    if (!sealed) return;
    const anew = writing && isOld(vault, sealed) ? reseal(vault, sealed, context) : undefined;
    if (anew && (await redis.run('resealField', [name], one, sealed, anew)) === 1) counted.moved();
    else counted.stands(sealed);
  };
  /** The first bytes first: a held message may be large. `from`: so many stand before what is sealed. */
  const value = async (name: string, context: string, { counted, writing }: Walking, from = 0): Promise<void> => {
    const head = bytes(await redis.call('getrange', name, from, from + HEAD_BYTES - 1));
    if (!head || head.length === 0) return;
    const found = writing && isOld(vault, head) ? bytes(await redis.call('get', name)) : undefined;
    const anew = found && reseal(vault, found.subarray(from), context);
    const changed = anew && Buffer.concat([found.subarray(0, from), anew]);
    if (changed && (await redis.run('resealValue', [name], found, changed)) === 1) counted.moved();
    else counted.stands(head);
  };
  const fields: EachField = async (name, each) => {
    for (let cursor = '0'; ; ) {
      const reply = await redis.call('hscan', name, cursor, 'COUNT', FIELDS);
      const [next, flat]: readonly unknown[] = Array.isArray(reply) ? reply : [];
      for (const [one, sealed] of pairsIn(list(flat))) await each(one.toString(), sealed);
      cursor = String(next);
      if (cursor === '0') return;
    }
  };
  return { field, value, fields };
}

/** Field, value, field, value ... */
const pairsIn = (flat: readonly (Buffer | undefined)[]): readonly (readonly [Buffer, Buffer])[] =>
  flat.flatMap((field, at) => {
    const value = flat[at + 1];
    return at % 2 === 0 && field && value ? [[field, value] as const] : [];
  });

function createPartyVisit(redis: Commands, vault: Vault): (id: string) => Visit {
  const { field } = createRenewal(redis, vault);
  const index = createMailboxIndex(redis, { vault, mint: () => '' });
  const reindex = async (id: string): Promise<void> => {
    const sealed = bytes(await redis.call('hget', key.party(id), 'v'));
    if (!sealed) return;
    for (const mailbox of writesFrom(readParty(vault, id, { sealed }))) {
      const hashes = mailboxHashes(vault, mailbox);
      const [hash = '', ...older] = hashes;
      if ((await redis.run('noteMailbox', [key.party(id), key.partyMailboxes(id)], hash)) !== 1) return;
      await index.add(id, hashes);
      await Promise.all(older.map((old) => redis.call('zrem', key.mailbox(old), id)));
      if (older.length > 0) await redis.call('srem', key.partyMailboxes(id), ...older);
      // It was forgotten meanwhile: so is this.
      if (!(await redis.call('hget', key.party(id), 'v'))) await redis.call('zrem', key.mailbox(hash), id);
    }
  };
  return (id) => async (name, walking) => {
    const sealed = bytes(await redis.call('hget', name, 'v'));
    if (walking.writing && sealed && isOld(vault, sealed) && reseal(vault, sealed, contextOf.party(id))) await reindex(id);
    await field({ name, field: 'v', context: contextOf.party(id) }, walking);
    await field({ name, field: 'a', context: contextOf.admitted(id) }, walking);
  };
}

const createThreadVisit = (redis: Commands, vault: Vault) => {
  const { fields } = createRenewal(redis, vault);
  return (conversation: string): Visit =>
    async (name, { counted, writing }) => {
      const all = new Map<string, Buffer>();
      await fields(name, async (hash, sealed) => void all.set(hash, sealed));
      const twin = (hashes: readonly string[]) => hashes.map((it) => all.get(it)).find((it) => it !== undefined);
      const renew = async (hash: string, sealed: Buffer): Promise<boolean | 'ends'> => {
        const moved = rethread(vault, { conversation, hash, sealed }, twin);
        return moved ? (await redis.run('moveField', [name], hash, sealed, moved.hash, moved.sealed)) === 1 : 'ends';
      };
      for (const [hash, sealed] of all) {
        const renewed = writing && isOld(vault, sealed) && (await renew(hash, sealed));
        if (renewed === 'ends') counted.ends();
        else if (renewed) counted.moved();
        else counted.stands(sealed);
      }
    };
};

const createOrderVisit =
  (redis: Commands, vault: Vault, fields: EachField): Visit =>
  (name, { counted, writing }) =>
    fields(name, async (id, json) => {
      const { item, ...row }: { readonly item?: string } = JSON.parse(json.toString());
      if (item === undefined) return;
      const sealed = Buffer.from(item, 'base64');
      const anew = writing && isOld(vault, sealed) ? reseal(vault, sealed, contextOf.order(id)) : undefined;
      const changed = anew && JSON.stringify({ ...row, item: anew.toString('base64') });
      if (changed && (await redis.run('resealField', [name], id, json, changed)) === 1) counted.moved();
      else counted.stands(sealed);
    });

function createItemVisit(redis: Commands, vault: Vault): Visit {
  const { fields } = createRenewal(redis, vault);
  const keys = ['items', 'to', 'recipients'].map(key.outbox);
  return (name, { counted, writing }) =>
    fields(name, async (id, sealed) => {
      const anew = writing && isOld(vault, sealed) ? reseal(vault, sealed, contextOf.item(id)) : undefined;
      const to = anew && recipientHashes(vault, readItem(vault, { id, attempts: 0, sealed: anew }).recipient)[0];
      if (anew && to && (await redis.run('resealItem', keys, id, sealed, anew, to)) === 1) counted.moved();
      else counted.stands(sealed);
    });
}

/** Of a hash whose every field is sealed. */
const createFieldsVisit =
  (redis: Commands, vault: Vault, fields: EachField) =>
  (contextOfField: (id: string) => string): Visit =>
  (name, { counted, writing }) =>
    fields(name, async (id, sealed) => {
      const anew = writing && isOld(vault, sealed) ? reseal(vault, sealed, contextOfField(id)) : undefined;
      if (anew && (await redis.run('resealField', [name], id, sealed, anew)) === 1) counted.moved();
      else counted.stands(sealed);
    });
