/** How a party keeps the rules, and an operator's word about it; what people found of objections and reports. */
import { idPattern } from '../model/ids.ts';
import type { Role } from '../model/route.ts';
import { type Level, levels, type ReviewOutcome } from '../model/standing.ts';
import type { ReviewKind } from '../store/store.ts';
import { type Answer, type FieldError, type HttpPorts, membersOf, type Operation, type Standing } from './operation.ts';
import { notFound } from './problem.ts';
import { anyId } from './schemas.ts';
import { anyReview, finding, findingBody, wordBody } from './standing-schemas.ts';
import { notATime, timeOf } from './time.ts';

interface WordBody {
  readonly level: Level;
  readonly until?: string;
  readonly reason?: string;
}

/** Buyers are not kept from starting: they hardly ever are the ones who start. */
const buyerLevels: readonly Level[] = levels.filter((level) => level !== 'starting-blocked');

export function standingOperations({ store, standing, now }: HttpPorts): readonly Operation[] {
  const common = { path: '/v1/parties/:id/standing', tag: 'parties', access: 'token', params: anyId } as const;
  const answers = { 200: { description: 'As it is now.', schema: { $ref: 'Standing#' } } };
  const known = async (id: string) => (idPattern.test(id) ? store.directory.party(id) : undefined);
  return [
    {
      ...common,
      id: 'getStanding',
      method: 'GET',
      summary: 'How a party keeps the rules: level, points, strikes, and what is left of the tag for critical messages.',
      answers,
      run: async ({ params: { id = '' } }) => shownOr404((await known(id)) && (await standing.read(id))),
    },
    {
      ...common,
      scope: 'operate',
      id: 'setStanding',
      method: 'PUT',
      summary: 'An operator sets the level; it holds until `until`, or until it is deleted. The party gets a statement of reasons.',
      body: wordBody,
      answers,
      async check({ params: { id = '' }, body }) {
        return wordErrors(body, (await known(id))?.role, now());
      },
      async run({ params: { id = '' }, body }) {
        const { level, until, reason } = body as WordBody;
        const end = until === undefined ? undefined : timeOf(until);
        const word = { level, ...(end !== undefined && { until: end }), ...(reason !== undefined && { reason }) };
        return shownOr404((await known(id)) && (await standing.set(id, word)));
      },
    },
    {
      ...common,
      scope: 'operate',
      id: 'unsetStanding',
      method: 'DELETE',
      summary: 'Takes the operator’s word back: what came by itself counts again.',
      answers,
      run: async ({ params: { id = '' } }) => shownOr404((await known(id)) && (await standing.unset(id))),
    },
    findingOperation('objection', standing),
    findingOperation('report', standing),
  ];
}

function findingOperation(kind: ReviewKind, standing: HttpPorts['standing']): Operation {
  return {
    id: kind === 'objection' ? 'findObjection' : 'findReport',
    method: 'PUT',
    path: `/v1/${kind}s/:trace/:party`,
    tag: 'messages',
    access: 'token',
    scope: 'operate',
    summary:
      kind === 'objection'
        ? 'What a person found of an objection. Upheld: the message’s strike goes, and what would not have come without it.'
        : 'What a person found of a report. Upheld: a strike for the author; where the message was tagged, the tag goes for a while.',
    params: anyReview,
    body: findingBody,
    answers: { 200: { description: 'As it is kept.', schema: finding } },
    async run({ params: { trace = '', party = '' }, body }) {
      const { outcome, note } = body as { readonly outcome: ReviewOutcome; readonly note?: string };
      if (!idPattern.test(trace) || !idPattern.test(party)) return notFound(kind);
      const kept = await standing.find({ kind, trace, party }, { outcome, ...(note !== undefined && { note }) });
      return kept ? { status: 200, body: { outcome, note, foundAt: isoOf(kept.at) } } : notFound(kind);
    },
  };
}

function wordErrors(body: unknown, role: Role | undefined, now: number): readonly FieldError[] {
  const { level, until } = membersOf(body);
  const end = typeof until === 'string' ? timeOf(until) : undefined;
  const late = end !== undefined && end <= now;
  return [
    ...(typeof until === 'string' && end === undefined ? [{ field: '/until', message: notATime }] : []),
    ...(late ? [{ field: '/until', message: 'must be in the future' }] : []),
    ...(role === 'buyer' && level === 'starting-blocked' ? [{ field: '/level', message: `must be one of ${buyerLevels.join(', ')}` }] : []),
  ];
}

const isoOf = (at: number): string => new Date(at).toISOString();

const shownOr404 = (standing: Standing | undefined): Answer => (standing ? { status: 200, body: shown(standing) } : notFound('party'));

function shown({ measure, points, strikes, critical }: Standing): object {
  const { level, from, until, source, reason } = measure;
  return {
    level,
    ...(level !== 'good' && { from: isoOf(from) }),
    ...(until !== undefined && { until: isoOf(until) }),
    source,
    ...(reason !== undefined && { reason }),
    points,
    strikes: strikes.map(({ trace, at, rule, weight, lifted = false }) => ({ trace, at: isoOf(at), rule, weight, lifted })),
    ...(critical && {
      critical: {
        budget: critical.budget,
        left: critical.left,
        ...(critical.away && { awayUntil: isoOf(critical.away.until), why: critical.away.why }),
      },
    }),
  };
}
