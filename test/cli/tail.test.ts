/** `tail`: the log as people read it, as a process of its own, from each of its sources. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, serveApi, token } from '../http/serve.ts';
import { Feed } from '../../src/journal/feed.ts';

const folder = mkdtempSync(join(tmpdir(), 'postern-tail-'));
const running: Tail[] = [];
let api: Api;
let feed: Feed;

beforeAll(async () => {
  feed = new Feed();
  api = await serveApi({ events: feed });
});

afterAll(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await api[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

interface Tail {
  readonly child: ChildProcess;
  readonly out: () => string;
  /** Resolves when it has printed this. */
  said(text: string): Promise<void>;
  /** Its exit code. */
  ended(): Promise<unknown>;
}

function tail(...args: readonly string[]): Tail {
  const program = join(import.meta.dirname, '../../src/cli/postern.ts');
  const child = spawn(process.execPath, [program, 'tail', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', TZ: 'Asia/Tokyo', API_TOKEN: token },
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
  const exit = once(child, 'close').then(([code]) => code as unknown);
  const one: Tail = {
    child,
    out: () => out,
    async said(text) {
      for (const patience = Date.now() + 15_000; !out.includes(text); ) {
        if (Date.now() > patience) throw new Error(`it did not say ${text} but: ${out}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    ended: () => exit,
  };
  running.push(one);
  return one;
}

const event = (fields: object): string => `${JSON.stringify({ level: 'info', time: '2026-03-09T14:02:11.123Z', ...fields })}\n`;
const message = (trace: string, more: object = {}): string =>
  event({
    event: 'message',
    trace,
    conversation: 'c0nversat1on0001',
    direction: 'seller_to_buyer',
    disposition: 'reject',
    rules: ['marketing', 'contact-phone'],
    reply: `550 5.7.1 Against the policy of the marketplace: marketing (trace ${trace})`,
    bytes: 2048,
    ms: 61.4,
    ...more,
  });
const held = message('he1dhe1dhe1dhe1d', {
  disposition: 'hold',
  rules: ['sensitive-info'],
  conversation: 'c0nversat1on0002',
  time: '2026-03-10T14:00:00.000Z',
});
const rejected = message('rejectedrejected');
const down = event({ level: 'error', event: 'next-hop-down', nextHop: 'connection refused' });

test('a pipe: each message in words and local time; what is no line of ours passes through, and nothing reaches the terminal raw', async () => {
  const one = tail('--no-color');
  one.child.stdin?.end(
    `${rejected}npm warn \u001b[31mred\u001b]0;title\u0007 \u202ex\u009b\n${event({ event: 'warning', reason: '\u001b[2Jgone' })}{"a":1}\n${down}no end`,
  );
  expect(await one.ended()).toBe(0);
  const lines = one.out().split('\n');
  expect(lines[0]).toBe(
    '2026-03-09 23:02:11  rejectedrejected  seller to buyer    rejected  marketing,contact-phone  550 5.7.1 Against the policy of the marketplace: marketing  61 ms  2 kB  in c0nversat1on0001',
  );
  expect(lines[1]).toBe('npm warn \\u{1b}[31mred\\u{1b}]0;title\\u{7} \\u{202e}x\\u{9b}');
  expect(lines[2]).toContain('warning  reason \\u{1b}[2Jgone');
  expect(lines[3]).toBe('{"a":1}');
  expect(lines[4]).toContain('THE NEXT HOP IS DOWN: mail is put off  nextHop connection refused');
  expect(lines[5]).toBe('no end');
});

test('filters, colour, and the lines as they are', async () => {
  const file = join(folder, 'filters.log');
  writeFileSync(file, rejected + held + down + message('p1eased0p1eased0', { disposition: 'relay', rules: [] }));
  const traces = async (...args: readonly string[]): Promise<string> => {
    const one = tail(file, '--no-follow', '--json', ...args);
    expect(await one.ended()).toBe(0);
    return one.out();
  };
  const [all, byRule, both, one, conversation, level, since, last] = await Promise.all([
    traces(),
    traces('--rule', 'sensitive-info', '--rule', 'marketing'),
    traces('--held', '--rejected'),
    traces('--trace', 'p1eased0p1eased0'),
    traces('--conversation', 'c0nversat1on0002'),
    traces('--level', 'warn'),
    traces('--since', '2026-03-10'),
    traces('--lines', '1', '--rejected'),
  ]);
  expect(all.split('\n')).toHaveLength(5);
  expect(byRule).toBe(rejected + held);
  expect(both).toBe(rejected + held);
  expect(one).toContain('p1eased0p1eased0');
  expect(one.split('\n')).toHaveLength(2);
  expect(conversation).toBe(held);
  expect(level).toBe(down);
  expect(since).toBe(held);
  expect(last).toBe(rejected);
  const odd = join(folder, 'odd.log');
  writeFileSync(odd, event({ event: 'warning', reason: '\u009b\u2028' }));
  const escaped = tail(odd, '--no-follow', '--json');
  await escaped.ended();
  expect(escaped.out()).not.toContain('\u009b');
  expect(JSON.parse(escaped.out())).toMatchObject({ reason: '\u009b\u2028' });
  const coloured = tail(file, '--no-follow', '--color', '--held');
  await coloured.ended();
  expect(coloured.out()).toContain('\u001b[33mheld');
});

test('a file is followed as it grows, is replaced and is cut; first the last lines of the past', async () => {
  const file = join(folder, 'followed.log');
  writeFileSync(file, Array.from({ length: 30 }, (_, at) => message(`past${at}`)).join(''));
  const one = tail(file, '--lines', '2');
  await one.said('past29');
  expect(one.out()).toContain('past28');
  expect(one.out()).not.toContain('past27');
  appendFileSync(file, rejected.slice(0, 50));
  appendFileSync(file, rejected.slice(50));
  await one.said('rejectedrejected');
  renameSync(file, `${file}.1`);
  appendFileSync(`${file}.1`, message('1astwords'));
  writeFileSync(file, message('rep1aced'));
  await one.said('rep1aced');
  expect(one.out()).toContain('1astwords');
  truncateSync(file);
  appendFileSync(file, message('cut'));
  await one.said('cut ');
  expect(one.out().match(/rejectedrejected/g)).toHaveLength(1);
  one.child.kill();
});

test('a running relay: the last lines, then each new one', async () => {
  feed.write(message('be4ore'));
  feed.write(held);
  const one = tail('--url', api.url, '--lines', '1');
  await one.said('he1dhe1d');
  feed.write(rejected);
  await one.said('rejectedrejected');
  expect(one.out()).not.toContain('be4ore');
  one.child.kill();
  await one.ended();
  const wrong = tail('--url', api.url, '--token-file', '/dev/null');
  expect(await wrong.ended()).toBe(1);
  expect(wrong.out()).toContain('does not take this token');
});

test('called wrongly, asked for help, and a file that is not there', async () => {
  const codes = (...args: readonly string[]) => tail(...args).ended();
  expect(
    await Promise.all([
      codes('--level', 'loud'),
      codes('a', 'b'),
      codes('a', '--url', 'http://x'),
      codes('--since', 'soon'),
      codes('--lines', '-1'),
    ]),
  ).toEqual([2, 2, 2, 2, 2]);
  expect(await codes('--help')).toBe(0);
  expect(await codes(join(folder, 'none.log'))).toBe(1);
});
