/**
 * The secrets that values stand under, in SQLite; and the walk that seals them anew: table by table in the order of the keys, so that it can
 * be cut off anywhere and gone on with. First bytes are read of all values, whole values of those alone that are written.
 */
import { readItem, recipientHashes, type StoreSetup } from '../codec.ts';
import { contextOf } from '../contexts.ts';
import { readParty, writesFrom } from '../party.ts';
import { isOld, reseal, rethread, type Tally, tally } from '../reseal.ts';
import type { Secrets, SecretUse, Walk } from '../upkeep.ts';
import { HEAD_BYTES, type Vault } from '../vault.ts';
import { createMailboxIndex } from './directory.ts';
import { blob, blobOrNone, type Database, number, type Row, text, type Write } from './rows.ts';

type Setup = Required<StoreSetup>;

/** Rows that are looked at in one step; rows, and bytes, that one transaction writes anew, at most (one row, however large). */
const LOOKED_AT = 200;
const WRITTEN = 50;
const WRITTEN_BYTES = 2 * 1024 * 1024;

/** A table with sealed columns. */
interface Table {
  readonly name: string;
  readonly key: readonly string[];
  /** Sealed columns, and the context of each. */
  readonly sealed: Readonly<Record<string, (row: Row) => string>>;
  /** What else of a row is keyed, and is made anew with it. */
  readonly also?: (row: Row) => void;
  /** Where the row itself is found by a keyed hash: writes all of it anew. False: it cannot be. */
  readonly move?: (row: Row) => boolean;
}

export function createSecrets(db: Database, write: Write, { vault, now }: Setup): Secrets {
  const walkers = tablesOf(db, vault).map((table) => createWalker(db, vault, table));
  const put = db.prepare(`INSERT INTO secret (id, wrote_at) VALUES (?, ?)
    ON CONFLICT (id) DO UPDATE SET wrote_at = excluded.wrote_at, values_left = NULL`);
  const uses = db.prepare('SELECT id, wrote_at, values_left FROM secret ORDER BY wrote_at DESC');
  const find = db.prepare(`INSERT INTO secret (id, wrote_at, values_left) VALUES (?, 0, ?)
    ON CONFLICT (id) DO UPDATE SET values_left = excluded.values_left`);
  const drop = db.prepare('DELETE FROM secret WHERE id = ?');
  return {
    ids: vault.ids,
    announce: () => write(() => void put.run(vault.ids[0] ?? '', now())),
    uses: async () =>
      uses
        .all()
        .map((row): SecretUse => ({ id: text(row, 'id'), wroteAt: number(row, 'wrote_at') ?? 0, left: number(row, 'values_left') })),
    found: (left) =>
      write(() => {
        for (const [id, count] of Object.entries(left)) find.run(id, count);
      }),
    drop: (id) => write(() => drop.run(id) > 0),
    async walk(from, writing): Promise<Walk> {
      const place = readPlace(from);
      const walker = walkers[place.at];
      if (!walker) return tally(vault).result(undefined);
      // A transaction may run twice, and counts anew each time.
      const look = () => {
        const counted = tally(vault);
        return { counted, after: walker(place.after, { counted, writing }) };
      };
      const { counted, after } = writing ? await write(look) : look();
      const next = after ? { at: place.at, after } : place.at + 1 < walkers.length ? { at: place.at + 1 } : undefined;
      return counted.result(next && JSON.stringify(next));
    },
  };
}

interface Place {
  /** Number of the table. */
  readonly at: number;
  /** Key of the last row that was looked at. */
  readonly after?: readonly string[];
}

function readPlace(from: string): Place {
  if (from === '') return { at: 0 };
  const { at, after }: Partial<Place> = JSON.parse(from);
  return { at: Number(at), ...(after && { after }) };
}

interface Walking {
  readonly counted: Tally;
  readonly writing: boolean;
}

type Walker = (after: readonly string[] | undefined, walking: Walking) => readonly string[] | undefined;

/** Answers the key of the last row it looked at; undefined where there are no more. */
function createWalker(db: Database, vault: Vault, table: Table): Walker {
  const { name, key, sealed } = table;
  const columns = Object.keys(sealed);
  const heads = columns.map((column) => `substr(${column}, 1, ${HEAD_BYTES}) AS ${column}, length(${column}) AS ${column}_size`);
  const keys = key.join(', ');
  const from = `SELECT ${keys}, ${heads.join(', ')} FROM ${name}`;
  const first = db.prepare(`${from} ORDER BY ${keys} LIMIT ${LOOKED_AT}`);
  const rest = db.prepare(`${from} WHERE (${keys}) > (${key.map(() => '?').join(', ')}) ORDER BY ${keys} LIMIT ${LOOKED_AT}`);
  const renew = createRenewal(db, vault, table);
  const keyOf = (row: Row): readonly string[] => key.map((column) => text(row, column));
  const headsOf = (row: Row): readonly Uint8Array[] => columns.flatMap((column) => blobOrNone(row, column) ?? []);
  const sizeOf = (row: Row): number => columns.reduce((sum, column) => sum + (number(row, `${column}_size`) ?? 0), 0);
  const lookAt = (row: Row, { counted, writing }: Walking): boolean => {
    const found = headsOf(row);
    const old = writing && found.some((head) => isOld(vault, head));
    const renewed = old && renew(row);
    if (renewed) counted.moved(found.length);
    else if (old && table.move) counted.ends();
    else found.forEach(counted.stands);
    return renewed;
  };
  return (after, walking) => {
    const rows = after ? rest.all(...after) : first.all();
    let [written, bytes] = [0, 0];
    for (const row of rows) {
      if (!lookAt(row, walking)) continue;
      written += 1;
      bytes += sizeOf(row);
      if (written >= WRITTEN || bytes >= WRITTEN_BYTES) return keyOf(row);
    }
    const last = rows.at(-1);
    return rows.length === LOOKED_AT && last ? keyOf(last) : undefined;
  };
}

/** Writes one row anew. False: one of its values opens with none of our secrets, and all stay as they are. */
function createRenewal(db: Database, vault: Vault, { name, key, sealed, also, move }: Table): (row: Row) => boolean {
  const columns = Object.keys(sealed);
  const where = key.map((column) => `${column} = ?`).join(' AND ');
  const select = db.prepare(`SELECT * FROM ${name} WHERE ${where}`);
  const update = db.prepare(`UPDATE ${name} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE ${where}`);
  return (found) => {
    const names = key.map((column) => text(found, column));
    const row = select.get(...names);
    if (!row) return false;
    if (move) return move(row);
    const anew = Object.entries(sealed).map(([column, context]) => {
      const value = blobOrNone(row, column);
      return value && (reseal(vault, value, context(row)) ?? 'lost');
    });
    if (anew.includes('lost')) return false;
    also?.(row);
    update.run(...anew.map((value) => value ?? null), ...names);
    return true;
  };
}

function tablesOf(db: Database, vault: Vault): readonly Table[] {
  const index = createMailboxIndex(db, { vault });
  const toItem = db.prepare('UPDATE outbox SET recipient = ? WHERE id = ?');
  const by = (column: string, context: (id: string) => string) => (row: Row) => context(text(row, column));
  const ofReview = (context: typeof contextOf.review) => (row: Row) => context(text(row, 'kind'), text(row, 'trace'), text(row, 'party'));
  return [
    {
      name: 'party',
      key: ['id'],
      sealed: { sealed: by('id', contextOf.party), admitted: by('id', contextOf.admitted) },
      also: (row) => index.follow(text(row, 'id'), writesFrom(readParty(vault, text(row, 'id'), { sealed: blob(row, 'sealed') }))),
    },
    { name: 'standing', key: ['party'], sealed: { sealed: by('party', contextOf.ledger) } },
    { name: 'orders', key: ['id'], sealed: { item: by('id', contextOf.order) } },
    { name: 'entry', key: ['trace'], sealed: { sealed: by('trace', contextOf.entry) } },
    { name: 'hold', key: ['trace'], sealed: { sealed: by('trace', contextOf.hold) } },
    {
      name: 'outbox',
      key: ['id'],
      sealed: { sealed: by('id', contextOf.item) },
      also(row) {
        const id = text(row, 'id');
        const { recipient } = readItem(vault, { id, attempts: 0, sealed: blob(row, 'sealed') });
        toItem.run(recipientHashes(vault, recipient)[0] ?? '', id);
      },
    },
    { name: 'digest', key: ['id'], sealed: { sealed: (row) => contextOf.digest(text(row, 'party'), text(row, 'id')) } },
    { name: 'review', key: ['kind', 'trace', 'party'], sealed: { sealed: ofReview(contextOf.review), note: ofReview(contextOf.finding) } },
    { name: 'legal_hold', key: ['conversation'], sealed: { sealed: by('conversation', contextOf.legalHold) } },
    { name: 'webhook', key: ['id'], sealed: { sealed: by('id', contextOf.webhook) } },
    { name: 'delivery', key: ['id'], sealed: { sealed: by('id', contextOf.delivery) } },
    { name: 'answer', key: ['key'], sealed: { sealed: by('key', contextOf.answer) } },
    { name: 'archive', key: ['trace'], sealed: { sealed: by('trace', contextOf.archived) } },
    { name: 'thread', key: ['conversation', 'hash'], sealed: { sealed: () => '' }, move: createThreadMove(db, vault) },
  ];
}

function createThreadMove(db: Database, vault: Vault): (row: Row) => boolean {
  const select = db.prepare('SELECT sealed FROM thread WHERE conversation = ? AND hash = ?');
  const remove = db.prepare('DELETE FROM thread WHERE conversation = ? AND hash = ?');
  const insert = db.prepare('INSERT OR IGNORE INTO thread (conversation, hash, sealed, until) VALUES (?, ?, ?, ?)');
  return (row) => {
    const [conversation, hash] = [text(row, 'conversation'), text(row, 'hash')];
    const twin = (hashes: readonly string[]): Uint8Array | undefined => {
      const found = hashes.map((it) => select.get(conversation, it)).find((it) => it !== undefined);
      return found && blob(found, 'sealed');
    };
    const moved = rethread(vault, { conversation, hash, sealed: blob(row, 'sealed') }, twin);
    if (!moved) return false;
    remove.run(conversation, hash);
    // One that was paired since is the newer one.
    insert.run(conversation, moved.hash, moved.sealed, number(row, 'until') ?? 0);
    return true;
  };
}
