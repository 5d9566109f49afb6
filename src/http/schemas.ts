/** The shapes of the API in JSON Schema, for the validator and for the OpenAPI document alike. */
import { results } from '../model/authentication.ts';
import { idPattern } from '../model/ids.ts';
import { bounceReasons, languages, noticeChoices } from '../model/route.ts';
import { actions } from '../model/verdict.ts';
import type { Schema } from './operation.ts';

export const closed = (properties: Readonly<Record<string, Schema>>, ...optional: string[]): Schema => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

/** An id of the marketplace's. It says nothing of the person. */
const id: Schema = { type: 'string', pattern: idPattern.source, description: 'Letters, digits and _ . : - (1 to 64 of them).' };
const text: Schema = { type: 'string' };
const time: Schema = { type: 'string', format: 'date-time' };
export const direction: Schema = { type: 'string', enum: ['buyer_to_seller', 'seller_to_buyer'] };
const kind: Schema = { type: 'string', enum: ['standard', 'custom', 'handmade', 'wine'] };
const yes: Schema = { type: 'boolean', default: true };
const part: Schema = { type: 'string', enum: ['subject', 'text', 'html', 'attachment', 'message'] };
const region: Schema = { type: 'string', enum: ['new', 'quoted', 'signature'] };
const action: Schema = { type: 'string', enum: actions };

/** In the path of a call that makes something. */
export const ownId: Schema = closed({ id });
/** In the path of a call that asks for something: whatever it is not is 404. */
export const anyId: Schema = closed({ id: text });
export const idAndAddress: Schema = closed({ id: text, address: text });
export const anyTrace: Schema = closed({ trace: text });

const mailboxFields = {
  address: { type: 'string', maxLength: 254, description: 'addr-spec; never at the domain of the relay.' },
  receives: yes,
  sends: yes,
} as const satisfies Record<string, Schema>;
const mailbox = closed(mailboxFields, 'receives', 'sends');
const mailboxState = closed(
  {
    ...mailboxFields,
    unreachable: {
      ...closed({ at: time, reason: { type: 'string', enum: bounceReasons } }),
      description: 'Mail to it came back for good. Goes when the party writes from it, and when the party is registered again.',
    },
  },
  'unreachable',
);

/** What is said beside the type where it is an object. */
const absence = {
  additionalProperties: false,
  properties: {
    until: { type: 'string', maxLength: 40, description: 'ISO 8601: a date (its beginning in UTC), or a date and time with its zone.' },
    text: { type: 'string', maxLength: 500 },
  },
} as const satisfies Schema;

const partyFields = {
  role: { type: 'string', enum: ['buyer', 'seller'], description: 'Cannot change later.' },
  name: { type: 'string', minLength: 1, maxLength: 200, description: 'Without control characters.' },
  mailboxes: { type: 'array', minItems: 1, maxItems: 50, items: mailbox, description: 'Each address once.' },
  locale: { type: 'string', pattern: '^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,5}$', default: 'en', description: 'BCP 47.' },
  optedOut: { type: 'boolean', description: 'A buyer who wants no messages that sellers start. Left out: as the buyer said, first: no.' },
  away: {
    type: ['string', 'object', 'null'],
    maxLength: 500,
    default: null,
    ...absence,
    description: "A seller's absence, which new buyers are told; a text of the marketplace's, or when the seller is back and a text.",
  },
  messaging: { type: 'string', enum: ['enabled', 'disabled'], default: 'enabled' },
  notices: {
    type: 'string',
    enum: noticeChoices,
    default: 'each',
    description:
      'Of messages refused, changed or held: a mail for each, one for each day (UTC), or none; then a refused one is answered 550.',
  },
} as const satisfies Record<string, Schema>;

export const partyBody = closed(partyFields, 'locale', 'optedOut', 'away', 'messaging', 'notices');
const admission: Schema = { type: 'string', enum: ['approved', 'blocked'] };
export const admissionBody = closed({ verdict: admission });
export const party = closed(
  {
    id,
    ...partyFields,
    mailboxes: { type: 'array', items: mailboxState },
    admitted: {
      type: 'array',
      items: closed({ address: text, verdict: admission }),
      description: 'Mailboxes that wrote in its name, and what was said of them, by the party or by the marketplace; the last 50.',
    },
    publicAlias: { type: 'string', description: "A seller's: a buyer's first mail to it opens the conversation." },
  },
  'publicAlias',
);

const orderFields = {
  buyer: id,
  seller: id,
  kind,
  completedAt: {
    type: ['string', 'null'],
    maxLength: 40,
    description: 'ISO 8601: a date, or a date and time with its zone. Left out while open.',
  },
  item: {
    type: 'string',
    maxLength: 120,
    pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*\\S[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$',
    description: 'What was ordered, in one line; stands above each mail between the two. Left out: no such line.',
  },
} as const satisfies Record<string, Schema>;
export const orderBody = closed(orderFields, 'completedAt', 'item');
export const order = closed({ id, ...orderFields, completedAt: time }, 'completedAt', 'item');

export const pairBody = closed({ buyer: id, seller: id });
const conversationFields = {
  id: text,
  buyerAlias: { type: 'string', description: 'Stands for the buyer: the seller writes to it.' },
  sellerAlias: { type: 'string', description: 'Stands for the seller: the buyer writes to it.' },
} as const satisfies Record<string, Schema>;
export const conversation = closed(conversationFields);

const optedOut: Schema = { type: 'boolean', description: 'The buyer wants no messages that this seller starts.' };
export const optOut = closed({ optedOut });
const legalHoldFields = {
  by: { type: 'string', minLength: 1, maxLength: 200, description: 'Who says so.' },
  note: { type: 'string', maxLength: 2000, description: 'Why; encrypted in the store.' },
} as const satisfies Record<string, Schema>;
export const legalHoldBody = closed(legalHoldFields);
export const legalHold = closed({ since: time, ...legalHoldFields });
const side: Schema = { type: 'string', enum: ['buyer', 'seller'] };
/** A conversation with what may change in it. */
export const conversationState = closed(
  {
    ...conversationFields,
    optedOut,
    noAnswerNeededAt: { ...time, description: 'Its seller said that what the buyer wrote up to then needs no answer.' },
    blockedBy: { type: 'array', items: side, description: 'Who takes no messages from the other side.' },
    expiresAt: { ...time, type: ['string', 'null'], description: 'When the aliases end or ended, where that is set.' },
  },
  'noAnswerNeededAt',
);

export const pageQuery = closed(
  {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    cursor: { type: 'string', pattern: '^[A-Za-z0-9_.:=-]{1,256}$', description: 'The `next` of the page before.' },
  },
  'limit',
  'cursor',
);

export const outcome: Schema = { type: 'string', enum: ['relay', 'hold', 'reject', 'defer', 'drop', 'repeat'] };

const result: Schema = { type: 'string', enum: results };
const authentication: Schema = {
  ...closed(
    {
      auth: { type: 'string', enum: ['pass'], description: 'The client logged in.' },
      spf: result,
      dkim: result,
      arc: { ...result, description: 'Only where some sealers are trusted.' },
      aligned: { type: 'boolean', description: "One that passed is of the author's own domain: the author is proven." },
    },
    'auth',
    'arc',
  ),
  description: 'How far the author was proven (RFC 8601); left out where nobody asked.',
};
export const message = closed(
  {
    trace: text,
    at: time,
    conversation: text,
    direction,
    disposition: outcome,
    reply: { type: 'string', description: "What the sender's server was told." },
    findings: { type: 'array', items: closed({ rule: text, action, part, region }) },
    bytes: { type: 'integer' },
    steps: { type: 'object', additionalProperties: { type: 'number' }, description: 'Milliseconds, by step of the way.' },
    reason: text,
    authentication,
    repeats: { type: 'string', description: 'Trace of the message that this one repeats.' },
    tag: {
      type: 'string',
      enum: ['needed', 'beside'],
      description: 'Its seller set the tag for critical messages: it passed by that alone, or had it beside.',
    },
    bouncedAt: time,
    bounceReason: { type: 'string', enum: bounceReasons, description: 'Why the message came back.' },
  },
  'conversation',
  'direction',
  'reason',
  'authentication',
  'repeats',
  'tag',
  'bouncedAt',
  'bounceReason',
);
export const page = closed({ messages: { type: 'array', items: { $ref: 'Message#' } }, next: text }, 'next');

export const checkBody = closed(
  {
    direction,
    initiates: { type: 'boolean', description: 'The author starts the contact and answers nothing.' },
    order: { ...closed({ kind, completedDaysAgo: { type: 'number', minimum: 0 } }), type: ['object', 'null'] },
    buyerOptedOut: { type: 'boolean' },
    message: { type: 'string', description: 'A complete RFC 5322 message.' },
    encoding: { type: 'string', enum: ['base64'], description: 'Of `message`, where it is not plain text.' },
  },
  'encoding',
);
export const checkAnswer = closed(
  {
    disposition: { type: 'string', enum: ['relay', 'hold', 'reject'] },
    findings: { type: 'array', items: closed({ rule: text, action, part, region, span: text }) },
    delivered: { type: ['string', 'null'], description: 'The message that the recipient would get.' },
    reason: { type: 'string', description: 'Why a message that breaks no rule is not relayed.' },
  },
  'reason',
);

export const readiness = closed({ ready: { type: 'boolean' }, checks: { type: 'object', additionalProperties: text } });
export const alive = closed({ alive: { type: 'boolean' } });
export const about = closed({ name: text, what: text, docs: text, health: { type: 'array', items: text } });
export const anything: Schema = { type: 'object', additionalProperties: true };

/** RFC 9457. */
export const problemDetails = {
  ...closed(
    {
      type: { ...text, description: '`about:blank`, or a path that says what it means, as in /problems/not-found.' },
      title: text,
      status: { type: 'integer' },
      detail: text,
      errors: {
        type: 'array',
        items: closed({ field: text, message: text }),
        description: 'JSON pointer into the body, {name} in the path, ?name in the query.',
      },
      scope: { type: 'string', description: 'That the token lacks.' },
      trace: { type: 'string', description: 'Of this call; the log has it where something unforeseen happened.' },
    },
    'scope',
    'detail',
    'errors',
  ),
  description: 'Problem details (RFC 9457).',
};

/** Those that stand in the document by name, and are referred to as `Name#`. */
export const named: Readonly<Record<string, Schema>> = {
  Party: party,
  Order: order,
  Conversation: conversation,
  ConversationState: conversationState,
  Message: message,
  CheckAnswer: checkAnswer,
  Problem: problemDetails,
};

export const reportToken = closed({ token: { type: 'string', pattern: '^r-[a-z0-9]{1,53}-[a-z2-7]{8}$' } });
export const reportBody = closed(
  {
    text: { type: 'string', maxLength: 20_000, description: 'What is wrong with the message.' },
    block: { type: 'string', enum: ['yes'], description: 'Who wrote it is to write no more.' },
  },
  'text',
  'block',
);
export const blockForm = closed({ choice: { type: 'string', enum: ['open', 'blocked'] } });

export const doneToken = closed({ token: { type: 'string', pattern: '^d-[a-z0-9]{1,53}-[a-z2-7]{8}$' } });
export const doneForm = closed({});

export const helpLanguage = closed({ language: { type: 'string', enum: languages } });

export const optOutToken = closed({ token: { type: 'string', pattern: '^u-[a-z0-9]{1,53}-[a-z2-7]{8}$' } });
export const optOutForm = closed(
  {
    choice: { type: 'string', enum: ['seller', 'all', 'none'] },
    'List-Unsubscribe': { type: 'string', enum: ['One-Click'], description: 'RFC 8058.' },
  },
  'choice',
  'List-Unsubscribe',
);

export const admissionToken = closed({ token: { type: 'string', pattern: '^a-[a-z0-9]{1,53}-[a-z2-7]{8}$' } });
export const admissionForm = admissionBody;
