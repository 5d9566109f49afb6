/** The API and the pages under attack: ids that are more than ids, scanners, HTML in data. */
import { held } from '../../src/cli/held.ts';
import { pageOf } from '../../src/http/page.ts';
import { type Api, jane, serveApi } from '../http/serve.ts';

let api: Api;
const chosen: string[] = [];
beforeAll(async () => {
  const optedOut = { language: 'en', choice: 'none' } as const;
  api = await serveApi({
    optOut: {
      read: async () => optedOut,
      async choose(_, choice) {
        chosen.push(choice ?? 'one click');
        return optedOut;
      },
    },
  });
});
afterAll(() => api[Symbol.asyncDispose]());

test('a method that stands in a header field is none', async () => {
  await api.call('PUT', '/v1/parties/b-2', jane);
  await api.call('GET', '/v1/parties/b-2', undefined, { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' });
  await api.call('GET', '/v1/parties/b-2?_method=DELETE');
  expect((await api.call('GET', '/v1/parties/b-2')).status).toBe(200);
});

describe('ids', () => {
  test.each([
    "x' OR 1=1 --",
    'x"; DROP TABLE party; --',
    'x*',
    '{b-1}:x',
    'x y',
    'x\r\nDEL y',
    'x/../b-1',
    '../../etc/passwd',
    'x%00',
    'x\0',
    'ü',
    '$ne',
    'x'.repeat(65),
    '',
  ])('that are more than ids are refused before a store sees them: %j', async (id) => {
    const { status } = await api.call('PUT', `/v1/parties/${encodeURIComponent(id)}`, jane);
    expect([400, 404, 414]).toContain(status);
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '-', ':', 'a:b', 'a:b:c'])(
    'that every object has are ids like any other: %s',
    async (id) => {
      expect((await api.call('GET', `/v1/parties/${id}`)).status).toBe(404);
      expect((await api.call('PUT', `/v1/parties/${id}`, { ...jane, name: `Name of ${id.length}` })).status).toBe(201);
      expect((await api.call('GET', `/v1/parties/${id}`)).body).toMatchObject({ id, name: `Name of ${id.length}` });
      expect((await api.call('DELETE', `/v1/parties/${id}`)).status).toBeLessThan(300);
      expect((await api.call('GET', `/v1/parties/${id}`)).status).toBe(404);
      expect(Object.hasOwn(Object.prototype, 'name')).toBe(false);
    },
  );

  test('members that every object has are no members of a body', async () => {
    for (const member of ['__proto__', 'constructor']) {
      const body = `{"role":"buyer","name":"Jane","mailboxes":[{"address":"jane@buyer.example"}],"${member}":{"prototype":{"polluted":1},"polluted":1}}`;
      expect((await api.call('PUT', '/v1/parties/b-3', body)).status).toBe(400);
    }
    expect('polluted' in {}).toBe(false);
  });

  test.each(['../../etc/passwd', 'x'.repeat(17), "x' OR 1", '', '0123456789abcde/'])(
    'a trace id that is none never reaches the store: %j',
    async (trace) => {
      const { write } = process.stderr;
      process.stderr.write = () => true;
      const code = await held([trace]).finally(() => {
        process.stderr.write = write;
      });
      expect(code).toBe(2);
    },
  );
});

describe('whoever opens links', () => {
  const path = '/unsubscribe/u-k3m9x7q2v8r4t6w1-abcdefgh';

  test.each(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'PUT', 'DELETE'])('a scanner (%s) opts nobody out', async (method) => {
    await fetch(api.url + path, { method, headers: { 'user-agent': 'link-scanner', purpose: 'prefetch' } });
    expect(chosen).toEqual([]);
  });

  test('GET with what a form would send', async () => {
    await fetch(`${api.url}${path}?choice=all&List-Unsubscribe=One-Click`);
    expect(chosen).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['JSON instead of a form', { 'content-type': 'application/json' }, '{"choice":"all"}'],
    ['a choice that there is not', { 'content-type': 'application/x-www-form-urlencoded' }, 'choice=everything'],
    ['nothing', {}, ''],
    ['members that every object has', { 'content-type': 'application/x-www-form-urlencoded' }, '__proto__=x&constructor=y'],
    ['a form of 1 MB', { 'content-type': 'application/x-www-form-urlencoded' }, `choice=${'x'.repeat(1_000_000)}`],
  ])('a POST with %s is refused', async (_, headers, body) => {
    expect((await fetch(api.url + path, { method: 'POST', headers, body })).status).toBeGreaterThanOrEqual(400);
    expect(chosen).toEqual([]);
  });

  test('a mail client’s click is taken (RFC 8058)', async () => {
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(api.url + path, { method: 'POST', body })).status).toBe(200);
    expect(chosen).toEqual(['one click']);
  });
});

test('whatever stands in a page, it is text: no element, no script, no frame around it', () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=y>\'';
  const { body, headers } = pageOf(200, {
    language: 'en',
    title: hostile,
    texts: [hostile],
    form: { button: hostile, fields: [{ kind: 'text', name: 'text', label: hostile }] },
  });
  expect(String(body)).not.toMatch(/<script|<img/);
  expect(headers?.['content-security-policy']).toContain("default-src 'none'");
  expect(headers?.['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers?.['referrer-policy']).toBe('no-referrer');
});

test('a page is never taken for another type, nor kept', async () => {
  const { headers } = await fetch(`${api.url}/unsubscribe/u-k3m9x7q2v8r4t6w1-abcdefgh`);
  expect(headers.get('cache-control')).toContain('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});
