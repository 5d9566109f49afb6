/** What the API keeps: digests of its tokens, and answers for calls that are repeated. `until`: milliseconds since 1970. */
export const apiTables = `
  CREATE TABLE token (
    digest TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    token TEXT NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE answer (
    key TEXT PRIMARY KEY,
    call TEXT NOT NULL,
    sealed BLOB,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX answer_until ON answer (until);
`;
