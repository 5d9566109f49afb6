/** The dashboard and the alert rules in config/: what they ask for is there, and the rules ring when they should. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createMetrics } from '../../src/journal/metrics.ts';
import { renderAll } from '../../src/journal/registry.ts';
import { replies } from '../../src/model/reply.ts';
import { testWith } from '../support/programs.ts';
import { startRelay } from '../support/relay.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const alerts = join(root, 'config/alerts.yaml');

/** One line each: what the dashboard's panels and the rules ask Prometheus for. */
function expressions(): readonly string[] {
  const asked: string[] = [];
  JSON.parse(readFileSync(join(root, 'config/grafana-dashboard.json'), 'utf8'), (key, value) => {
    if (key === 'expr') asked.push(value);
    return value;
  });
  const rules = [...readFileSync(alerts, 'utf8').matchAll(/^ {8}expr: (.*)$/gm)].map(([, expr = '']) => expr);
  expect(asked.length).toBeGreaterThan(25);
  expect(rules.length).toBe(18);
  return [...asked, ...rules];
}

let said = '';
beforeAll(async () => {
  await using relay = await startRelay();
  said = await (await fetch(`${relay.api}/metrics`)).text();
}, 20_000);

const namesIn = (text: string): ReadonlySet<string> => new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name));
/** Of a family: buckets, sums and counts of a histogram are its own. */
const family = (name: string): string => (/^postern_.*_seconds_(?:bucket|count|sum)$/.test(name) ? name.replace(/_[a-z]+$/, '') : name);
/** Prometheus' own. */
const given = ['up', 'job', 'instance', 'le'];

test('every metric and every label that dashboard and rules ask for is in the answer of a relay', async () => {
  const metrics = createMetrics('1');
  const verdict = { rule: 'marketing', action: 'reject', part: 'text', region: 'new' } as const;
  metrics.message({ disposition: 'reject', reply: '550', findings: [verdict], bytes: 1, steps: { header: 1 } });
  metrics.failed('scan', replies.tryLater);
  for (const outcome of ['sent', 'given up'] as const) metrics.outbox(outcome);
  for (const outcome of ['taken', 'refused'] as const) metrics.nextHop(1, outcome);
  metrics.scan(1, 'found');
  metrics.event('alias-lost');
  metrics.store('once', 1, 'failed');
  metrics.fence('turn');
  metrics.request({ method: 'GET', route: '/livez', status: 200, seconds: 1 });
  const known = await renderAll([{ name: '1', figures: await metrics.figures() }]);
  const labels = new Set([...known.matchAll(/[{,]([a-z_]+)="/g)].map(([, label]) => label));
  const families = namesIn(said);
  for (const expression of expressions()) {
    const names = [...expression.matchAll(/\b(?:postern|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => family(name));
    expect(names.filter((name) => !families.has(name) && name !== 'postern_worker_up')).toEqual([]);
    const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
    const selected = [...expression.matchAll(/[{,]([a-z]+)(?:=~?|!=)"/g)].map(([, label = '']) => label);
    expect([...grouped, ...selected].filter((label) => !labels.has(label) && !given.includes(label))).toEqual([]);
    expect(names.length + Number(expression.startsWith('up{'))).toBeGreaterThan(0);
  }
}, 20_000);

test('each rule says how urgent it is, what is the matter and what to do', () => {
  const rules = readFileSync(alerts, 'utf8').split('- alert: ').slice(1);
  for (const rule of rules) expect(rule).toMatch(/severity: (?:page|warn) [\s\S]*summary: .{20}[\s\S]*runbook: .{40}/);
});

testWith('promtool')(
  'the rules are rules, and ring when they should and not before',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-alerts-'));
    try {
      const tests = join(folder, 'tests.yaml');
      writeFileSync(tests, readFileSync(join(import.meta.dirname, 'alerts.test.yaml'), 'utf8').replace('RULES', alerts));
      expect((await run('promtool', ['check', 'rules', alerts])).stdout).toContain('SUCCESS: 18 rules found');
      expect((await run('promtool', ['test', 'rules', tests])).stdout).toContain('SUCCESS');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  20_000,
);

testWith('promtool')(
  'Prometheus reads what a relay says',
  async () => {
    const child = run('promtool', ['check', 'metrics']);
    child.child.stdin?.end(said);
    // What it does not like of the style is in Node's own metrics.
    const { stderr } = await child.catch((error: { readonly stderr: string }) => error);
    expect(stderr.split('\n').filter((line) => line.includes('postern_') || line.includes('error'))).toEqual([]);
  },
  20_000,
);
