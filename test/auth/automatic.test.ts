/** Person, robot or report, and what goes round (RFC 3834, RFC 5321 section 6.3). */
import { stopLoop, writerOf } from '../../src/auth/automatic.ts';
import { readHeader } from '../../src/mime/header.ts';

const headerWith = (...fields: readonly string[]) => readHeader(Buffer.from(['From: a@b.example', ...fields, '', 'text'].join('\r\n')));

test.each([
  ['person', [], 'a@b.example'],
  ['person', ['Auto-Submitted: no'], 'a@b.example'],
  ['robot', ['Auto-Submitted: auto-replied (vacation)'], 'a@b.example'],
  ['robot', ['Auto-Submitted: auto-replied'], ''],
  ['robot', ['X-Autoreply: yes'], 'a@b.example'],
  ['report', [], ''],
  ['report', ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'], 'a@b.example'],
  ['report', ['Content-Type: Multipart/Report; boundary=b', 'Auto-Submitted: auto-replied'], ''],
])('%s: %j from <%s>', (writer, fields, reversePath) => {
  expect(writerOf(headerWith(...fields), reversePath)).toBe(writer);
});

test('30 hops are many, 31 a loop; what we sent ourselves is one at once', () => {
  const hops = (count: number) => headerWith(...Array.from({ length: count }, (_, hop) => `Received: by mx${hop}.example; now`));
  expect(() => stopLoop(hops(30))).not.toThrow();
  expect(() => stopLoop(hops(31))).toThrow('554 5.4.6');
  expect(() => stopLoop(headerWith('Postern-Trace: k3m9x7q2v8r4t6w1'))).toThrow('554 5.4.6');
});
