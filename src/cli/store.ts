/** The relay's own store, for commands that only look: opened with the relay's settings, closed again. */
import { openStoreFor } from '../adapters.ts';
import { loadSettings } from '../config/load.ts';
import type { Store } from '../store/store.ts';

export async function withStore<T>(look: (store: Store) => Promise<T>): Promise<T> {
  await using store = await openStoreFor(loadSettings({ env: process.env, cwd: process.cwd() }));
  return await look(store);
}
