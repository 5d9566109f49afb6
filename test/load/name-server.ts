/** A name server that knows nothing: NXDOMAIN to everybody (RFC 1035 section 4.1.1). */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export async function startNameServer(): Promise<Disposable & { readonly address: string }> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    query.writeUInt16BE(0x8183, 2);
    socket.send(query, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, [Symbol.dispose]: () => void socket.close() };
}
