/**
 * Public test data, read by the very function that decides who is proven. `data/rfc7208-tests.yml`: the SPF test suite of openspf.org; where we
 * differ from it stands below, with the reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { authenticate } from '../../src/auth/authenticate.ts';
import type { Resolver } from '../../src/auth/resolver.ts';
import { readHeader } from '../../src/mime/header.ts';

type Value = string | readonly string[] | readonly [number, string];
type Row = 'TIMEOUT' | Readonly<Record<string, Value>>;
interface Case {
  readonly helo: string;
  readonly host: string;
  readonly mailfrom: string;
  readonly result: string | readonly string[];
}
interface Scenario {
  readonly description: string;
  readonly tests: Readonly<Record<string, Case>>;
  readonly zonedata: Readonly<Record<string, readonly Row[]>>;
}

const read = (name: string): string => readFileSync(join(import.meta.dirname, 'data', name), 'utf8');

/** A zone of the suite. A record of the type SPF stands for TXT where there is none of that; `TIMEOUT` for all that is not there. */
function resolverOf({ zonedata }: Pick<Scenario, 'zonedata'>): Resolver {
  const names = new Map(Object.entries(zonedata).map(([name, rows]) => [name.toLowerCase().replace(/\.$/, ''), rows]));
  const ask: Resolver = async (name, type) => {
    const rows = names.get(name.toLowerCase().replace(/\.$/, ''));
    const values = (wanted: string) => (rows ?? []).flatMap((row) => (row !== 'TIMEOUT' && wanted in row ? [row[wanted] ?? ''] : []));
    const alias = values('CNAME')[0];
    if (typeof alias === 'string' && type !== 'CNAME') return ask(alias, type);
    const own = values(type);
    const found = type === 'TXT' && own.length === 0 ? values('SPF') : own.filter((value) => value !== 'NONE');
    if (found.length > 0) return found.map((value) => recordOf(type, value)) as string[];
    throw Object.assign(new Error('no answer'), { code: rows?.includes('TIMEOUT') ? 'ETIMEOUT' : rows ? 'ENODATA' : 'ENOTFOUND' });
  };
  return ask;
}

function recordOf(type: string, value: Value): unknown {
  if (type === 'TXT') return [value].flat();
  return type === 'MX' && Array.isArray(value) ? { priority: value[0], exchange: value[1] } : value;
}

interface Attempt {
  readonly raw: string;
  readonly resolver: Resolver;
  readonly ip?: string;
  readonly helo?: string;
  readonly from?: string;
}

function look({ raw, resolver, ip = '192.0.2.1', helo = 'mx.example', from = '' }: Attempt) {
  const bytes = Buffer.from(raw, 'latin1');
  const envelope = { reversePath: from, forwardPath: 'x@relay.example', client: { ip, helo, tls: false } };
  const setup = { proof: 'monitor', resolver, name: 'relay.example', trustedSealers: [] } as const;
  return authenticate({ trace: 'k3m9x7q2v8r4t6w1', envelope, raw: bytes, at: 0 }, readHeader(bytes), setup);
}

/** Where we answer otherwise than the suite, by the name of the test: what is malformed and could prove nothing anyway is called by another word. */
const differences: Readonly<Record<string, string>> = {
  // The library does not read what is behind the mechanism that decides, nor an explanation that nobody will see.
  'bare-ip6': 'fail',
  'exp-syntax-error': 'neutral',
  'exp-twice': 'fail',
  'exp-only-macro-char': 'fail',
  // A name that a macro makes of an impossible EHLO is an error to it, not merely a name that does not exist.
  'invalid-hello-macro': 'permerror',
  'hello-domain-literal': 'permerror',
  'require-valid-helo': 'permerror',
};

const scenarios = loadAll(read('rfc7208-tests.yml')) as Scenario[];

describe.each(scenarios.map((scenario) => [scenario.description, scenario] as const))('SPF: %s', (_, scenario) => {
  test.each(Object.entries(scenario.tests))('%s', async (name, { helo, host, mailfrom, result }) => {
    const found = await look({ raw: 'From: a@b.example\r\n\r\nx', resolver: resolverOf(scenario), ip: host, helo, from: mailfrom });
    expect([differences[name] ?? result].flat()).toContain(found?.spf);
  });
});

describe('DKIM: the sample of RFC 8463, signed with Ed25519 and with RSA', () => {
  const sample = read('rfc8463.eml').replaceAll('\n', '\r\n');
  const names = ['brisbane', 'test'] as const;
  const keys = {
    brisbane: 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    test:
      'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byY' +
      'zCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB',
  };
  const resolverWith = (...published: readonly (keyof typeof keys)[]): Resolver =>
    resolverOf({
      zonedata: Object.fromEntries(published.map((name) => [`${name}._domainkey.football.example.com`, [{ TXT: keys[name] }]])),
    });

  test.each(names)('the key %s alone proves it', async (name) => {
    expect(await look({ raw: sample, resolver: resolverWith(name) })).toMatchObject({ dkim: 'pass', aligned: true });
  });

  test.each([
    ['no key', sample, resolverWith()],
    ['another text', sample.replace('We lost', 'We won'), resolverWith(...names)],
    ['another author', sample.replace('Joe SixPack', 'Joe'), resolverWith(...names)],
    ['another subject', sample.replace('ready?', 'ready'), resolverWith(...names)],
  ])('%s does not', async (_, raw, resolver) => {
    expect(await look({ raw, resolver })).toMatchObject({ aligned: false });
  });
});
