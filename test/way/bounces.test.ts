/** Mail that comes back, through the whole relay: the author is told, the mailbox is left alone, and is heard again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const fromSeller = (id: string): string => letter({ from: seller.mailbox, to: scene.buyerAlias, id, text: 'It is oak, oiled twice.' });

/** As Postfix wrote it, for the message that left last. */
function bounceOfLast(name: string): { readonly to: string; readonly message: string } {
  const left = scene.hop.messages.filter(({ reversePath }) => reversePath !== '').at(-1);
  const ours = fieldOf(left?.bytes.toString() ?? '', 'Message-ID');
  const message = readFileSync(join(import.meta.dirname, '../bounce', `${name}.eml`), 'utf8')
    .replaceAll('jane.roe@mail.example', buyer.mailbox)
    .replaceAll('<k3v9qq0m2s@relay.market.example>', ours)
    .replaceAll('\r\n', '\n');
  return { to: left?.reversePath ?? '', message };
}

const counted = async (outcome: string): Promise<string | undefined> => {
  const text = await (await fetch(`${scene.relay.api}/metrics`)).text();
  return new RegExp(`^postern_bounces_total\\{outcome="${outcome}"\\} (\\d+)$`, 'm').exec(text)?.[1];
};

test('a bounce becomes a report of ours; the next mail to the mailbox is answered at once, until its owner writes', async () => {
  const sent = await scene.send(seller.mailbox, scene.buyerAlias, fromSeller('oak@oakbench.example'));
  expect(sent.code).toBe(250);
  const bounce = bounceOfLast('postfix-unknown');
  const taken = await scene.send('', bounce.to, bounce.message);
  expect(taken.code).toBe(250);
  const [notice = ''] = await scene.noticed(1);
  expect(scene.hop.messages.at(-1)).toMatchObject({ reversePath: '', recipients: [seller.mailbox] });
  expect(fieldOf(notice, 'In-Reply-To')).toBe('<oak@oakbench.example>');
  expect(notice).toContain(`X-Postern-Trace: ${sent.trace}`);
  expect(notice).toMatch(/^Status: 5\.1\.1/m);
  expect(notice).toContain(`Final-Recipient: rfc822; ${scene.buyerAlias}`);
  for (const secret of [buyer.mailbox, buyer.name, 'mx.mail.example', 'virtual']) {
    expect(notice).not.toContain(secret);
    expect(scene.relay.log()).not.toContain(secret);
  }
  const entry = (await scene.relay.call('GET', `/v1/messages/${sent.trace}`)).body;
  expect(entry).toMatchObject({ disposition: 'relay', bouncedAt: expect.any(String), bounceReason: 'unknown' });
  expect((await scene.relay.call('GET', `/v1/messages/${taken.trace}`)).body).toMatchObject({ disposition: 'drop' });
  expect((await scene.relay.call('GET', `/v1/parties/${buyer.id}`)).body).toMatchObject({
    mailboxes: [{ unreachable: { reason: 'unknown' } }],
  });

  const refused = await scene.send(seller.mailbox, scene.buyerAlias, fromSeller('again@oakbench.example'));
  expect(refused.text).toMatch(/^550 5\.1\.1 The recipient of this address cannot be reached/);
  const answer = letter({ from: buyer.mailbox, to: scene.sellerAlias, text: 'I am still here.' });
  expect((await scene.send(buyer.mailbox, scene.sellerAlias, answer)).code).toBe(250);
  expect((await scene.send(seller.mailbox, scene.buyerAlias, fromSeller('third@oakbench.example'))).code).toBe(250);
});

test('a delay, a read receipt and a vacation are taken and go nowhere', async () => {
  await scene.send(seller.mailbox, scene.buyerAlias, fromSeller('more@oakbench.example'));
  const before = scene.hop.messages.length;
  for (const name of ['postfix-delayed', 'read-receipt', 'vacation']) {
    const { to, message } = bounceOfLast(name);
    expect((await scene.send('', to, message)).code).toBe(250);
  }
  expect(scene.hop.messages).toHaveLength(before);
  expect([await counted('delayed'), await counted('answer')]).toEqual(['1', '2']);
});

test('a return-path that nobody was given is refused, and counted', async () => {
  const { to, message } = bounceOfLast('postfix-unknown');
  const forged = await scene.send('', to.replace(/-.{8}@/, '-aaaaaaaa@'), message);
  expect(forged.text).toMatch(/^550 5\.1\.1 /);
  expect(await counted('forged')).toBe('1');
});
