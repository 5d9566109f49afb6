/**
 * The command line: `npm run -s postern -- COMMAND`. Exit codes: 0 done, 1 not found or found wanting, 2 called wrongly; those of `doctor`
 * are its own.
 */
import { parseArgs } from 'node:util';
import { SettingsError } from '../config/load.ts';

interface Command {
  readonly takes: string;
  readonly says: string;
  /** It has a help of its own, with all its options. */
  readonly helps?: true;
  /** When it is called: the relay's whole code takes a second, and not every command needs it. */
  load(): Promise<(args: readonly string[]) => Promise<number>>;
}

const commands: Readonly<Record<string, Command>> = {
  serve: { takes: '', says: 'run the relay (the same as npm start)', load: async () => (await import('./serve.ts')).serve },
  check: {
    takes: 'FILE.eml [--direction buyer_to_seller]',
    says: 'what the relay would do with a message; sends nothing',
    load: async () => (await import('./check.ts')).check,
  },
  explain: {
    takes: 'TRACE | MESSAGE-ID | ALIAS | --order ID …',
    says: 'why did this mail (not) arrive: every step, its time, the reply',
    helps: true,
    load: async () => (await import('./explain.ts')).explain,
  },
  tail: {
    takes: '[FILE | --url URL] [--rejected …]',
    says: 'the log as people read it, with filters',
    helps: true,
    load: async () => (await import('./tail.ts')).tail,
  },
  held: { takes: 'TRACE', says: 'a held message, as it was received', load: async () => (await import('./held.ts')).held },
  export: {
    takes: 'CONVERSATION [FILE.zip] | --verify FILE.zip',
    says: 'a conversation with its messages for a dispute, signed; was it changed?',
    load: async () => (await import('./export.ts')).exportOrVerify,
  },
  password: {
    takes: 'NAME DOMAIN,…',
    says: 'a line for SUBMISSION_USERS; the password is read from standard input',
    load: async () => (await import('./password.ts')).password,
  },
  token: {
    takes: 'create NAME --scopes read,… | list | revoke ID',
    says: 'tokens of the API, with scopes; a new one is shown once',
    load: async () => (await import('./token.ts')).token,
  },
  doctor: {
    takes: '[--records] [--json]',
    says: 'is this deployment well, and what is to be published or changed',
    helps: true,
    load: async () => (await import('./doctor.ts')).doctor,
  },
  'dkim-key': {
    takes: 'FILE.pem [--ed25519] [--selector NAME]',
    says: 'make a DKIM key, and print its DNS record',
    load: async () => (await import('./dkim-key.ts')).dkimKey,
  },
  secrets: {
    takes: 'status | rotate | drop ID',
    says: 'what stands under which RELAY_SECRET, and a new one',
    load: async () => (await import('./secrets.ts')).secrets,
  },
  backup: {
    takes: 'FILE',
    says: 'the store in one file, while the relay runs (SQLite)',
    load: async () => (await import('./backup.ts')).backup,
  },
  demo: { takes: '', says: 'send a mail each way and show what each side got', load: async () => (await import('./demo.ts')).demo },
};

function help(): string {
  const rows = Object.entries(commands).map(([name, { takes, says }]) => `  ${`${name} ${takes}`.padEnd(52)} ${says}`);
  return ['usage: npm run -s postern -- COMMAND', '', ...rows, ''].join('\n');
}

async function main(): Promise<number> {
  const { positionals } = parseArgs({ args: process.argv.slice(2, 3), allowPositionals: true, options: { help: { type: 'boolean' } } });
  const name = positionals[0];
  if (name === undefined || name === 'help') {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(`There is no command of that name.\n\n${help()}`);
    return 2;
  }
  if (process.argv[3] === '--help' && !command.helps) {
    process.stdout.write(`usage: npm run -s postern -- ${name} ${command.takes}\n${command.says}\n`);
    return 0;
  }
  const run = await command.load();
  return run(process.argv.slice(3));
}

try {
  process.exitCode = await main();
} catch (error) {
  const text = error instanceof SettingsError ? error.problems.map((problem) => `  - ${problem}`).join('\n') : String(error);
  process.stderr.write(`${error instanceof SettingsError ? 'The settings do not fit:\n' : ''}${text}\n`);
  process.exitCode = 2;
}
