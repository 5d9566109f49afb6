/**
 * A call that changes something happens once, however often it is repeated with the same Idempotency-Key
 * (draft-ietf-httpapi-idempotency-key-header-07): for 24 hours the first answer is given again. A key is its token's own.
 */
import { createHash } from 'node:crypto';
import type { Answers } from '../store/answers.ts';
import type { Answer, Operation } from './operation.ts';
import { problem } from './problem.ts';

export interface RepeatableCall {
  /** Whose key it is. */
  readonly caller: string;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  /** The header field, as it came. */
  readonly key: string | readonly string[] | undefined;
}

/** Longer than a request may take. */
const leaseSeconds = 120;
const retrySeconds = 1;

/** Whether the operation takes a key: it changes something, and what it changes is not named by its path. */
export const takesKey = ({ method, access, form, changesNothing }: Operation): boolean =>
  method === 'POST' && access === 'token' && !form && !changesNothing;

/** In the document. */
export const keyHeader = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      description:
        'Of the caller’s own making, a UUID for instance. For 24 hours the same call with the same key gets the same answer, and does nothing.',
    },
  },
} as const;

export interface RepeatPorts {
  readonly answers: Answers;
  /** The answer was given, and could not be kept: until the claim ends, who repeats the call is put off. */
  failed(cause: unknown): void;
}

/** Runs it, or answers as it was answered before. Without a key it is run. What failed on our side may be called again. */
export async function once(call: RepeatableCall, run: () => Promise<Answer>, { answers, failed }: RepeatPorts): Promise<Answer> {
  if (call.key === undefined) return run();
  const key = keyOf(call.key);
  if (key === undefined) return problem(400, 'The Idempotency-Key cannot be read.', { type: 'bad-key' });
  const keyed = { key: digest(call.caller, key), call: digest(call.method, call.url, JSON.stringify(call.body) ?? '') };
  const claim = await answers.claim(keyed, leaseSeconds);
  if (claim.kind === 'done') return JSON.parse(claim.answer);
  if (claim.kind === 'other') return problem(422, 'The Idempotency-Key came with another call before.', { type: 'key-reused' });
  if (claim.kind === 'busy') {
    const headers = { 'retry-after': String(retrySeconds) };
    return problem(409, 'The first call with this Idempotency-Key is under way.', { type: 'key-in-use', headers });
  }
  const release = () => answers.release(keyed).catch(failed);
  const answer = await run().catch(async (error: unknown) => {
    await release();
    throw error;
  });
  await (isFinal(answer) ? answers.keep(keyed, JSON.stringify(answer)).catch(failed) : release());
  return answer;
}

/** Fields that do not fit may be mended under the same key: nothing was done. */
const isFinal = ({ status }: Answer): boolean => status !== 400 && status < 500;

/** A string of RFC 9651 (in quotes), or bare, as many clients send it. */
function keyOf(field: string | readonly string[]): string | undefined {
  const [text = '', ...more] = [field].flat();
  const bare = text.startsWith('"') && text.endsWith('"') && text.length >= 2 ? text.slice(1, -1) : text;
  return more.length === 0 && /^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/.test(bare) ? bare : undefined;
}

/** Each part with its length before it: no two calls give the same text. */
const digest = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
};
