import { type Api, fieldsOf, jane, serveApi, shop } from './serve.ts';

let api: Api;
beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test('a party is registered, changed and read again', async () => {
  const made = await api.call('PUT', '/v1/parties/b-1', jane);
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: 'b-1',
    role: 'buyer',
    name: 'Jane Doe',
    mailboxes: [{ address: 'jane@mail.example', receives: true, sends: true }],
    admitted: [],
    locale: 'en',
    optedOut: false,
    away: null,
    messaging: 'enabled',
    notices: 'each',
  });
  const full = {
    ...jane,
    mailboxes: [
      { address: 'team@mail.example', sends: false },
      { address: 'desk@mail.example', receives: false },
    ],
    locale: 'de-CH',
    optedOut: true,
    away: 'Back in May.\nReally.',
    messaging: 'disabled',
    notices: 'daily',
  };
  const changed = await api.call('PUT', '/v1/parties/b-1', full);
  expect(changed.status).toBe(200);
  expect(changed.body.mailboxes).toEqual([
    { address: 'team@mail.example', receives: true, sends: false },
    { address: 'desk@mail.example', receives: false, sends: true },
  ]);
  const read = await api.call('GET', '/v1/parties/b-1');
  expect(read.body).toEqual(changed.body);
  expect(read.body).toMatchObject({
    locale: 'de-CH',
    optedOut: true,
    away: 'Back in May.\nReally.',
    messaging: 'disabled',
    notices: 'daily',
  });
  expect((await api.call('PUT', '/v1/parties/b-1', full)).body).toEqual(changed.body);
});

test('a seller has a public alias at the current domain, and keeps it', async () => {
  const made = await api.call('PUT', '/v1/parties/s-1', shop);
  expect(made.body.publicAlias).toMatch(/^[a-z0-9]{16,}@relay\.test$/);
  const changed = await api.call('PUT', '/v1/parties/s-1', { ...shop, mailboxes: [{ address: 'new@oakbench.example' }] });
  expect(changed.body.publicAlias).toBe(made.body.publicAlias);
});

test('a mailbox that cannot be reached is shown as such until the party is registered again', async () => {
  await api.call('PUT', '/v1/parties/s-9', {
    ...shop,
    mailboxes: [{ address: 'info@oakbench.example' }, { address: 'lost@oakbench.example' }],
  });
  const [, lost] = (await api.store.directory.party('s-9'))?.mailboxes ?? [];
  if (!lost) throw new Error('no second mailbox');
  await api.store.directory.markMailbox('s-9', lost.address, { at: Date.parse('2025-05-30T08:00:00Z'), reason: 'unknown' });
  const read = await api.call('GET', '/v1/parties/s-9');
  const each = { receives: true, sends: true };
  expect(read.body.mailboxes).toEqual([
    { address: 'info@oakbench.example', ...each },
    { address: 'lost@oakbench.example', ...each, unreachable: { at: '2025-05-30T08:00:00.000Z', reason: 'unknown' } },
  ]);
  const again = await api.call('PUT', '/v1/parties/s-9', { ...shop, mailboxes: [{ address: 'lost@oakbench.example' }] });
  expect(again.body.mailboxes).toEqual([{ address: 'lost@oakbench.example', ...each }]);
  expect((await api.call('PUT', '/v1/parties/s-9', { ...shop, mailboxes: read.body.mailboxes })).status).toBe(400);
});

test('the role of a party cannot change', async () => {
  await api.call('PUT', '/v1/parties/b-2', jane);
  const answer = await api.call('PUT', '/v1/parties/b-2', { ...jane, role: 'seller' });
  expect(answer.status).toBe(409);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect((await api.call('GET', '/v1/parties/b-2')).body.role).toBe('buyer');
});

test('a party is forgotten once', async () => {
  await api.call('PUT', '/v1/parties/b-3', jane);
  const forgotten = await api.call('DELETE', '/v1/parties/b-3');
  expect([forgotten.status, forgotten.body]).toEqual([204, '']);
  expect((await api.call('GET', '/v1/parties/b-3')).status).toBe(404);
  expect((await api.call('DELETE', '/v1/parties/b-3')).status).toBe(404);
});

test('clients that name JSON and send nothing can delete', async () => {
  await api.call('PUT', '/v1/parties/b-4', jane);
  expect((await api.call('DELETE', '/v1/parties/b-4', '')).status).toBe(204);
});

test.each([
  ['unknown', 'nobody'],
  ['with a blank', 'a%20b'],
  ['not ASCII', 'ä'],
  ['NUL', '%00'],
  ['long', 'x'.repeat(300)],
])('an id that nobody has is 404: %s', async (_what, id) => {
  const answer = await api.call('GET', `/v1/parties/${id}`);
  expect(answer.status).toBe(404);
  expect(answer.body).toMatchObject({ title: 'Not Found', status: 404 });
});

const mailboxes = (...addresses: unknown[]) => ({ ...jane, mailboxes: addresses.map((address) => ({ address })) });
const bad: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['nothing at all', {}, ['/mailboxes', '/name', '/role']],
  [
    'everything wrong at once',
    { role: 'admin', name: 'a\nb', mailboxes: [{ address: 'x' }, {}], colour: 1 },
    ['/colour', '/mailboxes/0/address', '/mailboxes/1/address', '/name', '/role'],
  ],
  ['no mailbox that receives', { ...jane, mailboxes: [{ address: 'jane@mail.example', receives: false }] }, ['/mailboxes']],
  ['no mailbox', { ...jane, mailboxes: [] }, ['/mailboxes']],
  ['51 mailboxes', mailboxes(...Array.from({ length: 51 }, (_, at) => `m${at}@mail.example`)), ['/mailboxes']],
  ['mailboxes that are none', { ...jane, mailboxes: 'jane@mail.example' }, ['/mailboxes']],
  ['mailboxes of texts', { ...jane, mailboxes: ['jane@mail.example'] }, ['/mailboxes/0']],
  [
    'no address',
    mailboxes(
      'jane',
      'jane@',
      '@mail.example',
      'jane@localhost',
      'a b@mail.example',
      '"a"@mail.example',
      'a@[127.0.0.1]',
      'a@mail.example\r\nb',
      '',
    ),
    [0, 1, 2, 3, 4, 5, 6, 7, 8].map((at) => `/mailboxes/${at}/address`),
  ],
  ['an address of 300', mailboxes(`${'a'.repeat(290)}@mail.example`), ['/mailboxes/0/address']],
  ['our own domains', mailboxes('x@relay.test', 'x@OLD.test', 'x@mail.relay.test'), ['/mailboxes/0/address', '/mailboxes/1/address']],
  ['the same address twice', mailboxes('jane@mail.example', 'JANE@mail.example'), ['/mailboxes/1/address']],
  ['an empty name', { ...jane, name: '' }, ['/name']],
  ['a name of blanks', { ...jane, name: '  ' }, ['/name']],
  ['a name of 201', { ...jane, name: 'x'.repeat(201) }, ['/name']],
  ['a name with NUL', { ...jane, name: 'Jane\0' }, ['/name']],
  ['a name with half a character', { ...jane, name: 'Jane \ud83d' }, ['/name']],
  ['a name with a line separator', { ...jane, name: 'Jane\u2028Doe' }, ['/name']],
  ['a long text while away', { ...jane, away: 'x'.repeat(501) }, ['/away']],
  ['controls while away', { ...jane, away: 'a\u001bb' }, ['/away']],
  ['a number while away', { ...jane, away: 1 }, ['/away']],
  ['no locale', { ...jane, locale: 'english please' }, ['/locale']],
  [
    'yes in words',
    { ...jane, optedOut: 'true', mailboxes: [{ address: 'a@mail.example', sends: 1, receives: 'no' }] },
    ['/mailboxes/0/receives', '/mailboxes/0/sends', '/optedOut'],
  ],
  ['messaging', { ...jane, messaging: 'paused' }, ['/messaging']],
  ['notices', { ...jane, notices: 'weekly' }, ['/notices']],
  ['an unknown field inside', { ...jane, mailboxes: [{ address: 'a@mail.example', verified: true }] }, ['/mailboxes/0/verified']],
  ['a list', [], ['']],
  ['null', null, ['']],
  ['a text', '"party"', ['']],
];

test.each(bad)('refused with every field: %s', async (_what, body, fields) => {
  const answer = await api.call('PUT', '/v1/parties/bad', typeof body === 'string' ? body : JSON.stringify(body));
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.body).toMatchObject({ type: '/problems/bad-fields', title: 'Fields do not fit', status: 400 });
  expect(fieldsOf(answer)).toEqual([...fields].sort());
  expect((await api.call('GET', '/v1/parties/bad')).status).toBe(404);
});

test('the id in the path and the body are complained about together', async () => {
  const answer = await api.call('PUT', '/v1/parties/a%20b', { ...jane, name: 1 });
  expect(fieldsOf(answer)).toEqual(['/name', '{id}']);
});

test('what was sent does not come back in an error', async () => {
  const answer = await api.call('PUT', '/v1/parties/bad', {
    role: 'x-secret',
    name: 'Secret\0',
    mailboxes: [{ address: 'secret@relay.test' }],
    'secret@mail.example': 1,
  });
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body).toLowerCase()).not.toContain('secret');
});

test('most errors is a bound', async () => {
  const answer = await api.call('PUT', '/v1/parties/bad', {
    ...jane,
    ...Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`field${at}`, 1])),
  });
  expect(answer.body.errors).toHaveLength(200);
  const wide = await api.call('PUT', '/v1/parties/bad', { ...jane, more: Array.from({ length: 5000 }, () => 1) });
  expect([wide.status, wide.body.errors]).toEqual([400, undefined]);
});
