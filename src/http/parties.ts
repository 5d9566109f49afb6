/** Buyers and sellers: register, read, forget. */
import { domainOf, parseMailbox } from '../model/address.ts';
import { idPattern } from '../model/ids.ts';
import type { Party, Role } from '../model/route.ts';
import type { Directory, PartyToPut } from '../store/store.ts';
import { OnLegalHold } from '../store/upkeep.ts';
import { type Call, type FieldError, type HttpSettings, membersOf, type Operation, type ShowAlias } from './operation.ts';
import { notFound, problem } from './problem.ts';
import { anyId, ownId, partyBody } from './schemas.ts';
import { notATime, timeOf } from './time.ts';

/** What the schema lets through. */
interface PartyBody {
  readonly role: Role;
  readonly name: string;
  readonly mailboxes: readonly { readonly address: string; readonly receives?: boolean; readonly sends?: boolean }[];
  readonly locale?: string;
  readonly optedOut?: boolean;
  readonly away?: string | { readonly until?: string; readonly text?: string } | null;
  readonly messaging?: Party['messaging'];
  readonly notices?: Party['notices'];
}

export function partyOperations(directory: Directory, { relayDomains }: HttpSettings, show: ShowAlias): readonly Operation[] {
  const shown = (party: Party): object => showParty(party, show);
  const known = { 200: { description: 'The party.', schema: { $ref: 'Party#' } } };
  const common = { path: '/v1/parties/:id', tag: 'parties', access: 'token' } as const;
  return [
    {
      ...common,
      id: 'putParty',
      method: 'PUT',
      summary: 'Registers a buyer or a seller, or changes one. Aliases stay.',
      params: ownId,
      body: partyBody,
      answers: { ...known, 201: { description: 'The party, new.', schema: { $ref: 'Party#' } } },
      check: ({ body }) => partyErrors(body, relayDomains),
      async run(call) {
        const party = partyOf(call);
        const before = await directory.party(party.id);
        if (before && before.role !== party.role) return problem(409, 'The role of a party cannot change.');
        return { status: before ? 200 : 201, body: shown(await directory.putParty(party)) };
      },
    },
    {
      ...common,
      id: 'getParty',
      method: 'GET',
      summary: 'One party as registered.',
      params: anyId,
      answers: known,
      async run({ params: { id = '' } }) {
        const party = idPattern.test(id) ? await directory.party(id) : undefined;
        return party ? { status: 200, body: shown(party) } : notFound('party');
      },
    },
    {
      ...common,
      id: 'forgetParty',
      method: 'DELETE',
      summary: 'Forgets a party: mailboxes, name and message contents go, its aliases answer as unknown ones.',
      params: anyId,
      answers: { 204: { description: 'Forgotten.' } },
      async run({ params: { id = '' } }) {
        try {
          return idPattern.test(id) && (await directory.forget(id)) ? { status: 204 } : notFound('party');
        } catch (error) {
          if (error instanceof OnLegalHold) return problem(409, 'A conversation of this party is on legal hold: lift it first.');
          throw error;
        }
      },
    },
  ];
}

function partyOf({ params: { id = '' }, body }: Call): PartyToPut {
  const { mailboxes, locale = 'en', optedOut, away, messaging = 'enabled', notices = 'each', role, name } = body as PartyBody;
  return {
    id,
    role,
    name,
    mailboxes: mailboxes.flatMap(({ address, receives = true, sends = true }) => {
      const mailbox = parseMailbox(address);
      return mailbox ? [{ address: mailbox, receives, sends }] : [];
    }),
    locale,
    ...(optedOut !== undefined && { optedOut }),
    messaging,
    notices,
    ...absenceOf(away),
  };
}

/** A text alone, or with the time of the return. */
function absenceOf(away: PartyBody['away']): Pick<Party, 'away' | 'awayUntil'> {
  if (away === undefined || away === null) return {};
  if (typeof away === 'string') return { away };
  const { until, text = '' } = away;
  const awayUntil = until === undefined ? undefined : timeOf(until);
  return { away: text, ...(awayUntil !== undefined && { awayUntil }) };
}

/** As it was given, if it was a text. */
function showAbsence({ away, awayUntil }: Party): object | string | null {
  if (awayUntil === undefined) return away ?? null;
  return { until: new Date(awayUntil).toISOString(), ...(away && { text: away }) };
}

export function showParty(party: Party, show: ShowAlias): object {
  const { id, role, name, mailboxes, locale, optedOut, messaging, notices, publicLocal, admitted = [] } = party;
  const away = showAbsence(party);
  const shownMailboxes = mailboxes.map(({ unreachable, ...mailbox }) => ({
    ...mailbox,
    ...(unreachable && { unreachable: { at: new Date(unreachable.at).toISOString(), reason: unreachable.reason } }),
  }));
  const alias = role === 'seller' && publicLocal !== undefined ? { publicAlias: show(publicLocal) } : {};
  const words = admitted.map(({ address, verdict }) => ({ address, verdict }));
  return { id, role, name, mailboxes: shownMailboxes, admitted: words, locale, optedOut, away, messaging, notices, ...alias };
}

/** A name is one line; what is hidden in it (bidi marks, zero widths) is the business of the display name. */
const control = /[\p{Cc}\u2028\u2029]/u;
const controlButLines = /[^\P{Cc}\n\r\t]/u;

function partyErrors(body: unknown, relayDomains: readonly string[]): readonly FieldError[] {
  const { name, away, mailboxes } = membersOf(body);
  const errors: FieldError[] = [];
  if (typeof name === 'string' && (control.test(name) || !name.isWellFormed() || name.trim() === '')) {
    errors.push({ field: '/name', message: 'must be a name without control characters' });
  }
  errors.push(...absenceErrors(away));
  return Array.isArray(mailboxes) ? [...errors, ...mailboxErrors(mailboxes, relayDomains)] : errors;
}

function absenceErrors(away: unknown): readonly FieldError[] {
  const { until, text } = typeof away === 'string' ? { until: undefined, text: away } : membersOf(away);
  const bad = typeof text === 'string' && (controlButLines.test(text) || !text.isWellFormed());
  const place = typeof away === 'string' ? '/away' : '/away/text';
  return [
    ...(bad ? [{ field: place, message: 'must be text without control characters' }] : []),
    ...(typeof until === 'string' && timeOf(until) === undefined ? [{ field: '/away/until', message: notATime }] : []),
  ];
}

function mailboxErrors(mailboxes: readonly unknown[], relayDomains: readonly string[]): readonly FieldError[] {
  const seen = new Set<string>();
  const deaf = mailboxes.length > 0 && mailboxes.every((item) => membersOf(item).receives === false);
  const errors = deaf ? [{ field: '/mailboxes', message: 'must have one that receives: mail to the party has to go somewhere' }] : [];
  const single = mailboxes.flatMap((item, index) => {
    const { address } = membersOf(item);
    if (typeof address !== 'string') return [];
    const message = addressError(address, relayDomains, seen);
    return message === undefined ? [] : [{ field: `/mailboxes/${index}/address`, message }];
  });
  return [...errors, ...single];
}

/** `seen`: the others of the same party; it is added to them. */
export function addressError(address: string, relayDomains: readonly string[], seen = new Set<string>()): string | undefined {
  const mailbox = parseMailbox(address);
  if (!mailbox) return 'must be an address, as in jane@mail.example';
  if (relayDomains.includes(domainOf(mailbox))) return 'must not be at the domain of the relay';
  if (seen.has(mailbox)) return 'stands here more than once';
  seen.add(mailbox);
  return undefined;
}

/** What is wrong with `/buyer` and `/seller`: each must be a party that was registered in that role. */
export async function pairErrors(body: unknown, directory: Directory): Promise<readonly FieldError[]> {
  const pair = membersOf(body);
  const errors = await Promise.all((['buyer', 'seller'] as const).map((role) => partyError(pair[role], role, directory)));
  return errors.filter((error) => error !== undefined);
}

async function partyError(id: unknown, role: Role, directory: Directory): Promise<FieldError | undefined> {
  if (typeof id !== 'string' || !idPattern.test(id)) return undefined;
  const party = await directory.party(id);
  if (!party) return { field: `/${role}`, message: `must be a ${role} that was registered` };
  return party.role === role ? undefined : { field: `/${role}`, message: `must be a ${role}; this party is a ${party.role}` };
}
