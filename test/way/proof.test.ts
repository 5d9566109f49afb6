/** Why a message was taken for its author's, or was not: what the journal, the API and `explain` say of the proof (RFC 8601). */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type NameServer, startDns } from '../support/dnsmasq.ts';
import { testWith } from '../support/programs.ts';
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { key, recordOf, signed } from '../threats/proving.ts';

const root = join(import.meta.dirname, '../..');
const domain = 'oakbench.example';
const silent = 'hanna@mail.silent.test';
let dns: NameServer;
let scene: Scene;
/** An alias that the seller may not write to. */
let others = '';
const folder = mkdtempSync(join(tmpdir(), 'postern-proof-'));

beforeAll(async () => {
  dns = await startDns({ [`s1._domainkey.${domain}`]: [recordOf(key)], 'buyer.example': ['v=spf1 ip4:127.0.0.1 -all'] });
  // The name server knows what is below .example alone, and refuses to answer for any other name.
  writeFileSync(join(folder, 'policy.yaml'), 'actions: {seller_to_buyer: {contact-phone: hold}}');
  symlinkSync(join(root, 'config/phrases'), join(folder, 'phrases'));
  scene = await openScene({ SENDER_PROOF: 'enforce', DNS_SERVERS: dns.address, POLICY_FILE: join(folder, 'policy.yaml') });
  const mailboxes = [{ address: seller.mailbox }, { address: silent }];
  await scene.relay.call('PUT', `/v1/parties/${seller.id}`, { role: 'seller', name: seller.name, mailboxes });
  await scene.relay.call('PUT', '/v1/parties/s-2', { role: 'seller', name: 'Ann Ek', mailboxes: [{ address: 'ann@else.example' }] });
  others = `${(await scene.relay.call('PUT', '/v1/conversations', { buyer: buyer.id, seller: 's-2' })).body.buyerAlias}`;
});
afterAll(async () => {
  await scene?.[Symbol.asyncDispose]();
  await dns?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const message = (from: string, text = 'Twice.') => letter({ from, to: scene.buyerAlias, text }).replaceAll('\n', '\r\n');
const traceIn = (reply: string) => /trace ([a-z0-9]{16})/.exec(reply)?.[1] ?? '';
const told = async (trace: string) => (await scene.relay.call('GET', `/v1/messages/${trace}`)).body;
async function explained(trace: string): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', POLICY_FILE: join(root, 'config/policy.yaml'), API_TOKEN: scene.relay.token };
  const command = [join(root, 'src/cli/postern.ts'), 'explain', trace];
  return (await promisify(execFile)(process.execPath, command, { cwd: scene.relay.folder, env })).stdout;
}

testWith('dnsmasq')('a message that is relayed tells by what its author was proven', async () => {
  const { trace } = await scene.send('bounce@evil.example', scene.buyerAlias, signed(message(seller.mailbox), { domain }));
  expect(await told(trace)).toMatchObject({ disposition: 'relay', authentication: { spf: 'none', dkim: 'pass', aligned: true } });
  const asked = letter({ from: buyer.mailbox, to: scene.sellerAlias });
  const { trace: second } = await scene.send(buyer.mailbox, scene.sellerAlias, asked);
  expect(await told(second)).toMatchObject({ disposition: 'relay', authentication: { spf: 'pass', dkim: 'none', aligned: true } });
  expect(await explained(second)).toContain('Its author: spf=pass dkim=none -> proven by SPF.');
});

testWith('dnsmasq')('one that is refused for want of proof tells what was found, and nothing of whom it named', async () => {
  const { text } = await scene.send(buyer.mailbox, scene.buyerAlias, message(seller.mailbox));
  expect(text).toMatch(/^550 5\.7\.26 /);
  const entry = await told(traceIn(text));
  expect(entry).toMatchObject({ disposition: 'reject', authentication: { spf: 'pass', dkim: 'none', aligned: false } });
  expect(entry.steps).toHaveProperty('authenticate');
  expect(JSON.stringify(entry)).not.toMatch(/oakbench|buyer\.example/);
  expect(await explained(traceIn(text))).toContain('spf=pass dkim=none -> not proven, SPF does not stand for the author’s domain.');
});

testWith('dnsmasq')('so does one that is put off because DNS does not answer', async () => {
  const { text } = await scene.send(silent, scene.buyerAlias, message(silent));
  expect(text).toMatch(/^451 4\.4\.3 /);
  expect(await told(traceIn(text))).toMatchObject({
    disposition: 'defer',
    authentication: { spf: 'temperror', dkim: 'none', aligned: false },
  });
});

testWith('dnsmasq')('one that is refused for another reason tells it, too', async () => {
  const { text } = await scene.send(seller.mailbox, others, signed(message(seller.mailbox), { domain }));
  expect(text).toMatch(/^550 5\.7\.1 /);
  expect(await told(traceIn(text))).toMatchObject({ disposition: 'reject', authentication: { dkim: 'pass', aligned: true } });
});

testWith('dnsmasq')('one that was held keeps it when it goes on', async () => {
  const held = signed(message(seller.mailbox, 'It is oiled. Or call me: +44 20 7946 0123, any time.'), { domain });
  const { text, trace } = await scene.send(seller.mailbox, scene.buyerAlias, held);
  expect(text).toMatch(/^250 2\.2\.0 /);
  const from = fieldOf(await scene.noticeAbout(trace), 'From');
  const to = /<([^>]+)>/.exec(from)?.[1] ?? from;
  const word = signed(letter({ from: seller.mailbox, to, text: 'SEND' }).replaceAll('\n', '\r\n'), { domain });
  expect((await scene.send(seller.mailbox, to, word)).code).toBe(250);
  expect(await told(trace)).toMatchObject({ disposition: 'relay', authentication: { dkim: 'pass', aligned: true } });
});
