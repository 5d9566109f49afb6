import { Clients, clientOf, defaultLimits, Rate } from '../../src/inbound/limits.ts';
import { replies } from '../../src/model/reply.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
])('%s is of client %s', (ip, client) => {
  expect(clientOf(ip)).toBe(client);
});

test('so many hits within a minute, and the next when the minute has slid on', () => {
  const rate = new Rate(120);
  const hits = (count: number, at: number) => Array.from({ length: count }, () => rate.hit('a', at)).filter(Boolean).length;
  expect(hits(200, 1000)).toBe(120);
  expect(rate.hit('b', 1000)).toBe(true);
  expect(hits(10, 31_000)).toBe(0);
  expect(hits(200, 91_000)).toBe(60);
  expect(hits(200, 151_000)).toBeGreaterThanOrEqual(60);
  expect(hits(200, 600_000)).toBe(120);
});

test('remembers a bounded number of clients, the last ones', () => {
  const rate = new Rate(1, 100);
  for (let at = 0; at < 1000; at++) rate.hit(`client ${at}`, at);
  expect(rate.hit('client 950', 1000)).toBe(false);
  expect(rate.hit('client 1', 1000)).toBe(true);
});

test('connections are counted in all and for each client, and counted out again', () => {
  const clients = new Clients({ ...defaultLimits, connections: 3, connectionsPerClient: 2 }, true);
  expect(clients.enter('2001:db8::1')).toBeUndefined();
  expect(clients.enter('2001:db8::2')).toBeUndefined();
  expect(clients.enter('2001:db8::3')).toBe(replies.tooManyConnections);
  expect(clients.enter('192.0.2.1')).toBeUndefined();
  expect(clients.enter('192.0.2.2')).toBe(replies.tooManyConnections);
  clients.leave('2001:db8::1');
  expect(clients.enter('2001:db8::4')).toBeUndefined();
  expect(clients.connections).toBe(3);
});

test('with rate limits off only the total counts', () => {
  const clients = new Clients({ ...defaultLimits, connections: 3, connectionsPerClient: 1, messagesPerMinute: 1 }, false);
  expect([1, 2, 3, 4].map(() => clients.enter('192.0.2.1'))).toEqual([undefined, undefined, undefined, replies.tooManyConnections]);
  expect([1, 2, 3].map(() => clients.message('192.0.2.1'))).toEqual([undefined, undefined, undefined]);
});
