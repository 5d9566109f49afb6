/** The books of `npm run soak` must notice what the soak is there to find. */
import { openSink, type SinkSetup } from '../support/sink.ts';
import { type Parcel, startClients } from './clients.ts';
import { type Attempt, type Fate, openLedger, type Take } from './ledger.ts';
import { buyers, everybody, goneSeller, letterOf, sellers } from './mail.ts';
import { faultsOf } from './report.ts';
import { secretIn, secretInMail, takeOf } from './witness.ts';

const [buyer] = buyers;
const [seller] = sellers;
const token = 'insoakabcdefghijk';
const trace = 'k3m9x7q2v8r4t6w1';
const relayed = `250 2.0.0 ${trace}`;

const booksWith = (fate: Fate = 'delivered') => {
  const ledger = openLedger();
  ledger.offer({ token, fate, recipient: seller.mailbox });
  const answered = (answer?: string, more: Partial<Attempt> = {}) =>
    ledger.attempt(token, { began: 0, ended: 100, sent: 10, ...(answer !== undefined && { answer }), ...more });
  const took = (more: Partial<Take> = {}): Take => {
    const take = { token, at: 50, recipient: seller.mailbox, messageId: '<one@relay>', trace, notice: '', whole: true, ...more };
    ledger.take(take);
    return take;
  };
  const found = (): Record<string, number> => {
    const faults = faultsOf({ audit: ledger.audit(), archive: undefined, lives: [], leftBehind: [] }).filter(
      ([, found]) => found.length > 0,
    );
    return Object.fromEntries(faults.map(([name, found]) => [name.split(' (')[0] ?? '', found.length]));
  };
  return { ledger, answered, took, found };
};

describe('a mail that was answered 250', () => {
  test('is well where the next hop took it once', () => {
    const { ledger, answered, took, found } = booksWith();
    answered('451 4.3.0 Temporary failure, try again later');
    answered(relayed);
    took();
    expect(found()).toEqual({});
    expect(ledger.audit()).toMatchObject({ offered: 1, taken: 1, delivered: 1, refused: 0 });
  });

  test('is lost where the next hop never took it', () => {
    const { answered, found } = booksWith();
    answered(relayed);
    expect(found()).toEqual({ lost: 1 });
  });

  test('is lost where it was to be stopped, and nobody was told', () => {
    const { ledger, answered, found, took } = booksWith('told');
    answered(relayed);
    expect(found()).toEqual({ lost: 1, 'author not told': 1 });
    expect(ledger.owed()).toBe(1);
    took({ notice: 'refused', recipient: buyer.mailbox });
    expect(found()).toEqual({});
    expect(ledger.owed()).toBe(0);
  });

  test('is a fault where it is held and delivered all the same', () => {
    const { answered, took, found } = booksWith('held');
    answered(`250 2.2.0 Message held for review (trace ${trace})`);
    took({ notice: 'held', recipient: buyer.mailbox });
    took();
    expect(found()).toEqual({ 'stopped, but delivered': 1 });
  });

  test.each([
    ['at another mailbox', { recipient: goneSeller.mailbox }, 'at the wrong mailbox'],
    ['cut short', { whole: false }, 'damaged'],
    ['without its words', { token: '' }, 'damaged'],
  ])('is a fault where it arrives %s', (_, more, name) => {
    const { answered, took, found } = booksWith();
    answered(relayed);
    took(more);
    expect(found()).toMatchObject({ [name]: 1 });
  });
});

describe('a mail that was answered otherwise', () => {
  test('5xx and delivered: a ghost', () => {
    const { answered, took, found } = booksWith('gone');
    answered('550 5.1.1 The recipient of this address cannot be reached');
    expect(found()).toEqual({});
    took();
    expect(found()).toEqual({ ghosts: 1 });
  });

  test('5xx for a mail that nothing speaks against, and no answer at all', () => {
    const { answered, found } = booksWith();
    answered('451 4.3.0 Temporary failure, try again later');
    answered();
    expect(found()).toEqual({ 'never answered': 1 });
    answered('550 5.1.1 No such address here');
    expect(found()).toEqual({ 'answer that does not fit': 1 });
  });

  test.each([
    ['no answer', undefined, {}, 1],
    ['421', '421 4.3.2 Shutting down', {}, 1],
    ['a refusal of the next hop', '451 4.4.2 The next mail server asks to try again later', {}, 0],
    ['no answer, for its client hung up', undefined, { hasty: true }, 0],
    ['421 before it was all sent', '421 4.3.2 Shutting down', { sent: 90 }, 0],
  ])('sent before SIGTERM, %s', (_, answer, more, count) => {
    const { ledger, answered, took } = booksWith();
    answered(answer, more);
    answered(relayed, { began: 1_000, ended: 1_100 });
    took({ at: 1_050 });
    ledger.terminated({ at: 50, exited: 200 });
    expect(ledger.audit().cutOff).toHaveLength(count);
  });
});

describe('a mail that the next hop took twice', () => {
  const twice = () => {
    const books = booksWith();
    books.answered();
    const first = books.took();
    books.answered(relayed, { began: 5_000, ended: 5_100 });
    return { ...books, first, second: (more: Partial<Take> = {}) => books.took({ at: 5_050, ...more }) };
  };

  test('is a fault without a reason', () => {
    const { second, found } = twice();
    second();
    expect(found()).toEqual({ 'doubled without a reason': 1 });
  });

  test.each([
    ['answer lost', ({ ledger, first }: ReturnType<typeof twice>) => ledger.unheard(first)],
    ['killed', ({ ledger }: ReturnType<typeof twice>) => ledger.killed(60)],
    ['store away', ({ ledger }: ReturnType<typeof twice>) => ledger.unrecorded(trace)],
  ] as const)('has a reason: %s; but not under two Message-IDs', (excuse, happens) => {
    const books = twice();
    happens(books);
    books.second();
    expect(books.found()).toEqual({});
    expect(books.ledger.audit().doubled).toEqual([{ token, notice: '', excuse }]);
    books.took({ at: 5_060, messageId: '<two@relay>' });
    expect(books.found()).toEqual({ 'doubled without a reason': 1 });
  });

  test.each([
    ['a reason', 2_900, {}],
    ['none', 60, { 'doubled without a reason': 1 }],
  ])('that is a notice: a store that was away when the next hop said its 250, or not, is %s', (_, said, found) => {
    const books = booksWith();
    books.answered(relayed);
    books.took();
    books.ledger.nextHopSaid(books.took({ notice: 'redacted' }), said);
    books.ledger.storeAway(2_500, 7_000);
    books.took({ notice: 'redacted', at: 65_000 });
    expect(books.found()).toEqual(found);
  });

  test('has a story that a reader can follow', () => {
    const { ledger, answered, took } = booksWith();
    answered(undefined, { hasty: true });
    took();
    ledger.logged(trace);
    answered(relayed, { began: 5_000, ended: 5_100 });
    ledger.nextHopSaid(took({ at: 5_050 }), 5_080);
    const happenings = [
      { what: 'kill: kill -9', from: 60, to: 70 },
      { what: 'hop: away', from: 60_000, to: 61_000 },
    ];
    expect(ledger.story(token, happenings)).toEqual([
      '0.000-0.100 offered: no answer, for its client hung up',
      `0.050-never answered taken: message ${trace}, logged, <one@relay>`,
      '0.060-0.070 kill: kill -9',
      `5.000-5.100 offered: ${relayed}`,
      `5.050-5.080 taken: message ${trace}, logged, <one@relay>`,
    ]);
    expect(ledger.story('nobody', happenings)).toEqual([]);
  });

  test('a kill while what it logged is being written, before any answer, is a reason', () => {
    const { ledger, took, answered, found } = booksWith();
    answered(undefined);
    took();
    ledger.logged(trace);
    ledger.killed(70);
    answered(relayed, { began: 5_000, ended: 5_100 });
    took({ at: 5_050 });
    expect(found()).toEqual({});
  });

  test('a kill is no reason once the relay was done with it, before it was taken, or after it was taken again', () => {
    for (const happens of [
      ({ ledger }: ReturnType<typeof twice>) => {
        ledger.logged(trace);
        ledger.killed(2_000);
      },
      ({ ledger }: ReturnType<typeof twice>) => ledger.killed(-2_000),
      ({ ledger }: ReturnType<typeof twice>) => ledger.killed(6_000),
    ]) {
      const books = twice();
      happens(books);
      books.second();
      expect(books.found()).toEqual({ 'doubled without a reason': 1 });
    }
  });
});

describe('a mailbox', () => {
  const message = (text: string) => ({
    recipient: seller.mailbox,
    raw: `From: "Quirin V." <alias@relay>\r\nSubject: The lamp\r\n\r\n${text}`,
  });

  test.each([
    ['as it is', buyer.mailbox],
    ['in capitals', buyer.mailbox.toUpperCase()],
    ['in quoted-printable, over a line end', buyer.mailbox.replace('@', '=40').replace('vost', 'vo=\r\nst')],
    ['in base64', Buffer.from(`Please write to ${buyer.mailbox}, that is quicker`).toString('base64')],
    ['by its domain alone', 'see www.tamselhof.example'],
  ])('of the hidden party is found in a message: %s', (_, text) => {
    expect(secretInMail(message(text))).not.toBe('');
  });

  test('of the recipient itself, and names that all may see, are none', () => {
    expect(secretInMail(message(`Hello ${seller.name}, your mailbox is ${seller.mailbox}. Quirin V.`))).toBe('');
  });

  test('of anybody is found in a reply or a log line, and each leak is a fault', () => {
    for (const { mailbox } of everybody) expect(secretIn(`{"nextHop":"rcpt: 550 <${mailbox}>"}`)).not.toBe('');
    expect(secretIn(relayed)).toBe('');
    const { ledger, answered, took, found } = booksWith();
    answered(relayed);
    took();
    ledger.leaked('in a reply');
    expect(found()).toEqual({ leaks: 1 });
  });
});

/** Clients and one of the test's next hops in the place of the relay: it says 250 and passes nothing on. */
async function offerTo(setup: SinkSetup, count: number) {
  await using sink = await openSink(setup);
  const ledger = openLedger();
  const parcels = Array.from({ length: count }, (_, index): Parcel => {
    const { token, fate, recipient, author, compose } = letterOf(1, index);
    const mail = { token, fate, recipient };
    ledger.offer(mail);
    return { mail, reversePath: author.mailbox, forwardPath: 'alias@relay.example', compose: () => compose('alias@relay.example') };
  });
  const next = () => parcels.pop();
  const told: Parameters<typeof startClients>[0]['told'] = ({ mail }, attempt) => ledger.attempt(mail.token, attempt);
  await startClients({ port: sink.port, random: () => 0.5, count: 3, hasty: () => false, next, told }).done;
  return { audit: ledger.audit(), taken: sink.messages.map(({ bytes }) => bytes.toString('latin1')) };
}

test('a relay that says 250 and passes nothing on: every mail is lost, by words that no relay of ours says', async () => {
  const { audit } = await offerTo({ at: { dot: Array.from({ length: 20 }, () => `250 2.0.0 ${trace}`) } }, 20);
  expect(audit.lost).toHaveLength(20);
});

test('clients come again after 4xx, a connection that ends before the answer, and 421, with the same bytes', async () => {
  const at = {
    connect: ['421 4.3.2 Not now'],
    mail: ['451 4.3.0 Later'],
    dot: ['451 4.3.0 Later', { and: 'close' as const }, { and: 'reset' as const }],
  };
  const { audit, taken } = await offerTo({ at }, 2);
  expect(audit).toMatchObject({ offered: 2, taken: 2, open: [], unanswered: 3 });
  expect(new Set(taken).size).toBe(2);
  expect(taken.length).toBeGreaterThanOrEqual(4);
});

test('a mail that left whole is taken for whole; without its last word it is not', () => {
  const letters = Array.from({ length: 300 }, (_, index) => letterOf(1, index));
  expect(new Set(letters.map(({ token }) => token)).size).toBe(300);
  expect(new Set(letters.map(({ fate }) => fate)).size).toBe(6);
  const raw = letters[0]?.compose('alias@relay.example') ?? '';
  expect(takeOf({ recipient: seller.mailbox, raw })).toMatchObject({ token: letters[0]?.token, whole: true, notice: '' });
  expect(takeOf({ recipient: seller.mailbox, raw: raw.replace('\r\nEnd ', '\r\n') })).toMatchObject({ whole: false });
});
