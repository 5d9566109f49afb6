/** A store may not forget by itself: is this Redis set so that it neither evicts keys nor keeps them in memory alone? */

/** One server; `config` rejects where CONFIG is forbidden, as with some who run Redis for others. */
export interface RedisNode {
  readonly name: string;
  /** Another server may take its place. */
  readonly failsOver: boolean;
  config(parameter: string): Promise<string | undefined>;
  /** One command, to this server. */
  send(command: string, ...words: (string | number)[]): Promise<unknown>;
  /** The text of INFO. */
  info(): Promise<string>;
  /** Its clock: milliseconds since 1970. */
  time(): Promise<number>;
}

const wayOut = 'To run without (what was acknowledged can get lost): ALLOW_VOLATILE_REDIS=on';

/** Throws, with a sentence that says what to set, where a server may lose what it acknowledged, or does not tell. */
export async function checkDurable(nodes: readonly RedisNode[]): Promise<void> {
  for (const node of nodes) {
    const { policy, appendonly } = await readConfig(node).catch(() => readInfo(node));
    if (policy === undefined || appendonly === undefined) {
      throw new Error(
        `Redis at ${node.name} does not tell its settings: allow CONFIG GET or INFO to this user, with maxmemory-policy noeviction and appendonly yes. ${wayOut}`,
      );
    }
    if (policy !== 'noeviction') {
      throw new Error(`Redis at ${node.name} may evict keys (maxmemory-policy ${policy}): set maxmemory-policy noeviction. ${wayOut}`);
    }
    if (appendonly !== 'yes') {
      throw new Error(`Redis at ${node.name} keeps its data in memory alone (appendonly ${appendonly}): set appendonly yes. ${wayOut}`);
    }
  }
}

interface Durability {
  readonly policy: string | undefined;
  readonly appendonly: string | undefined;
}

async function readConfig(node: RedisNode): Promise<Durability> {
  const [policy, appendonly] = await Promise.all([node.config('maxmemory-policy'), node.config('appendonly')]);
  if (policy === undefined || appendonly === undefined) throw new Error('CONFIG GET gave nothing');
  return { policy, appendonly };
}

async function readInfo(node: RedisNode): Promise<Durability> {
  return inInfo(await node.info().catch(() => ''));
}

/** What INFO says of it; that of `appendonly` by another name. */
export function inInfo(info: string): Durability {
  const aof = fieldOf(info, 'aof_enabled');
  return { policy: fieldOf(info, 'maxmemory_policy'), appendonly: aof === undefined ? undefined : aof === '1' ? 'yes' : 'no' };
}

/** A field in the text of INFO. */
export const fieldOf = (info: string, name: string): string | undefined =>
  info
    .split('\r\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);

/** Has any of them a replica now? */
export async function hasReplicas(nodes: readonly RedisNode[]): Promise<boolean> {
  const infos = await Promise.all(nodes.map((node) => node.info().catch(() => '')));
  return infos.some((info) => Number(fieldOf(info, 'connected_slaves') ?? 0) > 0);
}

/** What can get lost all the same, a sentence each. */
export async function adviceOn(nodes: readonly RedisNode[]): Promise<readonly string[]> {
  const said = await Promise.all(
    nodes.map(async (node) => {
      const [info, fsync] = await Promise.all([node.info().catch(() => ''), node.config('appendfsync').catch(() => undefined)]);
      const alone = node.failsOver && fieldOf(info, 'connected_slaves') === '0';
      return [
        ...(alone
          ? [`Redis at ${node.name} has no replica in sync: what it takes now is lost with it, and nobody can take its place`]
          : []),
        ...(fsync === 'everysec' || fsync === 'no'
          ? [`Redis at ${node.name} may lose the last second in a power cut (appendfsync ${fsync}): set appendfsync always`]
          : []),
      ];
    }),
  );
  return said.flat();
}
