/** Tables of the archive's index. Ids of parties and orders are the marketplace's own; all else is sealed. */
export const archiveTables = `
  CREATE TABLE archive (
    trace TEXT PRIMARY KEY,
    place TEXT NOT NULL,
    conversation TEXT NOT NULL,
    buyer TEXT NOT NULL,
    seller TEXT NOT NULL,
    ordered TEXT,
    sealed BLOB NOT NULL
  );
  CREATE INDEX archive_place ON archive (place);
  CREATE INDEX archive_conversation ON archive (conversation, place);
  CREATE INDEX archive_buyer ON archive (buyer, place);
  CREATE INDEX archive_seller ON archive (seller, place);
  CREATE INDEX archive_ordered ON archive (ordered, place) WHERE ordered IS NOT NULL;

  CREATE TABLE archive_queue (
    address TEXT PRIMARY KEY,
    trace TEXT NOT NULL,
    bytes BLOB NOT NULL,
    size INTEGER NOT NULL,
    at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX archive_queue_due ON archive_queue (due, at);
  CREATE INDEX archive_queue_size ON archive_queue (at, size);
`;
