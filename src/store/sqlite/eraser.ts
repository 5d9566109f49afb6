/** Forgets a party in SQLite: in bounded transactions, the party's own row last, so that a forgetting that was cut off can be asked for again. */
import { digestKinds, keep, recipientHashes, type StoreSetup } from '../codec.ts';
import { mailboxesOf } from '../party.ts';
import { createQuestionEraser } from './responses.ts';
import { createHoldGuard } from './legal-holds.ts';
import { blob, type Database, type Row, text, type Write } from './rows.ts';
import { createLaneEraser } from './webhooks.ts';

type Setup = Required<StoreSetup>;

/** Conversations, thread pairs and Message-IDs, items of the outbox, entries of digests, messages noted of a party that one transaction erases, at most. */
const CONVERSATIONS = 50;
const THREADS = 2000;
const ITEMS = 100;
const DIGESTED = 500;
const NOTED = 2000;

export function createEraser(db: Database, write: Write, setup: Setup): (id: string) => Promise<boolean> {
  const eraseConversation = createConversationEraser(db);
  const conversations = ['buyer', 'seller'].map((side) =>
    db.prepare(`SELECT id, buyer_local, seller_local FROM conversation WHERE ${side} = ? AND forgotten = 0 LIMIT ${CONVERSATIONS}`),
  );
  const eraseWaiting = createOutboxEraser(db, setup);
  const eraseDigests = createDigestEraser(db);
  const eraseNoted = createNotedEraser(db);
  const eraseParty = createPartyEraser(db);
  const refuseOnHold = createHoldGuard(db);

  /** Answers undefined while there is more to do. */
  const eraseSome = (id: string): boolean | undefined => {
    refuseOnHold(id);
    const found = conversations.flatMap((statement) => statement.all(id));
    let threads = THREADS;
    for (const row of found) {
      threads -= eraseConversation(row, threads);
      if (threads <= 0) return undefined;
    }
    return found.length > 0 || eraseWaiting(id) >= ITEMS || eraseDigests(id) >= DIGESTED || eraseNoted(id) >= NOTED
      ? undefined
      : eraseParty(id);
  };
  return async (id) => {
    for (;;) {
      const known = await write(() => eraseSome(id));
      if (known === undefined) continue;
      // What was deleted must not live on in the log. Another process that reads now is no reason to fail: SQLite does it by itself later.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return known;
    }
  };
}

/** Answers how many thread pairs and Message-IDs went; as many as it was allowed means that it is not done. */
function createConversationEraser(db: Database): (row: Row, threads: number) => number {
  const dropThreads = db.prepare(`DELETE FROM thread WHERE (conversation, hash) IN
    (SELECT conversation, hash FROM thread WHERE conversation = ? LIMIT ?)`);
  const dropIds = db.prepare(`DELETE FROM message_id WHERE (hash, place) IN
    (SELECT hash, place FROM message_id WHERE conversation = ? LIMIT ?)`);
  const dropNoted = db.prepare('DELETE FROM noted WHERE subject = ?');
  const dropHolds = db.prepare('DELETE FROM hold WHERE conversation = ?');
  // In the other side's day too: it tells who wrote, and about what.
  const dropDigested = digestKinds.map((kind) =>
    db.prepare(`DELETE FROM digest WHERE id IN (SELECT trace || '/${kind}' FROM entry WHERE conversation = ?)`),
  );
  const dropHeard = db.prepare('DELETE FROM heard WHERE conversation = ?');
  const forgetAlias = db.prepare(`UPDATE alias SET kind = 'forgotten', ref = NULL WHERE local = ?`);
  const dropQuestion = createQuestionEraser(db);
  const mark = db.prepare(`UPDATE conversation SET forgotten = 1, opted_out = 0, settled_until = NULL,
    blocked_by_buyer = 0, blocked_by_seller = 0, expires_at = NULL, opened_at = NULL WHERE id = ?`);
  const lanes = createLaneEraser(db);
  return (row, threads) => {
    const id = text(row, 'id');
    lanes.conversation(id);
    forgetAlias.run(text(row, 'buyer_local'));
    forgetAlias.run(text(row, 'seller_local'));
    dropHolds.run(id);
    for (const statement of dropDigested) statement.run(id);
    const pairs = dropThreads.run(id, threads);
    const gone = pairs + (pairs < threads ? dropIds.run(id, threads - pairs) : 0);
    if (gone >= threads) return gone;
    dropNoted.run(`c:${id}`);
    dropHeard.run(id);
    dropQuestion(id);
    mark.run(id);
    return gone;
  };
}

/** Answers how many items for the party's mailboxes went; as many as it was allowed means that it is not done. */
function createOutboxEraser(db: Database, { vault, now }: Setup): (id: string) => number {
  const party = db.prepare('SELECT sealed FROM party WHERE id = ?');
  const waiting = db.prepare('SELECT id FROM outbox WHERE recipient = ? LIMIT ?');
  const drop = db.prepare('DELETE FROM outbox WHERE id = ?');
  const note = db.prepare('INSERT OR REPLACE INTO outbox_done (id, until) VALUES (?, ?)');
  return (id) => {
    const row = party.get(id);
    const mailboxes = row ? mailboxesOf(vault, id, blob(row, 'sealed')) : [];
    let gone = 0;
    for (const hash of mailboxes.flatMap((mailbox) => recipientHashes(vault, mailbox))) {
      for (const item of waiting.all(hash, ITEMS - gone)) {
        note.run(text(item, 'id'), now() + keep.sent);
        gone += drop.run(text(item, 'id'));
      }
    }
    return gone;
  };
}

/** Answers how many entries of the party's digests went; as many as it was allowed means that it is not done. */
function createDigestEraser(db: Database): (id: string) => number {
  const drop = db.prepare(`DELETE FROM digest WHERE id IN (SELECT id FROM digest WHERE party = ? LIMIT ${DIGESTED})`);
  return (id) => drop.run(id);
}

/** Answers how many messages noted of the party went from its list; as many as it was allowed means that it is not done. */
function createNotedEraser(db: Database): (id: string) => number {
  const drop = db.prepare(
    `DELETE FROM noted WHERE (subject, place) IN (SELECT subject, place FROM noted WHERE subject = ? LIMIT ${NOTED})`,
  );
  return (id) => drop.run(`p:${id}`);
}

function createPartyEraser(db: Database): (id: string) => boolean {
  const forgetPublic = db.prepare(
    `UPDATE alias SET kind = 'forgotten', ref = NULL WHERE local = (SELECT public_local FROM party WHERE id = ?)`,
  );
  const dropMailboxes = db.prepare('DELETE FROM mailbox WHERE party = ?');
  const dropHolds = db.prepare('DELETE FROM hold WHERE party = ?');
  const dropDays = db.prepare('DELETE FROM digest_day WHERE party = ?');
  const silence = db.prepare('UPDATE review SET sealed = NULL, note = NULL WHERE party = ?');
  const forgetOrdered = ['buyer', 'seller'].map((side) =>
    db.prepare(`UPDATE orders SET item = NULL WHERE ${side} = ? AND item IS NOT NULL`),
  );
  const dropResponses = ['question', 'response_day'].map((table) => db.prepare(`DELETE FROM ${table} WHERE seller = ?`));
  const dropStanding = db.prepare('DELETE FROM standing WHERE party = ?');
  const dropParty = db.prepare('DELETE FROM party WHERE id = ?');
  const lanes = createLaneEraser(db);
  return (id) => {
    lanes.party(id);
    forgetPublic.run(id);
    dropMailboxes.run(id);
    dropHolds.run(id);
    dropDays.run(id);
    silence.run(id);
    dropStanding.run(id);
    for (const statement of dropResponses) statement.run(id);
    for (const statement of forgetOrdered) statement.run(id);
    return dropParty.run(id) > 0;
  };
}
