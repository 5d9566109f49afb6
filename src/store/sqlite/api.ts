/** Tokens of the API, and answers for calls that are repeated, in SQLite. */
import { keep } from '../../model/retention.ts';
import type { ApiToken } from '../../model/token.ts';
import type { AnswerClaim, Answers, KeyedCall } from '../answers.ts';
import type { StoreSetup } from '../codec.ts';
import { contextOf } from '../contexts.ts';
import { hasEnded, oldestFirst, type Tokens } from '../tokens.ts';
import { blobOrNone, type Database, type Row, text, type Write } from './rows.ts';

export function createTokens(db: Database, write: Write, { now }: Required<StoreSetup>): Tokens {
  const insert = db.prepare('INSERT INTO token (digest, id, token) VALUES (?, ?, ?)');
  const select = db.prepare('SELECT token FROM token WHERE digest = ?');
  const all = db.prepare('SELECT token FROM token');
  const drop = db.prepare('DELETE FROM token WHERE id = ?');
  const read = (row: Row): ApiToken => JSON.parse(text(row, 'token'));
  return {
    add: (token, digest) => write(() => void insert.run(digest, token.id, JSON.stringify(token))),
    find: async (digest) => {
      const row = select.get(digest);
      const token = row && read(row);
      return token && !hasEnded(token, now()) ? token : undefined;
    },
    list: async () => all.all().map(read).toSorted(oldestFirst),
    revoke: (id) => write(() => drop.run(id) > 0),
  };
}

export function createAnswers(db: Database, write: Write, { vault, now }: Required<StoreSetup>): Answers {
  const select = db.prepare('SELECT call, sealed FROM answer WHERE key = ? AND until > ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO answer (key, call, sealed, until) VALUES (?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM answer WHERE key = ? AND call = ? AND sealed IS NULL');

  const claim = ({ key, call }: KeyedCall, leaseSeconds: number): AnswerClaim => {
    const row = select.get(key, now());
    if (!row) {
      upsert.run(key, call, null, now() + leaseSeconds * 1000);
      return { kind: 'claimed' };
    }
    if (text(row, 'call') !== call) return { kind: 'other' };
    const sealed = blobOrNone(row, 'sealed');
    return sealed ? { kind: 'done', answer: vault.open(sealed, contextOf.answer(key)).toString() } : { kind: 'busy' };
  };
  return {
    claim: (keyed, leaseSeconds) => write(() => claim(keyed, leaseSeconds)),
    keep: ({ key, call }, answer) =>
      write(() => void upsert.run(key, call, vault.seal(answer, contextOf.answer(key)), now() + keep.answers)),
    release: ({ key, call }) => write(() => void drop.run(key, call)),
  };
}
