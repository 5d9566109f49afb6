/** What every store must say of how much waits in it. */
import { buyer, type Engine, holdCase, message, newId } from './fixtures.ts';

export function depthContract(engine: () => Engine): void {
  test('held messages are counted, with the time of the one kept first, until they are taken, are too many, end or are forgotten', async () => {
    let now = Date.now();
    await using store = await engine().open({ now: () => now });
    const before = (await store.holds.depth()).count;
    const [one, two] = [newId('t'), newId('t')];
    const party = buyer();
    await store.directory.putParty(party);
    await store.holds.keep(message(one), holdCase(newId('c'), party.id));
    now += 60_000;
    for (const trace of [two, two]) await store.holds.keep(message(trace), holdCase(newId('c')));
    expect(await store.holds.depth()).toEqual({ count: before + 2, oldest: expect.any(Number) });
    if (before === 0) expect((await store.holds.depth()).oldest).toBe(now - 60_000);
    await store.directory.forget(party.id);
    expect((await store.holds.depth()).count).toBe(before + 1);
    await store.holds.take(two);
    expect((await store.holds.depth()).count).toBe(before);
    const loud = newId('b');
    for (let at = 0; at < 22; at += 1) await store.holds.keep(message(newId('t')), holdCase('c', loud));
    expect((await store.holds.depth()).count).toBe(before + 20);
    now += 73 * 3_600_000;
    expect(await store.holds.depth()).toEqual({ count: 0 });
  });
}
