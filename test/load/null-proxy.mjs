#!/usr/bin/env node
// The floor of this stack, to measure against in the same run: smtp-server takes the message, nodemailer's pool hands it to the next hop, then 250.
// Nothing is parsed, checked or stored. Run it from the project.
//
//     node test/load/null-proxy.mjs --port 2700 --next 2526
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const require = createRequire(`${process.cwd()}/`);
const { SMTPServer } = require('smtp-server');
const nodemailer = require('nodemailer');
const { values } = parseArgs({ options: { port: { type: 'string', default: '2700' }, next: { type: 'string', default: '2526' } } });

const next = nodemailer.createTransport({
  host: '127.0.0.1', port: Number(values.next), secure: false, ignoreTLS: true, name: 'null.example', pool: true, maxConnections: 1000, maxMessages: Infinity,
});

new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'], authOptional: true, disableReverseLookup: true, hidePIPELINING: false, logger: false, maxClients: Infinity, size: 50e6,
  onData(stream, { envelope }, done) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('error', done);
    stream.on('end', () => next.sendMail({
      envelope: { from: envelope.mailFrom.address || '', to: envelope.rcptTo.map(({ address }) => address) }, raw: Buffer.concat(chunks),
    }).then(() => done(null, 'ok'), ({ message }) => done(Object.assign(new Error(message), { responseCode: 451 }))));
  },
}).listen(Number(values.port), '127.0.0.1', 4096);
