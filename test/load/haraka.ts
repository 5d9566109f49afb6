/** Haraka, a mail server that people run on Node: forwarding alone, or parsing too. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../support/redis.ts';
import { type Program, startNode } from './programs.ts';

const harakaVersion = '3.3.4';
/** Newer ones of these want packages that are not published. */
const overrides = { 'encoding-japanese': '2.2.0', libmime: '5.4.6' };

const parsePlugin = `
exports.hook_data = (next, connection) => { connection.transaction.parse_body = true; next(); };
exports.hook_data_post = (next, connection) => {
  let length = 0;
  const walk = ({ bodytext = '', children = [] }) => { length += bodytext.length; children.forEach(walk); };
  walk(connection.transaction.body);
  connection.transaction.notes.length = length;
  next();
};
`;

/** Haraka with its queue/smtp_forward; `parses`: it also parses each body and walks it, and changes nothing. Installed into `folder` once. */
export async function startHaraka(next: number, folder: string, parses: boolean): Promise<Program> {
  const program = join(folder, 'node_modules/Haraka/bin/haraka');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(program)) {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `Haraka@${harakaVersion}`], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  const port = await freePort();
  const own = join(folder, parses ? 'parsing' : 'forwarding');
  const files = {
    'config/smtp.ini': `listen=127.0.0.1:${port}\nnodes=0\n`,
    // A file of one's own stands for the whole of Haraka's.
    'config/connection.ini': `${readFileSync(join(program, '../../config/connection.ini'), 'utf8')}\n[max]\nbytes=26214400\n`,
    'config/plugins': `rcpt_to.in_host_list\n${parses ? 'parse\n' : ''}queue/smtp_forward\n`,
    'config/host_list': 'relay.example\n',
    'config/me': 'bench.example\n',
    'config/loglevel': 'ERROR\n',
    'config/databytes': '26214400\n',
    'config/smtp_forward.ini': `host=127.0.0.1\nport=${next}\nmax_connections=1000\n`,
    'plugins/parse.js': parsePlugin,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), text);
  }
  const name = parses ? 'Haraka, parsing' : 'Haraka, forwarding';
  return { ...(await startNode(name, [program, '-c', own], port)), to: 'anybody@relay.example' };
}
