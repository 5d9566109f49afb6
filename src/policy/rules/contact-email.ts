import type { Finding } from '../../model/verdict.ts';
import { rule } from '../rule.ts';
import { isAllowed } from '../reading/addresses.ts';
import { spotFolded } from '../rule.ts';

/** A mail address of anyone's, plain or disguised, in the text or behind a link. */
export const contactEmail = rule({
  id: 'contact-email',
  looksAt: ['addresses', 'calls', 'allowed'],
  *find({ addresses, calls, allowed }): Iterable<Finding> {
    for (const { passage, from, to } of addresses) yield spotFolded(passage, from, to);
    for (const { scheme, target, finding } of calls) {
      if (scheme === 'mailto' && !isAllowed(target.toLowerCase(), allowed)) yield finding;
    }
  },
});
