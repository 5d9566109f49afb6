/**
 * Serves the operations: the door of fastify and of @fastify/swagger. Nothing of a request is logged; whatever goes wrong is answered
 * as problem details (RFC 9457), and what nobody foresaw with 503: like the sender's server, the client comes again.
 */
import type { AddressInfo } from 'node:net';
import swagger from '@fastify/swagger';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { aliasAt } from '../model/address.ts';
import { mintTrace } from '../directory/alias.ts';
import { isAmbiguous } from './access.ts';
import { type Admit, createAdmission } from './admission.ts';
import { archiveOperations } from './archive.ts';
import { approveOperations } from './approve.ts';
import { blockOperations } from './block.ts';
import { readForms, readJson } from './bodies.ts';
import { checkOperations } from './check.ts';
import { conversationOperations } from './conversations.ts';
import { about, documentOperation, nameOf, schemaOf } from './document.ts';
import { doneOperations } from './done.ts';
import { eventOperations } from './events.ts';
import { helpOperations } from './help.ts';
import { legalHoldOperations } from './legal-holds.ts';
import { messageOperations } from './messages.ts';
import {
  type Answer,
  type Call,
  type FieldError,
  type HttpPorts,
  type HttpSettings,
  type Operation,
  type ShowAlias,
  tooWide,
} from './operation.ts';
import { optOutOperations } from './optout.ts';
import { mailboxOperations } from './mailboxes.ts';
import { orderOperations } from './orders.ts';
import { partyOperations } from './parties.ts';
import { permissionOperations } from './permissions.ts';
import { badFields, type Complaint, fieldErrors, merge, problem, unavailable } from './problem.ts';
import { reportOperations } from './report.ts';
import { responseOperations } from './responses.ts';
import { reviewOperations } from './reviews.ts';
import { problemOperations } from './problems.ts';
import { once, type RepeatPorts, takesKey } from './repeated.ts';
import { named } from './schemas.ts';
import { standingOperations } from './standing.ts';
import { alsoNamed } from './standing-schemas.ts';
import { statusOperations } from './status.ts';
import { explain } from './unreadable.ts';
import { namedOfWebhooks } from './webhook-schemas.ts';
import { webhookOperations } from './webhooks.ts';

export type { HttpPorts } from './operation.ts';

export interface Http {
  /** Where it really listens, in the order of the settings. */
  readonly addresses: readonly { readonly host: string; readonly port: number }[];
  /** Takes no more requests; resolves when those under way are answered. */
  close(): Promise<void>;
}

const defaultBodyLimit = 256 * 1024;

/** Opens all listeners or none. Throws what the system says of an address (`EADDRINUSE` …). */
export async function openHttp(settings: HttpSettings, ports: HttpPorts): Promise<Http> {
  const apps = await Promise.all(settings.listen.map(() => createApp(settings, ports)));
  const close = async (): Promise<void> => {
    await Promise.all(apps.map((app) => app.close()));
  };
  const opened = await Promise.allSettled(
    settings.listen.map(({ host, port }, index) => apps[index]?.listen(whereOf(host, port, settings.reusePort))),
  );
  const failed = opened.find((one) => one.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  return { addresses: apps.map(addressOf), close };
}

/** QUIRK: fastify hands all options to `net.Server.listen`, and its types do not know `reusePort`. */
const whereOf = (host: string, port: number, reusePort = false): { readonly host: string; readonly port: number } =>
  Object.assign({ host, port }, { reusePort });

function addressOf(app: FastifyInstance): { readonly host: string; readonly port: number } {
  const { address, port } = app.server.address() as AddressInfo;
  return { host: address, port };
}

function operationsOf(settings: HttpSettings, ports: HttpPorts): readonly Operation[] {
  const { directory } = ports.store;
  const show: ShowAlias = (local) => aliasAt(local, settings.relayDomains[0]);
  return [
    ...partyOperations(directory, settings, show),
    ...mailboxOperations(directory, settings, show),
    ...orderOperations(ports.store, ports.now),
    ...permissionOperations(ports),
    ...responseOperations(ports),
    ...conversationOperations(directory, show, ports.now),
    ...legalHoldOperations(ports.store, ports.now),
    ...messageOperations(ports.store),
    ...archiveOperations(ports),
    ...reviewOperations(ports.store.reviews),
    ...standingOperations(ports),
    ...webhookOperations(ports, settings),
    ...checkOperations(ports, settings),
    ...reportOperations(ports),
    ...optOutOperations(ports),
    ...approveOperations(ports),
    ...blockOperations(ports),
    ...doneOperations(ports),
    ...helpOperations,
    ...eventOperations(ports),
    ...statusOperations(ports),
    ...problemOperations,
    ...(ports.operations ?? []),
  ];
}

async function createApp(settings: HttpSettings, ports: HttpPorts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: defaultBodyLimit,
    genReqId: mintTrace,
    requestTimeout: 60_000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 1000 },
    // A field may be a text or an object: that is no slip of the schema's.
    ajv: { customOptions: { allErrors: true, removeAdditional: false, coerceTypes: false, useDefaults: false, allowUnionTypes: true } },
    frameworkErrors: (_error, _request, reply) => void send(reply, problem(400, 'The URL cannot be read.')),
  });
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  for (const [name, schema] of Object.entries({ ...named, ...alsoNamed, ...namedOfWebhooks })) app.addSchema({ $id: name, ...schema });
  readJson(app);
  hangUpWhenClosing(app);
  app.addHook('preClose', async () => ports.events.close());
  app.addHook('onRequest', async ({ raw }, reply) => {
    if (!isAmbiguous(raw.url ?? '', raw.rawHeaders)) return;
    return send(reply, problem(400, 'The request names more than one host.', { headers: { connection: 'close' } }));
  });
  await app.register(swagger, { openapi: about, refResolver: { buildLocalReference: nameOf } });
  const operations = [...operationsOf(settings, ports), documentOperation(() => app.swagger())];
  answerTheRest(app, operations, ports);
  const { tokens, answers } = ports.store;
  const repeating = { answers, failed: ports.failed };
  const serving: Serving = { admit: createAdmission(settings, tokens), repeating, callers: new WeakMap() };
  for (const operation of operations) if (!operation.form) serve(app, operation, serving);
  await app.register(async (pages) => {
    readForms(pages);
    for (const operation of operations) if (operation.form) serve(pages, operation, serving);
  });
  await app.ready();
  return app;
}

/** QUIRK: fastify closes idle connections, but none that becomes idle later: each would hold up the close by `keepAliveTimeout`. */
function hangUpWhenClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}

/** What serving an operation takes. */
interface Serving {
  readonly admit: Admit;
  readonly repeating: RepeatPorts;
  /** Whose call it is, once it was admitted. */
  readonly callers: WeakMap<FastifyRequest, string>;
}

function serve(app: FastifyInstance, operation: Operation, { admit, repeating, callers }: Serving): void {
  const { method, path: url, bodyLimit = defaultBodyLimit } = operation;
  app.route({
    method,
    url,
    bodyLimit,
    schema: schemaOf(operation),
    attachValidation: true,
    onRequest: async (request, reply) => {
      const { authorization, forwarded, 'x-forwarded-for': forwardedFor } = request.headers;
      const admission = await admit(operation, { authorization, address: request.socket.remoteAddress, forwarded, forwardedFor });
      if (admission.kind === 'refused') return send(reply, admission.answer);
      if (admission.caller !== undefined) callers.set(request, admission.caller);
      reply.headers(admission.headers);
      return undefined;
    },
    preValidation: async (request) => numbersIn(request, operation),
    handler: async (request, reply) => {
      const run = () => answer(request, operation);
      if (!takesKey(operation)) return send(reply, await run());
      const { method, url, body } = request;
      const key = request.headers['idempotency-key'];
      return send(reply, await once({ caller: callers.get(request) ?? '', method, url, body, key }, run, repeating));
    },
  });
}

async function answer(request: FastifyRequest, operation: Operation): Promise<Answer> {
  const call: Call = {
    params: request.params as Call['params'],
    query: request.query as Call['query'],
    body: request.body,
  };
  if (tooWide(call.body)) return problem(400, 'The body has too many values.');
  const errors = merge(schemaErrors(request), (await operation.check?.(call)) ?? []);
  return errors.length > 0 ? badFields(errors) : operation.run(call);
}

const parts = ['params', 'querystring', 'body'] as const;

/** QUIRK: fastify stops at the first part of a request that does not fit, so that its validators are asked here, one by one. */
function schemaErrors(request: FastifyRequest): readonly FieldError[] {
  const values = { params: request.params, querystring: request.query, body: request.body };
  return parts.flatMap((part) => {
    const validate = request.getValidationFunction(part);
    if (!validate || validate(values[part])) return [];
    return fieldErrors(part, (validate.errors ?? []) as readonly Complaint[]);
  });
}

/** A query is text; what its schema calls an integer becomes a number where it is one. */
function numbersIn(request: FastifyRequest, { query }: Operation): void {
  const schemas = (query?.properties ?? {}) as Readonly<Record<string, { readonly type?: unknown }>>;
  const given = request.query as Record<string, unknown>;
  for (const [name, { type }] of Object.entries(schemas)) {
    const text = given[name];
    if (type === 'integer' && typeof text === 'string' && /^-?\d{1,9}$/.test(text)) given[name] = Number(text);
  }
}

/** What no operation answers: unknown paths, other methods, bodies that cannot be read, errors. */
function answerTheRest(app: FastifyInstance, operations: readonly Operation[], { metrics, failed }: HttpPorts): void {
  app.setNotFoundHandler((request, reply) => {
    const allow = methodsAt(request.url, operations);
    if (allow.length === 0) return send(reply, problem(404, 'There is nothing here.'));
    return send(reply, problem(405, undefined, { headers: { allow: allow.join(', ') } }));
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { url, method } = request.routeOptions;
    const form = operations.some((one) => one.form && one.path === url && one.method === method);
    const known = explain(error, form ? 'application/x-www-form-urlencoded' : 'application/json');
    if (!known) failed(error, request.id);
    return send(reply, known ?? unavailable());
  });
  app.addHook('onResponse', async (request, reply) => {
    metrics.request({
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
  });
}

function methodsAt(url: string, operations: readonly Operation[]): readonly string[] {
  const path = (url.split('?', 1)[0] ?? '').split('/');
  const fits = (segments: readonly string[]): boolean =>
    segments.length === path.length && segments.every((segment, index) => segment.startsWith(':') || segment === path[index]);
  return operations.filter((operation) => fits(operation.path.split('/'))).map(({ method }) => method);
}

/** QUIRK: fastify adds a charset to JSON that it gets as text; the media type has none (RFC 8259 section 11), so it gets bytes. */
function send(reply: FastifyReply, { status, body: given, headers, stream }: Answer): FastifyReply {
  const isProblem = headers?.['content-type'] === 'application/problem+json' && typeof given === 'object';
  const body = isProblem ? { ...given, trace: reply.request.id } : given;
  const json = typeof body === 'object' && !(body instanceof Uint8Array);
  const type = json ? { 'content-type': 'application/json' } : {};
  reply.code(status).headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...type, ...headers });
  return reply.send(stream ?? (json ? Buffer.from(JSON.stringify(body)) : body));
}
