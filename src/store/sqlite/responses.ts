/** How fast sellers answer, in SQLite. */
import { keep } from '../../model/retention.ts';
import type { StoreSetup } from '../codec.ts';
import { type Asked, dayOf, inTimeWithin, type Responses } from '../responses.ts';
import { type Database, number, type Row, text, type Write } from './rows.ts';

/** Milliseconds since 1970. */
interface Question {
  /** When the first of it was delivered. */
  readonly at: number;
  /** When its first and its last message came. */
  readonly came: number;
  readonly latest: number;
}

export function createResponses(db: Database, write: Write, { now }: Required<StoreSetup>): Responses {
  const select = db.prepare('SELECT at, came, latest FROM question WHERE conversation = ? AND until > ?');
  const put = db.prepare('INSERT OR REPLACE INTO question (conversation, seller, at, came, latest, until) VALUES (?, ?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM question WHERE conversation = ?');
  const add = db.prepare(`INSERT INTO response_day (seller, day, questions, answered, in_time, settled, seconds, until)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (seller, day) DO UPDATE SET questions = questions + ?3,
    answered = answered + ?4, in_time = in_time + ?5, settled = settled + ?6, seconds = seconds + ?7`);
  const known = db.prepare('SELECT 1 FROM party WHERE id = ?');

  const read = (conversation: string): Question | undefined => {
    const row = select.get(conversation, now());
    return row && { at: countOf(row, 'at'), came: countOf(row, 'came'), latest: countOf(row, 'latest') };
  };
  const note = ({ seller, conversation }: Asked, { at, came, latest }: Question): void =>
    void put.run(conversation, seller, at, came, latest, at + keep.responses);
  const begin = (asked: Asked, question: Question): void => {
    note(asked, question);
    add.run(asked.seller, dayOf(question.at), 1, 0, 0, 0, 0, question.at + keep.responses);
  };
  const end = ({ seller, conversation }: Asked, { at }: Question, settled: boolean): void => {
    const took = Math.max(0, now() - at);
    const seconds = settled ? 0 : Math.round(took / 1000);
    add.run(seller, dayOf(at), 0, 1, Number(took <= inTimeWithin), Number(settled), seconds, at + keep.responses);
    drop.run(conversation);
  };
  const ask = (asked: Asked, came: number): void => {
    if (!known.get(asked.seller)) return;
    const question = read(asked.conversation);
    if (question) note(asked, { ...question, latest: Math.max(question.latest, came) });
    else begin(asked, { at: now(), came, latest: came });
  };
  const settle = (asked: Asked, until: number): void => {
    const question = read(asked.conversation);
    if (!question || until < question.came) return;
    end(asked, question, true);
    const { latest } = question;
    if (until < latest) begin(asked, { at: latest, came: latest, latest });
  };
  return {
    asked: (question, came) => write(() => ask(question, came)),
    answered: (asked) =>
      write(() => {
        const question = read(asked.conversation);
        if (question) end(asked, question, false);
      }),
    settled: (question, until) => write(() => settle(question, until)),
    counts: createCounts(db, now),
  };
}

function createCounts(db: Database, now: () => number): Responses['counts'] {
  const days = db.prepare('SELECT * FROM response_day WHERE seller = ? AND day >= ? AND until > ? ORDER BY day DESC');
  const waiting = db.prepare(`SELECT date(at / 1000, 'unixepoch') AS day, count(*) AS questions FROM question
    WHERE seller = ? AND at >= ? GROUP BY day ORDER BY day DESC`);
  return async (seller, since) => ({
    days: days.all(seller, since, now()).map((row) => ({
      day: text(row, 'day'),
      questions: countOf(row, 'questions'),
      answered: countOf(row, 'answered'),
      inTime: countOf(row, 'in_time'),
      settled: countOf(row, 'settled'),
      seconds: countOf(row, 'seconds'),
    })),
    waiting: waiting.all(seller, now() - inTimeWithin).map((row) => ({ day: text(row, 'day'), questions: countOf(row, 'questions') })),
  });
}

const countOf = (row: Row, column: string): number => number(row, column) ?? 0;

/** Of a conversation that is being forgotten: what waits in it will never be answered, and was never asked. */
export function createQuestionEraser(db: Database): (conversation: string) => void {
  const select = db.prepare('SELECT seller, at FROM question WHERE conversation = ?');
  const less = db.prepare('UPDATE response_day SET questions = max(0, questions - 1) WHERE seller = ? AND day = ?');
  const drop = db.prepare('DELETE FROM question WHERE conversation = ?');
  return (conversation) => {
    const row = select.get(conversation);
    if (!row) return;
    less.run(text(row, 'seller'), dayOf(countOf(row, 'at')));
    drop.run(conversation);
  };
}
