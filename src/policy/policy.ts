/** What the operator wants: an action for each rule and direction, limits, allow lists. The YAML file is read by `config/`. */
import type { Direction, OrderKind } from '../model/route.ts';
import type { CriticalFigures, Ladder } from '../model/standing.ts';
import { type Action, actions, type RuleId, ruleIds } from '../model/verdict.ts';
import { defaultCritical, defaultLadder, readCritical, readLadder } from './ladder.ts';
import { noPhrases, type Phrases } from './reading/phrases.ts';

/** What may stand in a message although a rule is there for such things. Hosts cover the hosts below them. */
export interface Allowed {
  /** Hosts of the marketplace: links, pictures and addresses there are always allowed. */
  readonly marketplace: readonly string[];
  /** Hosts that may be linked to. */
  readonly hosts: readonly string[];
  /** Mail addresses, lower case. */
  readonly addresses: readonly string[];
  /** Telephone numbers, digits only. */
  readonly numbers: readonly string[];
}

export interface Limits {
  /** Of all attachments together, decoded. */
  readonly attachmentBytes: number;
  /** Days after an order's completion in which a seller may start a contact; the last one counts. */
  readonly windowDays: number;
  /** Of CPU, for all rules over a message with up to 64 KiB of text; longer texts get as much more. */
  readonly milliseconds: number;
}

/** Plain values only: a policy can be handed to a worker. A rule without an action is off in that direction. */
export interface Policy {
  readonly actions: Readonly<Record<Direction, Readonly<Partial<Record<RuleId, Action>>>>>;
  readonly limits: Limits;
  readonly allowed: Allowed;
  /** More for one seller, by the party's id. */
  readonly sellers: Readonly<Record<string, Partial<Allowed>>>;
  /** More for one kind of order, and a window of its own. */
  readonly kinds: Readonly<Partial<Record<OrderKind, Partial<Allowed> & Partial<Pick<Limits, 'windowDays'>>>>>;
  /** Whose words the rules know: BCP 47 primary tags. */
  readonly languages: readonly string[];
  readonly phrases: Phrases;
  /** What becomes of parties who break rules again and again. */
  readonly ladder: Ladder;
  /** How often a seller's tag in the subject counts. */
  readonly critical: CriticalFigures;
}

const buyerRules: readonly RuleId[] = [
  'contact-email',
  'contact-phone',
  'contact-handle',
  'external-link',
  'tracking-pixel',
  'attachment-type',
  'attachment-size',
  'off-platform',
  'sensitive-info',
];

/** What breaks these can be taken out; what breaks the others is the message itself. */
const redacted: readonly RuleId[] = [
  'contact-email',
  'contact-phone',
  'contact-handle',
  'external-link',
  'logo-link',
  'tracking-pixel',
  'attachment-type',
  'attachment-size',
  'sensitive-info',
];

const mildest = (rules: readonly RuleId[]): Readonly<Partial<Record<RuleId, Action>>> =>
  Object.fromEntries(rules.map((id) => [id, redacted.includes(id) ? 'redact' : 'reject']));

/** The mildest actions that keep the rules (requirement D5), and the allow list of the policy page. */
export const defaultPolicy: Policy = {
  actions: { seller_to_buyer: mildest(ruleIds), buyer_to_seller: mildest(buyerRules) },
  limits: { attachmentBytes: 7 * 1024 * 1024, windowDays: 30, milliseconds: 100 },
  allowed: { marketplace: ['market.example'], hosts: ['track.carrier.example', 'warranty.maker.example'], addresses: [], numbers: [] },
  sellers: {},
  kinds: {},
  languages: ['en', 'de', 'it', 'sv', 'zh', 'id', 'es', 'fr', 'ja', 'nl', 'pt', 'pl'],
  phrases: noPhrases,
  ladder: defaultLadder,
  critical: defaultCritical,
};

/** The allow list for a message about an order of this kind. */
export const allowedFor = (policy: Policy, kind: OrderKind | undefined): Allowed =>
  kind === undefined ? policy.allowed : joined(policy.allowed, policy.kinds[kind]);

/** The limits for a message about an order of this kind. */
export const limitsFor = ({ limits, kinds }: Policy, kind: OrderKind | undefined): Limits => ({
  ...limits,
  windowDays: (kind && kinds[kind]?.windowDays) ?? limits.windowDays,
});

/** The policy for one seller's conversations: its own allow list is joined to the general one. */
export const policyFor = (policy: Policy, seller: string): Policy =>
  Object.hasOwn(policy.sellers, seller) ? { ...policy, allowed: joined(policy.allowed, policy.sellers[seller]) } : policy;

const joined = (allowed: Allowed, more: Partial<Allowed> = {}): Allowed => ({
  marketplace: [...allowed.marketplace, ...(more.marketplace ?? [])],
  hosts: [...allowed.hosts, ...(more.hosts ?? [])],
  addresses: [...allowed.addresses, ...(more.addresses ?? [])],
  numbers: [...allowed.numbers, ...(more.numbers ?? [])],
});

/** Whether a message that was stopped for these rules can go without the spots that broke them. */
export const canRedact = (rules: readonly string[]): boolean => rules.every((id) => redacted.some((it) => it === id));

/** The policy for a message whose author agreed that the offending spots go: what can be redacted is redacted. */
export const softened = (policy: Policy): Policy => {
  const soft = (actions: Policy['actions'][Direction]): Policy['actions'][Direction] =>
    Object.fromEntries(Object.entries(actions).map(([id, action]) => [id, action !== 'observe' && canRedact([id]) ? 'redact' : action]));
  const { seller_to_buyer, buyer_to_seller } = policy.actions;
  return { ...policy, actions: { seller_to_buyer: soft(seller_to_buyer), buyer_to_seller: soft(buyer_to_seller) } };
};

/** All that is wrong with a policy document, one line each, named by its place: `limits.windowDays: …`. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`the policy cannot be used:\n${problems.join('\n')}`);
    this.problems = problems;
  }
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Reads a parsed policy document; what it does not name stays as in `defaultPolicy`.
 * @throws PolicyError with every problem at once; unknown names are problems.
 */
export function readPolicy(document: unknown, phrases: Phrases = noPhrases): Policy {
  const problems: string[] = [];
  const read = reader(problems);
  const root = read.row(document ?? {}, '', ['actions', 'limits', 'allowed', 'sellers', 'kinds', 'languages', 'ladder', 'critical']);
  const directions = read.row(root.actions, 'actions', ['seller_to_buyer', 'buyer_to_seller']);
  const limits = read.row(root.limits, 'limits', ['attachmentBytes', 'windowDays', 'milliseconds']);
  const kinds = read.row(root.kinds, 'kinds', ['standard', 'custom', 'handmade', 'wine']);
  const sellers = read.row(root.sellers, 'sellers');
  const policy: Policy = {
    actions: {
      seller_to_buyer: read.actions(directions.seller_to_buyer, 'seller_to_buyer'),
      buyer_to_seller: read.actions(directions.buyer_to_seller, 'buyer_to_seller'),
    },
    limits: {
      attachmentBytes: read.count(limits.attachmentBytes, 'limits.attachmentBytes', defaultPolicy.limits.attachmentBytes),
      windowDays: read.count(limits.windowDays, 'limits.windowDays', defaultPolicy.limits.windowDays),
      milliseconds: read.count(limits.milliseconds, 'limits.milliseconds', defaultPolicy.limits.milliseconds),
    },
    allowed: { ...defaultPolicy.allowed, ...read.allowed(root.allowed, 'allowed') },
    sellers: Object.fromEntries(Object.entries(sellers).map(([id, it]) => [id, read.allowed(it, `sellers.${id}`)])),
    kinds: Object.fromEntries(Object.entries(kinds).map(([kind, it]) => [kind, read.kind(it, `kinds.${kind}`)])),
    languages: read.words(root.languages, 'languages') ?? defaultPolicy.languages,
    phrases,
    ladder: readLadder(root.ladder, (place, what) => problems.push(`${place}: ${what}`)),
    critical: readCritical(root.critical, (place, what) => problems.push(`${place}: ${what}`)),
  };
  if (problems.length > 0) throw new PolicyError(problems);
  return policy;
}

/** Each reads a value at a place, notes what is wrong with it, and answers something harmless then. */
function reader(problems: string[]) {
  const row = (value: unknown, place: string, names?: readonly string[]): Row => {
    if (value === undefined || value === null) return {};
    if (typeof value !== 'object' || Array.isArray(value)) {
      problems.push(`${place || 'document'}: not a map`);
      return {};
    }
    const unknown = names === undefined ? [] : Object.keys(value).filter((name) => !names.includes(name));
    for (const name of unknown) problems.push(`${place === '' ? name : `${place}.${name}`}: unknown name`);
    return value as Row;
  };
  const words = (value: unknown, place: string): string[] | undefined => {
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value) && value.every((it) => typeof it === 'string' && it !== '')) return value.map((it) => it.toLowerCase());
    problems.push(`${place}: not a list of texts`);
    return undefined;
  };
  const count = (value: unknown, place: string, otherwise: number): number => {
    if (value === undefined) return otherwise;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
    problems.push(`${place}: not a whole number of 0 or more`);
    return otherwise;
  };
  const actionsAt = (value: unknown, direction: Direction): Policy['actions'][Direction] => {
    const given = Object.entries(row(value, `actions.${direction}`, ruleIds));
    const wrong = given.filter(([, action]) => action !== 'off' && !actions.some((it) => it === action));
    for (const [id] of wrong) problems.push(`actions.${direction}.${id}: not one of off, ${actions.join(', ')}`);
    const merged = Object.entries<unknown>({ ...defaultPolicy.actions[direction], ...Object.fromEntries(given) });
    return Object.fromEntries(merged.filter(([, action]) => action !== 'off')) as Policy['actions'][Direction];
  };
  const allowed = (value: unknown, place: string): Partial<Allowed> => {
    const lists = ['marketplace', 'hosts', 'addresses', 'numbers'] as const;
    const given = row(value, place, lists);
    const read = lists.flatMap((name) => {
      const list = words(given[name], `${place}.${name}`);
      return list === undefined ? [] : [[name, name === 'numbers' ? list.map((it) => it.replace(/\D/g, '')) : list] as const];
    });
    return Object.fromEntries(read);
  };
  const kind = (value: unknown, place: string): Policy['kinds'][OrderKind] => {
    const { windowDays, ...lists } = row(value, place);
    const days = windowDays === undefined ? {} : { windowDays: count(windowDays, `${place}.windowDays`, defaultPolicy.limits.windowDays) };
    return { ...allowed(lists, place), ...days };
  };
  return { row, words, count, actions: actionsAt, allowed, kind };
}
