/** Start and stop: settings, app, greeting, signals, exit codes; nothing else. */
import { type App, openApp } from './app.ts';
import { greet } from './config/greeting.ts';
import { loadSettings, SettingsError } from './config/load.ts';
import type { Settings } from './config/settings.ts';
import { setUpV8 } from './v8.ts';
import { describe } from './journal/log.ts';
import { PolicyError } from './policy/policy.ts';
import { SecretMissing } from './upkeep/reseal.ts';
import { runWorkers, workerMark } from './workers.ts';

/** EX_CONFIG of sysexits.h: a supervisor need not try again. */
const badConfiguration = 78;

const place = { env: process.env, cwd: process.cwd() };

/** One relay: until a signal or an error that nobody caught. */
async function run(settings: Settings): Promise<void> {
  const opened = Promise.withResolvers<App>();
  // Before it is open, too: a signal without an ear ends the process.
  process.on('SIGHUP', () => void opened.promise.then((app) => app.reload(() => loadSettings({ ...place, again: true }))));
  const app = await openApp(settings, process.env[workerMark]);
  opened.resolve(app);
  for (const reason of settings.warnings) app.note('warning', { reason });
  for (const [of, addresses] of Object.entries({ smtp: app.smtp, submission: app.submission, http: app.http })) {
    for (const { host, port } of addresses) app.note('listening', { of, address: `${host}:${port}` });
  }
  if (settings.evaluation || process.stderr.isTTY) process.stderr.write(greet(settings, app));
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // What cannot be closed may not keep the process either: the supervisor waits for its end.
    const closed = await app.close().then(
      () => true,
      (error: unknown) => {
        app.note('unexpected', { error: describe(error) });
        return false;
      },
    );
    process.exit(closed ? code : 1);
  };
  process.on('SIGTERM', () => void stop(0));
  process.on('SIGINT', () => void stop(0));
  // A worker does not outlive the process that watches it.
  process.on('disconnect', () => void stop(0));
  if (process.env[workerMark] !== undefined && !process.connected) await stop(0);
  // Nobody knows what state an error that nobody caught leaves behind: say it, finish what runs, and let the supervisor start afresh.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      app.note('unexpected', { error: describe(error) });
      void stop(1);
    });
  }
}

setUpV8();
try {
  const settings = loadSettings(place);
  if (settings.workers > 1 && process.env[workerMark] === undefined)
    process.exitCode = await runWorkers(settings.workers, import.meta.filename);
  else await run(settings);
} catch (error) {
  const bad = error instanceof SettingsError || error instanceof PolicyError || error instanceof SecretMissing;
  process.stderr.write(`${bad ? '' : 'Postern cannot start: '}${error instanceof Error ? error.message : String(error)}\n`);
  // What was opened before it failed must not keep the process.
  process.exit(bad ? badConfiguration : 1);
}
