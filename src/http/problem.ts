/** Answers that say what went wrong: problem details (RFC 9457). No value of the request stands in them, no text of a library. */
import { STATUS_CODES } from 'node:http';
import type { Answer, FieldError } from './operation.ts';
import { type ProblemName, problemTypes, typeOf } from './problem-types.ts';

const mostErrors = 200;

/** Beside the status and a sentence. Without a type the status says it all: `about:blank` (RFC 9457 section 4.2.1). */
interface More {
  readonly type?: ProblemName;
  readonly errors?: readonly FieldError[];
  /** Further members of the type's own. */
  readonly members?: Readonly<Record<string, string>>;
  readonly headers?: Answer['headers'];
}

/** `detail` and `errors` are for who mends the call. */
export function problem(status: number, detail?: string, { type, errors, members, headers }: More = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: {
      type: type ? typeOf(type) : 'about:blank',
      title: type ? problemTypes[type].title : (STATUS_CODES[status] ?? 'Unknown'),
      status,
      ...(detail !== undefined && { detail }),
      ...(errors && { errors: errors.slice(0, mostErrors) }),
      ...members,
    },
  };
}

export const notFound = (what: string): Answer => problem(404, `There is no such ${what}.`, { type: 'not-found' });

/** Comes again: every call may be repeated without harm. */
export const unavailable = (): Answer =>
  problem(503, 'The relay cannot answer now. Call again: repeating a call does no harm.', {
    type: 'unavailable',
    headers: { 'retry-after': '5' },
  });

export const badFields = (errors: readonly FieldError[]): Answer =>
  problem(400, 'Fields of the request do not fit; errors names each.', { type: 'bad-fields', errors });

/** One complaint of the schema validator (ajv), as far as it is of use here. */
export interface Complaint {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
}

/** The validator's complaints about one part of the request, as field errors in words of ours. */
export function fieldErrors(part: 'params' | 'querystring' | 'body', complaints: readonly Complaint[]): readonly FieldError[] {
  return complaints.map((complaint) => {
    const pointer = pointerOf(complaint);
    const field = part === 'body' ? pointer : part === 'params' ? `{${pointer.slice(1)}}` : `?${pointer.slice(1)}`;
    return { field, message: messageOf(complaint) };
  });
}

function pointerOf({ keyword, instancePath, params }: Complaint): string {
  if (keyword === 'required') return `${instancePath}/${String(params.missingProperty)}`;
  if (keyword !== 'additionalProperties') return instancePath;
  const name = String(params.additionalProperty);
  // A name that does not look like one may be somebody's address: it is not repeated.
  return /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/.test(name) ? `${instancePath}/${name}` : instancePath;
}

function messageOf({ keyword, params, message }: Complaint): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is not a known field';
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) return `must be one of ${params.allowedValues.map(String).join(', ')}`;
  return message ?? 'does not fit';
}

/** Errors of the schema first; ours only for fields the schema did not complain about. */
export function merge(ofSchema: readonly FieldError[], ours: readonly FieldError[]): readonly FieldError[] {
  const named = new Set(ofSchema.map(({ field }) => field));
  return [...ofSchema, ...ours.filter(({ field }) => !named.has(field))];
}
