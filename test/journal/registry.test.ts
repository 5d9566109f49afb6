/** Several workers behind one scrape. */
import { createMetrics } from '../../src/journal/metrics.ts';
import { renderAll } from '../../src/journal/registry.ts';

test('each worker has series of its own, also of what Node says; one that is silent is said to be', async () => {
  const [one, two] = [createMetrics('1'), createMetrics('2')];
  one.gateAlarm();
  for (const _ of [1, 2]) two.gateAlarm();
  two.store('outbox', 0.002, 'ok');
  // As they come over the channel between processes.
  const [first, second] = JSON.parse(JSON.stringify([await one.figures(), await two.figures()]));
  const text = await renderAll([{ name: '1', figures: first }, { name: '2', figures: second }, { name: '3' }]);
  const lines = text.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'postern_gate_alarms_total{worker="1"} 1',
      'postern_gate_alarms_total{worker="2"} 2',
      'postern_worker_up{worker="2"} 1',
      'postern_worker_up{worker="3"} 0',
      '# TYPE postern_store_seconds histogram',
    ]),
  );
  const named = (name: string) => lines.filter((line) => line.startsWith(`${name}{`));
  expect(named('process_start_time_seconds')).toHaveLength(2);
  expect(named('nodejs_eventloop_lag_p99_seconds')).toHaveLength(2);
  expect(named('postern_store_seconds_bucket').find((line) => line.includes('le="0.0025"'))).toMatch(/worker="2".* 1$/);
  expect(lines.filter((line) => line === '# TYPE postern_gate_alarms_total counter')).toHaveLength(1);
  const series = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')));
  expect(new Set(series).size).toBe(series.length);
});

test('without a name of its own a process has no such label', async () => {
  expect(await createMetrics().render()).not.toContain('worker=');
});
