/** The house's walls: imports go one way, and each library has one door. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What each place in src/ may import. The longest prefix of a path counts; a place without a row may import nothing of ours. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'model/': ['model/'],
  'mime/': ['model/', 'mime/'],
  'auth/': ['model/', 'auth/'],
  'directory/': ['model/', 'directory/', 'store/store.ts'],
  'policy/': ['model/', 'policy/'],
  'rewrite/': ['model/', 'mime/', 'rewrite/'],
  'notice/': ['model/', 'command/', 'mime/', 'notice/', 'store/store.ts'],
  'command/': ['model/', 'command/'],
  'journal/': ['model/', 'journal/', 'store/store.ts'],
  'store/store.ts': ['model/', 'store/upkeep.ts'],
  'store/upkeep.ts': [],
  'store/': ['model/', 'store/'],
  'outbound/outbound.ts': ['model/'],
  'outbound/': ['model/', 'outbound/', 'store/store.ts'],
  'upkeep/': ['model/', 'upkeep/', 'store/upkeep.ts'],
  'upkeep.ts': ['journal/', 'store/store.ts', 'store/upkeep.ts', 'upkeep/'],
  'inbound/': ['model/', 'inbound/'],
  'http/': [
    'model/',
    'mime/html.ts',
    'http/',
    'command/',
    'directory/allowance.ts',
    'directory/face.ts',
    'store/store.ts',
    'store/upkeep.ts',
  ],
  'config/': ['model/', 'config/', 'inbound/users.ts', 'policy/policy.ts', 'policy/reading/phrases.ts'],
  'transform.ts': ['model/', 'mime/', 'policy/', 'rewrite/'],
  'fence/': [
    'model/',
    'check.ts',
    'fence/',
    'mime/fingerprint.ts',
    'policy/policy.ts',
    'policy/reading/phrases.ts',
    'transform.ts',
    'warm-up.ts',
  ],
  'relay.ts': [
    'model/',
    'auth/',
    'directory/',
    'dispose.ts',
    'journal/',
    'mime/',
    'once.ts',
    'policy/policy.ts',
    'critical.ts',
    'standing.ts',
    'stranger.ts',
    'transform.ts',
    'turned-away.ts',
  ],
  'turned-away.ts': [
    'model/',
    'directory/',
    'dispose.ts',
    'journal/',
    'mime/',
    'notice/',
    'once.ts',
    'policy/reading/critical.ts',
    'rewrite/gate.ts',
    'store/store.ts',
  ],
  'ended.ts': ['model/', 'directory/', 'journal/', 'notice/', 'store/store.ts'],
  'dispose.ts': [
    'model/',
    'directory/resolve.ts',
    'journal/',
    'notice/',
    'policy/policy.ts',
    'outbound/outbound.ts',
    'store/store.ts',
    'transform.ts',
    'once.ts',
  ],
  'check.ts': ['model/', 'mime/', 'policy/policy.ts', 'transform.ts', 'http/operation.ts'],
  'warm-up.ts': ['http/operation.ts'],
  'command.ts': [
    'model/',
    'auth/',
    'command/',
    'directory/',
    'done.ts',
    'journal/',
    'mime/',
    'notice/',
    'objection.ts',
    'policy/reading/regions.ts',
    'once.ts',
    'optout.ts',
    'report.ts',
    'send.ts',
    'store/store.ts',
    'stranger.ts',
  ],
  'done.ts': ['model/', 'directory/sent.ts', 'journal/', 'store/store.ts'],
  'objection.ts': ['model/', 'directory/sent.ts', 'journal/', 'store/store.ts'],
  'send.ts': ['model/', 'journal/', 'once.ts', 'store/store.ts'],
  'stranger.ts': ['model/', 'directory/', 'dispose.ts', 'journal/', 'mime/', 'notice/', 'once.ts', 'store/store.ts'],
  'pages.ts': [
    'model/',
    'directory/own-address.ts',
    'done.ts',
    'http/operation.ts',
    'journal/',
    'optout.ts',
    'report.ts',
    'store/store.ts',
    'stranger.ts',
  ],
  'report.ts': ['model/', 'directory/sent.ts', 'directory/critical-budget.ts', 'journal/', 'store/store.ts'],
  'standing.ts': ['model/', 'directory/', 'dispose.ts', 'mime/', 'notice/'],
  'critical.ts': ['model/', 'directory/', 'dispose.ts', 'policy/policy.ts', 'standing.ts', 'store/store.ts', 'transform.ts'],
  'verdict.ts': ['model/', 'directory/', 'http/operation.ts', 'standing.ts', 'store/store.ts'],
  'once.ts': ['model/', 'journal/', 'store/store.ts'],
  'optout.ts': ['model/', 'directory/sent.ts', 'journal/', 'store/store.ts'],
  'bounce/': ['model/', 'mime/', 'bounce/'],
  'bounce.ts': ['model/', 'bounce/', 'directory/', 'journal/', 'mime/', 'notice/', 'store/store.ts'],
  'adapters.ts': ['auth/', 'config/', 'directory/', 'fence/', 'inbound/', 'journal/', 'outbound/', 'policy/policy.ts', 'store/'],
  'listeners.ts': ['adapters.ts', 'bounce.ts', 'command.ts', 'directory/', 'ended.ts', 'http/', 'inbound/', 'journal/', 'relay.ts'],
  'app.ts': [''],
  'main.ts': ['app.ts', 'workers.ts', 'config/', 'journal/', 'policy/policy.ts', 'upkeep/reseal.ts'],
  'workers.ts': [],
  'cli/': [''],
};

/** Each library has one door. */
const doors: Readonly<Record<string, string>> = {
  '@fastify/swagger': 'http/server.ts',
  fastify: 'http/server.ts',
  fflate: 'mime/zip.ts',
  htmlparser2: 'mime/html.ts',
  ioredis: 'store/redis.ts',
  libmime: 'mime/charset.ts',
  mailauth: 'auth/authenticate.ts',
  mailparser: 'mime/parse.ts',
  'node:sqlite': 'store/sqlite.ts',
  nodemailer: 'outbound/smarthost.ts',
  'nodemailer/lib/base64': 'mime/compose.ts',
  'nodemailer/lib/mime-funcs': 'mime/compose.ts',
  'nodemailer/lib/qp': 'mime/compose.ts',
  pino: 'journal/log.ts',
  'prom-client': 'journal/metrics.ts',
  'smtp-server': 'inbound/server.ts',
  yaml: 'config/policy-file.ts',
};

const src = join(import.meta.dirname, '../src');
const longestPrefix = (path: string) =>
  Object.keys(mayImport)
    .filter((it) => path.startsWith(it))
    .sort((a, b) => b.length - a.length)[0] ?? '';
const imports = globSync('**/*.ts', { cwd: src }).flatMap((file) =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/^(?:import|export) (type )?[^'"]*from '([^']+)'/gm)].map(([, type, to = '']) => ({
    file,
    type: type !== undefined,
    to: to.startsWith('.') ? relative(src, join(src, dirname(file), to)) : to,
  })),
);

test('imports go one way', () => {
  const ours = imports.filter(({ to }) => to.endsWith('.ts'));
  const wrong = ours.filter(({ file, to }) => !mayImport[longestPrefix(file)]?.some((it) => to.startsWith(it)));
  expect(wrong).toEqual([]);
  expect(ours.length).toBeGreaterThan(100);
});

test('each library has one door', () => {
  expect(imports.filter(({ file, to, type }) => !type && to in doors && file !== doors[to])).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  const long = globSync('**/*.ts', { cwd: src }).filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 301);
  expect(long).toEqual([]);
});
