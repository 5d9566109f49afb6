/** Webhooks in SQLite: subscriptions, and the queue of each. The first of a lane alone has a `due`; a loan is a `due` at the end of the lease. */
import { keep } from '../../model/retention.ts';
import { partyLane } from '../../model/event.ts';
import { leaseOf, lendSize, mintId, pageSize, readCursor, type StoreSetup, writeCursor } from '../codec.ts';
import {
  type DeliveryRow,
  MAX_DEAD,
  MAX_REPLAYED,
  placeOfDelivery,
  readDeliveries,
  readWebhook,
  readWebhooks,
  sealDelivery,
  sealWebhook,
} from '../webhook-codec.ts';
import type { Delivery, DeliveryPage, DeliveryState, Webhooks } from '../webhooks.ts';
import { blob, type Database, number, type Row, text, type Write } from './rows.ts';

type Setup = Required<StoreSetup>;

/** So many rows one transaction deletes, at most. */
const AT_ONCE = 1000;

export function createWebhooks(db: Database, write: Write, setup: Setup): Webhooks {
  return { ...createSubscriptions(db, write, setup), ...createQueue(db, write, setup), ...createReader(db, setup) };
}

function createSubscriptions(db: Database, write: Write, { vault }: Setup): Pick<Webhooks, 'all' | 'webhook' | 'change' | 'drop'> {
  const every = db.prepare('SELECT id, sealed FROM webhook');
  const one = db.prepare('SELECT sealed FROM webhook WHERE id = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO webhook (id, sealed) VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM webhook WHERE id = ?');
  const empty = db.prepare(`DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE webhook = ? LIMIT ${AT_ONCE})`);
  const read = (id: string) => {
    const row = one.get(id);
    return row && readWebhook(vault, id, blob(row, 'sealed'));
  };
  return {
    all: async () =>
      readWebhooks(
        vault,
        every.all().map((row) => ({ id: text(row, 'id'), sealed: blob(row, 'sealed') })),
      ),
    webhook: async (id) => read(id),
    change: (id, change) =>
      write(() => {
        const webhook = change(read(id));
        upsert.run(id, sealWebhook(vault, webhook));
        return webhook;
      }),
    drop: async (id) => {
      const known = (await write(() => remove.run(id))) > 0;
      while ((await write(() => empty.run(id))) === AT_ONCE);
      return known;
    },
  };
}

type Queue = Pick<Webhooks, 'put' | 'lend' | 'done' | 'later' | 'bury' | 'replay'>;

function createQueue(db: Database, write: Write, { vault, now }: Setup): Queue {
  const insert = db.prepare(`INSERT OR IGNORE INTO delivery (id, webhook, lane, place, sealed)
    SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM webhook WHERE id = ?2)`);
  // Of a lane whose first one is due already, nothing changes. Due by every clock: one that is set back a moment later does not keep it here.
  const begin = db.prepare(`UPDATE delivery SET due = 0 WHERE due IS NULL AND turn =
    (SELECT turn FROM delivery WHERE webhook = ?1 AND lane = ?2 AND state = 'waiting' ORDER BY turn LIMIT 1)`);
  const waiting = db.prepare('SELECT id, attempts, sealed FROM delivery WHERE webhook = ? AND due <= ? ORDER BY due, turn LIMIT ?');
  const lendOne = db.prepare('UPDATE delivery SET due = ?, holder = ?, attempts = attempts + 1 WHERE id = ?');
  const remove = db.prepare(`DELETE FROM delivery WHERE id = ? AND state = 'waiting'`);
  const putOff = db.prepare('UPDATE delivery SET due = ?, holder = NULL, failure = ? WHERE id = ? AND holder = ?');
  const kill = db.prepare(
    `UPDATE delivery SET state = 'dead', due = NULL, holder = NULL, failure = ?, until = ? WHERE id = ? AND holder = ?`,
  );
  const prune = db.prepare(`DELETE FROM delivery WHERE id IN
    (SELECT id FROM delivery WHERE webhook = ? AND state = 'dead' ORDER BY place DESC LIMIT ${AT_ONCE} OFFSET ${MAX_DEAD})`);
  const revive = createReviver(db);
  const holder = mintId();

  const next = ({ webhook, lane }: Pick<Delivery, 'webhook' | 'lane'>): void => void begin.run(webhook, lane);
  return {
    put: (delivery) => {
      const sealed = sealDelivery(vault, delivery);
      const { id, webhook, lane } = delivery;
      return write(() => {
        if (insert.run(id, webhook, lane, placeOfDelivery(delivery), sealed) > 0) next(delivery);
      });
    },
    lend: async (webhook, limit, leaseSeconds) => {
      const size = lendSize(limit);
      // Looked at without the writer's lock: most of the time nothing is due.
      if (size === 0 || waiting.get(webhook, now(), 1) === undefined) return [];
      const rows = await write(() => {
        const due = waiting.all(webhook, now(), size);
        for (const row of due) lendOne.run(now() + leaseOf(leaseSeconds), holder, text(row, 'id'));
        return due;
      }, 'passing');
      return readDeliveries(
        vault,
        rows.map((row) => ({ ...rowOf(row), attempts: (number(row, 'attempts') ?? 0) + 1 })),
      );
    },
    done: (delivery) =>
      write(() => {
        if (remove.run(delivery.id) > 0) next(delivery);
      }),
    later: ({ id }, due, failure) => write(() => void putOff.run(due, failure, id, holder)),
    bury: (delivery, failure) =>
      write(() => {
        if (kill.run(failure, now() + keep.deadEvents, delivery.id, holder) === 0) return;
        prune.run(delivery.webhook);
        next(delivery);
      }),
    replay: (webhook, id) =>
      write(() => {
        const lanes = revive(webhook, id);
        for (const lane of lanes) next({ webhook, lane });
        return lanes.length;
      }),
  };
}

/** Dead ones come to the end of their lanes. Answers the lane of each. */
function createReviver(db: Database): (webhook: string, id: string | undefined) => readonly string[] {
  const dead = db.prepare(`SELECT id, lane FROM delivery WHERE webhook = ? AND state = 'dead' AND (?2 IS NULL OR id = ?2)
    ORDER BY place LIMIT ${MAX_REPLAYED}`);
  const revive = db.prepare(`UPDATE delivery SET turn = (SELECT max(turn) + 1 FROM delivery), state = 'waiting', attempts = 0,
    failure = NULL, until = NULL WHERE id = ?`);
  return (webhook, id) =>
    dead.all(webhook, id ?? null).map((row) => {
      revive.run(text(row, 'id'));
      return text(row, 'lane');
    });
}

function createReader(db: Database, { vault, now }: Setup): Pick<Webhooks, 'page' | 'depth'> {
  const before = db.prepare(`SELECT id, place, attempts, sealed, failure FROM delivery
    WHERE webhook = ? AND state = ? AND place < ? AND (until IS NULL OR until > ?) ORDER BY place DESC LIMIT ?`);
  const count = db.prepare('SELECT count(*) AS count FROM delivery WHERE webhook = ? AND state = ?');
  const countOf = (webhook: string, state: DeliveryState): number => number(count.get(webhook, state) ?? {}, 'count') ?? 0;
  return {
    page: async (webhook, state, limit, cursor): Promise<DeliveryPage> => {
      const place = cursor === undefined ? '~' : readCursor(cursor);
      if (place === undefined) return { deliveries: [] };
      const size = pageSize(limit);
      const rows = before.all(webhook, state, place, now(), size + 1);
      const deliveries = readDeliveries(vault, rows.slice(0, size).map(rowOf));
      const last = rows[size - 1];
      return rows.length > size && last ? { deliveries, next: writeCursor(text(last, 'place')) } : { deliveries };
    },
    depth: async (webhook) => ({ waiting: countOf(webhook, 'waiting'), dead: countOf(webhook, 'dead') }),
  };
}

function rowOf(row: Row): DeliveryRow {
  const failure = typeof row.failure === 'string' ? row.failure : undefined;
  return { id: text(row, 'id'), attempts: number(row, 'attempts') ?? 0, sealed: blob(row, 'sealed'), failure };
}

/** Of a conversation, or of a party beside its conversations: all that is to be told, or could not be. Within a transaction. */
export function createLaneEraser(db: Database): { readonly conversation: (id: string) => void; readonly party: (id: string) => void } {
  const drop = db.prepare('DELETE FROM delivery WHERE lane = ?');
  return { conversation: (id) => void drop.run(id), party: (id) => void drop.run(partyLane(id)) };
}
