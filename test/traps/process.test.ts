/** An error that nobody caught, in a relay as it is run: it is told, what runs is finished, and the process ends for its supervisor. */
import { join } from 'node:path';
import { buyer, letter, openScene, type Scene } from '../support/scene.ts';
import { connectSmtp } from '../support/smtp.ts';

const faulty = { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'faulty.ts')}` };

let scene: Scene;
beforeAll(async () => {
  const slow = { after: 500, say: '250 2.0.0 Ok' };
  scene = await openScene(faulty, { at: { dot: [slow, slow] } });
}, 60_000);
afterAll(() => scene[Symbol.asyncDispose]());

async function until(holds: () => boolean): Promise<void> {
  for (const patience = Date.now() + 20_000; !holds(); ) {
    if (Date.now() > patience) throw new Error(`it did not happen: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const events = (): readonly string[] => {
  const lines = scene.relay.log().trim().split('\n');
  return lines.map((line) => String(JSON.parse(line).event));
};

/** What a client is told that comes too late. */
async function heard(): Promise<string> {
  const client = await connectSmtp(scene.relay.smtpPort).catch(() => undefined);
  return client === undefined ? 'nobody listens' : String(await client.rest());
}

const signals = [
  ['uncaughtException', 'SIGUSR2'],
  ['unhandledRejection', 'SIGWINCH'],
] as const;

test.each(signals)(
  '%s: the message under way gets its 250, nobody else is let in, and the process ends with 1',
  async (_, signal) => {
    const taken = scene.hop.messages.length;
    const sent = scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
    await until(() => scene.hop.messages.length > taken);
    const ended = scene.relay.stop(signal);
    await until(() => events().includes('draining'));
    // Another one while it stops changes nothing.
    process.kill(scene.relay.pid, signal);
    expect(await heard()).toMatch(/^(?:nobody listens|421 4\.3\.2 .*|)$/);
    expect((await sent).text).toMatch(/^250 2\.0\.0 /);
    expect(await ended).toBe(1);
    expect(events()).toEqual(expect.arrayContaining(['unexpected', 'draining', 'stopped']));
    // The class of the error and where it came from, not its words.
    expect(scene.relay.log()).toContain('RangeError');
    expect(scene.relay.log()).not.toContain(buyer.mailbox);
    await scene.restart();
    const again = letter({ from: buyer.mailbox, to: scene.sellerAlias, text: 'Is anybody there?' });
    expect((await scene.send(buyer.mailbox, scene.sellerAlias, again)).code).toBe(250);
  },
  60_000,
);
