import { receivingMailboxes } from '../../src/directory/receiving.ts';
import { parseMailbox } from '../../src/model/address.ts';
import type { Party, PartyMailbox } from '../../src/model/route.ts';

const DAY = 86_400_000;
const now = 1_700_000_000_000;

const box = (name: string, more: Partial<PartyMailbox> = {}): PartyMailbox => {
  const address = parseMailbox(`${name}@mail.example`);
  if (!address) throw new Error('no mailbox');
  return { address, receives: true, sends: true, ...more };
};
const marked = (days: number): Partial<PartyMailbox> => ({ unreachable: { at: now - days * DAY, reason: 'unknown' } });
const party = (...mailboxes: readonly PartyMailbox[]): Party => ({
  id: 's-1',
  role: 'seller',
  name: 'Shop',
  mailboxes,
  locale: 'en',
  optedOut: false,
  messaging: 'enabled',
  notices: 'each',
});

test.each([
  ['those that receive', party(box('a', { receives: false }), box('b'), box('c')), ['b@mail.example', 'c@mail.example']],
  ['the next one while the first is marked', party(box('a', marked(1)), box('b')), ['b@mail.example']],
  ['the first again when the mark is a week old', party(box('a', marked(7)), box('b')), ['a@mail.example', 'b@mail.example']],
  ['none while all are marked', party(box('a', marked(6.99)), box('b', { receives: false })), 'unreachable'],
  ['none where none receives', party(box('a', { receives: false, ...marked(1) })), 'none'],
])('%s', (_what, of, expected) => {
  expect(receivingMailboxes(of, now)).toEqual(expected);
});
