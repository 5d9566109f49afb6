import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Folder, makeFolder, names, older, secret } from './folder.ts';

let folder: Folder;
let cwd: string;
beforeEach(() => {
  folder = makeFolder();
  cwd = folder.cwd;
});
afterEach(() => folder[Symbol.dispose]());

test('nothing given: an evaluation with the defaults of the contract', () => {
  const settings = folder.load();
  expect(settings).toMatchObject({
    relayDomains: ['relay.localhost'],
    smtpListen: [{ host: '127.0.0.1', port: 2525 }],
    httpListen: [{ host: '127.0.0.1', port: 8025 }],
    storeUrl: `sqlite:${cwd}/var/postern.db`,
    outbound: { kind: 'maildir', path: join(cwd, 'var/outbox') },
    senderProof: 'off',
    dnsServers: undefined,
    maxMessageBytes: 12_582_912,
    maxBytesInMemory: 134_217_728,
    rateLimits: true,
    workers: 1,
    logLevel: 'info',
    ehloName: 'relay.localhost',
    tls: undefined,
    proxyProtocolFrom: [],
    dkim: [],
    displayNames: 'initial',
    policyFile: join(cwd, 'config/policy.yaml'),
    allowVolatileRedis: false,
    webhookAllowPrivate: false,
    evaluation: true,
  });
  expect(settings.relaySecrets.map(({ length }) => length)).toEqual([32]);
  expect(names(settings.warnings)).toEqual(['RELAY_SECRET', 'API_TOKEN', 'SENDER_PROOF']);
});

test('every setting by the environment', () => {
  for (const name of ['key.pem', 'cert.pem', 'dkim.pem', 'policy.yaml']) folder.put(name, 'x');
  folder.put('users', '');
  const settings = folder.load({
    RELAY_DOMAIN: 'Relay.Example, alt.relay.example',
    SMTP_LISTEN: '0.0.0.0:25,[::1]:2525',
    SUBMISSION_LISTEN: 'smtps://0.0.0.0:465',
    SUBMISSION_USERS: 'users',
    UNLIMITED_CLIENTS: '192.0.2.1',
    HTTP_LISTEN: 'localhost:0',
    STORE_URL: 'redis+sentinel://h1,h2,h3/postern',
    OUTBOUND_URL: 'smtps://user%40x:p%3Ass@mx.example',
    RELAY_SECRET: `${secret}, ${older}`,
    API_TOKEN: 'a-token-for-tests-only',
    SENDER_PROOF: 'monitor',
    DNS_SERVERS: '192.0.2.53,192.0.2.54:5353,[2001:db8::1]:53',
    MAX_MESSAGE_BYTES: '1048576',
    MAX_BYTES_IN_MEMORY: '2097152',
    RATE_LIMITS: 'off',
    API_PER_MINUTE: '120',
    WORKERS: '64',
    LOG_LEVEL: 'debug',
    PUBLIC_URL: 'https://Relay.Example:8443/',
    TRUSTED_SEALERS: 'Lists.example, google.com',
    EHLO_NAME: 'mx.relay.example',
    TLS_KEY_FILE: 'key.pem',
    TLS_CERT_FILE: join(cwd, 'cert.pem'),
    PROXY_PROTOCOL_FROM: '10.0.0.1,2001:db8::2',
    DKIM_KEY_FILE: 'dkim.pem, key.pem',
    DKIM_SELECTOR: 'S2025.mail,next',
    DISPLAY_NAMES: 'role',
    ALIAS_DAYS: '365',
    ARCHIVE_URL: 's3://copies/mail',
    ARCHIVE_DAYS: '3650',
    JOURNAL_DAYS: '500',
    REVIEW_DAYS: '30',
    POLICY_FILE: 'policy.yaml',
    ALLOW_VOLATILE_REDIS: 'on',
    WEBHOOK_ALLOW_PRIVATE: 'on',
  });
  const { warnings, ...values } = settings;
  expect(values).toEqual({
    relayDomains: ['relay.example', 'alt.relay.example'],
    smtpListen: [
      { host: '0.0.0.0', port: 25 },
      { host: '::1', port: 2525 },
    ],
    submission: { listen: [{ host: '0.0.0.0', port: 465, implicitTls: true }], usersFile: join(cwd, 'users') },
    unlimitedClients: ['192.0.2.1'],
    httpListen: [{ host: 'localhost', port: 0 }],
    storeUrl: 'redis+sentinel://h1,h2,h3/postern',
    outbound: { kind: 'smtp', secure: true, host: 'mx.example', port: 465, user: 'user@x', pass: 'p:ss' },
    relaySecrets: [Buffer.alloc(32, 7), Buffer.alloc(32, 8)],
    apiToken: 'a-token-for-tests-only',
    senderProof: 'monitor',
    dnsServers: ['192.0.2.53:53', '192.0.2.54:5353', '[2001:db8::1]:53'],
    maxMessageBytes: 1_048_576,
    maxBytesInMemory: 2_097_152,
    rateLimits: false,
    apiPerMinute: 120,
    workers: 64,
    logLevel: 'debug',
    publicUrl: 'https://relay.example:8443',
    trustedSealers: ['lists.example', 'google.com'],
    ehloName: 'mx.relay.example',
    tls: { keyFile: join(cwd, 'key.pem'), certFile: join(cwd, 'cert.pem') },
    proxyProtocolFrom: ['10.0.0.1', '2001:db8::2'],
    dkim: [
      { keyFile: join(cwd, 'dkim.pem'), selector: 's2025.mail' },
      { keyFile: join(cwd, 'key.pem'), selector: 'next' },
    ],
    displayNames: 'role',
    aliasDays: 365,
    archive: { place: { kind: 's3', bucket: 'copies', prefix: 'mail/', region: 'us-east-1' }, days: 3650 },
    retention: { journal: 500 * 86_400_000, reviews: 30 * 86_400_000 },
    policyFile: join(cwd, 'policy.yaml'),
    allowVolatileRedis: true,
    webhookAllowPrivate: true,
    evaluation: false,
  });
  expect(names(warnings)).toEqual(['SENDER_PROOF', 'RATE_LIMITS', 'ALLOW_VOLATILE_REDIS']);
});

test.each(['http://relay.example', 'https://relay.example/mail', 'https://u:p@relay.example', 'https://relay.example?x', 'relay.example'])(
  'PUBLIC_URL %s is refused; on loopback it may be plain HTTP',
  (url) => {
    expect(() => folder.load({ PUBLIC_URL: url })).toThrow(/PUBLIC_URL/);
    expect(folder.load({ PUBLIC_URL: 'http://127.0.0.1:8025' }).publicUrl).toBe('http://127.0.0.1:8025');
  },
);

describe('the file', () => {
  test('gives what the environment does not; lists as arrays or with commas', () => {
    folder.put('config/relay.json', {
      RELAY_DOMAIN: ['a.example', 'b.example'],
      SMTP_LISTEN: '127.0.0.1:1,127.0.0.1:2',
      WORKERS: 3,
      RATE_LIMITS: false,
      LOG_LEVEL: 'warn',
    });
    const settings = folder.load({ LOG_LEVEL: 'error', WORKERS: '' });
    expect(settings).toMatchObject({
      relayDomains: ['a.example', 'b.example'],
      workers: 3,
      rateLimits: false,
      logLevel: 'error',
      evaluation: false,
    });
    expect(settings.smtpListen.map(({ port }) => port)).toEqual([1, 2]);
  });

  test('may stand elsewhere', () => {
    folder.put('config/relay.json', { WORKERS: 3 });
    folder.put('etc/other.json', { WORKERS: 5 });
    expect(folder.load({ CONFIG_FILE: 'etc/other.json' }).workers).toBe(5);
  });

  test('must be there where it was named', () => {
    expect(folder.problems({ CONFIG_FILE: 'etc/missing.json' })).toEqual([
      expect.stringMatching(/^CONFIG_FILE: .*missing\.json" cannot be read \(ENOENT\)/),
    ]);
    expect(folder.problems({ CONFIG_FILE: '.' })).toEqual([expect.stringContaining('EISDIR')]);
  });

  test.each(['{"API_TOKEN": "hush-hush-hush",', '[]', '"hush-hush-hush"', 'null', ''])(
    'that is no JSON object is said without a word of it: %s',
    (content) => {
      folder.put('config/relay.json', content);
      const said = folder.problems();
      expect(said).toEqual([expect.stringContaining('does not hold a JSON object')]);
      expect(said.join()).not.toContain('hush');
    },
  );

  test('refuses unknown names and values of the wrong kind, all at once', () => {
    folder.put('config/relay.json', {
      RELAY_DOMIAN: 'x',
      toString: 1,
      CONFIG_FILE: 'x',
      WORKERS: null,
      SMTP_LISTEN: { port: 25 },
      DISPLAY_NAMES: ['full'],
      DNS_SERVERS: [],
      RELAY_SECRET: [1],
      LOG_LEVEL: 5,
    });
    expect(folder.problems().map((problem) => problem.split(/[.;]/, 1)[0])).toEqual([
      '"RELAY_DOMIAN" in the settings file: there is no such setting',
      '"toString" in the settings file: there is no such setting',
      '"CONFIG_FILE" in the settings file: there is no such setting',
      'SMTP_LISTEN in the settings file: an object does not fit',
      'RELAY_SECRET in the settings file: an array of 1 does not fit',
      'DNS_SERVERS in the settings file: an array of 0 does not fit',
      'WORKERS in the settings file: null does not fit',
      'LOG_LEVEL in the settings file: "5" does not fit',
      'DISPLAY_NAMES in the settings file: an array of 1 does not fit',
    ]);
  });
});

describe('bad values', () => {
  const bad: readonly (readonly [string, readonly string[]])[] = [
    ['RELAY_DOMAIN', ['localhost', 'a b.example', '-a.example', 'a.example,', ',', 'a.example,a.example', 'a@b.example']],
    [
      'SMTP_LISTEN',
      [
        '25',
        ':25',
        '127.0.0.1',
        '127.0.0.1:65536',
        '127.0.0.1:x',
        '::1:25',
        '[127.0.0.1]:25',
        'mx.example:25',
        '127.0.0.1:25,127.0.0.1:25',
        '127.0.0.1:-1',
      ],
    ],
    ['HTTP_LISTEN', ['8025', '[::1]']],
    ['STORE_URL', ['var/postern.db', 'sqlite:', 'sqlite://x', 'redis:', 'redis://', 'postgres://h/x', 'http://h']],
    [
      'OUTBOUND_URL',
      [
        'maildir:',
        'smtp://',
        'smtp://u@h',
        'smtp://u:%zz@h',
        'smtp://h/x',
        'smtp://h?x=1',
        'smtp://h?tls=maybe',
        'smtp://h:0',
        'smtp://h:99999',
        'lmtp://h',
        'mx.example:25',
      ],
    ],
    [
      'RELAY_SECRET',
      [
        'secret',
        Buffer.alloc(31).toString('base64'),
        Buffer.alloc(33).toString('base64'),
        `${secret}x`,
        `${secret},`,
        `${secret},short`,
        secret.slice(0, -1),
      ],
    ],
    ['API_TOKEN', ['two words', 'naïve', 'x'.repeat(513), 'a,b']],
    ['SENDER_PROOF', ['on', 'Enforce', 'true']],
    ['DNS_SERVERS', ['dns.example:53', '192.0.2.1:0', '2001:db8::1:53x', '192.0.2.1:99999']],
    ['MAX_MESSAGE_BYTES', ['0', '1023', '12 MB', '1e6', '-5', '268435457']],
    ['MAX_BYTES_IN_MEMORY', ['0', 'all']],
    ['RATE_LIMITS', ['yes', '0']],
    ['WORKERS', ['0', '65', '1.5', 'auto']],
    ['LOG_LEVEL', ['verbose']],
    ['EHLO_NAME', ['relay', '[127.0.0.1]']],
    ['PROXY_PROTOCOL_FROM', ['10.0.0.0/8', 'balancer', '*']],
    ['DISPLAY_NAMES', ['first']],
    ['POLICY_FILE', ['nowhere.yaml', '.']],
    ['ALLOW_VOLATILE_REDIS', ['maybe']],
  ];
  test.each(bad.flatMap(([name, values]) => values.map((value) => [name, value] as const)))('%s=%s', (name, value) => {
    const said = folder.problems({ [name]: value });
    expect(said).toEqual([expect.stringMatching(new RegExp(`^${name} in the environment: .* does not fit; it takes .*\\. .*\\.$`))]);
  });

  test('all at once, each with its row, and nothing is made meanwhile', () => {
    const said = folder.problems({
      RELAY_DOMAIN: 'x',
      WORKERS: '99',
      TLS_KEY_FILE: 'gone.pem',
      DKIM_SELECTOR: 's',
      RATE_LIMITS: 'never',
      HTTP_LISTEN: '0.0.0.0:80',
      CONFIG_FILE: 'gone.json',
    });
    expect(names(said)).toEqual([
      'CONFIG_FILE',
      'RELAY_DOMAIN',
      'RATE_LIMITS',
      'WORKERS',
      'TLS_KEY_FILE',
      'TLS_CERT_FILE',
      'DKIM_KEY_FILE',
      'RELAY_SECRET',
      'API_TOKEN',
      'OUTBOUND_URL',
    ]);
    expect(() => statSync(join(cwd, 'var'))).toThrow('ENOENT');
  });

  test('a secret is described, never shown', () => {
    const env = { RELAY_SECRET: 'hush-1', API_TOKEN: 'hush 2', OUTBOUND_URL: 'smtp://me:hush-3@h/x', STORE_URL: 'rediss:hush-4' };
    const said = folder.problems(env).join('\n');
    expect(said).not.toContain('hush');
    expect(said).toContain('RELAY_SECRET in the environment: a text of 6 characters does not fit; it takes 32 bytes in base64');
    folder.put('config/relay.json', env);
    expect(folder.problems().join('\n')).not.toContain('hush');
  });

  test('what is shown is escaped and short', () => {
    expect(folder.problems({ LOG_LEVEL: `a\u001b[31m\n${'x'.repeat(500)}` })[0]).toMatch(
      /^LOG_LEVEL in the environment: "a\\u001b\[31m\\nx{10,80}…" does not fit/,
    );
  });
});
