/** STARTTLS as an operator sets it up: files in the settings, read again on SIGHUP. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../support/certificate.ts';
import { startRelay } from '../support/relay.ts';
import { dial } from '../support/smtp.ts';

test('STARTTLS with the key and certificate of the settings; others after SIGHUP; broken ones leave the old in place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-tls-'));
  const files = { TLS_KEY_FILE: join(folder, 'key.pem'), TLS_CERT_FILE: join(folder, 'cert.pem') };
  const put = ({ key, cert }: { readonly key: string; readonly cert: string }) => {
    writeFileSync(files.TLS_KEY_FILE, key);
    writeFileSync(files.TLS_CERT_FILE, cert);
  };
  try {
    put(makeCertificate('first.example'));
    await using relay = await startRelay({ env: files });
    const shown = async (): Promise<string> => {
      using client = await dial(relay.smtpPort);
      const socket = await client.startTls();
      return String(socket.getPeerCertificate().subject.CN);
    };
    const reloaded = async (event: string): Promise<void> => {
      process.kill(relay.pid, 'SIGHUP');
      for (const patience = Date.now() + 10_000; !relay.log().includes(`"event":"${event}"`) && Date.now() < patience; ) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    expect(await shown()).toBe('first.example');
    put(makeCertificate('second.example'));
    await reloaded('tls-reloaded');
    expect(await shown()).toBe('second.example');
    put({ key: 'no key', cert: 'no certificate' });
    await reloaded('tls-not-reloaded');
    expect(await shown()).toBe('second.example');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);
