/** The tag in the subject counts as often as the budget allows, and not after reports; those weigh what a person says (requirements C5, G3). */
import { buyer, letter, type Scene, seller } from '../support/scene.ts';
import { withPolicy } from '../support/own-policy.ts';

const decoded = (message: string): string =>
  message
    .replace(/=\r?\n/g, '')
    .replaceAll('=3D', '=')
    .replaceAll('\r', '');
const other = { id: 'b-2', name: 'Nils Borg', mailbox: 'nils.borg@other.example' } as const;

const start = (scene: Scene, to: string, { subject = '[Important] Colour', text = '' } = {}) =>
  scene.send(seller.mailbox, to, letter({ from: seller.mailbox, to, subject, text: text || 'Is it to be light oak or dark oak?' }));
const standing = async (scene: Scene) => (await scene.relay.call('GET', `/v1/parties/${seller.id}/standing`)).body;
const passed = /^250 2\.0\.0 [a-z0-9]{16}$/;
const stopped = /Not delivered/;

async function unwanted(scene: Scene): Promise<string> {
  await scene.relay.call('PUT', `/v1/parties/${buyer.id}`, {
    role: 'buyer',
    name: buyer.name,
    mailboxes: [{ address: buyer.mailbox }],
    optedOut: true,
  });
  await scene.relay.call('PUT', `/v1/parties/${other.id}`, {
    role: 'buyer',
    name: other.name,
    mailboxes: [{ address: other.mailbox }],
    optedOut: true,
  });
  await scene.relay.call('PUT', '/v1/orders/4712', { buyer: other.id, seller: seller.id, kind: 'standard' });
  return `${(await scene.relay.call('PUT', '/v1/conversations', { buyer: other.id, seller: seller.id })).body.buyerAlias}`;
}

test('three tagged messages a month pass an opt-out, each once; the fourth is told when the tag counts again', async () => {
  await withPolicy('{}\n', async (scene) => {
    // Where it is not needed it costs nothing.
    const beside = await start(scene, scene.buyerAlias);
    expect((await scene.relay.call('GET', `/v1/messages/${beside.trace}`)).body).toMatchObject({ disposition: 'relay', tag: 'beside' });
    const second = await unwanted(scene);
    expect((await start(scene, scene.buyerAlias, { subject: 'Colour' })).text).toMatch(stopped);
    expect(await standing(scene)).toMatchObject({ critical: { budget: 3, left: 3 } });
    const one = letter({ from: seller.mailbox, to: scene.buyerAlias, subject: '[Important] Colour', text: 'Light or dark?' });
    const first = await scene.send(seller.mailbox, scene.buyerAlias, one);
    expect(first.text).toMatch(passed);
    const tagged = decoded(scene.left().at(-1) ?? '');
    expect(tagged).toMatch(/\n\n\[Report this message: r-[a-z0-9]+-[a-z2-7]{8}@relay\.localhost\]\s+Light or dark\?\s*$/);
    expect((await scene.relay.call('GET', `/v1/messages/${first.trace}`)).body).toMatchObject({ tag: 'needed' });
    await scene.send(seller.mailbox, scene.buyerAlias, one);
    expect(await standing(scene)).toMatchObject({ critical: { left: 2 } });
    // What is stopped for another reason uses nothing.
    expect((await start(scene, second, { text: 'Thank you for your order!' })).text).toMatch(stopped);
    expect((await start(scene, second, { text: 'Please leave us a 5 star review and get 10 EUR back.' })).text).toMatch(stopped);
    expect(await standing(scene)).toMatchObject({ critical: { left: 2 } });
    for (const to of [second, scene.buyerAlias]) expect((await start(scene, to)).text).toMatch(passed);

    const fourth = await start(scene, second);
    expect(fourth.text).toMatch(stopped);
    const notice = decoded(await scene.noticeAbout(fourth.trace));
    expect(notice).toMatch(/Your tag \[Important\] does not count at the moment: it counts 3 times in 30 days/);
    const [, again = ''] = /It counts again from (\d{4}-\d\d-\d\d \d\d:\d\d) UTC\./.exec(notice) ?? [];
    expect(Math.abs(Date.parse(`${again}Z`) - Date.now() - 30 * 86_400_000)).toBeLessThan(120_000);
    expect(await standing(scene)).toMatchObject({ critical: { left: 0, why: 'used-up' } });

    await scene.relay.call('PUT', '/v1/orders/4713', { buyer: other.id, seller: seller.id, kind: 'wine' });
    expect((await start(scene, second)).text).toMatch(passed);
    expect((await start(scene, second, { subject: 'Colour' })).text).toMatch(passed);
  });
});

test('the budget grows with the orders; two buyers’ reports take the tag away, one buyer’s do not; dismissed ones give it back', async () => {
  await withPolicy('critical: { atLeast: 0, per100Orders: 42 }\n', async (scene) => {
    const second = await unwanted(scene);
    expect((await start(scene, second)).text).toMatch(stopped);
    const orders = Array.from({ length: 10 }, (_, at) => `/v1/orders/many-${at}`);
    for (const path of orders) await scene.relay.call('PUT', path, { buyer: buyer.id, seller: seller.id, kind: 'standard' });
    expect(await standing(scene)).toMatchObject({ critical: { budget: 5, left: 5 } });

    const report = async (from: string, message: string) => {
      const to = /r-[a-z0-9]+-[a-z2-7]{8}@relay\.localhost/.exec(decoded(message))?.[0] ?? '';
      return scene.send(from, to, letter({ from, to, text: 'This was not important.' }));
    };
    const traces: string[] = [];
    for (const _ of ['first', 'second']) {
      traces.push((await start(scene, scene.buyerAlias)).trace);
      expect((await report(buyer.mailbox, scene.left().at(-1) ?? '')).code).toBe(250);
    }
    expect(await standing(scene)).toMatchObject({ points: 0, critical: { left: 3 } });
    traces.push((await start(scene, second)).trace);
    await report(other.mailbox, scene.left().at(-1) ?? '');
    const { critical } = (await standing(scene)) as { critical: { why: string; awayUntil: string } };
    expect(critical.why).toBe('reported');
    expect(Math.abs(Date.parse(critical.awayUntil) - Date.now() - 30 * 86_400_000)).toBeLessThan(60_000);
    const fourth = await start(scene, second);
    expect(fourth.text).toMatch(stopped);
    const notice = decoded(await scene.noticeAbout(fourth.trace));
    expect(notice).toContain('buyers reported messages that carried it');

    const find = (trace: string, party: string, outcome: string) => scene.relay.call('PUT', `/v1/reports/${trace}/${party}`, { outcome });
    await find(traces[2] ?? '', other.id, 'dismissed');
    expect(await standing(scene)).toMatchObject({ points: 0, critical: { left: 2 } });
    expect((await start(scene, second)).text).toMatch(passed);
    await find(traces[0] ?? '', buyer.id, 'upheld');
    expect(await standing(scene)).toMatchObject({
      points: 2,
      strikes: [{ rule: 'report', trace: traces[0] }],
      critical: { why: 'reported' },
    });
    await find(traces[1] ?? '', buyer.id, 'upheld');
    expect(await standing(scene)).toMatchObject({ level: 'warned', points: 4 });
    for (const trace of traces.slice(0, 2)) await find(trace, buyer.id, 'dismissed');
    const all = { level: 'good', points: 0, strikes: [{ lifted: true }, { lifted: true }], critical: { left: 1 } };
    expect(await standing(scene)).toMatchObject(all);
    expect((await scene.relay.call('GET', '/v1/reports?open=true')).body.reports).toEqual([]);
  });
});
