/** A real name server on loopback (dnsmasq), with the TXT records it is given; every other name below `.example` does not exist. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface NameServer extends AsyncDisposable {
  /** `host:port`, as DNS_SERVERS takes it. */
  readonly address: string;
}

/**
 * `zone`: texts by name; a text over 255 octets is cut into strings as a zone file would (RFC 1035 section 3.3). `more`: other records, as
 * options of dnsmasq.
 */
export async function startDns(zone: Readonly<Record<string, readonly string[]>>, more: readonly string[] = []): Promise<NameServer> {
  const port = await freePort();
  const records = Object.entries(zone).flatMap(([name, texts]) => texts.map((text) => `--txt-record=${name},${stringsOf(text)}`));
  const fixed = ['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--bind-interfaces', '--log-facility=-'];
  const where = [`--port=${port}`, '--listen-address=127.0.0.1', '--pid-file=', '--user=root', '--local=/example/'];
  const child = spawn('dnsmasq', [...fixed, ...where, ...records, ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.includes('started')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`dnsmasq did not start: ${said}`)));
  });
  return {
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** In an argument of dnsmasq a comma parts two strings, so no text may hold one. */
const stringsOf = (text: string): string => (text.match(/.{1,250}/gs) ?? []).join(',');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
