/** How a Redis server is set up, for whoever runs it to look at. */
import { fieldOf, inInfo, type RedisNode } from './durability.ts';

/** Undefined: it does not tell. */
export interface RedisReport {
  readonly name: string;
  readonly version: string | undefined;
  readonly evicts: string | undefined;
  /** `yes`, `no`. */
  readonly appendonly: string | undefined;
  /** `always`, `everysec`, `no`. */
  readonly appendfsync: string | undefined;
  readonly maxmemory: string | undefined;
  readonly replicas: number;
  /** Another server may take its place. */
  readonly failsOver: boolean;
  /** Its last write to the disk failed. */
  readonly failing: boolean;
  /** Its clock less ours, about; milliseconds. */
  readonly ahead: number;
}

export async function inspectNode(node: RedisNode): Promise<RedisReport> {
  const began = Date.now();
  const time = await node.time();
  const ahead = time - (began + Date.now()) / 2;
  const info = await node.info().catch(() => '');
  const field = (name: string): string | undefined => fieldOf(info, name);
  const config = (name: string): Promise<string | undefined> => node.config(name).catch(() => undefined);
  const [evicts, appendonly, appendfsync] = await Promise.all(['maxmemory-policy', 'appendonly', 'appendfsync'].map(config));
  const said = inInfo(info);
  return {
    name: node.name,
    version: field('valkey_version') ?? field('redis_version'),
    evicts: evicts ?? said.policy,
    appendonly: appendonly ?? said.appendonly,
    appendfsync,
    maxmemory: field('maxmemory'),
    replicas: Number(field('connected_slaves') ?? 0),
    failsOver: node.failsOver,
    failing: field('aof_last_write_status') === 'err' || field('rdb_last_bgsave_status') === 'err',
    ahead,
  };
}
