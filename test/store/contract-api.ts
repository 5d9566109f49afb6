/** What every store must do with the tokens of the API, and with answers for calls that are repeated. */
import { createHash } from 'node:crypto';
import { type ApiToken, digestOf, mintToken } from '../../src/model/token.ts';
import type { Store } from '../../src/store/store.ts';
import { type Engine, newId } from './fixtures.ts';

const day = 86_400_000;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export function apiContract(engine: () => Engine): void {
  describe('what the API keeps', () => {
    let at = Date.now();
    let stores: readonly [Store, Store];
    beforeAll(async () => {
      stores = [await engine().open({ now: () => at }), await engine().open({ now: () => at })];
    });
    afterAll(async () => {
      for (const store of stores) await store[Symbol.asyncDispose]();
    });

    const made = async (more: Partial<ApiToken> = {}) => {
      const text = mintToken();
      const token: ApiToken = { id: newId('k'), name: 'shop front', scopes: ['read', 'write'], madeAt: at, ...more };
      await stores[0].tokens.add(token, digestOf(text));
      return { text, token };
    };

    test('tokens are found by their digests until they end, and listed; nothing on the disk opens the door', async () => {
      const [store, other] = stores;
      const [first, second] = [await made(), await made({ madeAt: at + 1, endsAt: at + day })];
      expect(await other.tokens.find(digestOf(first.text))).toEqual(first.token);
      expect(await other.tokens.find(digestOf(second.text))).toEqual(second.token);
      expect(await other.tokens.find(digestOf(mintToken()))).toBeUndefined();
      const ours = async () => (await other.tokens.list()).filter(({ id }) => id === first.token.id || id === second.token.id);
      expect(await ours()).toEqual([first.token, second.token]);
      at += day;
      expect(await store.tokens.find(digestOf(second.text))).toBeUndefined();
      expect(await ours()).toEqual([first.token, second.token]);
      const bytes = await engine().dump();
      expect(bytes.includes(first.text)).toBe(false);
    });

    test('a revoked token opens nothing from then on, and the others stay', async () => {
      const [store, other] = stores;
      const [gone, stays] = [await made(), await made()];
      expect(await store.tokens.revoke(gone.token.id)).toBe(true);
      expect(await other.tokens.find(digestOf(gone.text))).toBeUndefined();
      expect(await other.tokens.find(digestOf(stays.text))).toEqual(stays.token);
      expect(await other.tokens.revoke(gone.token.id)).toBe(false);
    });

    test('a call is made by one, and its answer is given to all who repeat it; the key of another call tells nothing', async () => {
      const [store, other] = stores;
      const keyed = { key: digest(newId('key')), call: digest('call') };
      const claims = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? store : other).answers.claim(keyed, 60)));
      expect(claims.map(({ kind }) => kind).toSorted()).toEqual([...Array(9).fill('busy'), 'claimed']);
      expect(await other.answers.claim({ ...keyed, call: digest('another') }, 60)).toEqual({ kind: 'other' });
      await store.answers.keep(keyed, 'Zoë 李 asked for two lamps');
      expect(await other.answers.claim(keyed, 60)).toEqual({ kind: 'done', answer: 'Zoë 李 asked for two lamps' });
      expect(await other.answers.claim({ ...keyed, call: digest('another') }, 60)).toEqual({ kind: 'other' });
      await other.answers.release(keyed);
      expect(await store.answers.claim(keyed, 60)).toEqual({ kind: 'done', answer: 'Zoë 李 asked for two lamps' });
      expect((await engine().dump()).includes('Zoë 李 asked')).toBe(false);
    });

    test('a call that failed may be made again; one whose caller died too, once its time is over', async () => {
      const [store, other] = stores;
      const keyed = { key: digest(newId('key')), call: digest('call') };
      expect((await store.answers.claim(keyed, 60)).kind).toBe('claimed');
      await store.answers.release({ ...keyed, call: digest('another') });
      expect((await other.answers.claim(keyed, 60)).kind).toBe('busy');
      await store.answers.release(keyed);
      expect((await other.answers.claim(keyed, 0.02)).kind).toBe('claimed');
      at += 20;
      const patience = Date.now() + 2000;
      let kind = '';
      while (kind !== 'claimed' && Date.now() < patience) ({ kind } = await store.answers.claim(keyed, 60));
      expect(kind).toBe('claimed');
    });
  });
}
