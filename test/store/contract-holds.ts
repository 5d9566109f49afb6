/** What every store must do with held messages. */
import { randomBytes } from 'node:crypto';
import type { Store } from '../../src/store/store.ts';
import { depthContract } from './contract-depth.ts';
import { buyer, type Engine, holdCase, message, newId, seller } from './fixtures.ts';

export function holdContract(stores: () => readonly [Store, Store], engine: () => Engine): void {
  depthContract(engine);

  describe('a held message', () => {
    test('comes back byte for byte', async () => {
      const [store, other] = stores();
      const trace = newId('t');
      const received = message(trace, randomBytes(3_000_000));
      const about = holdCase(newId('c'), newId('s'), 'tracking-pixel');
      await store.holds.keep(received, about);
      const held = await other.holds.read(trace);
      expect(held).toMatchObject(about);
      expect(held?.received.envelope).toEqual(received.envelope);
      expect(held?.received.at).toBe(received.at);
      expect(Buffer.compare(held?.received.raw ?? Buffer.alloc(0), received.raw)).toBe(0);
      expect(await other.holds.read(newId('t'))).toBeUndefined();
    });

    test('is given out once, however many ask at once', async () => {
      const [store, other] = stores();
      const trace = newId('t');
      const about = holdCase(newId('c'));
      await store.holds.keep(message(trace), about);
      const taken = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 ? store : other).holds.take(trace)));
      const given = taken.filter((held) => held !== undefined);
      expect(given).toHaveLength(1);
      expect(given[0]).toMatchObject({ ...about, received: { trace } });
      expect(Buffer.from(given[0]?.received.raw ?? []).toString()).toBe(Buffer.from(message(trace).raw).toString());
      expect(await store.holds.read(trace)).toBeUndefined();
      expect(await other.holds.take(newId('t'))).toBeUndefined();
    });

    test('is one of 20 of its author: the oldest goes when another one comes', async () => {
      const [store, other] = stores();
      const [loud, quiet] = [newId('b'), newId('b')];
      const first = newId('t');
      await store.holds.keep(message(first), holdCase(newId('c'), quiet));
      const traces = Array.from({ length: 23 }, () => newId('t'));
      // In several conversations: the cap is the author's. One is kept twice and counts once.
      for (const [at, trace] of traces.entries()) {
        await (at % 2 ? store : other).holds.keep(message(trace), holdCase(newId('c'), loud));
        if (at === 10) await store.holds.keep(message(trace), holdCase(newId('c'), loud));
      }
      const there = await Promise.all(traces.map((trace) => store.holds.read(trace)));
      expect(there.map((held) => held !== undefined)).toEqual(traces.map((_, at) => at >= 3));
      expect(await other.holds.read(first)).toBeDefined();
    });

    test('is one of 20 also where they come in the same millisecond', async () => {
      const now = Date.now();
      await using store = await engine().open({ now: () => now });
      const party = newId('b');
      // In the order of the alphabet, backwards: what comes last stands first there.
      const traces = Array.from({ length: 22 }, () => newId('t'))
        .toSorted()
        .toReversed();
      for (const trace of traces) await store.holds.keep(message(trace), holdCase('c', party));
      const there = await Promise.all(traces.map((trace) => store.holds.read(trace)));
      expect(there.map((held) => held !== undefined)).toEqual(traces.map((_, at) => at >= 2));
    });

    test('makes room when it is taken', async () => {
      const [store] = stores();
      const party = newId('b');
      const traces = Array.from({ length: 20 }, () => newId('t'));
      for (const trace of traces) await store.holds.keep(message(trace), holdCase('c', party));
      await store.holds.take(traces[7] ?? '');
      await store.holds.keep(message(newId('t')), holdCase('c', party));
      expect(await store.holds.read(traces[0] ?? '')).toBeDefined();
    });

    test('goes with the party that wrote it', async () => {
      const [store, other] = stores();
      const [b, s] = [buyer(), seller()];
      for (const party of [b, s]) await store.directory.putParty(party);
      // Conversations that this store does not know: the message is found by its author alone.
      const [mine, theirs] = [newId('t'), newId('t')];
      await store.holds.keep(message(mine), holdCase(newId('c'), b.id));
      await store.holds.keep(message(theirs), holdCase(newId('c'), s.id));
      await other.directory.forget(b.id);
      expect(await store.holds.read(mine)).toBeUndefined();
      expect(await store.holds.take(mine)).toBeUndefined();
      expect(await store.holds.read(theirs)).toBeDefined();
    });
  });
}
