/** Who breaks rules again and again: strikes, ladder, statement of reasons, objection, operator (requirements D8, G3, G4, G5). */
import { buyer, fieldOf, letter, type Scene, seller } from '../support/scene.ts';
import { withPolicy } from '../support/own-policy.ts';

const offPlatform = (count: number) =>
  `Order directly at our own shop next time, there it is 2${count} % cheaper. Pay by bank transfer and skip the marketplace fees.`;

/** Text and subject as a reader sees them. */
const readable = (message: string): string =>
  Buffer.from(
    message.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
    .toString()
    .replaceAll('\r', '');

const from = (scene: Scene) => ({
  seller: (text: string, more: object = {}) =>
    scene.send(seller.mailbox, scene.buyerAlias, letter({ from: seller.mailbox, to: scene.buyerAlias, text, ...more })),
  buyer: (text: string) => scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias, text })),
});

const statements = async (scene: Scene, count: number): Promise<readonly string[]> => {
  const all = () => scene.notices().filter((notice) => fieldOf(notice, 'Postern-Notice') === 'standing');
  for (const patience = Date.now() + 10_000; all().length < count; ) {
    if (Date.now() > patience) throw new Error(`no ${count} statements of reasons came; ${scene.relay.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return all().map(readable);
};

const german = (scene: Scene, notices = 'each') =>
  scene.relay.call('PUT', `/v1/parties/${seller.id}`, {
    role: 'seller',
    name: seller.name,
    mailboxes: [{ address: seller.mailbox }],
    locale: 'de',
    notices,
  });
const standing = async (scene: Scene, id: string = seller.id) => (await scene.relay.call('GET', `/v1/parties/${id}/standing`)).body;

const strict = 'ladder: { perDay: 100, warning: { at: 3, days: 30 }, startingBlocked: { at: 6, days: 7 } }\n';

test('up the ladder by real mails, in German; answers pass; an objection that is upheld brings it down', async () => {
  await withPolicy(strict, async (scene) => {
    await german(scene);
    const write = from(scene);
    expect(await standing(scene)).toMatchObject({ level: 'good', source: 'automatic', points: 0, strikes: [] });

    const first = await write.seller(offPlatform(1));
    expect(await standing(scene)).toMatchObject({
      level: 'good',
      points: 2,
      strikes: [{ trace: first.trace, rule: 'off-platform', weight: 2 }],
    });
    const second = await write.seller(offPlatform(2));
    const [warning = ''] = await statements(scene, 1);
    expect(await standing(scene)).toMatchObject({ level: 'warned', points: 4, strikes: [{ trace: second.trace }, { trace: first.trace }] });
    expect(fieldOf(warning, 'Subject')).toContain('Verwarnung');
    expect(fieldOf(warning, 'To')).toContain(scene.sellerAlias);
    expect(warning).toContain('Gesperrt ist nichts.');
    expect(warning.match(/^\* \d{4}-\d\d-\d\d \d\d:\d\d UTC, Lara W\., Geschäft außerhalb des Marktplatzes$/gm)).toHaveLength(2);
    expect(warning).toContain('automatisch getroffen');
    expect(warning).toContain('Antworten Sie auf diese E-Mail');
    for (const secret of [buyer.mailbox, buyer.name, seller.mailbox]) expect(warning).not.toContain(secret);
    expect((await write.seller('Shall I oil it twice?')).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);

    const third = await write.seller(offPlatform(3));
    const [, block = ''] = await statements(scene, 2);
    expect(block).toMatch(/Das gilt von \d{4}-\d\d-\d\d \d\d:\d\d UTC bis \d{4}-\d\d-\d\d \d\d:\d\d UTC\./);
    expect(block).toContain('kein Gespräch mit Käufern beginnen');
    const now = await standing(scene);
    expect(now).toMatchObject({ level: 'starting-blocked', points: 6, source: 'automatic' });
    expect(Date.parse(`${now.until}`) - Date.parse(`${now.from}`)).toBe(7 * 86_400_000);

    const before = scene.left().length;
    const stopped = await write.seller('Shall I oil it thrice?', { subject: 'A harmless question' });
    expect(stopped.text).toMatch(/^250 2\.0\.0 Not delivered, a notice tells why/);
    const told = readable(await scene.noticeAbout(stopped.trace));
    expect(told).toMatch(/Sie können zurzeit kein Gespräch mit Käufern beginnen \(bis \d{4}-\d\d-\d\d \d\d:\d\d UTC\)\./);
    expect(told).toContain('„A harmless question“');
    expect(told).toMatch(/^X-Postern-Rules: .*starting-blocked/m);
    expect(told).not.toContain('Ändern Sie Ihre Nachricht');
    expect((await scene.relay.call('GET', `/v1/messages/${stopped.trace}`)).body).toMatchObject({
      disposition: 'reject',
      findings: [{ rule: 'starting-blocked' }],
      reason: expect.stringContaining('starting-blocked, until 20'),
    });
    expect(scene.left()).toHaveLength(before);
    expect(await standing(scene)).toMatchObject({ points: 6 });

    await write.buyer('When does it come?');
    expect((await write.seller('On Tuesday.')).text).toMatch(/^250 2\.0\.0 [a-z0-9]{16}$/);
    expect(readable(scene.left().at(-1) ?? '')).toContain('On Tuesday.');

    const to = /<(c-[^>]+)>/.exec(fieldOf(block, 'From'))?.[1] ?? '';
    await scene.send(seller.mailbox, to, letter({ from: seller.mailbox, to, text: 'Das war ein Zitat des Käufers.' }));
    const open = async () => (await scene.relay.call('GET', '/v1/objections?open=true')).body.objections;
    expect(await open()).toMatchObject([{ trace: third.trace, party: seller.id, text: 'Das war ein Zitat des Käufers.' }]);
    const path = `/v1/objections/${third.trace}/${seller.id}`;
    expect((await scene.relay.call('PUT', path, { outcome: 'upheld', note: 'Stimmt.' })).status).toBe(200);
    expect(await standing(scene)).toMatchObject({ level: 'warned', points: 4, strikes: [{ trace: third.trace, lifted: true }, {}, {}] });
    const [, , lifted = ''] = await statements(scene, 3);
    expect(lifted).toContain('vorzeitig beendet');
    expect(await open()).toEqual([]);
    expect((await scene.relay.call('GET', '/v1/objections')).body.objections).toMatchObject([{ outcome: 'upheld', note: 'Stimmt.' }]);
    await scene.relay.call('PUT', path, { outcome: 'upheld' });
    expect(await statements(scene, 3)).toHaveLength(3);
    expect(scene.relay.log()).not.toContain('Zitat');
  });
});

test('an operator’s word goes before all, both ways, and is stated with its reason also to who wants no notices', async () => {
  await withPolicy(strict, async (scene) => {
    await german(scene, 'off');
    const write = from(scene);
    await write.buyer('When does it come?');
    const path = `/v1/parties/${seller.id}/standing`;
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const set = await scene.relay.call('PUT', path, { level: 'all-blocked', until, reason: 'Betrug in drei Fällen' });
    expect(set.body).toMatchObject({ level: 'all-blocked', until, source: 'operator', reason: 'Betrug in drei Fällen' });
    const [blocked = ''] = await statements(scene, 1);
    for (const words of ['Grund: Betrug in drei Fällen', 'ein Mensch vom Marktplatz', 'beim Marktplatz widersprechen'])
      expect(blocked).toContain(words);
    const answer = await write.seller('On Tuesday.');
    expect(answer.text).toMatch(
      /^550 5\.7\.1 None of your messages is delivered for now \(until \d{4}-\d\d-\d\d \d\d:\d\d UTC\) \(trace [a-z0-9]{16}\)$/,
    );
    expect((await scene.relay.call('PUT', path, { level: 'all-blocked', until, reason: 'Betrug in drei Fällen' })).status).toBe(200);

    expect((await scene.relay.call('DELETE', path)).body).toMatchObject({ level: 'good', source: 'automatic' });
    expect((await statements(scene, 2))[1]).toContain('vorzeitig beendet');
    expect((await write.seller('On Wednesday.')).code).toBe(250);

    await scene.relay.call('PUT', path, { level: 'good' });
    for (const count of [1, 2, 3]) await write.seller(offPlatform(count));
    expect(await standing(scene)).toMatchObject({ level: 'good', source: 'operator', points: 6 });
    expect(await statements(scene, 2)).toHaveLength(2);

    expect((await scene.relay.call('PUT', `/v1/parties/${buyer.id}/standing`, { level: 'starting-blocked' })).status).toBe(400);
    for (const body of [{ level: 'bad' }, { level: 'warned', until: '2001-01-01' }, { level: 'warned', until: 'soon' }, {}]) {
      expect((await scene.relay.call('PUT', path, body)).status).toBe(400);
    }
    for (const method of ['GET', 'DELETE']) expect((await scene.relay.call(method, '/v1/parties/nobody/standing')).status).toBe(404);
    expect((await scene.relay.call('PUT', '/v1/reports/nothing/b-1', { outcome: 'upheld' })).status).toBe(404);
    await scene.relay.call('PUT', `/v1/parties/${buyer.id}/standing`, { level: 'all-blocked' });
    expect((await write.buyer('Hello?')).text).toMatch(/Not delivered/);
  });
});
