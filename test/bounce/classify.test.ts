/** Mail that came to a return-path of ours, as the mail systems of the world write it: what is it, and why? Names and hosts are made up. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Meaning, meaningOf } from '../../src/bounce/classify.ts';
import { readReport } from '../../src/mime/report.ts';
import { type Mailbox, parseMailbox } from '../../src/model/address.ts';

const recipient = parseMailbox('jane.roe@mail.example') as Mailbox;
const isOurs = (mailbox: Mailbox): boolean => mailbox === recipient;
const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, `${name}.eml`));
const meaningIn = async (bytes: Uint8Array): Promise<Meaning> => meaningOf(await readReport(bytes), isOurs);

/** By what they are; `unknown`, `full`, `policy` and `other` came back for good. */
const expected: Readonly<Record<string, readonly string[]>> = {
  unknown: [
    'postfix-unknown postfix-no-such-domain postfix-vague-status postfix-code-in-diagnostic postfix-unknown-as-policy',
    'postfix-without-report sendmail-unknown sendmail-old-text exim-unknown exim-unrouteable qmail-unknown qmail-no-host qmail-remote',
    'exchange-not-found exchange-access-denied exchange-german exchange-html-only exchange-old-2003 gmail-unknown gmail-disabled',
    'yahoo-text domino gmx-unknown t-online orange-fr libero-it qq-unknown 163-unknown docomo-unknown naver-ko mailru uol-pt telia-sv',
    'indonesia ironport mdaemon zoho-html nested-in-mixed report-as-attachment several-ours-failed without-action forwarded-on',
    'empty-status james m-filter mailmarshal imail notes-ja fields-in-another-order without-status-and-type report-without-status-part',
    'exchange-5-5 link-before-reason',
  ],
  full: [
    'postfix-full postfix-full-expired exim-full qmail-full exchange-full exchange-spanish gmail-full notes-text webde-full free-fr-full',
    'tim-it-full 163-full ezweb-full kpn-nl wp-pl icloud-full groups-without-blank-lines broken-continuation status-in-base64',
    'too-many-messages mailfolder-full',
  ],
  policy: [
    'postfix-policy postfix-spam-as-unknown exim-policy exchange-restricted gmail-blocked gmail-old-text yahoo-policy qq-policy',
    'softbank-refused mimecast barracuda-hidden-in-html preferences-as-unknown',
  ],
  other: ['postfix-expired postfix-too-large postfix-loop exim-timeout ses global-status quota-warning-in-copy loop-in-utf-7'],
  delayed: ['postfix-delayed sendmail-warning exim-warning gmail-incomplete'],
  delivered: ['postfix-success several-behind-one-arrived several-ours-arrived expanded'],
  answer: ['vacation out-of-office out-of-office-postmaster abwesend read-receipt feedback-report challenge'],
};

const table = Object.entries(expected).flatMap(([what, lines]) =>
  lines.flatMap((line) => line.split(' ')).map((name) => [name, what] as const),
);

test.each(table)('%s: %s', async (name, what) => {
  const meaning = await meaningIn(read(name));
  expect(meaning.kind === 'failed' ? meaning.reason : meaning.kind).toBe(what);
});

test('each message has its line', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.eml'));
  expect(files.toSorted()).toEqual(table.map(([name]) => `${name}.eml`).toSorted());
});

test('the recipient is found wherever a report names one, and nobody else', async () => {
  const stranger = parseMailbox('roe@mail.example') as Mailbox;
  for (const [name] of table.filter(([, what]) => ['unknown', 'full', 'policy', 'other'].includes(what))) {
    const meaning = await meaningIn(read(name));
    const named = meaning.kind === 'failed' && [meaning.names(recipient), meaning.names(stranger)];
    expect({ name, named }).toEqual({ name, named: [true, false] });
  }
});

test('the Message-ID of what came back is read from the returned header, whatever part or text it stands in', async () => {
  for (const name of [
    'postfix-unknown',
    'postfix-full',
    'qmail-unknown',
    'exim-full',
    'gmail-unknown',
    'exchange-full',
    'sendmail-old-text',
  ]) {
    expect({ name, ids: (await readReport(read(name))).messageIds }).toEqual({ name, ids: ['k3v9qq0m2s@relay.market.example'] });
  }
  expect((await readReport(read('163-unknown'))).messageIds).toEqual([]);
});
