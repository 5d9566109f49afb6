/** The log of the relay that answers, line by line, as server-sent events: for `tail --url`, and for whoever gathers logs. */
import type { HttpPorts, Operation } from './operation.ts';
import { unavailable } from './problem.ts';
import { closed } from './schemas.ts';

export const eventOperations = ({ events }: Pick<HttpPorts, 'events'>): readonly Operation[] => [
  {
    id: 'readEvents',
    method: 'GET',
    path: '/v1/events',
    summary:
      'The log as it is written, one event a line, as server-sent events; of the process that answers. Who reads too slowly is let go.',
    tag: 'status',
    access: 'token',
    scope: 'operate',
    query: closed(
      { last: { type: 'integer', minimum: 0, maximum: 200, default: 0, description: 'So many lines from before, first.' } },
      'last',
    ),
    answers: {
      200: { description: 'Events whose data is one line of the log, JSON.', schema: { type: 'string' }, type: 'text/event-stream' },
    },
    async run({ query }) {
      const { last = 0 } = query as { readonly last?: number };
      const stream = events.open(last);
      return stream ? { status: 200, stream, headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } } : unavailable();
    },
  },
];
