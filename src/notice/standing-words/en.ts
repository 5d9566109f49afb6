/** A party's standing, in English. */
import type { StandingWords } from '../standing-words.ts';

export const en: StandingWords = {
  titles: {
    warned: 'Warning: messages against the rules',
    'starting-blocked': 'You cannot start conversations for now',
    'all-blocked': 'Your messages are blocked',
    lifted: 'A restriction has been lifted',
  },
  decided: {
    warned:
      'This is a warning. Nothing is blocked. If further messages break the rules, you may be kept from starting conversations for a while.',
    'starting-blocked': 'You cannot start conversations with buyers for now. Answers to buyers who write to you are still delivered.',
    'all-blocked': 'None of your messages are delivered for now, answers included.',
    lifted: 'A measure that applied to your messages has ended early. Your messages are delivered again as before.',
  },
  period: 'This applies from {from} to {until}.',
  open: 'This applies from {from} until further notice.',
  facts: 'These messages of yours are the reason:',
  ground: 'Ground: the rules of the marketplace for messages, here: {rules}.',
  by: {
    automatic: 'This decision was made automatically: a program found the breaches and counted them.',
    operator: 'This decision was made by a person of the marketplace.',
  },
  elsewhere: 'You can object to this decision at the marketplace; a person will look at it.',
  redress: 'Out-of-court settlement and the courts remain open to you.',
  found: 'breach of the rules, found by a person',
  blocked: {
    'starting-blocked': {
      name: 'starting conversations is blocked',
      what: 'You cannot start conversations with buyers for now ({ends}).',
      mend: 'You can still answer buyers who write to you. Wait for the end of the block, or object.',
    },
    'all-blocked': {
      name: 'messages are blocked',
      what: 'None of your messages are delivered for now ({ends}).',
      mend: 'Wait for the end of the block, or object.',
    },
  },
  ends: { until: 'until {until}', open: 'until further notice' },
  tag: {
    'used-up':
      'Your tag {tag} does not count at the moment: it counts {n} times in 30 days, and you have used that up. It counts again from {until}.',
    reported: 'Your tag {tag} does not count at the moment: buyers reported messages that carried it. It counts again from {until}.',
  },
};
