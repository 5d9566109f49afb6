/** Where the malware scanner listens. */
import { clamdUrl } from '../../src/config/readers.ts';

test.each([
  ['unix:/run/clamav/clamd.ctl', { kind: 'unix', path: '/run/clamav/clamd.ctl' }],
  ['unix:var/clamd.sock', { kind: 'unix', path: '/here/var/clamd.sock' }],
  ['tcp://127.0.0.1:3310', { kind: 'tcp', host: '127.0.0.1', port: 3310 }],
  ['tcp://[::1]:3310', { kind: 'tcp', host: '::1', port: 3310 }],
  ['tcp://scanner.internal:3310', { kind: 'tcp', host: 'scanner.internal', port: 3310 }],
])('%s fits', (text, url) => expect(clamdUrl(text, '/here')).toEqual(url));

test.each([
  '',
  'unix:',
  'unix:a b',
  '/run/clamd.ctl',
  'tcp://',
  'tcp://host',
  'tcp://host:0',
  'tcp://host:99999',
  'tcp://a@b:1',
  'tcp://:3310',
  'tcp://h:1/x',
  'http://h:1',
])('%j does not fit', (text) => expect(clamdUrl(text, '/here')).toBeUndefined());
