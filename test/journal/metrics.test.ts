import { createMetrics } from '../../src/journal/metrics.ts';
import type { Entry } from '../../src/model/entry.ts';

const entry = {
  disposition: 'relay',
  direction: 'buyer_to_seller',
  reply: '250 2.0.0 abcdefgh12345678',
  findings: [{ rule: 'tracking-pixel', action: 'redact', part: 'html', region: 'new' }],
  bytes: 5000,
  steps: { header: 1, 'hand over': 40 },
} as const satisfies Partial<Entry>;

test('counts what happened', async () => {
  const metrics = createMetrics();
  metrics.message(entry);
  metrics.message(entry);
  metrics.message({ ...entry, disposition: 'reject', reply: '550 5.1.1 No such address here', findings: [], steps: {} });
  metrics.gateAlarm();
  metrics.nextHop(0.2, 'taken');
  metrics.request({ method: 'GET', route: '/v1/parties/:id', status: 404, seconds: 0.002 });
  const lines = (await metrics.render()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'postern_messages_total{disposition="relay",direction="buyer_to_seller"} 2',
      'postern_messages_total{disposition="reject",direction="buyer_to_seller"} 1',
      'postern_replies_total{code="250"} 2',
      'postern_replies_total{code="550"} 1',
      'postern_findings_total{rule="tracking-pixel",action="redact"} 2',
      'postern_gate_alarms_total 1',
      'postern_step_seconds_sum{step="hand over"} 0.08',
      'postern_step_seconds_bucket{le="0.05",step="hand over"} 2',
      'postern_message_bytes_sum 15000',
      'postern_next_hop_seconds_count{outcome="taken"} 1',
      'postern_http_requests_total{method="GET",route="/v1/parties/:id",status="404"} 1',
      'postern_http_request_seconds_count{route="/v1/parties/:id"} 1',
    ]),
  );
  expect(lines.some((line) => line.startsWith('nodejs_eventloop_lag_seconds'))).toBe(true);
  expect(metrics.contentType).toContain('text/plain');
});

test('nothing from outside becomes a label', async () => {
  const metrics = createMetrics();
  metrics.message({
    ...entry,
    reply: 'jane@mail.example',
    findings: [{ ...entry.findings[0], rule: 'jane@mail.example' }],
    steps: { 'jane@mail.example': 1 },
  });
  metrics.request({ method: 'JANE@X', route: '/v1/parties/jane@mail.example', status: 200, seconds: 1 });
  metrics.request({ method: 'GET', route: '/v1/conversations/4711/messages', status: 200, seconds: 1 });
  const text = await metrics.render();
  expect(text.toLowerCase()).not.toContain('jane');
  expect(text).not.toContain('/4711');
  expect(text).toContain('postern_replies_total{code="other"} 1');
});

test('every route of ours may be a label', async () => {
  const metrics = createMetrics();
  const routes = ['/', '/livez', '/openapi.json', '/v1/check', '/v1/conversations/:id/messages', '/v1/messages/:trace', 'unknown'];
  for (const route of routes) metrics.request({ method: 'GET', route, status: 200, seconds: 0 });
  const text = await metrics.render();
  for (const route of routes) expect(text).toContain(`route="${route}",status="200"} 1`);
});

test('two relays in one process count apart', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.gateAlarm();
  expect(await one.render()).toContain('postern_gate_alarms_total 1');
  expect(await other.render()).toContain('postern_gate_alarms_total 0');
});
