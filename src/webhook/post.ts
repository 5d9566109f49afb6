/**
 * One POST to a subscriber: no redirect is followed, no connection is kept, and the answer is read no further than it takes to be polite. Of what
 * the subscriber says the status alone counts, and no word of it goes anywhere.
 */
import { request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestTls } from 'node:https';
import { guardedLookup, Refused, type Resolve, readTarget } from './target.ts';

export interface PostSetup {
  /** Private addresses too, and plain HTTP on loopback. */
  readonly allowPrivate: boolean;
  /** PEM, instead of the authorities that Node knows. */
  readonly ca?: string;
  /** Addresses of names; the system's way where it is not given. */
  readonly resolve?: Resolve;
  /** Until the whole answer is there, in milliseconds; 10 s where it is not given. */
  readonly patience?: number;
}

export interface Parcel {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `gone`: the subscriber wants no more of it (410). `reason`: in words of ours. */
export type Posted = { readonly kind: 'taken' } | { readonly kind: 'failed' | 'gone'; readonly reason: string };

/** Never rejects. */
export type Post = (parcel: Parcel) => Promise<Posted>;

const usualPatience = 10_000;
const mostBytes = 64 * 1024;

export const createPost =
  ({ allowPrivate, ca, resolve, patience = usualPatience }: PostSetup): Post =>
  ({ url, fields, body }) => {
    const target = readTarget(url, allowPrivate);
    if (typeof target === 'string') return Promise.resolve(failed(`the URL ${target}`));
    const bytes = Buffer.from(body);
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...fields, 'content-type': 'application/json', 'content-length': bytes.length, 'user-agent': 'Postern-Webhooks/1' },
      // One of its own for each request: no other part of the program may change where it connects.
      agent: false,
      signal: AbortSignal.timeout(patience),
      lookup: guardedLookup(target, allowPrivate, resolve),
      maxHeaderSize: 16_384,
      ...(ca !== undefined && { ca }),
    };
    return exchange((target.protocol === 'https:' ? requestTls : requestPlain)(target, options), bytes);
  };

function exchange(request: ReturnType<typeof requestTls>, bytes: Buffer): Promise<Posted> {
  return new Promise((resolve) => {
    let posted: Posted | undefined;
    request.on('response', (response) => {
      posted = outcomeOf(response.statusCode ?? 0);
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > mostBytes) response.destroy();
      });
      // What becomes of the rest of the answer changes nothing.
      response.on('error', () => undefined);
    });
    request.on('error', (error) => {
      posted ??= failed(reasonOf(error));
    });
    request.on('close', () => resolve(posted ?? failed('no answer')));
    request.end(bytes);
  });
}

const failed = (reason: string): Posted => ({ kind: 'failed', reason });

function outcomeOf(status: number): Posted {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  return { kind: status === 410 ? 'gone' : 'failed', reason: `status ${status}` };
}

/** A code of Node's or OpenSSL's, never a text: that names hosts. */
function reasonOf(error: Error): string {
  if (error instanceof Refused) return error.message;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'no answer in time';
  const code = 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,60}$/.test(error.code) ? error.code : 'unknown';
  return `no connection (${code})`;
}
