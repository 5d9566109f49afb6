/**
 * The clients of the soak: mail servers that keep what they offer until it gets a 250 or a 5xx, and come again with pauses and the same bytes
 * after a 4xx, a lost connection or no answer (RFC 5321 section 4.5.4.1).
 */
import type { Random } from '../support/random.ts';
import { dataOf, dial, type SmtpClient } from '../support/smtp.ts';
import type { Attempt, Mail } from './ledger.ts';

/** What is offered: envelope and bytes, and whose books it stands in. */
export interface Parcel {
  readonly mail: Mail;
  readonly reversePath: string;
  readonly forwardPath: string;
  /** Made anew each time; the same each time. */
  readonly compose: () => string;
}

export interface ClientPorts {
  readonly port: number;
  readonly random: Random;
  /** The next mail to offer; undefined when there is none any more. */
  readonly next: () => Parcel | undefined;
  readonly told: (parcel: Parcel, attempt: Attempt) => void;
  /** Whether some clients hang up before the answer, or in the middle of a mail. */
  readonly hasty: () => boolean;
  readonly count: number;
}

export interface Clients {
  /** Resolves when every mail has its answer, or was given up. */
  readonly done: Promise<void>;
  /** Nothing new is offered, nothing is tried again; what is under way ends. */
  stop(): void;
  /** Those that wait for their next time. */
  waiting(): number;
}

/** The longest wait for an answer: the relay promises one within 90 s. */
const patience = 100_000;
/** Of the pauses between two tries, milliseconds. */
const [shortest, longest] = [200, 4_000];
/** A sender whose queue is so long takes nothing new. */
const mostWaiting = 150;

interface Waiting {
  readonly parcel: Parcel;
  readonly tries: number;
  readonly due: number;
}

export function startClients(ports: ClientPorts): Clients {
  const queue: Waiting[] = [];
  let stopped = false;
  let busy = 0;
  let isEmpty = false;

  /** The one that is due, else a new one. */
  const take = (): Waiting | undefined => {
    const now = performance.now();
    const at = queue.findIndex(({ due }) => due <= now);
    if (at >= 0) return queue.splice(at, 1)[0];
    if (isEmpty || queue.length >= mostWaiting) return undefined;
    const parcel = ports.next();
    isEmpty = parcel === undefined;
    return parcel && { parcel, tries: 0, due: now };
  };
  const putBack = ({ parcel, tries }: Waiting): void => {
    const pause = Math.min(longest, shortest * 2 ** tries) * (0.5 + ports.random());
    queue.push({ parcel, tries: tries + 1, due: performance.now() + pause });
  };
  /** One client: a connection for some mails, then another one. */
  const run = async (): Promise<void> => {
    let connection: SmtpClient | undefined;
    for (let left = 0; !stopped; left -= 1) {
      const one = take();
      if (!one) {
        if (isEmpty && queue.length === 0 && busy === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      busy += 1;
      if (left <= 0) {
        connection?.destroy();
        connection = undefined;
        left = 1 + Math.floor(ports.random() * 20);
      }
      const began = performance.now();
      connection ??= await dial(ports.port, { patience }).catch(() => undefined);
      const attempt = connection ? await offer(one.parcel, connection, ports) : { began, ended: performance.now() };
      ports.told(one.parcel, attempt);
      if (!/^[25]/.test(attempt.answer ?? '')) putBack(one);
      if (!/^(?:2|45|5)/.test(attempt.answer ?? '')) {
        connection?.destroy();
        connection = undefined;
      }
      busy -= 1;
    }
    connection?.destroy();
  };
  return {
    done: Promise.all(Array.from({ length: ports.count }, run)).then(() => {}),
    stop: () => {
      stopped = true;
    },
    waiting: () => queue.length,
  };
}

/** One try. Never throws: a connection that ends is a try without an answer. */
async function offer({ reversePath, forwardPath, compose }: Parcel, client: SmtpClient, { random, hasty }: ClientPorts): Promise<Attempt> {
  const began = performance.now();
  const haste = hasty() ? random() : 1;
  let sent: number | undefined;
  const ended = (more: Pick<Attempt, 'answer' | 'hasty'>): Attempt => ({
    began,
    ended: performance.now(),
    ...(sent !== undefined && { sent }),
    ...more,
  });
  try {
    for (const line of [`MAIL FROM:<${reversePath}>`, `RCPT TO:<${forwardPath}>`, 'DATA']) {
      const { code, text } = await client.command(line);
      if (code < 400) continue;
      await client.command('RSET');
      return ended({ answer: text });
    }
    const data = dataOf(compose());
    if (haste < 0.003) {
      await client.write(data.slice(0, data.length / 2));
      client.destroy(haste < 0.0015 ? 'fin' : 'reset');
      return ended({ hasty: true });
    }
    await client.write(data);
    sent = performance.now();
    if (haste < 0.01) {
      await new Promise((resolve) => setTimeout(resolve, random() * 100));
      client.destroy(haste < 0.006 ? 'fin' : 'reset');
      return ended({ hasty: true });
    }
    return ended({ answer: (await client.reply()).text });
  } catch {
    return ended({});
  }
}
