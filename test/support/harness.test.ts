/** The harness itself: swaks and Postfix carry a message unchanged, and say what went wrong. */
import { startPostfix } from './postfix.ts';
import { testWith } from './programs.ts';
import { openSink } from './sink.ts';
import { swaks } from './swaks.ts';

const message = Buffer.from('Subject: Tea %DATE%\r\nFrom: a@x.test\r\n\r\n.\r\n..\r\n\\n Gr\xfc\xdfe\r\n\r\n', 'latin1');

testWith('swaks')('swaks sends the given bytes', async () => {
  await using hop = await openSink();
  const done = await swaks({ port: hop.port, from: 'a@x.test', to: 'b@y.test', message });
  expect(done).toMatchObject({ ok: true, exitCode: 0, reply: '250 2.0.0 Ok: queued' });
  expect(done.replies[0]).toBe('220 sink.test ESMTP');
  expect(hop.messages[0]).toMatchObject({ reversePath: 'a@x.test', recipients: ['b@y.test'] });
  expect(hop.messages[0]?.bytes.equals(message)).toBe(true);
});

testWith('swaks')('swaks tells what was refused', async () => {
  await using hop = await openSink({ recipients: { 'c@y.test': '550-5.1.1 no\n550 5.1.1 never' } });
  const one = await swaks({ port: hop.port, from: '', to: 'c@y.test', message });
  expect(one).toMatchObject({ ok: false, exitCode: 24, reply: '550-5.1.1 no\n550 5.1.1 never' });
  expect(one.transcript).toContain('MAIL FROM:<>');
  const dot = await openSink({ at: { dot: '451 4.3.0 later' } });
  expect(await swaks({ port: dot.port, from: '', to: ['b@y.test', 'd@y.test'], message: 'Subject: x\r\n\r\nno line end' })).toMatchObject({
    ok: false,
    reply: '451 4.3.0 later',
  });
  expect(dot.messages[0]).toMatchObject({ recipients: ['b@y.test', 'd@y.test'], bytes: Buffer.from('Subject: x\r\n\r\nno line end\r\n') });
  await dot[Symbol.asyncDispose]();
  expect(await swaks({ port: dot.port, from: '', to: 'b@y.test' })).toMatchObject({ ok: false, exitCode: 2, reply: '' });
});

testWith('swaks', 'postfix')('swaks to Postfix to Maildir', async () => {
  await using postfix = await startPostfix({ domains: ['y.test'] });
  const quick = { port: postfix.port, from: 'a@x.test', message };
  expect(await swaks({ ...quick, to: 'b@y.test' })).toMatchObject({ ok: true });
  expect(await swaks({ ...quick, to: 'b@z.test' })).toMatchObject({ ok: false, exitCode: 24, reply: expect.stringContaining('554 5.7.1') });
  const [mail] = await postfix.waitFor('b@y.test', 1);
  expect(mail).toMatchObject({ recipient: 'b@y.test', reversePath: 'a@x.test' });
  expect(mail?.bytes.equals(message)).toBe(true);
  expect(await postfix.messages('nobody@y.test')).toEqual([]);
  expect(await postfix.log()).toContain('status=sent (delivered to maildir)');
});
