/** Times as the API takes them. */

export const notATime = 'must be an ISO 8601 date, or a date and time with its zone';

const iso8601 = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Milliseconds since 1970, of an ISO 8601 date or a date and time with its zone (RFC 3339 profile).
 * QUIRK: `Date.parse` takes the 30th of February for the 2nd of March, so the day is compared.
 */
export function timeOf(text: string): number | undefined {
  const [, year = '', month = '', day = ''] = iso8601.exec(text) ?? [];
  const at = Date.parse(text);
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return year === '' || Number.isNaN(at) || Number(day) > lastDay ? undefined : at;
}

/** `at`: milliseconds since 1970. */
export const shownTime = (at: number): string => new Date(at).toISOString();
