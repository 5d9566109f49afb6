/** Person, robot, responder or nobody, and what goes round (RFC 3834, RFC 5321 section 6.3). */
import { stopLoop, writerOf } from '../../src/auth/automatic.ts';
import { readHeader } from '../../src/mime/header.ts';

const headerWith = (...fields: readonly string[]) => readHeader(Buffer.from(['From: a@b.example', ...fields, '', 'text'].join('\r\n')));

test.each([
  ['person', [], 'a@b.example'],
  ['person', ['Auto-Submitted: no'], 'a@b.example'],
  ['person', ['X-Auto-Response-Suppress: All', 'Precedence: bulk'], 'a@b.example'],
  ['robot', ['Auto-Submitted: auto-generated', 'X-Mailer: Zendesk Mailer'], 'a@b.example'],
  ['responder', ['Auto-Submitted: auto-replied (vacation)'], 'a@b.example'],
  ['responder', ['Auto-Submitted: auto-replied'], ''],
  ['responder', ['Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: All'], ''],
  ['responder', ['X-Autoreply: yes'], 'a@b.example'],
  ['responder', ['Precedence: auto_reply'], 'a@b.example'],
  ['bounce or receipt', [], ''],
  ['bounce or receipt', ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'], 'a@b.example'],
  ['bounce or receipt', ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b'], 'a@b.example'],
  ['bounce or receipt', ['Content-Type: Multipart/Report; boundary=b', 'Auto-Submitted: auto-replied'], ''],
  ['calendar', ['Content-Type: text/calendar; method=REPLY; charset=utf-8'], 'a@b.example'],
  ['calendar', ['Content-class: urn:content-classes:calendarmessage'], 'a@b.example'],
  ['calendar', ['Sender: Google Calendar <calendar-notification@google.com>'], 'a@b.example'],
  ['mailing list', ['List-Id: Lamps <lamps.lists.example>'], 'a@b.example'],
  ['mailing list', ['Precedence: list'], 'a@b.example'],
  ['person', ['List-Unsubscribe: <mailto:off@b.example>'], 'a@b.example'],
  ['challenge', ['X-Boxbe-Notification: challenge'], 'a@b.example'],
])('%s: %j from <%s>', (writer, fields, reversePath) => {
  const found = writerOf(headerWith(...fields), reversePath);
  expect(found.kind === 'nobody' ? found.why : found.kind).toBe(writer);
});

test('30 hops are many, 31 a loop; what we sent ourselves is one at once', () => {
  const hops = (count: number) => headerWith(...Array.from({ length: count }, (_, hop) => `Received: by mx${hop}.example; now`));
  expect(() => stopLoop(hops(30))).not.toThrow();
  expect(() => stopLoop(hops(31))).toThrow('554 5.4.6');
  expect(() => stopLoop(headerWith('Postern-Trace: k3m9x7q2v8r4t6w1'))).toThrow('554 5.4.6');
});
