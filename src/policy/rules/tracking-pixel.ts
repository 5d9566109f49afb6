import { rule } from '../rule.ts';

/** A remote resource tells the sender that the mail was opened, whatever its size. */
export const trackingPixel = rule({
  id: 'tracking-pixel',
  looksAt: ['resources'],
  *find({ resources }) {
    for (const { url, region, token } of resources) yield { part: 'html', region, span: url, ...(token === undefined ? {} : { token }) };
  },
});
