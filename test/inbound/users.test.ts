import { isPassword, keepPassword, readKept } from '../../src/inbound/password.ts';
import { Logins, readUsers, UsersError } from '../../src/inbound/users.ts';
import { anyOf } from '../support/machine.ts';

const kept = await keepPassword('correct horse');
const file = `# ours\n\nshop:${kept}:shop.example,Other.example\r\nany:${kept}:*\n`;

test('a password is kept so that it can be known again, and no two alike', async () => {
  const other = await keepPassword('correct horse');
  expect(other).not.toBe(kept);
  expect(kept).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  const read = readKept(kept);
  expect(read && (await isPassword('correct horse', read))).toBe(true);
  expect(read && (await isPassword('correct horse ', read))).toBe(false);
});

test('the vector of RFC 7914 section 12', async () => {
  const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=/g, '');
  const hash = unpadded(Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex'));
  const read = readKept(`$scrypt$ln=14,r=8,p=1$${unpadded(Buffer.from('SodiumChloride'))}$${hash}`);
  expect(read && (await isPassword('pleaseletmein', read))).toBe(true);
});

test.each([
  'secret',
  '',
  '{PLAIN}secret',
  kept.replace('ln=15', 'ln=30'),
  kept.replace('ln=15', 'ln=1'),
  kept.replace('r=8', 'r=0'),
  kept.replace('p=1', 'p=99'),
  kept.slice(0, -1),
])('%s is no kept password', (text) => {
  expect(readKept(text)).toBeUndefined();
});

test('the file: a user a line; what is wrong is told by number, and nothing of it', () => {
  const users = readUsers(file);
  expect([...users].map(([name, { writesFor }]) => [name, writesFor])).toEqual([
    ['shop', ['shop.example', 'other.example']],
    ['any', ['*']],
  ]);
  expect(readUsers('').size).toBe(0);
  const wrong = ['shop:secret:shop.example', `a b:${kept}:*`, `a:${kept}:`, `a:${kept}:shop`, `a:${kept}:*:x`, `a:${kept}`, `a:${kept}:*`];
  const text = `${file}${[...wrong, `a:${kept}:*`].join('\n')}`;
  const failed = () => readUsers(text);
  expect(failed).toThrow(UsersError);
  expect(failed).toThrow(/line 5, 6, 7, 8, 9, 10, 12:/);
  expect(failed).not.toThrow(/secret|scrypt/);
});

test('right, wrong and unknown; after the file has changed, what was right is asked anew', async () => {
  const logins = new Logins(readUsers(file));
  expect(await logins.login('shop', 'correct horse')).toEqual({ writesFor: ['shop.example', 'other.example'] });
  expect(await logins.login('shop', 'correct horse')).toEqual({ writesFor: ['shop.example', 'other.example'] });
  expect(await logins.login('any', 'wrong')).toBeUndefined();
  expect(await logins.login('nobody', 'correct horse')).toBeUndefined();
  expect(await logins.login('', '')).toBeUndefined();
  logins.replace(readUsers(`shop:${await keepPassword('battery staple')}:*`));
  expect(await logins.login('shop', 'correct horse')).toBeUndefined();
  expect(await logins.login('shop', 'battery staple')).toEqual({ writesFor: ['*'] });
});

test('a name that nobody has costs what a wrong password costs', async () => {
  const logins = new Logins(readUsers(file));
  const least = async (name: string) => {
    const times = [];
    for (let turn = 0; turn < 4; turn++) {
      const began = performance.now();
      await logins.login(name, `wrong ${turn}`);
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  };
  const alike = async (): Promise<boolean> => {
    const ratio = (await least('nobody')) / (await least('shop'));
    return ratio > 0.5 && ratio < 2;
  };
  expect(await anyOf(5, alike)).toBe(true);
});

test('a flood waits in a short queue or is put off; whoever was right a while ago is not stopped by it', async () => {
  const logins = new Logins(readUsers(file));
  await logins.login('shop', 'correct horse');
  let beats = 0;
  const beat = setInterval(() => (beats += 1), 5);
  const flood = Array.from({ length: 200 }, (_, turn) => logins.login(`guess${turn}`, 'x').catch(() => 'put off' as const));
  let tried = 0;
  for (const answer of flood) answer.then((it) => (tried += it === undefined ? 1 : 0));
  expect(await logins.login('shop', 'correct horse')).toBeDefined();
  expect(tried).toBe(0);
  const answers = await Promise.all(flood);
  clearInterval(beat);
  expect(answers.filter((answer) => answer === 'put off')).toHaveLength(200 - 1 - 32);
  expect(beats).toBeGreaterThan(5);
}, 30_000);
