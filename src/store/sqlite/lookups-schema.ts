/** Tables by which messages are found. `subject`: `c:` and the id of a conversation, or `p:` and that of a party. */
export const lookupsSchema = `
  CREATE TABLE message_id (
    hash TEXT NOT NULL,
    place TEXT NOT NULL,
    conversation TEXT,
    until INTEGER NOT NULL,
    PRIMARY KEY (hash, place)
  ) WITHOUT ROWID;
  CREATE INDEX message_id_conversation ON message_id (conversation) WHERE conversation IS NOT NULL;
  CREATE INDEX message_id_until ON message_id (until);

  CREATE TABLE noted (
    subject TEXT NOT NULL,
    place TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (subject, place)
  ) WITHOUT ROWID;
  CREATE INDEX noted_until ON noted (until);
`;
