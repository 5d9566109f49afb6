/** All keys of the relay, server by server, a few hundred at a time. What is moved between servers meanwhile may be missed, or come twice. */
import type { RedisNode } from './durability.ts';

const AT_ONCE = 200;

export interface Scanned {
  readonly keys: readonly string[];
  /** Where to go on; undefined: that was all. */
  readonly next?: string;
}

/** Goes on from `from` (`''`: the beginning): a server's name and the cursor of SCAN there. A server that is gone is passed over. */
export async function scanKeys(nodes: readonly RedisNode[], from: string): Promise<Scanned> {
  const sorted = [...nodes].sort((a, b) => (a.name < b.name ? -1 : 1));
  const space = from.lastIndexOf(' ');
  const [name, at] = [from.slice(0, Math.max(0, space)), from.slice(space + 1) || '0'];
  const node = sorted.find((it) => it.name >= name);
  if (!node) return { keys: [] };
  const reply = await node.send('SCAN', node.name === name ? at : '0', 'MATCH', 'postern:*', 'COUNT', AT_ONCE);
  const [cursor, found]: readonly unknown[] = Array.isArray(reply) ? reply : [];
  const keys = Array.isArray(found) ? found.map(String) : [];
  if (String(cursor) !== '0') return { keys, next: `${node.name} ${String(cursor)}` };
  const following = sorted[sorted.indexOf(node) + 1];
  return following ? { keys, next: `${following.name} 0` } : { keys };
}
