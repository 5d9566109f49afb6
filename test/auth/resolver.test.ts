/** Asked once, remembered for a minute; trouble is not remembered. And a real name server on loopback. */
import { openResolver, remembering } from '../../src/auth/resolver.ts';
import { startDns } from '../support/dnsmasq.ts';
import { testWith } from '../support/programs.ts';

const failing = (code: string) => Object.assign(new Error(code), { code });

test('those who ask at the same time and within a minute get one answer', async () => {
  let asked = 0;
  let time = 0;
  const ask = remembering(
    async () => [`${++asked}`],
    () => time,
  );
  expect(await Promise.all([ask('a.example', 'TXT'), ask('A.example', 'TXT')])).toEqual([['1'], ['1']]);
  time = 59_999;
  expect(await ask('a.example', 'TXT')).toEqual(['1']);
  expect(await ask('a.example', 'MX')).toEqual(['2']);
  time = 60_000;
  expect(await ask('a.example', 'TXT')).toEqual(['3']);
});

test('that there is no such name is remembered; that nobody answers is not', async () => {
  let asked = 0;
  let code = 'ENOTFOUND';
  const ask = remembering(
    () => {
      asked++;
      return Promise.reject(failing(code));
    },
    () => 0,
  );
  for (const _ of [1, 2]) await expect(ask('none.example', 'TXT')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  expect(asked).toBe(1);
  code = 'ESERVFAIL';
  for (const _ of [1, 2]) await expect(ask('ill.example', 'TXT')).rejects.toMatchObject({ code: 'ESERVFAIL' });
  expect(asked).toBe(3);
});

test('what nobody needs is not kept: an answer of more than 4 kB', async () => {
  let asked = 0;
  const ask = remembering(
    async () => [[`${++asked}`, 'x'.repeat(5_000)]],
    () => 0,
  );
  await Promise.all([ask('big.example', 'TXT'), ask('big.example', 'TXT')]);
  expect(asked).toBe(1);
  await ask('big.example', 'TXT');
  expect(asked).toBe(2);
});

test('ten thousand names are enough: the oldest go', async () => {
  let asked = 0;
  const ask = remembering(
    async () => [`${++asked}`],
    () => 0,
  );
  for (let n = 0; n <= 10_000; n++) await ask(`n${n}.example`, 'TXT');
  await ask('n0.example', 'TXT');
  expect(asked).toBe(10_002);
});

test.each(['a b.example', 'a..example', `${'a'.repeat(64)}.example`, `${'a.'.repeat(130)}example`])(
  'a name that cannot be is not there: %s',
  async (name) => {
    await expect(openResolver(['127.0.0.1:9'])(name, 'TXT')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  },
);

testWith('dnsmasq')('asks a real name server: records, none, and one that is not there', async () => {
  await using dns = await startDns({ 'shop.example': ['v=spf1 ip4:192.0.2.7 -all'] });
  const ask = openResolver([dns.address]);
  expect(await ask('shop.example', 'TXT')).toEqual([['v=spf1 ip4:192.0.2.7 -all']]);
  await expect(ask('none.example', 'TXT')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(openResolver(['127.0.0.1:9'])('shop.example', 'TXT')).rejects.toMatchObject({
    code: expect.stringMatching(/ECONNREFUSED|ETIMEOUT/),
  });
});
