import { type ProblemName, problemTypes, typeOf } from '../../src/http/problem-types.ts';
import { type Api, serveApi } from './serve.ts';

type Json = Readonly<Record<string, unknown>>;
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Json[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Json }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>
  >;
}

let api: Api;
let document: {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Json };
};
let operations: readonly { readonly path: string; readonly method: string; readonly operation: Operation }[];
beforeAll(async () => {
  api = await serveApi();
  document = (await api.call('GET', '/openapi.json', undefined, { authorization: '' })).body;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
});
afterAll(() => api[Symbol.asyncDispose]());

test('the document names every call of the contract', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort()).toEqual([
    'DELETE /v1/conversations/{id}/legal-hold',
    'DELETE /v1/parties/{id}',
    'DELETE /v1/parties/{id}/mailboxes/{address}',
    'DELETE /v1/parties/{id}/standing',
    'DELETE /v1/webhooks/{id}',
    'GET /',
    'GET /approve/{token}',
    'GET /block/{token}',
    'GET /done/{token}',
    'GET /help',
    'GET /help/{language}',
    'GET /livez',
    'GET /metrics',
    'GET /openapi.json',
    'GET /problems/{name}',
    'GET /readyz',
    'GET /report/{token}',
    'GET /unsubscribe/{token}',
    'GET /v1/archive',
    'GET /v1/conversations/{id}',
    'GET /v1/conversations/{id}/legal-hold',
    'GET /v1/conversations/{id}/messages',
    'GET /v1/events',
    'GET /v1/messages',
    'GET /v1/messages/{trace}',
    'GET /v1/messages/{trace}/content',
    'GET /v1/objections',
    'GET /v1/orders/{id}/permissions',
    'GET /v1/parties/{id}',
    'GET /v1/parties/{id}/responses',
    'GET /v1/parties/{id}/standing',
    'GET /v1/reports',
    'GET /v1/webhooks',
    'GET /v1/webhooks/{id}',
    'GET /v1/webhooks/{id}/deliveries',
    'POST /approve/{token}',
    'POST /block/{token}',
    'POST /done/{token}',
    'POST /report/{token}',
    'POST /unsubscribe/{token}',
    'POST /v1/check',
    'POST /v1/webhooks/{id}/replay',
    'POST /v1/webhooks/{id}/secret',
    'PUT /v1/conversations',
    'PUT /v1/conversations/{id}/block',
    'PUT /v1/conversations/{id}/expiry',
    'PUT /v1/conversations/{id}/legal-hold',
    'PUT /v1/conversations/{id}/opt-out',
    'PUT /v1/objections/{trace}/{party}',
    'PUT /v1/orders/{id}',
    'PUT /v1/parties/{id}',
    'PUT /v1/parties/{id}/mailboxes/{address}',
    'PUT /v1/parties/{id}/standing',
    'PUT /v1/reports/{trace}/{party}',
    'PUT /v1/webhooks/{id}',
  ]);
});

test('the document holds together', () => {
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path');
    expect(declared.map(({ name }) => name)).toEqual(inPath);
    expect(declared.every(({ required }) => required)).toBe(true);
    expect(operation.summary).not.toBe('');
    for (const { description, content } of Object.values(operation.responses)) {
      expect(description).not.toBe('Default Response');
      for (const { schema } of Object.values(content ?? {})) expect(schema).toBeDefined();
    }
    expect(Object.keys(operation.responses.default?.content ?? {})).toEqual(['application/problem+json']);
  }
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to = '']) => to);
  expect(references.length).toBeGreaterThan(0);
  for (const to of references) {
    const target = to.replace('#/components/schemas/', '');
    expect(Object.keys(document.components.schemas)).toContain(target);
  }
});

test('null is a type, as in JSON Schema 2020-12', () => {
  expect(JSON.stringify(document)).not.toContain('nullable');
  expect(JSON.stringify(document.components.schemas.CheckAnswer)).toContain('"type":["string","null"]');
});

test('every call in it answers with a status that it names, and asks for the token where it says so', async () => {
  const party = { role: 'buyer', name: 'Jane', mailboxes: [{ address: 'j@mail.example' }] };
  const bodies: Readonly<Record<string, object>> = {
    putParty: party,
    putOrder: { buyer: 'x', seller: 'y', kind: 'wine' },
    optOut: { optedOut: true },
    openConversation: { buyer: 'x', seller: 'y' },
    check: { direction: 'buyer_to_seller', initiates: true, order: null, buyerOptedOut: false, message: 'a' },
  };
  // A stream ends only with the server.
  const ending = operations.filter(({ operation }) => operation.operationId !== 'readEvents');
  for (const { path, method, operation } of ending) {
    const url = path.replace(/\{\w+\}/g, 'x');
    const { status, headers } = await api.call(method.toUpperCase(), url, bodies[operation.operationId]);
    const response = operation.responses[status] ?? operation.responses.default;
    expect(status).toBeLessThan(500);
    const types = Object.keys(response?.content ?? {});
    expect(types.slice(0, 1)).toEqual(status === 204 ? [] : [headers.get('content-type')?.split(';', 1)[0]]);
    const without = await api.call(method.toUpperCase(), url, bodies[operation.operationId], { authorization: '' });
    const open = operation.security.length === 0 || operation.security.some((one) => Object.keys(one).length === 0);
    expect([operation.operationId, without.status === 401]).toEqual([operation.operationId, !open]);
  }
});

test('each call says which scope it takes; each POST of the API takes an Idempotency-Key, or only asks', () => {
  const scopeOf = (id: string) => operations.find(({ operation }) => operation.operationId === id)?.operation.security;
  expect(scopeOf('getParty')).toEqual([{ token: ['read'] }]);
  expect(scopeOf('putParty')).toEqual([{ token: ['write'] }]);
  expect(scopeOf('forgetParty')).toEqual([{ token: ['write'] }]);
  expect(scopeOf('check')).toEqual([{ token: ['read'] }]);
  for (const id of ['setStanding', 'unsetStanding', 'findReport', 'findObjection', 'listReports', 'listObjections']) {
    expect([id, scopeOf(id)]).toEqual([id, [{ token: ['operate'] }]]);
  }
  const posts = operations.filter(({ path, method }) => method === 'post' && path.startsWith('/v1/'));
  const without = posts.filter(({ operation }) => !(operation.parameters ?? []).some(({ name }) => name === 'idempotency-key'));
  expect(without.map(({ path }) => path)).toEqual(['/v1/check']);
});

test('the type of each problem leads to what it means', async () => {
  for (const [name, type] of Object.entries(problemTypes)) {
    const { status, body } = await api.call('GET', typeOf(name as ProblemName), undefined, { authorization: '' });
    expect([status, body]).toEqual([200, type]);
  }
  const { body } = await api.call('GET', '/problems/nope');
  expect(body).toEqual({
    type: '/problems/not-found',
    title: 'Not Found',
    status: 404,
    detail: 'There is no such problem.',
    trace: expect.stringMatching(/^[a-z0-9]{16}$/),
  });
});
