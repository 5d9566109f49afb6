/** A look at an SMTP server (RFC 5321, RFC 3207): greeting, EHLO, STARTTLS; no mail. It takes any certificate and tells what is wrong with it. */
import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as secure, type TLSSocket } from 'node:tls';
import { codeOf } from './check.ts';

export interface Place {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (RFC 8314). */
  readonly secure?: boolean;
  /** The name that the certificate is to bear, where that is not the host. */
  readonly named?: string;
  /** Beside the usual ones: TLS 1.2 at least, any certificate. */
  readonly handshake?: ConnectionOptions;
  /** Said before all else: a PROXY line. */
  readonly first?: string;
}

/** What was shown in the TLS handshake. */
export interface Shown {
  readonly certificate: X509Certificate | undefined;
  readonly protocol: string;
  /** OpenSSL's or Node's code; undefined: the certificate names the host, and somebody whom this machine trusts says so. */
  readonly distrust: string | undefined;
}

export interface Dialogue extends Disposable {
  /** All lines of the first reply. */
  readonly greeting: readonly string[];
  /** Where TLS was spoken from the first byte. */
  readonly shown: Shown | undefined;
  /** All lines of the reply. Rejects where the connection ends before. */
  say(line: string): Promise<readonly string[]>;
  /** After the reply to STARTTLS. Rejects where there is no handshake. */
  startTls(): Promise<Shown>;
}

/** A server that talks without end is cut off; characters. */
const longestReply = 65_536;

/** Connects and reads the greeting. Rejects with the system's error, or where the time is up. */
export async function dial(place: Place, signal: AbortSignal): Promise<Dialogue> {
  const { host, port, named = host } = place;
  const plain = connect({ host, port });
  if (place.first !== undefined) plain.write(place.first);
  let line: Line = lineOver(plain);
  signal.addEventListener('abort', () => plain.destroy(), { once: true });
  const shown = place.secure ? await upgrade() : undefined;
  if (!place.secure) await once(plain, 'connect', { signal });

  async function upgrade(): Promise<Shown> {
    plain.removeAllListeners('data');
    const name = isIP(named) === 0 ? { servername: named } : {};
    const socket = secure({ minVersion: 'TLSv1.2', ...place.handshake, ...name, host: named, socket: plain, rejectUnauthorized: false });
    line = lineOver(socket);
    await once(socket, 'secureConnect', { signal });
    return shownBy(socket);
  }
  try {
    return {
      greeting: await line.reply(),
      shown,
      say(text) {
        line.write(`${text}\r\n`);
        return line.reply();
      },
      startTls: upgrade,
      [Symbol.dispose]: () => plain.destroy(),
    };
  } catch (error) {
    plain.destroy();
    throw error;
  }
}

interface Line {
  write(text: string): void;
  reply(): Promise<readonly string[]>;
}

function lineOver(socket: Socket): Line {
  let text = '';
  let over: string | undefined;
  let wake = (): void => undefined;
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (text.length > longestReply) socket.destroy();
    wake();
  });
  socket.on('error', (error: Error & { readonly code?: string }) => {
    over = error.code ?? 'broken';
  });
  socket.on('close', () => {
    over ??= 'closed';
    wake();
  });
  return {
    write: (out) => void socket.write(out),
    async reply() {
      for (;;) {
        const end = endOfReply(text);
        if (end > 0) {
          const lines = text.slice(0, end).trimEnd().split(/\r?\n/);
          text = text.slice(end);
          return lines;
        }
        if (over !== undefined) throw Object.assign(new Error('the connection ended'), { code: over });
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** Behind the line that begins with a code and no hyphen; 0 where it has not come yet. */
function endOfReply(text: string): number {
  for (let at = 0; ; ) {
    const end = text.indexOf('\n', at);
    if (end < 0) return 0;
    if (text[at + 3] !== '-') return end + 1;
    at = end + 1;
  }
}

const shownBy = (socket: TLSSocket): Shown => ({
  certificate: socket.getPeerX509Certificate(),
  protocol: socket.getProtocol() ?? 'no TLS',
  // QUIRK: declared as Error; it is the code alone, or the error of the host name's check.
  distrust: socket.authorized ? undefined : codeOf(socket.authorizationError),
});
