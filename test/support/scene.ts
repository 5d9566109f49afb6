/** A relay with a buyer, a seller and their conversation, and a next hop that keeps what it takes. */
import { openSink, type Sink, type SinkSetup } from './sink.ts';
import { type Relay, startRelay } from './relay.ts';
import { dial } from './smtp.ts';

export const buyer = { id: 'b-1', name: 'Lara Weber', mailbox: 'lara.weber@buyer.example' } as const;
export const seller = { id: 's-1', name: 'Hanna Okafor', mailbox: 'hanna.okafor@oakbench.example' } as const;

export interface Sent {
  readonly code: number;
  readonly text: string;
  /** Where the reply carries one. */
  readonly trace: string;
}

export interface Scene extends AsyncDisposable {
  relay: Relay;
  readonly hop: Sink;
  readonly conversation: string;
  readonly buyerAlias: string;
  readonly sellerAlias: string;
  /** A second relay on the same store and ports, after the first one was stopped. */
  restart(): Promise<void>;
  /** MAIL, RCPT, DATA: the first reply that refuses, or the last one. */
  send(from: string, to: string, message: string): Promise<Sent>;
  /** What each relayed message said when it left, newest last; waits for nothing. */
  left(): readonly string[];
  /** The notices that left so far. */
  notices(): readonly string[];
  /** The notices, as soon as so many have left; those about this matter alone (`Postern-Notice`), where it is given. */
  noticed(count: number, matter?: string): Promise<readonly string[]>;
  /** The notice about the message with this trace id, as soon as it has left. */
  noticeAbout(trace: string): Promise<string>;
}

/** `env`: what differs from a relay without rate limits and without sender proof. */
export async function openScene(env: Readonly<Record<string, string>> = {}, sinkSetup: SinkSetup = {}): Promise<Scene> {
  const hop = await openSink(sinkSetup);
  const all = { OUTBOUND_URL: `smtp://127.0.0.1:${hop.port}`, SENDER_PROOF: 'off', RATE_LIMITS: 'off', ...env };
  const first = await startRelay({ env: all }).catch(async (error: unknown) => {
    await hop[Symbol.asyncDispose]();
    throw error;
  });
  const { folder } = first;
  await register(first);
  const { body } = await first.call('PUT', '/v1/conversations', { buyer: buyer.id, seller: seller.id });
  const sent = () => hop.messages.map(({ bytes }) => bytes.toString());
  const notices = () => sent().filter((message) => fieldOf(message, 'Postern-Notice') !== '');
  const untilNotices = async (are: (notices: readonly string[]) => boolean): Promise<readonly string[]> => {
    for (const patience = Date.now() + 10_000; !are(notices()); ) {
      if (Date.now() > patience) throw new Error(`no such notice came; ${scene.relay.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return notices();
  };
  const isAbout = (trace: string) => (notice: string) => notice.includes(`X-Postern-Trace: ${trace}`);
  const scene: Scene = {
    relay: first,
    hop,
    conversation: `${body.id}`,
    buyerAlias: `${body.buyerAlias}`,
    sellerAlias: `${body.sellerAlias}`,
    async restart() {
      scene.relay = await startRelay({ env: all, folder });
    },
    async send(from, to, message) {
      using client = await dial(scene.relay.smtpPort, { patience: 100_000 });
      const { code, text } = await client.message(from, to, message);
      return { code, text, trace: /\b([a-z0-9]{16})\)?$/.exec(text)?.[1] ?? '' };
    },
    left: () => sent().filter((message) => fieldOf(message, 'Postern-Notice') === ''),
    notices,
    async noticed(count, matter) {
      const those = (all: readonly string[]) =>
        all.filter((notice) => matter === undefined || fieldOf(notice, 'Postern-Notice') === matter);
      return those(await untilNotices((all) => those(all).length >= count));
    },
    async noticeAbout(trace) {
      const all = await untilNotices((some) => some.some(isAbout(trace)));
      return all.find(isAbout(trace)) ?? '';
    },
    async [Symbol.asyncDispose]() {
      await scene.relay[Symbol.asyncDispose]();
      if (scene.relay !== first) await first[Symbol.asyncDispose]();
      await hop[Symbol.asyncDispose]();
    },
  };
  return scene;
}

async function register(relay: Relay): Promise<void> {
  for (const [role, { id, name, mailbox }] of [
    ['buyer', buyer],
    ['seller', seller],
  ] as const) {
    await relay.call('PUT', `/v1/parties/${id}`, { role, name, mailboxes: [{ address: mailbox }] });
  }
  await relay.call('PUT', '/v1/orders/4711', { buyer: buyer.id, seller: seller.id, kind: 'standard' });
}

export interface Letter {
  readonly from: string;
  readonly to: string;
  readonly subject?: string;
  readonly text?: string;
  readonly id?: string;
  /** Further header fields, one a line. */
  readonly fields?: readonly string[];
}

/** A plain message, line ends LF. */
export function letter({
  from,
  to,
  subject = 'The shelf',
  text = 'Is it oiled?',
  id = `${Math.random()}@mail.example`,
  fields = [],
}: Letter): string {
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    'Date: Mon, 10 Mar 2025 10:00:00 +0100',
    ...fields,
  ];
  return `${head.join('\n')}\n\n${text}\n`;
}

/** The value of a header field in a message that left. */
export const fieldOf = (message: string, name: string): string =>
  new RegExp(`^${name}:((?:.*\r?\n[ \t])*.*)$`, 'im')
    .exec(message.split(/\r?\n\r?\n/, 1)[0] ?? '')?.[1]
    ?.replace(/\r?\n[ \t]/g, ' ')
    .trim() ?? '';
