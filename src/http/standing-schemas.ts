/** The shapes of standings, and of objections and reports with what people found of them; beside those of `schemas.ts`. */
import { levels, reviewOutcomes } from '../model/standing.ts';
import type { Schema } from './operation.ts';
import { closed, pageQuery } from './schemas.ts';

const text: Schema = { type: 'string' };
const time: Schema = { type: 'string', format: 'date-time' };
/** A line or a few, of the marketplace's own. */
const words: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 500,
  pattern: '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
};
const level: Schema = { type: 'string', enum: levels };
const outcome: Schema = { type: 'string', enum: reviewOutcomes };

export const wordBody = closed(
  {
    level,
    until: {
      type: 'string',
      maxLength: 40,
      description: 'ISO 8601: a date and time with its zone, in the future. Left out: until it is deleted.',
    },
    reason: { ...words, description: 'Stands in the statement of reasons, on one line of 120 characters.' },
  },
  'until',
  'reason',
);

const strike = closed({
  trace: text,
  at: time,
  rule: { ...text, description: 'The heaviest of the message’s rules; `report`: a person upheld a report.' },
  weight: { type: 'number' },
  lifted: { type: 'boolean', description: 'A person took it away: it weighs nothing.' },
});

const critical = closed(
  {
    budget: { type: 'integer', description: 'So many messages in 30 days may pass by their tag.' },
    left: { type: 'integer' },
    awayUntil: { ...time, description: 'The tag does not count until then.' },
    why: { type: 'string', enum: ['used-up', 'reported'] },
  },
  'awayUntil',
  'why',
);

const standing = closed(
  {
    level,
    from: time,
    until: { ...time, description: 'Left out: nobody knows yet.' },
    source: { type: 'string', enum: ['automatic', 'operator'] },
    reason: text,
    points: { type: 'number', description: 'All strikes, each faded by its age.' },
    strikes: { type: 'array', items: strike, description: 'Newest first.' },
    critical: { ...critical, description: 'Of sellers.' },
  },
  'from',
  'until',
  'reason',
  'critical',
);

export const anyReview: Schema = closed({ trace: text, party: text });

const findingFields = {
  outcome,
  note: { ...words, description: 'For the marketplace; nobody else sees it.' },
} as const satisfies Record<string, Schema>;

export const findingBody = closed(findingFields, 'note');

const foundFields = { ...findingFields, foundAt: { ...time, description: 'When a person found something of it.' } };
/** As an objection or a report carries it from then on. */
export const finding = closed(foundFields, 'note');

/** What somebody says of a message; each with what stands in the document of it. */
const reviewOf = (trace: string, party: string, whose: string): Schema =>
  closed(
    {
      trace: { ...text, description: trace },
      at: time,
      conversation: text,
      party: { ...text, description: party },
      text: { ...text, description: `In the ${whose}'s words; empty once the party is forgotten.` },
      ...foundFields,
    },
    'outcome',
    'note',
    'foundAt',
  );
const objection = reviewOf(
  'Of the message whose refusal or redaction is objected to.',
  'Who objects: the author of the message.',
  'author',
);
const report = reviewOf('Of the message that is reported.', 'Who reports: the recipient of the message.', 'recipient');

export const objectionPage = closed({ objections: { type: 'array', items: { $ref: 'Objection#' } }, next: text }, 'next');
export const reportPage = closed({ reports: { type: 'array', items: { $ref: 'Report#' } }, next: text }, 'next');

/** Those that stand in the document by name, beside those of `schemas.ts`. */
export const alsoNamed: Readonly<Record<string, Schema>> = { Standing: standing, Objection: objection, Report: report };

/** Pages of objections and reports. */
export const reviewQuery: Schema = {
  ...pageQuery,
  properties: {
    ...(pageQuery.properties as object),
    open: {
      type: 'string',
      enum: ['true', 'false'],
      description: '`true`: only those that nobody has found anything of; a page may be short.',
    },
    party: { type: 'string', maxLength: 64, description: 'Only those of this party; a page may be short.' },
    conversation: { type: 'string', maxLength: 64, description: 'Only those of this conversation; a page may be short.' },
  },
};
