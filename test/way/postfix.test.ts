/** End to end with software that no one here wrote: swaks writes as buyer and seller, Postfix takes what leaves and delivers it to a Maildir. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostfix } from '../support/postfix.ts';
import { testWith } from '../support/programs.ts';
import { startRedis } from '../support/redis.ts';
import { startRelay } from '../support/relay.ts';
import { buyer, fieldOf, letter, seller } from '../support/scene.ts';
import { swaks } from '../support/swaks.ts';

const stores = {
  async SQLite() {
    return { url: 'sqlite:var/postern.db', stop: async () => {} };
  },
  async Redis() {
    const redis = await startRedis();
    return { url: redis.url, stop: () => redis.stop() };
  },
};

testWith('postfix', 'swaks', 'redis-server').each(Object.entries(stores))(
  'swaks to Postfix and back on %s',
  async (_, open) => {
    const store = await open();
    const folder = mkdtempSync(join(tmpdir(), 'postern-way-'));
    try {
      await using postfix = await startPostfix({ domains: ['buyer.example', 'oakbench.example'] });
      const env = { STORE_URL: store.url, OUTBOUND_URL: `smtp://127.0.0.1:${postfix.port}`, SENDER_PROOF: 'off' };
      await using relay = await startRelay({ env, folder });
      await relay.call('PUT', '/v1/parties/b-1', { role: 'buyer', name: buyer.name, mailboxes: [{ address: buyer.mailbox }] });
      await relay.call('PUT', '/v1/parties/s-1', { role: 'seller', name: seller.name, mailboxes: [{ address: seller.mailbox }] });
      const { body } = await relay.call('PUT', '/v1/conversations', { buyer: 'b-1', seller: 's-1' });
      const [buyerAlias, sellerAlias] = [`${body.buyerAlias}`, `${body.sellerAlias}`];

      const question = letter({
        from: `Lara Weber <${buyer.mailbox}>`,
        to: sellerAlias,
        id: 'q@buyer.example',
        text: 'Is it oiled? Grüße',
      }).replaceAll('\n', '\r\n');
      const asked = await swaks({ port: relay.smtpPort, from: buyer.mailbox, to: sellerAlias, message: question });
      expect(asked.reply).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
      const [arrived] = await postfix.waitFor(seller.mailbox, 1);
      const seen = arrived?.bytes.toString() ?? '';
      expect(fieldOf(seen, 'From')).toBe(`"Lara W." <${buyerAlias}>`);
      expect(arrived?.reversePath).toMatch(/^b-[a-z0-9-]+@relay\.localhost$/);

      const fields = [`In-Reply-To: ${fieldOf(seen, 'Message-ID')}`, `References: ${fieldOf(seen, 'Message-ID')}`];
      const answer = letter({
        from: seller.mailbox,
        to: buyerAlias,
        text: `Twice.\n\n> On Monday Lara W. <${buyerAlias}> wrote:\n> Is it oiled?`,
        fields,
      });
      expect(
        (await swaks({ port: relay.smtpPort, from: seller.mailbox, to: buyerAlias, message: answer.replaceAll('\n', '\r\n') })).ok,
      ).toBe(true);
      const [back] = await postfix.waitFor(buyer.mailbox, 1);
      const got = back?.bytes.toString() ?? '';
      expect(fieldOf(got, 'In-Reply-To')).toBe('<q@buyer.example>');
      expect(got).toContain(`On Monday Lara W. <${buyerAlias}> wrote:`);
      for (const secret of [buyer.mailbox, buyer.name, seller.mailbox, seller.name]) {
        expect(seen + got).not.toContain(secret);
        expect(relay.log()).not.toContain(secret);
      }

      const stranger = await swaks({ port: relay.smtpPort, from: 'eve@evil.example', to: 'someone@elsewhere.example', message: question });
      expect(stranger.ok).toBe(false);
      expect(stranger.reply).toMatch(/^550 5\.1\.1 No such address here/);
    } finally {
      await store.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
