/** `password NAME DOMAIN,…`: a line for the file that `SUBMISSION_USERS` names. The password comes by standard input, and is shown nowhere. */
import { text } from 'node:stream/consumers';
import { keepPassword } from '../inbound/password.ts';
import { readUsers, UsersError } from '../inbound/users.ts';

/** Shorter ones can be guessed where the file is stolen. */
const shortest = 12;

export async function password([name = '', domains = '']: readonly string[]): Promise<number> {
  if (name === '' || domains === '') {
    process.stderr.write('usage: npm run -s postern -- password NAME DOMAIN,DOMAIN   (or * for any domain)\n');
    return 2;
  }
  if (process.stdin.isTTY) process.stderr.write('Password (it is shown as you type; end with Ctrl-D): ');
  const given = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (given.length < shortest) {
    process.stderr.write(`The password must have at least ${shortest} characters; make one with: openssl rand -base64 24\n`);
    return 2;
  }
  const line = `${name}:${await keepPassword(given)}:${domains}`;
  if (!isLine(line)) return 2;
  process.stdout.write(`${line}\n`);
  return 0;
}

function isLine(line: string): boolean {
  try {
    return readUsers(line).size === 1;
  } catch (error) {
    if (!(error instanceof UsersError)) throw error;
    process.stderr.write('NAME takes up to 64 characters without blanks and colons, DOMAIN host names with commas between them, or *.\n');
    return false;
  }
}
