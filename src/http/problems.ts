/** A page for each kind of problem: where `type` leads. */
import type { Operation } from './operation.ts';
import { notFound } from './problem.ts';
import { type ProblemType, problemTypes } from './problem-types.ts';
import { closed } from './schemas.ts';

const text = { type: 'string' };
const types: ReadonlyMap<string, ProblemType> = new Map(Object.entries(problemTypes));

export const problemOperations: readonly Operation[] = [
  {
    id: 'getProblemType',
    method: 'GET',
    path: '/problems/:name',
    summary: 'What a type of problem details means, and what to do.',
    tag: 'status',
    access: 'open',
    params: closed({ name: text }),
    answers: { 200: { description: 'One type.', schema: closed({ status: { type: 'integer' }, title: text, says: text }) } },
    async run({ params: { name = '' } }) {
      const type = types.get(name);
      return type ? { status: 200, body: type } : notFound('problem');
    },
  },
];
