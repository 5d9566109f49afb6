/** A relay that is stopped while the bucket of its archive hangs: its copies wait in the store, and the next relay says how many. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buyer, letter, openScene } from '../support/scene.ts';

test('no copy ends with the process, and how many wait is measured', async () => {
  const bucket = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(bucket, 'listening');
  const endpoint = encodeURIComponent(`http://127.0.0.1:${(bucket.address() as AddressInfo).port}`);
  const scene = await openScene({
    ARCHIVE_URL: `s3://copies?endpoint=${endpoint}&region=eu-north-1`,
    AWS_ACCESS_KEY_ID: 'test-key',
    AWS_SECRET_ACCESS_KEY: 'test-secret',
  });
  try {
    const mail = letter({ from: `Lara <${buyer.mailbox}>`, to: scene.sellerAlias, text: 'Is it oiled?', subject: 'The shelf' });
    for (let count = 0; count < 6; count += 1) expect((await scene.send(buyer.mailbox, scene.sellerAlias, mail)).code).toBe(250);
    await scene.relay.stop('SIGTERM');
    expect(scene.relay.log()).not.toContain('not-archived');
    await scene.restart();
    const metrics = await fetch(`${scene.relay.api}/metrics`, { headers: { authorization: `Bearer ${scene.relay.token}` } });
    expect(await metrics.text()).toMatch(/^postern_archive_queued_copies 6$/m);
  } finally {
    bucket.close();
    bucket.closeAllConnections();
    await scene[Symbol.asyncDispose]();
  }
}, 60_000);
