/** How fast a seller answers buyers (requirement G6), as JSON and as CSV (RFC 4180). */
import { idPattern } from '../model/ids.ts';
import { dayLength, dayOf, type ResponseCounts } from '../store/responses.ts';
import type { HttpPorts, Operation, Schema } from './operation.ts';
import { notFound, problem } from './problem.ts';
import { anyId, closed } from './schemas.ts';

const lengths = [7, 30, 90] as const;

/** One stretch of days (UTC), today included. */
interface Span {
  readonly days: number;
  readonly from: string;
  readonly questions: number;
  readonly answered: number;
  readonly answeredWithin24h: number;
  readonly noAnswerNeeded: number;
  readonly unanswered: number;
  readonly waiting: number;
  readonly shareWithin24h: number | null;
  readonly averageSeconds: number | null;
}

const count: Schema = { type: 'integer' };
const columns = {
  days: { ...count, enum: lengths, description: 'Days (UTC), today included.' },
  from: { type: 'string', format: 'date', description: 'The first of them.' },
  questions: {
    ...count,
    description: 'All that a buyer writes before the seller answers is one, of the day on which its first was delivered.',
  },
  answered: { ...count, description: 'By a message that no machine wrote, or by the word that no answer is needed.' },
  answeredWithin24h: count,
  noAnswerNeeded: { ...count, description: 'Among the answered.' },
  unanswered: { ...count, description: 'For more than 24 hours.' },
  waiting: { ...count, description: 'Without an answer, and their 24 hours are not over: they are in no share yet.' },
  shareWithin24h: { type: ['number', 'null'], description: 'Of the questions that do not wait; null: there are none.' },
  averageSeconds: {
    type: ['number', 'null'],
    description: 'From the delivery to the answer, without those that needed none; null: there are none.',
  },
} as const satisfies Record<keyof Span, Schema>;

const responses = closed({ party: { type: 'string' }, spans: { type: 'array', items: closed(columns) } });

export const responseOperations = ({ store, now }: Pick<HttpPorts, 'store' | 'now'>): readonly Operation[] => [
  {
    id: 'getResponses',
    method: 'GET',
    path: '/v1/parties/:id/responses',
    summary: 'How fast a seller answers buyers: within 24 hours, on average, not at all; of the last 7, 30 and 90 days.',
    tag: 'parties',
    access: 'token',
    params: anyId,
    query: closed(
      { format: { type: 'string', enum: ['json', 'csv'], default: 'json', description: '`csv`: one line a stretch.' } },
      'format',
    ),
    answers: { 200: { description: 'As of now.', schema: responses, alsoAs: 'text/csv' } },
    async run({ params: { id = '' }, query: { format } }) {
      const party = idPattern.test(id) ? await store.directory.party(id) : undefined;
      if (!party) return notFound('party');
      if (party.role !== 'seller') return problem(404, 'Buyers have no response times.');
      const at = now();
      const spans = spansOf(await store.responses.counts(id, firstOf(Math.max(...lengths), at)), at);
      if (format !== 'csv') return { status: 200, body: { party: id, spans } };
      return { status: 200, body: csvOf(spans), headers: { 'content-type': 'text/csv; charset=utf-8; header=present' } };
    },
  },
];

const firstOf = (days: number, at: number): string => dayOf(at - (days - 1) * dayLength);

const spansOf = (counts: ResponseCounts, at: number): readonly Span[] => lengths.map((days) => spanOf(counts, days, firstOf(days, at)));

function spanOf(counts: ResponseCounts, days: number, from: string): Span {
  const within = counts.days.filter(({ day }) => day >= from);
  const sum = (of: 'questions' | 'answered' | 'inTime' | 'settled' | 'seconds'): number => within.reduce((all, one) => all + one[of], 0);
  const [questions, answered, inTime, settled] = [sum('questions'), sum('answered'), sum('inTime'), sum('settled')];
  const waiting = counts.waiting.filter(({ day }) => day >= from).reduce((all, one) => all + one.questions, 0);
  const due = questions - waiting;
  const timed = answered - settled;
  return {
    days,
    from,
    questions,
    answered,
    answeredWithin24h: inTime,
    noAnswerNeeded: settled,
    unanswered: Math.max(0, due - answered),
    waiting,
    shareWithin24h: due > 0 ? Math.round((inTime / due) * 10_000) / 10_000 : null,
    averageSeconds: timed > 0 ? Math.round(sum('seconds') / timed) : null,
  };
}

/** Numbers and days alone: nothing needs quotes. */
function csvOf(spans: readonly Span[]): string {
  const names = Object.keys(columns) as (keyof Span)[];
  return [names, ...spans.map((span) => names.map((name) => span[name] ?? ''))].map((cells) => `${cells.join(',')}\r\n`).join('');
}
