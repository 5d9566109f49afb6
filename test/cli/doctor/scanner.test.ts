/** What `doctor` says of the malware scanner. */
import type { Deployment } from '../../../src/cli/doctor/check.ts';
import { scanner } from '../../../src/cli/doctor/scanner.ts';
import type { Settings } from '../../../src/config/settings.ts';
import { openClamdDouble, startClamd } from '../../support/clamd.ts';
import { testWith } from '../../support/programs.ts';

const look = (clamd: Settings['clamd']) => scanner.look({ settings: { clamd } } as Deployment, AbortSignal.timeout(5_000));

test('none is set: skipped; one that is not there, or is something else: a problem that says what becomes of mail', async () => {
  expect(await look(undefined)).toEqual([expect.objectContaining({ state: 'skipped' })]);
  const address = { kind: 'unix', path: '/nowhere/clamd.sock' } as const;
  expect(await look({ address, fail: 'defer' })).toEqual([
    expect.objectContaining({ state: 'problem', found: expect.stringMatching(/cannot be reached; mail with files gets 451/) }),
  ]);
  await using other = await openClamdDouble({ says: ['220 mail.example\r\n\0'], and: 'hold' });
  expect(await look({ address: { kind: 'tcp', host: '127.0.0.1', port: other.port }, fail: 'pass' })).toEqual([
    expect.objectContaining({ state: 'problem', found: expect.stringMatching(/its answer is none; files pass unscanned/) }),
  ]);
});

testWith('clamd')(
  'a real one answers',
  async () => {
    await using clamd = await startClamd();
    expect(await look({ address: { kind: 'unix', path: clamd.path }, fail: 'defer' })).toEqual([
      { state: 'ok', found: `clamd at ${clamd.path} answers` },
    ]);
  },
  20_000,
);
