/** The most that the relay has in memory while it takes many large messages at once, each over a connection of its own. */
import { measure } from './measure.ts';
import { startOurs, startSink } from './programs.ts';
import type { Bench, Report } from './section.ts';

export async function memory({ mail, quick }: Bench): Promise<Report> {
  const messages = quick ? 40 : 200;
  await using sink = await startSink();
  await using ours = await startOurs(sink.port, { name: 'Postern, SQLite', storeUrl: 'sqlite:var/postern.db' });
  const { peak, perSecond, failed } = await measure(ours, { folder: mail.d, messages, connections: messages });
  const seconds = messages / perSecond;
  return {
    title: `Memory, ${messages} messages of mix d at once`,
    text: `at most ${peak.toFixed(0)} MB, ${seconds.toFixed(0)} s, ${failed} not answered 250\n`,
    goals: [
      { what: `most memory, ${messages} x d in flight`, limit: '<=', goal: 512, stretch: 384, unit: 'MB', measured: peak },
      { what: `not answered 250, ${messages} x d in flight`, limit: '<=', goal: 0, unit: 'messages', measured: failed },
      {
        what: 'time to take them, beside that without a limit',
        limit: '<=',
        goal: 1.2,
        stretch: 1,
        unit: 'times',
        note: 'without a limit it takes the memory of the machine',
      },
    ],
    data: { messages, peak, seconds, failed },
  };
}
