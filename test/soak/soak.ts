/**
 * `npm run soak`: mails by the thousand through a relay that is killed, stopped, and left alone by its store, its archive and its next hop, and a
 * ledger of what became of each of them, and of its copies (README, *Speed and limits*).
 *
 *   npm run soak                                           5,000 mails over SQLite, all faults, seed 1
 *   npm run soak -- --mails 100000 --store redis --workers 2
 *   npm run soak -- --faults kill,term --minutes 10        nothing new is offered after that
 *   npm run soak -- --faults none                          for memory and speed
 *   npm run soak -- --clients 8 --seed 7                   so many senders at once; other mails, other faults
 *   npm run soak -- --archive s3                           copies go to a bucket (an HTTP double) and not to a folder; `off`: there are none
 *
 * Ctrl-C ends it early, with its report.
 *
 * Ends with 1 where a mail was lost, delivered though refused, doubled without a reason, let a mailbox out, or is not in the archive without a
 * reason, and where any other line of the report says FAULT.
 */
import { commandLine } from '../support/command-line.ts';
import { archives } from './archive.ts';
import { type Fault, faults } from './faults.ts';
import { faultsOf, reportOf } from './report.ts';
import { soak } from './run.ts';

const { values } = commandLine(import.meta.filename, {
  options: {
    mails: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    store: { type: 'string', default: 'sqlite' },
    archive: { type: 'string', default: 'dir' },
    faults: { type: 'string', default: faults.join(',') },
    minutes: { type: 'string' },
    workers: { type: 'string', default: '1' },
    clients: { type: 'string', default: '16' },
  },
});

const isFault = (name: string): name is Fault => faults.some((fault) => fault === name);
const chosen = values.faults === 'none' ? [] : values.faults.split(',');
if (!chosen.every(isFault)) throw new TypeError(`--faults takes none, or any of ${faults.join(', ')}`);
if (values.store !== 'sqlite' && values.store !== 'redis') throw new TypeError('--store takes sqlite or redis');
const archive = archives.find((one) => one === values.archive);
if (archive === undefined) throw new TypeError(`--archive takes ${archives.join(', ')}`);

// Once: the report comes early. Twice: the end.
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const result = await soak({
  mails: Number(values.mails),
  seed: Number(values.seed),
  store: values.store,
  archive,
  faults: new Set(chosen),
  workers: Number(values.workers),
  clients: Number(values.clients),
  signal: stop.signal,
  say: (line) => void process.stderr.write(`${line}\n`),
  ...(values.minutes !== undefined && { minutes: Number(values.minutes) }),
});
process.stdout.write(`${reportOf(result)}\n`);
process.exitCode = faultsOf(result).some(([, found]) => found.length > 0) ? 1 : 0;
