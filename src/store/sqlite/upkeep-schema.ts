/** Duties, the secrets that values stand under, and legal holds. Part of version 6. */
export const upkeepSchema = `
  CREATE TABLE duty (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    fence INTEGER NOT NULL,
    until INTEGER NOT NULL,
    note TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE secret (
    id TEXT PRIMARY KEY,
    wrote_at INTEGER NOT NULL,
    values_left INTEGER
  ) WITHOUT ROWID;

  CREATE TABLE legal_hold (
    conversation TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    sealed BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX review_conversation ON review (conversation);
`;
