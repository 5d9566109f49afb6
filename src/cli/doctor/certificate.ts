/** STARTTLS where mail comes in (RFC 3207): the files, and what a client is really shown where the relay runs. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { Settings } from '../../config/settings.ts';
import { secureOptions } from '../../inbound/tls.ts';
import { isLoopback } from '../../model/loopback.ts';
import { type Check, codeOf, type Deployment, isLocalName, ok, problem, quoted, type Said, skipped, warning } from './check.ts';
import { dial, type Shown } from './dialogue.ts';
import { notRunning, placeOf, type SmtpListen, shownAddress, smtpListeners, withoutPort } from './listeners.ts';

const day = 86_400_000;
/** Whoever renews by a program does so a month before; milliseconds. */
const soon = 14 * day;

const renew = 'renew it, then kill -HUP the relay';

export const certificate: Check = {
  name: 'starttls',
  async look(deployment, signal) {
    const { tls, smtpListen } = deployment.settings;
    if (!tls) {
      const outside = smtpListen.some(({ host }) => !isLoopback(host));
      if (!outside) return [skipped('no TLS_KEY_FILE and TLS_CERT_FILE; every SMTP listener is on loopback')];
      return [warning('mail comes in in the clear: no STARTTLS', 'set TLS_KEY_FILE and TLS_CERT_FILE')];
    }
    const pem = readFileSync(tls.certFile, 'utf8');
    try {
      secureOptions({ key: readFileSync(tls.keyFile, 'utf8'), cert: pem });
    } catch {
      return [
        problem(
          'TLS_KEY_FILE and TLS_CERT_FILE are no key and certificate in PEM, or not of one another',
          'put those that belong together',
        ),
      ];
    }
    const leaf = new X509Certificate(pem);
    const shown = await Promise.all(
      smtpListeners(deployment.settings).map((listen) => lookAt(listen, leaf, { settings: deployment.settings, signal })),
    );
    return [...(await judge(leaf, deployment)), ...shown.flat()];
  },
};

async function judge(leaf: X509Certificate, { settings, dns }: Deployment): Promise<readonly Said[]> {
  const left = Date.parse(leaf.validTo) - Date.now();
  const days = Math.floor(left / day);
  if (left < 0) return [problem(`the certificate ended ${-days} days ago`, renew)];
  if (Date.parse(leaf.validFrom) > Date.now())
    return [problem('the certificate is not valid yet', 'see its dates, and the clock of this machine')];
  const domains = settings.relayDomains.filter((domain) => !isLocalName(domain));
  const exchanges = await Promise.all(domains.map((domain) => dns.mx(domain).catch(() => [])));
  const names = new Set([settings.ehloName, ...exchanges.flat().map(({ exchange }) => exchange)].filter((name) => name !== ''));
  const missing = [...names].filter((name) => leaf.checkHost(name) === undefined);
  const expiry = left < soon ? [warning(`the certificate ends in ${days} days`, renew)] : [];
  if (missing.length > 0) {
    const change = 'get one that names them: senders who check (MTA-STS, DANE) turn away';
    return [warning(`the certificate does not name ${missing.map(quoted).join(', ')}`, change), ...expiry];
  }
  return expiry.length > 0 ? expiry : [ok(`the key fits, the certificate names ${[...names].map(quoted).join(', ')}, ${days} days left`)];
}

interface Looking {
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

async function lookAt(listen: SmtpListen, leaf: X509Certificate, looking: Looking): Promise<readonly Said[]> {
  const at = shownAddress(listen);
  const unknown = withoutPort(listen);
  if (unknown) return [unknown];
  try {
    const shown = await handshake(listen, looking);
    if (!shown) return [problem(`${at} offers no STARTTLS`, 'start the relay anew with these settings')];
    const { certificate: got, protocol, distrust } = shown;
    if (got?.fingerprint256 !== leaf.fingerprint256)
      return [warning(`${at} shows another certificate than the one in TLS_CERT_FILE`, 'kill -HUP the relay; else start it anew')];
    const old = await handshake(listen, looking, oldTls).catch(() => undefined);
    if (old) return [problem(`${at} takes ${old.protocol}`, 'see what stands before the relay')];
    if (distrust !== undefined) {
      const change = 'put the whole chain into TLS_CERT_FILE, from an authority that the world knows';
      return [warning(`${at}: ${protocol}, and the certificate is not trusted by this machine (${distrust})`, change)];
    }
    return [ok(`${at}: ${protocol}, none below 1.2, and the chain is trusted`)];
  } catch (error) {
    return [notRunning(listen, error) ?? problem(`${at}: STARTTLS fails (${codeOf(error)})`, 'see the log of the relay')];
  }
}

/** OpenSSL speaks old versions at its lowest level of security alone. */
const oldTls: ConnectionOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };

/** What a client is shown there; undefined: no STARTTLS. */
async function handshake(listen: SmtpListen, { settings, signal }: Looking, options: ConnectionOptions = {}): Promise<Shown | undefined> {
  using line = await dial({ ...placeOf(listen, settings), named: settings.ehloName, handshake: options }, signal);
  if (line.shown) return line.shown;
  const lines = await line.say(`EHLO ${settings.ehloName}`);
  if (!lines.some((text) => /^250[ -]STARTTLS$/i.test(text))) return undefined;
  await line.say('STARTTLS');
  return await line.startTls();
}
