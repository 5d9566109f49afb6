/** What changes in a conversation, in SQLite. */
import type { Role } from '../../model/route.ts';
import { NEEDED_WITHIN } from '../codec.ts';
import type { ConversationState } from '../store.ts';
import { type Database, number, text } from './rows.ts';

export function createStates(db: Database) {
  const upsert = db.prepare(`INSERT INTO heard (conversation, side, at) VALUES (?, ?, ?)
    ON CONFLICT (conversation, side) DO UPDATE SET at = max(at, excluded.at)`);
  const mark = db.prepare('UPDATE conversation SET opted_out = ? WHERE id = ?');
  const settle = db.prepare('UPDATE conversation SET settled_until = max(coalesce(settled_until, 0), ?) WHERE id = ?');
  const block = {
    buyer: db.prepare('UPDATE conversation SET blocked_by_buyer = ? WHERE id = ? AND forgotten = 0'),
    seller: db.prepare('UPDATE conversation SET blocked_by_seller = ? WHERE id = ? AND forgotten = 0'),
  };
  const expire = db.prepare('UPDATE conversation SET expires_at = ? WHERE id = ? AND forgotten = 0');
  const revive = db.prepare(`UPDATE conversation SET opened_at = max(coalesce(opened_at, 0), ?3),
      expires_at = CASE WHEN expires_at <= ?3 THEN NULL ELSE expires_at END
    WHERE buyer = ?1 AND seller = ?2 AND forgotten = 0 AND (coalesce(opened_at, 0) + ${NEEDED_WITHIN} <= ?3 OR expires_at <= ?3)`);
  return {
    hear: (conversation: string, from: Role, at: number): void => void upsert.run(conversation, from, at),
    optOut: (conversation: string, optedOut: boolean): void => void mark.run(optedOut ? 1 : 0, conversation),
    settle: (conversation: string, until: number): void => void settle.run(until, conversation),
    block: (conversation: string, by: Role, blocked: boolean): void => void block[by].run(blocked ? 1 : 0, conversation),
    expire: (conversation: string, at: number | undefined): void => void expire.run(at ?? null, conversation),
    revive: (buyer: string, seller: string, at: number): void => void revive.run(buyer, seller, at),
    read: createReader(db),
  };
}

function createReader(db: Database): (conversation: string) => ConversationState {
  const heard = db.prepare('SELECT side, at FROM heard WHERE conversation = ?');
  const changed = db.prepare(`SELECT opted_out, settled_until, blocked_by_buyer, blocked_by_seller, expires_at, opened_at
    FROM conversation WHERE id = ?`);
  return (conversation) => {
    const row = changed.get(conversation) ?? {};
    const noAnswerNeededAt = number(row, 'settled_until');
    const blockedBy = (['buyer', 'seller'] as const).filter((role) => row[`blocked_by_${role}`] === 1);
    const expiresAt = number(row, 'expires_at');
    const openedAt = number(row, 'opened_at');
    return {
      heard: Object.fromEntries(heard.all(conversation).map((said) => [text(said, 'side'), number(said, 'at')])),
      optedOut: row.opted_out === 1,
      ...(noAnswerNeededAt !== undefined && { noAnswerNeededAt }),
      ...(blockedBy.length > 0 && { blockedBy }),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(openedAt !== undefined && { openedAt }),
    };
  };
}
