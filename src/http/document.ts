/** The operations as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html): made of the same schemas by which they are served. */
import { scopeOf } from './admission.ts';
import type { Operation } from './operation.ts';
import { keyHeader, takesKey } from './repeated.ts';
import { anything } from './schemas.ts';

export const about = {
  openapi: '3.1.0',
  info: { title: 'Postern', version: '1', description: 'Anonymising mail relay: parties, orders, conversations and their aliases.' },
  components: {
    securitySchemes: {
      token: { type: 'http' as const, scheme: 'bearer', description: '`API_TOKEN`, or one of `postern token create`, which has scopes.' },
    },
  },
};

/** A schema stands in the document by its own name. */
export const nameOf = ({ $id }: { readonly $id?: unknown }, _base: unknown, _fragment: unknown, place: number): string =>
  String($id ?? `def-${place}`);

/** `render`: the document as it is now. */
export const documentOperation = (render: () => object): Operation => ({
  id: 'openapi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document.',
  tag: 'status',
  access: 'open',
  answers: { 200: { description: 'OpenAPI 3.1.', schema: anything } },
  run: async () => ({ status: 200, body: render() }),
});

/** What the validator and the document get of an operation. */
export function schemaOf(operation: Operation): object {
  const { id, summary, tag, access, params, query, body } = operation;
  return {
    operationId: id,
    summary,
    tags: [tag],
    // The names are scopes of the token (OpenAPI 3.1 section 4.8.30 allows roles for any scheme).
    security: access === 'open' ? [] : access === 'token' ? [{ token: [scopeOf(operation)] }] : [{ token: [] }, {}],
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(takesKey(operation) && { headers: keyHeader }),
    response: { ...answersOf(operation), default: problemAnswer },
  };
}

const problemAnswer = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
};

function answersOf({ answers }: Operation): object {
  const shown = Object.entries(answers).map(([status, { description, schema, type = 'application/json', alsoAs }]) => {
    const also = alsoAs && { [alsoAs]: { schema: { type: 'string' } } };
    return [status, schema ? { description, content: { [type]: { schema }, ...also } } : { description, type: 'null' }] as const;
  });
  return Object.fromEntries(shown);
}
