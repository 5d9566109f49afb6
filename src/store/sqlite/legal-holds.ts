/** Legal holds in SQLite: what belongs to such a conversation has no end until it is lifted. */
import { FOR_EVER } from '../../model/retention.ts';
import { keep, type StoreSetup, TIME_WIDTH } from '../codec.ts';
import { readLegalHold, sealLegalHold } from '../legal-hold.ts';
import { type LegalHold, type LegalHolds, OnLegalHold } from '../upkeep.ts';
import { blob, type Database, number, text, type Write } from './rows.ts';

const tables = ['entry', 'hold', 'review'] as const;

export function createLegalHolds(db: Database, write: Write, { vault, now, retention }: Required<StoreSetup>): LegalHolds {
  const insert = db.prepare(`INSERT INTO legal_hold (conversation, since, sealed)
    SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM conversation WHERE id = ?1 AND forgotten = 0)
    ON CONFLICT (conversation) DO UPDATE SET sealed = excluded.sealed`);
  const select = db.prepare('SELECT since, sealed FROM legal_hold WHERE conversation = ?');
  const remove = db.prepare('DELETE FROM legal_hold WHERE conversation = ?');
  const all = db.prepare('SELECT conversation FROM legal_hold');
  const extend = tables.map((table) =>
    db.prepare(`UPDATE ${table} SET until = ${FOR_EVER} WHERE conversation = ? AND until < ${FOR_EVER}`),
  );
  const ofPlace = `cast(substr(place, 1, ${TIME_WIDTH}) AS INTEGER)`;
  const release = [
    db.prepare(`UPDATE entry SET until = max(${ofPlace} + ${retention.journal}, ?2) WHERE conversation = ?1 AND until = ${FOR_EVER}`),
    db.prepare(`UPDATE review SET until = max(${ofPlace} + ${retention.reviews}, ?2) WHERE conversation = ?1 AND until = ${FOR_EVER}`),
    db.prepare(`UPDATE hold SET until = ?2 WHERE conversation = ?1 AND until = ${FOR_EVER}`),
  ];
  const preserve = (conversation: string): void => {
    if (select.get(conversation)) for (const statement of extend) statement.run(conversation);
  };
  const read = (conversation: string): LegalHold | undefined => {
    const row = select.get(conversation);
    return row && readLegalHold(vault, { conversation, since: number(row, 'since') ?? 0, sealed: blob(row, 'sealed') });
  };
  return {
    put: (hold) =>
      write(() => {
        insert.run(hold.conversation, hold.since, sealLegalHold(vault, hold));
        preserve(hold.conversation);
      }),
    read: async (conversation) => read(conversation),
    lift: (conversation) =>
      write(() => {
        if (remove.run(conversation) === 0) return false;
        for (const statement of release) statement.run(conversation, now() + keep.holds);
        return true;
      }),
    conversations: async () => all.all().map((row) => text(row, 'conversation')),
    preserve: (conversation) => write(() => preserve(conversation)),
  };
}

/** Throws `OnLegalHold` where a conversation of the party is. */
export function createHoldGuard(db: Database): (party: string) => void {
  const held = db.prepare(`SELECT 1 FROM legal_hold l JOIN conversation c ON c.id = l.conversation
    WHERE (c.buyer = ?1 OR c.seller = ?1) LIMIT 1`);
  return (party) => {
    if (held.get(party)) throw new OnLegalHold();
  };
}
