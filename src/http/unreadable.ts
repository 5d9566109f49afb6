/** What the HTTP library says of a call that it cannot read, in words of ours: for who mends the call. Nothing of the call comes back. */
import type { Answer } from './operation.ts';
import { problem } from './problem.ts';

/** By the code of fastify's error; the type of a body is said where it is known which one is taken. */
const details: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as Content-Length says.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is too large.',
  FST_ERR_BAD_URL: 'The URL cannot be read.',
};

interface Fault {
  readonly code?: string | undefined;
  readonly statusCode?: number | undefined;
}

/** `taken`: the type of bodies that is taken there. Undefined: an error of ours. */
export function explain({ code = '', statusCode }: Fault, taken: string): Answer | undefined {
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500) return undefined;
  if (statusCode === 415) return problem(415, `The body must be ${taken}.`);
  return problem(statusCode, Object.hasOwn(details, code) ? details[code] : statusCode === 400 ? 'The request cannot be read.' : undefined);
}
