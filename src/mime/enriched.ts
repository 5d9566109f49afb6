/** text/enriched (RFC 1896) as plain text, for the mails that bring nothing else. Linear. */
export const plainOfEnriched = (text: string): string =>
  text
    .replace(/<param>[^<]{0,1000}<\/param>/gi, '')
    .replace(/<(?:\/?[a-z][a-z0-9-]{0,59}>|<)/gi, (tag) => (tag === '<<' ? '<' : ''))
    .replace(/\n+/g, (breaks) => (breaks.length === 1 ? ' ' : breaks.slice(1)));
