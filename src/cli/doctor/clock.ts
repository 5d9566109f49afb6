/** Is the clock right? DKIM, notices, limits and holds go by it. Compared with whoever tells the time: store, pages, next hop. */
import { inspectRedis } from '../../store/redis.ts';
import { type Check, type Deployment, ok, type Said, skipped, warning } from './check.ts';
import { dial } from './dialogue.ts';

/** Milliseconds. */
const mostApart = 5000;

export const clock: Check = {
  name: 'clock',
  async look({ settings }, signal) {
    const asked = await Promise.all([ofStore(settings), ofPages(settings, signal), ofNextHop(settings, signal)]);
    const told = asked.flat();
    return told.length > 0
      ? told
      : [skipped('nobody tells the time: the store is a file, and neither PUBLIC_URL nor the next hop says a date')];
  },
};

function compared(whose: string, ahead: number): Said {
  const seconds = Math.round(Math.abs(ahead) / 100) / 10;
  if (Math.abs(ahead) <= mostApart) return ok(`within ${seconds} s of ${whose}`);
  return warning(`${seconds} s ${ahead > 0 ? 'behind' : 'before'} ${whose}`, 'set the clock by NTP, here or there');
}

async function ofStore({ storeUrl }: Deployment['settings']): Promise<readonly Said[]> {
  if (storeUrl.startsWith('sqlite:')) return [];
  const reports = await inspectRedis(storeUrl).catch(() => []);
  return reports.map(({ name, ahead }) => compared(`Redis at ${name}`, ahead));
}

/** A field of HTTP (RFC 9110 section 6.6.1), in whole seconds. */
async function ofPages({ publicUrl }: Deployment['settings'], signal: AbortSignal): Promise<readonly Said[]> {
  if (publicUrl === undefined) return [];
  const response = await fetch(publicUrl, { signal, redirect: 'manual' }).catch(() => undefined);
  return dated('PUBLIC_URL', response?.headers.get('date') ?? '');
}

/** Some servers greet with the time. */
async function ofNextHop({ outbound }: Deployment['settings'], signal: AbortSignal): Promise<readonly Said[]> {
  if (outbound.kind === 'maildir') return [];
  try {
    using line = await dial(outbound, signal);
    return dated(
      'the next hop',
      /[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/.exec(line.greeting.join(' '))?.[0] ?? '',
    );
  } catch {
    return [];
  }
}

const dated = (whose: string, date: string): readonly Said[] =>
  Number.isNaN(Date.parse(date)) ? [] : [compared(whose, Date.parse(date) + 500 - Date.now())];
