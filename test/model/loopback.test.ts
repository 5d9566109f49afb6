import { isLoopback } from '../../src/model/loopback.ts';

test.each(['localhost', '127.0.0.1', '127.8.9.10', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::ffff:7f00:1'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each([
  '',
  '126.255.255.255',
  '128.0.0.1',
  '::',
  '::2',
  '::ffff:126.0.0.1',
  '127.0.0.1.evil.example',
  '127.1',
  'localhost.example',
  '0.0.0.0',
])('%s is not', (host) => {
  expect(isLoopback(host)).toBe(false);
});
