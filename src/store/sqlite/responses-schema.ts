/** How fast sellers answer: questions that wait, and what came of those of each day. `at`: when the first of a question was delivered; `came`,
 * `latest`: when its first and its last message came. Milliseconds since 1970. */
export const responseTables = `
  CREATE TABLE question (
    conversation TEXT PRIMARY KEY,
    seller TEXT NOT NULL,
    at INTEGER NOT NULL,
    came INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    until INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX question_seller ON question (seller, at);
  CREATE INDEX question_until ON question (until);

  CREATE TABLE response_day (
    seller TEXT NOT NULL,
    day TEXT NOT NULL,
    questions INTEGER NOT NULL DEFAULT 0,
    answered INTEGER NOT NULL DEFAULT 0,
    in_time INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0,
    seconds INTEGER NOT NULL DEFAULT 0,
    until INTEGER NOT NULL,
    PRIMARY KEY (seller, day)
  ) WITHOUT ROWID;
  CREATE INDEX response_day_until ON response_day (until);
`;
