/** How bodies are read: JSON where the API is called, forms where pages are answered; any other type is 415. */
import type { FastifyInstance } from 'fastify';

/** JSON alone is read. Clients that name a type and send no body, as some do with DELETE, are taken at their body. */
export function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) =>
    text === '' ? done(null, undefined) : parse(request, text, done),
  );
}

/**
 * Forms of our own pages, and nothing else where they are sent to; some mail clients click (RFC 8058) without a type, or without a body. Of a
 * field that stands twice the last counts.
 */
export function readForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', async ({ headers }) => {
    headers['content-type'] ??= 'application/x-www-form-urlencoded';
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text: string, done) =>
    done(null, Object.fromEntries(new URLSearchParams(text))),
  );
}
