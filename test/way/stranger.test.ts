/** A mailbox that a party did not register: the party is asked, and its word decides (requirement A8). */
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { withPolicy } from '../support/own-policy.ts';

const colleague = 'joe@oakbench.example';
const cases: Scene[] = [];
const open = async (env: Readonly<Record<string, string>> = {}): Promise<Scene> => {
  const scene = await openScene(env);
  cases.push(scene);
  return scene;
};
afterAll(() => Promise.all(cases.map((scene) => scene[Symbol.asyncDispose]())));

const write = (scene: Scene, from: string, more: object = {}) =>
  scene.send(from, scene.buyerAlias, letter({ from, to: scene.buyerAlias, text: 'It is oak.', ...more }));
const addressIn = (field: string): string => /<([^>]+)>/.exec(field)?.[1] ?? field;

const questionIn = async (scene: Scene, count = 1): Promise<string> => (await scene.noticed(count, 'stranger')).at(-1) ?? '';
const questions = (scene: Scene) => scene.notices().filter((notice) => fieldOf(notice, 'Postern-Notice') === 'stranger');
const reply = (scene: Scene, question: string, text: string, from: string = seller.mailbox) => {
  const to = addressIn(fieldOf(question, 'From'));
  return scene.send(from, to, letter({ from, to, subject: 'Re: your question', text }));
};

test('a colleague at the party’s own domain: the mail waits, APPROVE sends it, and the next one goes at once', async () => {
  const scene = await open();
  const sent = await write(scene, colleague);
  expect(sent.text).toMatch(/^250 2\.2\.0 Message held/);
  expect(scene.left()).toEqual([]);
  const question = await questionIn(scene);
  expect(scene.hop.messages.at(-1)).toMatchObject({ reversePath: '', recipients: [seller.mailbox] });
  expect(question.replace(/\s+/g, ' ')).toContain('came from joe=EF=BC=A0oakbench.example, a mailbox that');
  expect(question).not.toContain('It is oak');
  expect((await reply(scene, question, 'What is this?')).code).toBe(250);
  expect((await scene.noticed(1, 'answer')).at(-1)).toMatch(/Nothing was done[\s\S]*\* APPROVE: [\s\S]*\* BLOCK: /);
  expect(scene.left()).toEqual([]);
  expect((await reply(scene, question, 'APPROVE', colleague)).text).toMatch(/^550 5\.7\.1 /);
  expect((await reply(scene, question, 'Approve\n\n> Is joe yours?')).code).toBe(250);
  expect(scene.left()).toHaveLength(1);
  expect(scene.left()[0]).toContain('It is oak.');
  expect(fieldOf(scene.left()[0] ?? '', 'From')).toBe(`"Hanna O." <${scene.sellerAlias}>`);
  expect((await write(scene, colleague, { text: 'And oiled.' })).text).toMatch(/^250 2\.0\.0 /);
  await scene.relay.call('PUT', `/v1/parties/${seller.id}`, {
    role: 'seller',
    name: seller.name,
    mailboxes: [{ address: seller.mailbox }],
  });
  expect((await write(scene, colleague, { text: 'Twice.' })).text).toMatch(/^250 2\.0\.0 /);
});

test('two different mails under one Message-ID both wait', async () => {
  const scene = await open();
  await write(scene, colleague, { id: 'one@oakbench.example' });
  await write(scene, colleague, { id: 'one@oakbench.example', text: 'It is beech.' });
  for (const question of await scene.noticed(2)) expect((await reply(scene, question, 'APPROVE')).code).toBe(250);
  expect(scene.left()).toHaveLength(2);
});

test('APPROVE by two people at once delivers once', async () => {
  const scene = await open({ PUBLIC_URL: 'https://relay.market.example' });
  await write(scene, colleague);
  const question = (await questionIn(scene)).replace(/=\r?\n/g, '');
  const [, path = ''] = /https:\/\/relay\.market\.example(\/approve\/a-[a-z0-9-]+)/.exec(question) ?? [];
  const click = () => fetch(`${scene.relay.api}${path}`, { method: 'POST', body: new URLSearchParams({ verdict: 'approved' }) });
  await Promise.all([click(), click(), click()]);
  expect(scene.left()).toHaveLength(1);
});

test('an approved mail that the policy then stops waits on, and its author may still SEND it', () =>
  withPolicy('actions: {seller_to_buyer: {contact-phone: reject}}', async (scene) => {
    await write(scene, colleague, { text: 'It is oak. Or call me: +44 20 7946 0123, any time.' });
    expect((await reply(scene, await questionIn(scene), 'APPROVE')).code).toBe(250);
    expect(scene.left()).toEqual([]);
    const [refused = ''] = await scene.noticed(1, 'refused');
    expect(refused).toContain('SEND');
    expect((await reply(scene, refused, 'SEND', colleague)).code).toBe(250);
    expect(scene.left()[0]).toMatch(/It is oak\. Or call me: \[phone number removed\]/);
  }));

test('BLOCK: the mail is gone, and the mailbox gets 550', async () => {
  const scene = await open();
  await write(scene, colleague);
  expect((await reply(scene, await questionIn(scene), 'block')).code).toBe(250);
  expect((await write(scene, colleague, { text: 'Hello?' })).text).toMatch(/^550 5\.7\.1 /);
  expect(scene.left()).toEqual([]);
  expect(questions(scene)).toHaveLength(1);
});

test('the word is taken back by the other one, at the same address; the mail itself neither comes back nor goes twice', async () => {
  const scene = await open();
  await write(scene, colleague);
  await write(scene, colleague, { text: 'It is beech.' });
  const [first = '', second = ''] = await scene.noticed(2, 'stranger');
  const answered = async (count: number) => (await scene.noticed(count, 'answer')).at(-1)?.replace(/=\r?\n/g, '') ?? '';
  expect((await reply(scene, first, 'BLOCK')).code).toBe(250);
  expect(await answered(1)).toContain('To let it write all the same, reply APPROVE');
  expect((await reply(scene, second, 'BLOCK')).code).toBe(250);
  expect((await reply(scene, first, 'APPROVE', colleague)).text).toMatch(/^550 5\.7\.1 /);
  expect((await reply(scene, first, 'APPROVE')).code).toBe(250);
  expect(await answered(3)).toContain('The mailbox may write in your name from now on. To undo this, reply BLOCK.');
  expect(scene.left()).toEqual([]);
  expect((await write(scene, colleague, { text: 'And oiled.' })).text).toMatch(/^250 2\.0\.0 /);
  expect((await reply(scene, second, 'BLOCK')).code).toBe(250);
  expect(await answered(4)).toContain('Nothing from that mailbox is taken in your name any more');
  expect((await write(scene, colleague, { text: 'Hello?' })).text).toMatch(/^550 5\.7\.1 /);
  expect(scene.left()).toHaveLength(1);
  // The marketplace's own word stands above: mail no longer changes it, and taken back, the party is asked as at first.
  const at = `/v1/parties/${seller.id}/mailboxes/${encodeURIComponent(colleague)}`;
  await scene.relay.call('PUT', at, { verdict: 'approved' });
  expect((await write(scene, colleague, { text: 'At last.' })).text).toMatch(/^250 2\.0\.0 /);
  expect((await reply(scene, first, 'BLOCK')).text).toMatch(/^550 5\.6\.0 There is no message/);
  expect((await scene.relay.call('DELETE', at)).status).toBe(204);
  expect((await write(scene, colleague, { text: 'Once more.' })).text).toMatch(/^250 2\.2\.0 Message held/);
});

test('somebody from elsewhere is asked for only where the mail answers one that only the party got', async () => {
  const scene = await open();
  expect((await write(scene, 'joe@elsewhere.example')).text).toMatch(/^550 5\.7\.1 /);
  await scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias }));
  const id = fieldOf(scene.left().at(-1) ?? '', 'Message-ID');
  expect((await write(scene, 'joe@elsewhere.example', { fields: [`In-Reply-To: ${id}`] })).text).toMatch(/^250 2\.2\.0 /);
  await questionIn(scene);
  expect((await write(scene, 'joe@elsewhere.example', { fields: ['In-Reply-To: <made-up@relay.localhost>'] })).text).toMatch(
    /^550 5\.7\.1 /,
  );
});

test('a party is asked three times a day at most; the same mail again asks nobody', async () => {
  const scene = await open();
  const again = { id: 'same@oakbench.example' };
  expect((await write(scene, colleague, again)).code).toBe(250);
  expect((await write(scene, colleague, again)).code).toBe(250);
  expect((await write(scene, colleague)).code).toBe(250);
  expect((await write(scene, 'ann@oakbench.example')).code).toBe(250);
  expect((await write(scene, 'eve@oakbench.example')).text).toMatch(/^550 5\.7\.1 /);
  await questionIn(scene, 3);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(questions(scene)).toHaveLength(3);
});

test('on the page, in the language of the party; opening it decides nothing', async () => {
  const scene = await open({ PUBLIC_URL: 'https://relay.market.example' });
  const mailboxes = [{ address: seller.mailbox }];
  await scene.relay.call('PUT', `/v1/parties/${seller.id}`, { role: 'seller', name: seller.name, mailboxes, locale: 'it' });
  await write(scene, colleague);
  const question = (await questionIn(scene)).replace(/=\r?\n/g, '');
  const [, path = ''] = /https:\/\/relay\.market\.example(\/approve\/a-[a-z0-9-]+)/.exec(question) ?? [];
  const shown = await fetch(`${scene.relay.api}${path}`);
  expect(await shown.text()).toContain(`${colleague} ha scritto a Suo nome.`);
  expect(scene.left()).toEqual([]);
  const answered = await fetch(`${scene.relay.api}${path}`, { method: 'POST', body: new URLSearchParams({ verdict: 'approved' }) });
  expect(answered.status).toBe(200);
  expect(scene.left()).toHaveLength(1);
  expect((await fetch(`${scene.relay.api}${path}`)).status).toBe(404);
});

test('an author who is not proven is nobody’s colleague', async () => {
  const scene = await open({ SENDER_PROOF: 'monitor', DNS_SERVERS: '127.0.0.1:1' });
  expect((await write(scene, colleague)).text).toMatch(/^550 5\.7\.1 /);
});
