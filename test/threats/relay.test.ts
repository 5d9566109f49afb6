/** A whole relay under attack by mail: what comes in again, what would make it fetch, what would stop it, what would write into its log. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { readHeader } from '../../src/mime/header.ts';
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';
import { dial } from '../support/smtp.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

const write = (text: string, more: object = {}) =>
  scene.send(buyer.mailbox, scene.sellerAlias, letter({ from: buyer.mailbox, to: scene.sellerAlias, text, ...more }));
const last = (): string => scene.left().at(-1) ?? '';

/** Still there, and as quick as ever: thirty times what it takes. */
async function isWell(): Promise<void> {
  const began = performance.now();
  expect((await write('Is it oak?')).text).toMatch(/^250 2\.0\.0 /);
  expect(performance.now() - began).toBeLessThan(10_000);
}

describe('loops', () => {
  test('what one relay of ours sends and another one of ours gets is a loop at once', async () => {
    await write('Round and round.');
    const back = last()
      .replace(/^From: .*$/m, `From: ${buyer.mailbox}`)
      .replaceAll('\r\n', '\n');
    const { text } = await scene.send(buyer.mailbox, scene.sellerAlias, back);
    expect(text).toMatch(/^554 5\.4\.6 /);
  });

  test('a message that took 31 hops to us', async () => {
    const fields = Array.from({ length: 31 }, (_, hop) => `Received: by mx${hop}.example; Mon, 10 Mar 2025 10:00:00 +0100`);
    expect((await write('Here at last.', { fields })).text).toMatch(/^554 5\.4\.6 /);
  });

  test('two responders: one answer a day passes on, none is answered', async () => {
    const before = [scene.left().length, scene.notices().length];
    for (let n = 0; n < 4; n++) await write(`I am away (${n}).`, { fields: ['Auto-Submitted: auto-replied'] });
    expect([scene.left().length, scene.notices().length]).toEqual([(before[0] ?? 0) + 1, before[1]]);
    expect(fieldOf(last(), 'Auto-Submitted')).toMatch(/^auto-/);
  });

  test('an alias as author, as in a mail that was sent on from one alias to another', async () => {
    const message = letter({ from: scene.buyerAlias, to: scene.sellerAlias });
    expect((await scene.send(scene.buyerAlias, scene.sellerAlias, message)).text).toMatch(/^550 5\.7\.1 /);
  });
});

describe('the envelope', () => {
  test.each([
    ['percent hack', (alias: string) => `eve%evil.example@${alias.split('@')[1]}`],
    ['bang path', (alias: string) => `evil.example!eve@${alias.split('@')[1]}`],
    ['two @', (alias: string) => `${alias}@evil.example`],
    ['quoted alias', (alias: string) => `"${alias.split('@')[0]}"@${alias.split('@')[1]}`],
    ['a tag behind the alias', (alias: string) => alias.replace('@', '+x@')],
    ['a line break in the address', (alias: string) => `${alias}>\rRCPT TO:<eve@evil.example`],
    ['a path to a file', () => '|/bin/sh@relay.localhost'],
    ['the alias at another domain', (alias: string) => alias.replace(/@.*/, '@evil.example')],
    ['an address literal of ours', (alias: string) => alias.replace(/@.*/, '@[127.0.0.1]')],
  ])('nothing is relayed to others: %s', async (_, address) => {
    using client = await dial(scene.relay.smtpPort);
    await client.command('MAIL FROM:<eve@evil.example>', /^250/);
    expect((await client.command(`RCPT TO:<${address(scene.sellerAlias)}>`)).text).toMatch(/^5\d\d 5\./);
  });

  test.each(['b', 'c', 'r', 'u', 'a', 'd'])('an address of ours (%s-…) with a check that was guessed is no address', async (letterOf) => {
    const { trace } = await write('Whose is it?');
    using client = await dial(scene.relay.smtpPort);
    await client.command('MAIL FROM:<eve@evil.example>', /^250/);
    expect((await client.command(`RCPT TO:<${letterOf}-${trace}-aaaaaaaa@relay.localhost>`)).text).toMatch(/^550 5\.1\.1 /);
  });

  test('a forged return-path of ours as reverse-path is a stranger like any other', async () => {
    const message = letter({ from: 'eve@evil.example', to: scene.sellerAlias });
    expect((await scene.send(scene.hop.messages.at(-1)?.reversePath ?? '', scene.sellerAlias, message)).text).toMatch(/^550 5\.7\.1 /);
  });
});

test('no URL in a mail is fetched, whatever it stands in', async () => {
  const calls: string[] = [];
  const listener = createServer((socket) => {
    socket.on('error', () => {}).once('data', (data) => calls.push(data.toString().slice(0, 80)));
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const url = (what: string) => `http://127.0.0.1:${(listener.address() as AddressInfo).port}/${what}`;
  const html = [
    `<html><head><link rel=stylesheet href="${url('sheet')}"><link rel=prefetch href="${url('pre')}"><base href="${url('base')}">`,
    `<style>@import url(${url('import')}); body{background:url(${url('css')})} @font-face{font-family:x;src:url(${url('font')})}</style></head>`,
    `<body background="${url('body')}"><img src="${url('img')}" srcset="${url('srcset')} 2x"><iframe src="${url('frame')}"></iframe>`,
    `<object data="${url('object')}"></object><embed src="${url('embed')}"><video poster="${url('poster')}" src="${url('video')}"></video>`,
    `<svg><image href="${url('svg')}"/><use href="${url('use')}"/></svg><script src="${url('script')}"></script>`,
    `<form action="${url('form')}"><input type=image src="${url('input')}"></form><p style="background:url(${url('style')})">Is it oak?</p>`,
    `<a href="${url('link')}" ping="${url('ping')}">link</a></body></html>`,
  ].join('\n');
  const external = `Content-Type: message/external-body; access-type=URL; URL="${url('external')}"\n\nContent-Type: image/png\n\n`;
  const svg = `Content-Type: image/svg+xml; name=a.svg\n\n<?xml version="1.0"?><!DOCTYPE s SYSTEM "${url('dtd')}" [<!ENTITY x SYSTEM "${url('xxe')}">]><svg>&x;</svg>`;
  const parts = [`Content-Type: text/html\n\n${html}`, external, svg, `Content-Type: text/plain\n\n${url('text')} \\\\127.0.0.1\\share`];
  const fields = [
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    `List-Unsubscribe: <${url('unsubscribe')}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    `Disposition-Notification-To: <eve@[127.0.0.1]>`,
    `X-Image-URL: ${url('face')}`,
    `Autocrypt: addr=x@y.example; keydata=${url('key')}`,
    `DKIM-Signature: v=1; a=rsa-sha256; q=${url('q')}; d=evil.example; s=s; h=from; bh=x; b=x`,
    `BIMI-Location: v=BIMI1; l=${url('bimi')}`,
  ];
  const text = `${parts.map((part) => `--b\n${part}`).join('\n')}\n--b--`;
  expect((await write(text, { fields })).code).toBe(250);
  await isWell();
  listener.close();
  expect(calls).toEqual([]);
  expect(last()).not.toContain('127.0.0.1');
});

describe('mails that are meant to stop it', () => {
  const multipart = (parts: number, part: string) => `${`--b\n\n${part}\n`.repeat(parts)}--b--`;
  const mixed = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'];
  const html = ['MIME-Version: 1.0', 'Content-Type: text/html'];
  const nested = Array.from({ length: 200 }, (_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n\n`).join('');

  test.each<[string, string, readonly string[], RegExp]>([
    ['5,000 parts', multipart(5_000, 'x'), mixed, /^554 5\.6\.0/],
    ['200 levels', `${nested}x`, ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b0'], /^554 5\.6\.0/],
    ['100 nested messages', 'Content-Type: message/rfc822\n\n'.repeat(100), ['Content-Type: message/rfc822'], /^(?:250|55\d)/],
    ['1,001 header fields', 'x', Array.from({ length: 1_001 }, (_, n) => `X-${n}: y`), /^554 5\.6\.0/],
    ['a header of 200 kB', 'x', [`X: ${'y'.repeat(200_000)}`], /^554 5\.6\.0/],
    ['a subject of 90 kB', 'x', [`X-Y: ${'=?utf-8?B?4pyT?= '.repeat(5_000)}`], /^250/],
    ['100,000 open elements', '<div>'.repeat(100_000), html, /^554 5\.6\.0/],
    ['a million attributes', `<p ${'a=b '.repeat(250_000)}>x</p>`, html, /^(?:250|55\d)/],
    ['addresses by the thousand', 'a@b.example '.repeat(20_000), [], /^(?:250|55\d|451)/],
    ['quotes within quotes', '> '.repeat(200_000), [], /^(?:250|55\d|451)/],
    ['lines of nothing', '\n'.repeat(900_000), [], /^(?:250|55\d|451)/],
    ['a boundary that begins every line', multipart(90, `--b${'-'.repeat(60)}\n`.repeat(100)), mixed, /^(?:250|55\d)/],
  ])('%s', async (_, text, fields, expected) => {
    const began = performance.now();
    expect((await write(text, { fields })).text).toMatch(expected);
    expect(performance.now() - began).toBeLessThan(15_000);
    await isWell();
  });

  test('names that every object has', async () => {
    const fields = [
      '__proto__: polluted',
      'constructor: polluted',
      'toString: polluted',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; __proto__=polluted; constructor=polluted; boundary=b',
    ];
    const part = 'Content-Type: text/plain; __proto__=x; toString=x\nContent-Disposition: inline; __proto__=x; filename*0*=x\n\nIs it oak?';
    expect((await write(`--b\n${part}\n--b--`, { fields })).code).toBe(250);
    expect(last()).toContain('Is it oak?');
    expect(last()).not.toContain('polluted');
    await isWell();
  });
});

test('nobody writes into the log, or into what leaves, by what stands in a dialogue or a mail', async () => {
  const forged = '{"level":30,"event":"message","trace":"0000000000000000"}';
  using client = await dial(scene.relay.smtpPort);
  await client.send(`EHLO x\\r\\n${forged}`);
  await client.reply();
  await client.send(`MAIL FROM:<a@b.example> X=${forged}`);
  await client.reply();
  await client.send('VRFY \u001b[2J\u0007');
  await client.reply();
  const fields = [`X-A: \n ${forged}`, `In-Reply-To: <x"\\${forged}@y.example>`, 'References: <a\u001b[31m@y.example>'];
  const subject = `=?utf-8?B?${Buffer.from(`hi\r\nBcc: eve@evil.example\r\n\r\n${forged}\u001b[2J`).toString('base64')}?=`;
  expect((await write('Is it oak?', { subject, fields, id: `x${forged.replaceAll('"', '')}@y.example` })).code).toBe(250);
  expect(last().split('\r\n\r\n', 1)[0]).not.toMatch(/^Bcc:/m);
  const lines = scene.relay.log().trim().split('\n');
  expect(lines.filter((line) => typeof JSON.parse(line).event !== 'string')).toEqual([]);
  expect(scene.relay.log()).not.toMatch(/0000000000000000|\u001b|b\.example|y\.example/);
});

describe('what the marketplace registers', () => {
  const register = (name: string) =>
    scene.relay.call('PUT', `/v1/parties/${buyer.id}`, { role: 'buyer', name, mailboxes: [{ address: buyer.mailbox }] });
  afterAll(() => register(buyer.name));

  test.each([
    'Bo" <eve@evil.example>, "x',
    '<eve@evil.example>',
    'Bo, eve@evil.example',
    'Team: eve@evil.example;',
    'Bo (eve@evil.example',
    'Bo\\" <eve@evil.example>',
    '=?utf-8?Q?Bo=0D=0ABcc:_eve@evil.example?=',
    'Bo\u2028Bcc: eve@evil.example',
    '\u202eelpmaxe.live@eve',
    '<script>alert(1)</script>',
    "'; DROP TABLE party; --",
    '__proto__',
  ])('a name that would be more than a name: %j', async (name) => {
    const { status } = await register(name);
    expect([200, 201, 204, 400]).toContain(status);
    expect((await write('Is it oak?')).code).toBe(250);
    const header = readHeader(Buffer.from(last()));
    expect(header.author).toBe(scene.buyerAlias);
    expect(header.fields.map((field) => field.name)).not.toContain('bcc');
    expect(last()).not.toMatch(/evil|<script|[^\x00-\x7f]/);
  });

  test.each(['Bo\r\nBcc: eve@evil.example', 'Bo\nX: y', 'Bo\0', 'Bo\u0085X: y'])(
    'a name with a line break or a control: %j is refused',
    async (name) => {
      expect((await register(name)).status).toBe(400);
    },
  );

  test('an item of an order is text, in the HTML of a mail too', async () => {
    const order = { buyer: buyer.id, seller: seller.id, kind: 'standard', item: '<img src=https://evil.example/p.gif> "Oak" & <b>' };
    expect((await scene.relay.call('PUT', '/v1/orders/4711', order)).status).toBeLessThan(300);
    expect((await write('<p>Is it oak?</p>', { fields: ['MIME-Version: 1.0', 'Content-Type: text/html'] })).code).toBe(250);
    const html = last().replace(/=\r\n/g, '').split('text/html')[1] ?? '';
    expect(html).toContain('&lt;img src');
    expect(html).not.toContain('<img');
  });
});
