/** HTTP as it must not be written (RFC 9112 sections 3 and 6): refused, and the connection closed, so that nothing behind it counts. */
import { connect } from 'node:net';
import { type Api, serveApi, token } from './serve.ts';

let api: Api;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api[Symbol.asyncDispose]());

/** All that comes back until the server closes; fails where it does not. */
function exchange(bytes: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = '';
    socket.setTimeout(4_000, () => {
      socket.destroy();
      reject(new Error(`not closed: ${answer}`));
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    socket.write(bytes, 'latin1');
  });
}

const statuses = (answer: string): string[] => [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status);
const head = `POST /v1/check HTTP/1.1\r\nHost: relay\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
const smuggled = `GET /livez HTTP/1.1\r\nHost: relay\r\n\r\n`;
const chunked = '2\r\n{}\r\n0\r\n\r\n';

const malformed: [string, string][] = [
  ['Transfer-Encoding beside Content-Length', `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n${chunked}`],
  ['the same the other way round', `${head}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n${chunked}`],
  ['two lengths', `${head}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}`],
  ['twice the same length', `${head}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`],
  ['a list of lengths', `${head}Content-Length: 2, 2\r\n\r\n{}`],
  ['a signed length', `${head}Content-Length: +2\r\n\r\n{}`],
  ['a length in hexadecimal', `${head}Content-Length: 0x2\r\n\r\n{}`],
  ['a blank before the colon', `${head}Content-Length : 2\r\n\r\n{}`],
  ['a folded field', `${head}X-A: b\r\n c\r\nContent-Length: 2\r\n\r\n{}`],
  ['another transfer coding', `${head}Transfer-Encoding: xchunked\r\n\r\n${chunked}`],
  ['chunked, and then another', `${head}Transfer-Encoding: chunked, identity\r\n\r\n${chunked}`],
  ['two transfer codings', `${head}Transfer-Encoding: identity\r\nTransfer-Encoding: chunked, cow\r\n\r\n${chunked}`],
  ['a chunk of another length', `${head}Transfer-Encoding: chunked\r\n\r\n3\r\n{}\r\n0\r\n\r\n`],
  ['a signed chunk', `${head}Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n`],
  ['a bare LF behind a field', `${head}X-A: b\nContent-Length: 2\r\n\r\n{}`],
  ['a bare LF at the end of the head', `GET /livez HTTP/1.1\nHost: relay\n\n`],
  ['a bare CR in a field', `${head}X-A: b\rX-C: d\r\nContent-Length: 2\r\n\r\n{}`],
  ['a NUL in a field', `${head}X-A: b\0\r\nContent-Length: 2\r\n\r\n{}`],
  ['no Host', `GET /livez HTTP/1.1\r\n\r\n`],
  ['two hosts', `GET /livez HTTP/1.1\r\nHost: relay\r\nHost: other\r\n\r\n`],
  ['a URL of another host (absolute-form)', `GET http://other.example/livez HTTP/1.1\r\nHost: relay\r\n\r\n`],
  ['CONNECT', `CONNECT other.example:443 HTTP/1.1\r\nHost: other.example\r\n\r\n`],
  ['another protocol', `GET /livez HTTP/3.7\r\nHost: relay\r\n\r\n`],
  ['no HTTP', 'EHLO relay\r\n\r\n'],
  ['a blank in the target', `GET /livez /x HTTP/1.1\r\nHost: relay\r\n\r\n`],
];

test.each(malformed)('%s', async (_, bytes) => {
  const answer = await exchange(bytes + smuggled);
  expect(statuses(answer)).toHaveLength(statuses(answer).length > 0 ? 1 : 0);
  expect(statuses(answer).join()).toMatch(/^4\d\d$|^$/);
  expect(answer).not.toContain('other.example');
});

test('a head that is too large', async () => {
  const answer = await exchange(`GET /livez HTTP/1.1\r\nHost: relay\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n${smuggled}`);
  expect(statuses(answer)).toEqual(['431']);
});

test('what is well-formed is answered, one after the other', async () => {
  const answer = await exchange(`${smuggled}${smuggled}GET /livez HTTP/1.1\r\nHost: relay\r\nConnection: close\r\n\r\n`);
  expect(statuses(answer)).toEqual(['200', '200', '200']);
});
