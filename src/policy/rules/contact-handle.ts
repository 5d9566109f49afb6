import { channelHosts } from '../reading/channel-words.ts';
import { handlesIn } from '../reading/handles.ts';
import { isUnder } from '../reading/hosts.ts';
import { rule, spotFolded } from '../rule.ts';

/** A handle on another channel, or the request to go on there; also by link. */
export const contactHandle = rule({
  id: 'contact-handle',
  looksAt: ['passages', 'addresses', 'calls', 'links'],
  *find({ passages, addresses, calls, links }) {
    for (const passage of passages) {
      const taken = addresses.filter((address) => address.passage === passage);
      for (const { from, to } of handlesIn(passage, taken)) yield spotFolded(passage, from, to);
    }
    for (const { scheme, finding } of calls) if (!byPhone.has(scheme)) yield finding;
    for (const { host, finding } of links) if (host !== undefined && isUnder(host, channelHosts)) yield finding;
  },
});

/** Schemes of mail and telephone: other rules. */
const byPhone: ReadonlySet<string> = new Set(['mailto', 'tel', 'callto', 'sms', 'smsto', 'mms']);
