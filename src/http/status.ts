/** For those who run the relay: alive, ready, metrics, and a word about what this is. */
import type { HttpPorts, Operation } from './operation.ts';
import { about, alive, readiness } from './schemas.ts';

export function statusOperations({ ready, metrics }: Pick<HttpPorts, 'ready' | 'metrics'>): readonly Operation[] {
  const common = { method: 'GET', tag: 'status' } as const;
  return [
    {
      ...common,
      id: 'about',
      path: '/',
      summary: 'What this is.',
      access: 'open',
      answers: { 200: { description: 'A few words.', schema: about } },
      run: async () => ({
        status: 200,
        body: { name: 'postern', what: 'Anonymising mail relay', docs: '/openapi.json', health: ['/livez', '/readyz', '/metrics'] },
      }),
    },
    {
      ...common,
      id: 'live',
      path: '/livez',
      summary: 'The process answers. No token needed from this machine, or from a balancer.',
      access: 'health',
      answers: { 200: { description: 'It does.', schema: alive } },
      run: async () => ({ status: 200, body: { alive: true } }),
    },
    {
      ...common,
      id: 'ready',
      path: '/readyz',
      summary: 'All that the relay needs is there. No token needed from this machine, or from a balancer.',
      access: 'health',
      answers: {
        200: { description: 'It is.', schema: readiness },
        503: { description: 'It is not; checks says what.', schema: readiness },
      },
      async run() {
        const { ready: all, checks } = await ready();
        return { status: all ? 200 : 503, body: { ready: all, checks } };
      },
    },
    {
      ...common,
      id: 'metrics',
      path: '/metrics',
      summary: "Counters in Prometheus' text format. No token needed from this machine.",
      access: 'local',
      answers: { 200: { description: 'The counters.', schema: { type: 'string' }, type: 'text/plain' } },
      run: async () => ({ status: 200, body: await metrics.render(), headers: { 'content-type': metrics.contentType } }),
    },
  ];
}
