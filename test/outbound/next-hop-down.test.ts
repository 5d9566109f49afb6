/** A relay whose next hop went down: who has mail for an alias learns it before sending it, nothing else stops, and it is well again by itself. */
import { buyer, letter, openScene, seller } from '../support/scene.ts';
import { dial } from '../support/smtp.ts';

const down = Array.from({ length: 5 }, () => ({ say: '421 4.3.2 down', and: 'close' as const }));

test('451 at RCPT; bounces and commands are taken, unknown addresses refused; then the way is open again', async () => {
  const dot = [{ say: '250 2.0.0 Ok', and: 'close' as const }];
  await using scene = await openScene({}, { at: { connect: ['220 sink.test', ...down], dot } });
  const { relay, hop } = scene;
  const send = () => scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
  const events = (event: string) => relay.log().split(`"event":"${event}"`).length - 1;
  const metric = async (name: string) => new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${relay.api}/metrics`)).text())?.[1];

  expect((await send()).code).toBe(250);
  const returnPath = hop.messages[0]?.reversePath ?? '';
  for (let turn = 0; turn < 5; turn++) expect((await send()).text).toMatch(/^451 4\.4\.1 /);
  expect(events('next-hop-down')).toBe(1);
  expect(await metric('postern_next_hop_down')).toBe('1');

  using client = await dial(relay.smtpPort);
  await client.command(`MAIL FROM:<${buyer.mailbox}>`, /^250 /);
  await client.command(`RCPT TO:<${scene.sellerAlias}>`, /^451 4\.4\.1 The next mail server cannot be reached/);
  await client.command(`RCPT TO:<nobody@${scene.sellerAlias.split('@')[1]}>`, /^550 5\.1\.1 /);
  await client.command('RSET', /^250 /);
  await client.command('MAIL FROM:<>', /^250 /);
  await client.command(`RCPT TO:<${returnPath}>`, /^250 /);
  expect((await relay.call('GET', '/readyz')).status).toBe(200);

  let { code } = await send();
  for (const patience = Date.now() + 10_000; code !== 250 && Date.now() < patience; { code } = await send()) {
    expect(code).toBe(451);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(code).toBe(250);
  expect(hop.messages.map(({ recipients }) => recipients[0])).toEqual([seller.mailbox, seller.mailbox]);
  expect(events('next-hop-down')).toBe(1);
  expect(events('next-hop-up')).toBe(1);
  expect(await metric('postern_next_hop_down')).toBe('0');
  expect(await metric('postern_next_hop_down_total')).toBe('1');
  expect(relay.log()).not.toContain('oakbench');
});
