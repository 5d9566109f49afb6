/** The API over a real socket, with a real SQLite store in memory; what is no matter of the API is scripted. */
import { randomBytes } from 'node:crypto';
import type { CheckAnswer, CheckInput, HttpPorts, HttpSettings } from '../../src/http/operation.ts';
import { Feed } from '../../src/journal/feed.ts';
import { openHttp } from '../../src/http/server.ts';
import type { StoreSetup } from '../../src/store/codec.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { openVault } from '../../src/store/vault.ts';

export const token = 'a-token-for-tests-only';
export const now = Date.parse('2025-06-01T12:00:00Z');

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire is what the test is to find out
  readonly body: any;
}

export interface Api extends AsyncDisposable {
  readonly url: string;
  readonly ports: HttpPorts;
  readonly store: Store;
  /** What reached the port of the dry run. */
  readonly checked: CheckInput[];
  /** What nobody foresaw. */
  readonly failures: unknown[];
  /** Of the calls that it happened to. */
  readonly traces: (string | undefined)[];
  readonly requests: { readonly method: string; readonly route: string; readonly status: number }[];
  /** With the token; an object as body goes as JSON, a string as it is. */
  call(method: string, path: string, body?: object | string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  close(): Promise<void>;
}

const relayed: CheckAnswer = { disposition: 'relay', findings: [], delivered: Buffer.from('Subject: hej\r\n\r\nHallå\r\n') };

/** `setup`: of the store, where it is not to go by the clock of the machine. */
export async function serveApi(
  ports: Partial<HttpPorts> = {},
  setup: Partial<StoreSetup> = {},
  settings: Partial<HttpSettings> = {},
): Promise<Api> {
  const store = await openSqlite(':memory:', {
    vault: openVault([randomBytes(32)]),
    mint: () => `x${randomBytes(10).toString('hex')}`,
    ...setup,
  });
  const checked: CheckInput[] = [];
  const failures: unknown[] = [];
  const traces: Api['traces'] = [];
  const requests: Api['requests'] = [];
  const all: HttpPorts = {
    store,
    async check(input) {
      checked.push(input);
      return relayed;
    },
    report: { languageFor: async () => undefined, file: async () => undefined },
    optOut: { read: async () => undefined, choose: async () => undefined },
    block: { read: async () => undefined, set: async () => undefined },
    done: { languageFor: async () => undefined, settle: async () => undefined },
    approval: { read: async () => undefined, answer: async () => undefined },
    standing: { read: async () => undefined, set: async () => undefined, unset: async () => undefined, find: async () => undefined },
    permissions: async () => undefined,
    ready: async () => ({ ready: true, checks: { store: 'ok' } }),
    metrics: {
      request: (request) => requests.push(request),
      render: async () => 'postern_test 1\n',
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
    },
    failed: (cause, trace) => {
      failures.push(cause);
      traces.push(trace);
    },
    events: new Feed(),
    now: () => now,
    ...ports,
  };
  const listen = [{ host: '127.0.0.1', port: 0 }];
  const http = await openHttp({ listen, token, relayDomains: ['relay.test', 'old.test'], maxMessageBytes: 12_582_912, ...settings }, all);
  const url = `http://127.0.0.1:${http.addresses[0]?.port}`;
  return {
    url,
    ports: all,
    store,
    checked,
    failures,
    traces,
    requests,
    close: () => http.close(),
    async call(method, path, body, headers = {}) {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const json = answer.headers.get('content-type')?.includes('json');
      return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      await store[Symbol.asyncDispose]();
    },
  };
}

export const jane = { role: 'buyer', name: 'Jane Doe', mailboxes: [{ address: 'Jane@Mail.Example' }] };
export const shop = { role: 'seller', name: 'Oak Bench', mailboxes: [{ address: 'info@oakbench.example' }] };

/** Registers a buyer `b-1` and a seller `s-1`. */
export async function registerPair(api: Api): Promise<void> {
  await api.call('PUT', '/v1/parties/b-1', jane);
  await api.call('PUT', '/v1/parties/s-1', shop);
}

/** Field and message of each error, the fields in order. */
export const fieldsOf = ({ body }: Answered): readonly string[] =>
  (body.errors ?? []).map(({ field }: { readonly field: string }) => field).sort();
