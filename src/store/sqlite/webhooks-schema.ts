/** Tables of webhooks in SQLite. `due`: not set while one before it in its lane waits, and of the dead. `turn`: their order in the lane. */
export const webhookTables = `
  CREATE TABLE webhook (
    id TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE delivery (
    turn INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    webhook TEXT NOT NULL,
    lane TEXT NOT NULL,
    place TEXT NOT NULL,
    sealed BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'dead')),
    due INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    holder TEXT,
    failure TEXT,
    until INTEGER
  );
  CREATE INDEX delivery_due ON delivery (webhook, due) WHERE due IS NOT NULL;
  CREATE INDEX delivery_turn ON delivery (webhook, lane, turn) WHERE state = 'waiting';
  CREATE INDEX delivery_lane ON delivery (lane);
  CREATE INDEX delivery_place ON delivery (webhook, state, place);
  CREATE INDEX delivery_until ON delivery (until) WHERE until IS NOT NULL;
`;
