/**
 * `explain`: why did this mail (not) arrive? By whatever people have in hand; the last messages in a line each, the story of one, and what
 * stands between the two now, so that it is answered also where nothing ever came. Shows no mailbox, no name and no content.
 */
import { parseArgs } from 'node:util';
import { openStoreWith, ownAddressesOf } from '../adapters.ts';
import { loadSettings } from '../config/load.ts';
import type { Entry } from '../model/entry.ts';
import type { Conversation, Order } from '../model/route.ts';
import type { Store } from '../store/store.ts';
import { openVault } from '../store/vault.ts';
import { type Asked, askedByConversation, askedByOrder, askedByParty, askedByWord } from './explain/asked.ts';
import { besideOf } from './explain/beside.ts';
import { logLinesOf } from './explain/log-lines.ts';
import { partyLines, type SituationSetup, situationOf } from './explain/situation.ts';
import { tell } from './explain/story.ts';
import { directionWords, outcomeWords, timeWords } from './explain/words.ts';

const usage = `usage: explain WHAT [options]       why did this mail (not) arrive?
WHAT is one of
  TRACE                 the 16 letters and digits in the SMTP reply, the log or the field Postern-Trace
  MESSAGE-ID            the author's own, or the one under which it left; with or without < >
  ALIAS                 a buyer's, a seller's or a public one, with or without its domain; a return-path of ours
  MAILBOX               of a buyer
  --order ID            the messages of the two of an order
  --party ID            the messages from and to a party
  --conversation ID     the messages of a conversation
options
  --limit N             list so many messages, newest first (20; 100 at most)
  --log FILE            also what this log says of the message: what was refused before DATA stands there alone
Shows no mailbox, name or content. Reads the relay's store, with the relay's settings, beside a running relay.
Exit codes: 0 told, 1 nothing is known, 2 called wrongly.
`;

const day = 86_400_000;

const options = {
  order: { type: 'string' },
  party: { type: 'string' },
  conversation: { type: 'string' },
  limit: { type: 'string', default: '20' },
  log: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

interface Call {
  readonly key: 'word' | 'order' | 'party' | 'conversation';
  readonly value: string;
  readonly limit: number;
  readonly log?: string | undefined;
}

/** What is printed, and the exit code. */
interface Explained {
  readonly status: number;
  readonly text: string;
}

export async function explain(args: readonly string[]): Promise<number> {
  const { status, text } = await explained(args, { env: process.env, cwd: process.cwd() });
  (status === 2 ? process.stderr : process.stdout).write(text);
  return status;
}

/** `place`: where the settings are. @throws SettingsError, and what the store throws */
export async function explained(args: readonly string[], place: Parameters<typeof loadSettings>[0]): Promise<Explained> {
  const call = readCall(args);
  if (call === 'help' || !call) return { status: call ? 0 : 2, text: usage };
  const settings = loadSettings(place);
  const vault = openVault(settings.relaySecrets);
  await using store = await openStoreWith(vault, settings);
  const days = Math.round(settings.retention.journal / day);
  const ports = { store, own: ownAddressesOf(settings, vault), domains: settings.relayDomains, days };
  const ask = { word: askedByWord, order: askedByOrder, party: askedByParty, conversation: askedByConversation }[call.key];
  const show = (local: string): string => `${local}@${settings.relayDomains[0]}`;
  const teller: Teller = { store, call, days, setup: { days: settings.aliasDays, show, at: Date.now() } };
  const { lines, known } = await answer(await ask(call.value, ports), teller);
  return { status: known ? 0 : 1, text: `${lines.join('\n')}\n` };
}

function readCall(args: readonly string[]): Call | 'help' | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    if (values.help) return 'help';
    const { order, party, conversation, log } = values;
    const limit = Number(values.limit);
    const named = Object.entries({ order, party, conversation }).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
    const asked = [...named, ...positionals.map((value) => ({ key: 'word', value }))] as Pick<Call, 'key' | 'value'>[];
    const [first] = asked;
    if (!first || asked.length > 1 || first.value.length > 998 || !Number.isInteger(limit) || limit < 1 || limit > 100) return undefined;
    return { ...first, limit, log };
  } catch {
    return undefined;
  }
}

interface Teller {
  readonly store: Store;
  readonly call: Call;
  /** How long the journal keeps a message. */
  readonly days: number;
  readonly setup: SituationSetup;
}

interface Told {
  readonly lines: readonly string[];
  readonly known: boolean;
}

async function answer(asked: Asked, teller: Teller): Promise<Told> {
  if (asked.kind === 'nothing') return { lines: [asked.reason], known: false };
  if (asked.kind === 'messages') return answerMessages(asked.traces, teller);
  if (asked.kind === 'party') return answerParty(asked.party, teller);
  return answerConversation(asked, teller);
}

/** One message, or several under one Message-ID: what stands between its two now is told after it. */
async function answerMessages(traces: readonly string[], teller: Teller): Promise<Told> {
  const { store, setup } = teller;
  const found = await Promise.all(traces.map((trace) => store.journal.entry(trace)));
  const entries = found.filter((entry) => entry !== undefined);
  const [first] = entries;
  if (!first) return answerNoEntry(traces[0] ?? '', teller);
  const conversation = first.conversation === undefined ? undefined : await store.directory.conversation(first.conversation);
  const situation = conversation ? await situationOf(conversation, store, setup) : [];
  const list = entries.length > 1 ? [`${entries.length} messages carry this Message-ID:`, ...entries.map(line), ''] : [];
  return { lines: [...list, ...(await story(first, teller)), ...situation], known: true };
}

async function answerNoEntry(trace: string, { call, days }: Teller): Promise<Told> {
  const logged = call.log === undefined ? [] : await logLinesOf(call.log, trace);
  if (logged.length > 0)
    return { lines: [`No message ${trace} in the journal: it ended before the end of DATA. The log says:`, ...logged], known: true };
  const hint = call.log === undefined ? '`explain TRACE --log FILE` looks there.' : 'That log says nothing of it either.';
  return {
    lines: [
      `No message ${trace} in the journal: it never reached the end of DATA here, or it is older than ${days} days.`,
      `What was refused before (MAIL, RCPT, size) stands in the log alone. ${hint}`,
    ],
    known: false,
  };
}

async function answerParty(party: string, teller: Teller): Promise<Told> {
  const { store, call, setup } = teller;
  const registered = await store.directory.party(party);
  const { entries } = await store.lookups.page({ kind: 'party', id: party }, call.limit);
  const obstacles = registered ? await partyLines(registered.role, party, store, setup.at) : [];
  const open = registered?.publicLocal === undefined ? [] : [`  new buyers write to ${setup.show(registered.publicLocal)}`];
  const head = [
    `Party ${party}, ${registered?.role ?? 'unknown'}`,
    ...open,
    ...(obstacles.length === 0
      ? ['  Nothing that the store knows of it would stop its mail now.']
      : ['  What stands in the way of its mail now:', ...obstacles.map((one) => `    - ${one}`)]),
    '',
  ];
  return { lines: [...head, ...(await listed(entries, teller))], known: true };
}

async function answerConversation(
  { conversation, order }: { readonly conversation: Conversation; readonly order?: Order },
  teller: Teller,
): Promise<Told> {
  const { store, call, setup } = teller;
  const { entries } = await store.lookups.page({ kind: 'conversation', id: conversation.id }, call.limit);
  const open = order?.completedAt === undefined ? 'open' : `completed ${timeWords(order.completedAt)}`;
  const head = order ? [`Order ${order.id} (${order.kind}, ${open})`] : [];
  return { lines: [...head, ...(await situationOf(conversation, store, setup)), '', ...(await listed(entries, teller))], known: true };
}

const nothingSeen = (days: number): readonly string[] => [
  `No such mail reached the end of DATA here in the last ${days} days. So it is one of these:`,
  '  - it never came: ask the author for the bounce, or whether it still waits in the author’s own queue; `doctor` looks whether the MX records lead here',
  '  - it was written to another address than the alias: ask for the very address, and `explain` it',
  '  - it was refused before its content was taken (MAIL, RCPT, size): the author’s bounce names a trace; `explain TRACE --log FILE` looks in the log',
];

/** The last messages, and the story of the newest one that did not arrive; of the newest, where all did. */
async function listed(entries: readonly Entry[], teller: Teller): Promise<readonly string[]> {
  const [newest] = entries;
  if (!newest) return nothingSeen(teller.days);
  const stopped = entries.filter(({ disposition, bouncedAt }) => bouncedAt !== undefined || !['relay', 'repeat'].includes(disposition));
  const ofTheTwo = stopped.find(({ direction }) => direction !== undefined);
  const ofNobody = stopped.find(({ direction }) => direction === undefined);
  const stories = [
    ...(ofTheTwo ? ['The newest one that did not arrive:', ...(await story(ofTheTwo, teller))] : []),
    ...(ofNobody ? ['The newest one whose author was not known, or not proven:', ...(await story(ofNobody, teller))] : []),
  ];
  return [
    `The last ${entries.length === 1 ? 'message' : `${entries.length} messages`}, newest first (\`explain TRACE\` tells of any of them):`,
    ...entries.map(line),
    '',
    ...(stories.length > 0 ? stories : ['None of them was stopped here; the newest one:', ...(await story(newest, teller))]),
  ];
}

const line = (entry: Entry): string =>
  `  ${timeWords(entry.at)}  ${entry.trace}  ${directionWords(entry.direction).padEnd(16)}  ${outcomeWords(entry)}`;

async function story(entry: Entry, { store, call, setup }: Teller): Promise<readonly string[]> {
  const logged = call.log === undefined ? [] : await logLinesOf(call.log, entry.trace);
  const said = logged.length > 0 ? ['What the log says of it:', ...logged, ''] : [];
  return [tell(entry, await besideOf(entry, store, setup.at)), ...said];
}
