/** What is taken for a look, and so is not followed by WAIT, changes nothing; and no look waits for a replica. */
import { looks } from '../../src/store/redis/copies.ts';
import { type ScriptName, scripts } from '../../src/store/redis/scripts.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const isScript = (name: string): name is ScriptName => name in scripts;

/** As Redis itself says of its commands. */
const writes = async (command: string): Promise<boolean> => {
  const info = await server.command('COMMAND', 'INFO', command);
  expect(info.toLowerCase()).toContain(command.toLowerCase());
  return /(^|\s|,)\+?write(\s|,|$)/m.test(info);
};

/** Every command that a script of ours can call: their names stand there as they are. */
function commandsIn(name: ScriptName): readonly string[] {
  const { lua } = scripts[name];
  const calls = [...lua.matchAll(/redis\.call\((.)([A-Z]*)/g)];
  expect(calls.every(([, quote, command]) => quote === "'" && command !== '')).toBe(true);
  return [...new Set(calls.map(([, , command = '']) => command))];
}

test('nothing that is taken for a look writes; a script that does not write is taken for one', async () => {
  for (const name of [...looks].filter((it) => !isScript(it))) expect([name, await writes(name)]).toEqual([name, false]);
  for (const name of Object.keys(scripts).filter(isScript)) {
    const found = await Promise.all(commandsIn(name).map(writes));
    expect([name, looks.has(name)]).toEqual([name, !found.includes(true)]);
  }
});
