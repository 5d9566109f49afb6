/** LISTENERS: SMTP with the ways behind it, and the API with its pages. */
import { type Core, tlsOf } from './adapters.ts';
import { looksLikeReturnPath, takeBounce } from './bounce.ts';
import { takeCommand } from './command.ts';
import { mintTrace } from './directory/alias.ts';
import { knowsAlias } from './directory/resolve.ts';
import { tellingOfEnds } from './ended.ts';
import { type Http, type HttpPorts, openHttp } from './http/server.ts';
import { Attempts } from './inbound/attempts.ts';
import { Calls } from './inbound/calls.ts';
import { Forms } from './inbound/forms.ts';
import { type Inbound, type InboundPorts, openInbound } from './inbound/server.ts';
import type { Logins } from './inbound/users.ts';
import { describe } from './journal/log.ts';
import { createRelay, createRelease, type Ports } from './relay.ts';
import { statusOf } from './status.ts';

/** A mail to an address of ours takes the way of bounces or commands, any other the way of messages. */
export function openSmtp({ settings, own, store, outbound, recorder }: Core, ports: Ports, logins: Logins): Promise<Inbound> {
  const { proof, aliases } = ports;
  const relay = createRelay(ports);
  const tellOfEnd = tellingOfEnds({ ...ports, mintTrace, now: Date.now });
  const held = { release: createRelease(ports, 'softened'), pass: createRelease(ports, 'as it is') };
  const commands = {
    store,
    proof,
    rateLimits: ports.rateLimits,
    note: recorder.note,
    tell: recorder.tell,
    aliases,
    own,
    wake: ports.wake,
    ...held,
  };
  const { smtpListen: listen, ehloName, maxMessageBytes, maxBytesInMemory, rateLimits, proxyProtocolFrom: proxyFrom, workers } = settings;
  const door: InboundPorts = {
    async knows(forwardPath, reversePath) {
      const ours = own.readAddress(forwardPath);
      if (ours) return (ours.kind === 'bounce') === (reversePath === '') ? 'yes' : 'no';
      if (reversePath === '' && looksLikeReturnPath(forwardPath)) recorder.metrics.bounce('forged');
      const known = await knowsAlias({ forwardPath, at: Date.now() }, store.directory, aliases);
      if (known === 'lost') recorder.note('alias-lost');
      // Before its sender ships the message; bounces and commands need no next hop.
      if (known === 'yes' && outbound.room === 0) return 'away';
      if (known !== 'ended') return known;
      tellOfEnd({ forwardPath, reversePath });
      return 'no';
    },
    async relay(received) {
      const ours = own.readAddress(received.envelope.forwardPath);
      if (!ours) return relay(received);
      if (ours.kind === 'bounce') return takeBounce(received, ours.trace, ports);
      return takeCommand(received, ours, commands);
    },
    login: (name, password) => logins.login(name, password),
    mintTrace,
    note(event, { error, ...fields }) {
      const shutOut = event === 'shut-out';
      if (shutOut) recorder.metrics.shutOut('smtp');
      if (event === 'stress' || event === 'stress-over') recorder.metrics.stress(event === 'stress');
      recorder.note(event, { ...fields, ...(shutOut && { of: 'smtp' }), ...(error !== undefined && { error: describe(error) }) });
    },
  };
  const { submission, unlimitedClients: unlimited } = settings;
  const options = { listen, name: ehloName, maxMessageBytes, maxBytesInMemory, rateLimits, unlimited, proxyFrom, reusePort: workers > 1 };
  return openInbound({ ...options, ...(submission && { submission: submission.listen }), ...tlsOf(settings) }, door);
}

/** What others than the store answer. */
type Answering = Pick<HttpPorts, 'check' | 'report' | 'block' | 'done' | 'optOut' | 'approval' | 'standing' | 'permissions' | 'events'>;

export function openApi(core: Core, inbound: Inbound, more: Answering): Promise<Http> {
  const { settings, store, archive, recorder } = core;
  const { httpListen: listen, apiToken: token, relayDomains, maxMessageBytes, workers } = settings;
  const shutOut = () => {
    recorder.metrics.shutOut('http');
    recorder.note('shut-out', { of: 'http' });
  };
  return openHttp(
    {
      listen,
      token,
      relayDomains,
      balancers: settings.proxyProtocolFrom,
      maxMessageBytes,
      reusePort: workers > 1,
      privateWebhooks: settings.webhookAllowPrivate,
      ...(settings.rateLimits && {
        attempts: new Attempts(shutOut),
        forms: new Forms(settings.unlimitedClients),
        rate: new Calls(settings.apiPerMinute),
      }),
    },
    {
      store,
      ...(archive && { archive }),
      ...more,
      ...statusOf(core, inbound),
      failed: (error, trace) => recorder.note('unexpected', { error: describe(error), ...(trace !== undefined && { trace }) }),
      now: Date.now,
    },
  );
}
