/** Who counts as proven: DKIM or SPF, aligned with the author's domain, and nothing else. */
import { generateKeyPairSync } from 'node:crypto';
import { sealMessage } from 'mailauth';
import { createTransport } from 'nodemailer';
import { authenticate, type SenderProof } from '../../src/auth/authenticate.ts';
import { readHeader } from '../../src/mime/header.ts';
import { dnsOf, type Zone } from '../support/dns.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
});
const keyRecord = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
const zone: Zone = {
  'shop.example': { TXT: ['v=spf1 ip4:192.0.2.7 -all'] },
  'mail.shop.example': { TXT: ['v=spf1 ip4:192.0.2.7 -all'] },
  'esp.example': { TXT: ['v=spf1 ip4:192.0.2.7 -all'] },
  's1._domainkey.shop.example': { TXT: [keyRecord] },
  's1._domainkey.esp.example': { TXT: [keyRecord] },
};
const plain = 'From: Hanna <hanna@shop.example>\r\nTo: x@relay.example\r\nSubject: hi\r\nMessage-ID: <1@shop.example>\r\n\r\nHello.\r\n';

async function signed(domainName: string): Promise<string> {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    dkim: { domainName, keySelector: 's1', privateKey },
  });
  const { message } = await transport.sendMail({ envelope: { from: 'hanna@shop.example', to: 'x@relay.example' }, raw: plain });
  return String(message);
}

interface Mail {
  readonly raw?: string;
  readonly ip?: string;
  readonly from?: string;
  readonly dns?: Zone;
  readonly proof?: SenderProof;
  readonly trusted?: readonly string[];
}

function prove({ raw = plain, ip = '198.51.100.1', from = 'hanna@shop.example', dns = zone, proof = 'enforce', trusted = [] }: Mail) {
  const bytes = Buffer.from(raw);
  const envelope = { reversePath: from, forwardPath: 'x@relay.example', client: { ip, helo: 'mx.shop.example', tls: true } };
  const received = { trace: 'k3m9x7q2v8r4t6w1', envelope, raw: bytes, at: 0 };
  return authenticate(received, readHeader(bytes), { proof, resolver: dnsOf(dns), name: 'relay.example', trustedSealers: trusted });
}

const refused = (code: number, enhanced: string) => expect.objectContaining({ reply: expect.objectContaining({ code, enhanced }) });

test('SPF of the author’s own domain, or of one below it, proves', async () => {
  expect(await prove({ ip: '192.0.2.7' })).toEqual({ spf: 'pass', dkim: 'none', aligned: true });
  expect(await prove({ ip: '192.0.2.7', from: 'bounce@mail.shop.example' })).toMatchObject({ aligned: true });
});

test('a signature of the author’s domain proves, from wherever it comes', async () => {
  expect(await prove({ raw: await signed('shop.example') })).toMatchObject({ dkim: 'pass', aligned: true });
});

test.each([
  ['nothing at all', {}],
  ['SPF of another domain', { ip: '192.0.2.7', from: 'bounce@esp.example' }],
  ['SPF with a null reverse-path', { ip: '192.0.2.7', from: '' }],
])('%s does not: 550 5.7.26', async (_, mail: Mail) => {
  await expect(prove(mail)).rejects.toEqual(refused(550, '5.7.26'));
});

test('neither does a signature of another domain, nor one over a text that was changed', async () => {
  await expect(prove({ raw: await signed('esp.example') })).rejects.toEqual(refused(550, '5.7.26'));
  await expect(prove({ raw: (await signed('shop.example')).replace('Hello.', 'Send money.') })).rejects.toEqual(refused(550, '5.7.26'));
  await expect(prove({ raw: (await signed('shop.example')).replace('From: Hanna <hanna@', 'From: Eve <eve@') })).rejects.toEqual(
    refused(550, '5.7.26'),
  );
});

describe('a forwarder that seals what it passes on (ARC)', () => {
  const dns: Zone = { ...zone, 's1._domainkey.list.example': { TXT: [keyRecord] }, 's1._domainkey.evil.example': { TXT: [keyRecord] } };

  /** What came to the forwarder with these results, as it leaves it: with another subject, and sealed. */
  async function forwarded(signingDomain: string, authResults: string): Promise<string> {
    const changed = plain.replace('Subject: hi', 'Subject: [list] hi');
    const seal = await sealMessage(changed, {
      signingDomain,
      selector: 's1',
      privateKey,
      authResults,
      cv: 'none',
      algorithm: 'rsa-sha256',
    });
    return `${seal.toString()}${changed}`;
  }
  const found =
    'mx.list.example; dkim=pass header.d=shop.example; spf=pass smtp.mailfrom=hanna@shop.example; dmarc=pass header.from=shop.example';

  test('proves by what it found, where it is trusted', async () => {
    const raw = await forwarded('list.example', found);
    expect(await prove({ raw, dns, trusted: ['list.example'] })).toMatchObject({ arc: 'pass', aligned: true });
    await expect(prove({ raw, dns })).rejects.toEqual(refused(550, '5.7.26'));
    await expect(prove({ raw, dns, trusted: ['other.example'] })).rejects.toEqual(refused(550, '5.7.26'));
  });

  test.each([
    ['found nothing', 'list.example', 'mx.list.example; dkim=none; spf=fail smtp.mailfrom=hanna@shop.example'],
    ['found another domain', 'list.example', 'mx.list.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example'],
    ['is somebody else', 'evil.example', found],
  ])('proves nothing where it %s', async (_, by, results) => {
    await expect(prove({ raw: await forwarded(by, results), dns, trusted: ['list.example'] })).rejects.toEqual(refused(550, '5.7.26'));
  });

  test('proves nothing where the text was changed after it', async () => {
    const raw = (await forwarded('list.example', found)).replace('Hello.', 'Send money.');
    await expect(prove({ raw, dns, trusted: ['list.example'] })).rejects.toEqual(refused(550, '5.7.26'));
  });
});

test('while DNS does not tell, the sender comes again: 451 4.4.3', async () => {
  const silent = { ...zone, 's1._domainkey.shop.example': { TXT: 'servfail' as const } };
  await expect(prove({ raw: await signed('shop.example'), dns: silent })).rejects.toEqual(refused(451, '4.4.3'));
});

test('a DNS that never answers ends after eight seconds', async () => {
  const dead = { ...zone, 's1._domainkey.shop.example': { TXT: 'never' as const } };
  await expect(prove({ raw: await signed('shop.example'), dns: dead })).rejects.toEqual(refused(451, '4.4.3'));
}, 15_000);

test('monitor finds out and refuses nobody; off does not ask', async () => {
  expect(await prove({ proof: 'monitor' })).toEqual({ spf: 'fail', dkim: 'none', aligned: false });
  expect(await prove({ proof: 'off', dns: {} })).toBeUndefined();
});
