/** What the code itself cannot do, whatever a mail says: open a connection to where it points, run a program, or run a text. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const src = join(import.meta.dirname, '../../src');
const sources = globSync('**/*.ts', { cwd: src }).map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));

/** Operators call it, with what they set themselves. */
const isCommandLine = (file: string): boolean => file.startsWith('cli/');
/** Names of node's that open nothing. */
const harmless = new Set(['isIP', 'isIPv4', 'isIPv6', 'BlockList', 'createSecureContext', 'STATUS_CODES']);
const modules = /^import (?!type )([^']*) from '(?:node:)?(?:http|https|http2|net|tls|dgram|undici|child_process|vm|inspector)'/gm;

const findings = (find: (text: string) => readonly string[]): readonly string[] =>
  sources.filter(({ file }) => !isCommandLine(file)).flatMap(({ file, text }) => find(text).map((what) => `${file}: ${what}`));

test('nothing but the next hop, the store, the name servers, webhooks and the scanner is ever connected to: no fetch, no sockets of our own', () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(findings((text) => text.match(/\bfetch\(|\bXMLHttpRequest\b|\bnew (?:WebSocket|EventSource|Socket)\(/g) ?? [])).toEqual([]);
  const imported = findings((text) =>
    [...text.matchAll(modules)].flatMap(([, names = '']) =>
      names
        .replace(/[{}]/g, '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type ') && !harmless.has(name)),
    ),
  );
  // Webhooks go where the marketplace says over the API, never where a mail points: `test/webhook/` holds their walls.
  const webhooks = ['request as requestPlain', 'request as requestTls'].map((it) => `webhook/post.ts: ${it}`);
  expect(imported.toSorted()).toEqual(['scanner/clamd.ts: connect', 'v8.ts: runInNewContext', ...webhooks, 'workers.ts: fork'].toSorted());
});

test('nothing that reads a mail can reach the requests of webhooks', () => {
  const users = sources.filter(({ text }) => /from '[^']*\/post\.ts'/.test(text)).map(({ file }) => file);
  expect(users.toSorted()).toEqual(['webhook/deliver.ts', 'webhook/webhooks.ts']);
  const openers = sources.filter(({ text }) => /from '[^']*\/webhook\/webhooks\.ts'/.test(text)).map(({ file }) => file);
  expect(openers).toEqual(['background.ts']);
});

test('a text is never run', () => {
  expect(findings((text) => text.match(/\beval\(|\bnew Function\(|\bimport\([^'"]|\brunIn\w+\((?!'gc'\))/g) ?? [])).toEqual([]);
});
