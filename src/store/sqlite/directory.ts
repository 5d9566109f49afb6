/** Parties, orders, conversations and aliases in SQLite. Each call that writes is one transaction. */
import type { Mailbox } from '../../model/address.ts';
import type { Conversation, Order, OrderKind, Party, PartyMailbox, Role } from '../../model/route.ts';
import { MAX_SHARERS, mailboxHashes, mintId, readOrdered, type StoreSetup, sealOrdered } from '../codec.ts';
import { readParty, sealAdmitted, sealParty, withMark, writesFrom } from '../party.ts';
import type { AdmissionWord, Binding, Directory, PartyToPut } from '../store.ts';
import { createEraser } from './eraser.ts';
import { blob, blobOrNone, type Database, number, type Row, text, type Write } from './rows.ts';
import { createStates } from './states.ts';

export function createDirectory(db: Database, write: Write, setup: Required<StoreSetup>): Directory {
  const people = createPeople(db, setup);
  const pairs = createPairs(db, setup);
  const orders = createOrders(db, setup);
  const states = createStates(db);
  return {
    putParty: (party) => write(() => people.put(party)),
    party: async (id) => people.read(id),
    markMailbox: (party, address, mark) => write(() => people.mark(party, address, mark)),
    forget: createEraser(db, write, setup),
    putOrder: (order) => write(() => orders.put(order)),
    orderBetween: async (buyer, seller) => orders.between(buyer, seller),
    countReviewRequest: (order) => write(() => orders.countReviewRequest(order)),
    order: async (id) => orders.read(id),
    conversationBetween: async (buyer, seller) => pairs.find(buyer, seller),
    open: async (buyer, seller) => pairs.find(buyer, seller) ?? write(() => pairs.open(buyer, seller)),
    conversation: async (id) => pairs.read(id),
    heard: (conversation, from, at) => write(() => states.hear(conversation, from, at)),
    admit: (party, address, word) => write(() => people.admit(party, address, word)),
    optOutOfAll: (party, optedOut) => write(() => people.optOut(party, optedOut)),
    optOut: (conversation, optedOut) => write(() => states.optOut(conversation, optedOut)),
    needsNoAnswer: (conversation, until) => write(() => states.settle(conversation, until)),
    block: (conversation, by, blocked) => write(() => states.block(conversation, by, blocked)),
    expire: (conversation, at) => write(() => states.expire(conversation, at)),
    revive: (buyer, seller, at) => write(() => states.revive(buyer, seller, at)),
    state: async (conversation) => states.read(conversation),
    find: async (local) => pairs.binding(local),
    buyerAt: async (mailbox) => people.buyerAt(mailbox),
  };
}

function createPeople(db: Database, { vault, mint }: StoreSetup) {
  const select = db.prepare('SELECT id, sealed, public_local, opted_out, admitted FROM party WHERE id = ?');
  const upsert = db.prepare(`INSERT INTO party (id, sealed, public_local, opted_out) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, public_local = coalesce(public_local, excluded.public_local),
    opted_out = coalesce(excluded.opted_out, opted_out)`);
  const insertAlias = db.prepare(`INSERT INTO alias (local, kind, ref) VALUES (?, 'public', ?)`);
  const reseal = db.prepare('UPDATE party SET sealed = ? WHERE id = ?');
  const index = createMailboxIndex(db, { vault });

  const read = (id: string): Party | undefined => {
    const row = select.get(id);
    if (!row) return undefined;
    const said = number(row, 'opted_out');
    const optedOut = said === undefined ? undefined : said === 1;
    const admitted = blobOrNone(row, 'admitted');
    return readParty(vault, id, { sealed: blob(row, 'sealed'), publicLocal: textOrNone(row, 'public_local'), optedOut, admitted });
  };
  const put = (party: PartyToPut): Party => {
    const before = select.get(party.id);
    const minted = party.role === 'seller' && !before?.public_local ? mint() : undefined;
    if (minted) insertAlias.run(minted, party.id);
    upsert.run(party.id, sealParty(vault, party), minted ?? null, party.optedOut === undefined ? null : Number(party.optedOut));
    index.follow(party.id, writesFrom(party));
    const stored = read(party.id);
    if (!stored) throw new Error('a party that was just written is not there');
    return stored;
  };
  const mark = (id: string, address: Mailbox, mark: PartyMailbox['unreachable']): void => {
    const party = read(id);
    const changed = party && withMark(party, address, mark);
    if (changed) reseal.run(sealParty(vault, changed), id);
  };
  const buyerAt = (mailbox: Mailbox): Party | undefined => {
    for (const id of index.sharers(mailbox)) {
      const party = read(id);
      if (party && writesFrom(party).includes(mailbox)) return party;
    }
    return undefined;
  };
  const setOptedOut = db.prepare('UPDATE party SET opted_out = ? WHERE id = ?');
  const optOut = (id: string, optedOut: boolean): void => void setOptedOut.run(Number(optedOut), id);
  const setAdmitted = db.prepare('UPDATE party SET admitted = ? WHERE id = ?');
  const admit = (id: string, address: Mailbox, word: AdmissionWord | undefined): void => {
    const row = select.get(id);
    if (row) setAdmitted.run(sealAdmitted(vault, id, blobOrNone(row, 'admitted'), { address, word }), id);
  };
  return { read, put, mark, optOut, admit, buyerAt };
}

/** Which buyers write from a mailbox, by its keyed hash. A party that keeps a mailbox keeps its place among those that share it. */
export function createMailboxIndex(db: Database, { vault }: Pick<StoreSetup, 'vault'>) {
  const rehash = db.prepare('UPDATE OR REPLACE mailbox SET hash = ? WHERE hash = ? AND party = ?');
  const insert = db.prepare('INSERT OR IGNORE INTO mailbox (hash, party) VALUES (?, ?)');
  const listed = db.prepare('SELECT hash FROM mailbox WHERE party = ?');
  const remove = db.prepare('DELETE FROM mailbox WHERE hash = ? AND party = ?');
  const sharing = db.prepare(`SELECT party, registered FROM mailbox WHERE hash = ? ORDER BY registered DESC LIMIT ${MAX_SHARERS}`);

  const follow = (party: string, mailboxes: readonly Mailbox[]): void => {
    const current = mailboxes.map((mailbox) => {
      const [hash = '', ...older] = mailboxHashes(vault, mailbox);
      for (const old of older) rehash.run(hash, old, party);
      insert.run(hash, party);
      return hash;
    });
    const gone = listed.all(party).filter((row) => !current.includes(text(row, 'hash')));
    for (const row of gone) remove.run(text(row, 'hash'), party);
  };
  const sharers = (mailbox: Mailbox): readonly string[] => {
    const rows = mailboxHashes(vault, mailbox).flatMap((hash) => sharing.all(hash));
    return rows.sort((a, b) => (number(b, 'registered') ?? 0) - (number(a, 'registered') ?? 0)).map((row) => text(row, 'party'));
  };
  return { follow, sharers };
}

function createPairs(db: Database, { mint }: StoreSetup) {
  const columns = 'c.id, c.buyer, c.seller, c.buyer_local, c.seller_local';
  const byId = db.prepare(`SELECT ${columns} FROM conversation c WHERE id = ?`);
  const byPair = db.prepare(`SELECT ${columns} FROM conversation c WHERE buyer = ? AND seller = ? AND forgotten = 0`);
  const byLocal = db.prepare(`SELECT a.kind, a.ref, ${columns} FROM alias a LEFT JOIN conversation c ON c.id = a.ref WHERE a.local = ?`);
  const insert = db.prepare('INSERT INTO conversation (id, buyer, seller, buyer_local, seller_local) VALUES (?, ?, ?, ?, ?)');
  const insertAlias = db.prepare('INSERT INTO alias (local, kind, ref) VALUES (?, ?, ?)');

  const read = (id: string): Conversation | undefined => conversationOf(byId.get(id));
  const find = (buyer: string, seller: string): Conversation | undefined => conversationOf(byPair.get(buyer, seller));
  const open = (buyer: string, seller: string): Conversation => {
    const there = find(buyer, seller);
    if (there) return there;
    const made: Conversation = { id: mintId(), buyer, seller, buyerLocal: mint(), sellerLocal: mint() };
    insert.run(made.id, buyer, seller, made.buyerLocal, made.sellerLocal);
    insertAlias.run(made.buyerLocal, 'buyer', made.id);
    insertAlias.run(made.sellerLocal, 'seller', made.id);
    return made;
  };
  const binding = (local: string): Binding | undefined => {
    const row = byLocal.get(local);
    if (!row) return undefined;
    if (row.kind === 'forgotten') return { kind: 'forgotten' };
    if (row.kind === 'public') return { kind: 'seller', seller: text(row, 'ref') };
    const conversation = conversationOf(row);
    if (!conversation) throw new Error('an alias leads to a conversation that is not there');
    return { kind: 'conversation', conversation, stands: text(row, 'kind') as Role };
  };
  return { read, find, open, binding };
}

function createOrders(db: Database, { vault }: Required<StoreSetup>) {
  const replace = db.prepare(`INSERT OR REPLACE INTO orders (id, buyer, seller, kind, completed_at, item, review_requests)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, coalesce((SELECT review_requests FROM orders WHERE id = ?1), 0))`);
  const count = db.prepare('UPDATE orders SET review_requests = review_requests + 1 WHERE id = ?');
  const lastOpen = db.prepare('SELECT * FROM orders WHERE buyer = ? AND seller = ? AND completed_at IS NULL ORDER BY put DESC LIMIT 1');
  const lastDone = db.prepare(`SELECT * FROM orders WHERE buyer = ? AND seller = ? AND completed_at IS NOT NULL
    ORDER BY completed_at DESC, put DESC LIMIT 1`);
  const known = db.prepare('SELECT * FROM orders WHERE id = ?');
  const put = (order: Order): boolean => {
    const { id, buyer, seller, kind, completedAt } = order;
    const isNew = known.get(id) === undefined;
    replace.run(id, buyer, seller, kind, completedAt ?? null, sealOrdered(vault, order) ?? null);
    return isNew;
  };
  const between = (buyer: string, seller: string): Order | undefined => {
    const row = lastOpen.get(buyer, seller) ?? lastDone.get(buyer, seller);
    return row && orderOf(vault, row);
  };
  const read = (id: string): Order | undefined => {
    const row = known.get(id);
    return row && orderOf(vault, row);
  };
  return { put, read, between, countReviewRequest: (order: string): void => void count.run(order) };
}

function orderOf(vault: StoreSetup['vault'], row: Row): Order {
  const id = text(row, 'id');
  const completedAt = number(row, 'completed_at');
  const reviewRequests = number(row, 'review_requests');
  const order = { id, buyer: text(row, 'buyer'), seller: text(row, 'seller'), kind: text(row, 'kind') as OrderKind };
  const ordered = readOrdered(vault, id, blobOrNone(row, 'item'));
  return { ...order, ...ordered, ...(completedAt !== undefined && { completedAt }), ...(reviewRequests && { reviewRequests }) };
}

function conversationOf(row: Row | undefined): Conversation | undefined {
  if (!row || row.id === null) return undefined;
  return {
    id: text(row, 'id'),
    buyer: text(row, 'buyer'),
    seller: text(row, 'seller'),
    buyerLocal: text(row, 'buyer_local'),
    sellerLocal: text(row, 'seller_local'),
  };
}

const textOrNone = (row: Row, column: string): string | undefined => (row[column] === null ? undefined : text(row, column));
