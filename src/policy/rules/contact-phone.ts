import { phonesIn } from '../reading/phones.ts';
import { rule, spotFolded } from '../rule.ts';

/** A number that a person could call or text, disguised or not; in the text, behind a link, or in the address of a chat. */
export const contactPhone = rule({
  id: 'contact-phone',
  looksAt: ['passages', 'calls', 'links', 'allowed'],
  *find({ passages, calls, links, allowed }) {
    for (const passage of passages) for (const { from, to } of phonesIn(passage, allowed)) yield spotFolded(passage, from, to);
    for (const { scheme, target, finding } of calls) {
      const digits = target.replace(/\D/g, '');
      if (scheme !== 'mailto' && digits.length >= 6 && !allowed.numbers.includes(digits)) yield finding;
    }
    for (const { url, finding } of links) if (chatNumber.test(url)) yield finding;
  },
});

const chatNumber =
  /(?:wa\.me\/|whatsapp\.com\/send\/?\?(?:[^#]{0,100}&)?phone=|t\.me\/\+|viber\.click\/|signal\.me\/#p\/)[+%2b]{0,3}\d{6}/i;
