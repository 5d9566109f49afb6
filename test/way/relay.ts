/** What a relay does with mail, whatever store it has: called by one file for each engine. */
import { buyer, fieldOf, letter, openScene, type Scene, seller } from '../support/scene.ts';

/** `env`: makes the settings of a store of its own for each relay. */
export function relaySuite(engine: string, env: () => Promise<Readonly<Record<string, string>>>): void {
  describe(`a relay on ${engine}`, () => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await openScene(await env());
    });
    afterAll(() => scene[Symbol.asyncDispose]());

    const fromBuyer = (more: object = {}) => letter({ from: `Lara Weber <${buyer.mailbox}>`, to: scene.sellerAlias, ...more });
    const fromSeller = (more: object = {}) => letter({ from: seller.mailbox, to: scene.buyerAlias, ...more });
    const last = (): string => scene.left().at(-1) ?? '';
    const lastTaken = () => scene.hop.messages.findLast(({ bytes }) => bytes.toString() === last());

    test('a mail each way arrives from an alias, at the own alias, in one thread on both sides', async () => {
      const asked = await scene.send(buyer.mailbox, scene.sellerAlias, fromBuyer({ id: 'ask@mail.buyer.example' }));
      expect(asked.text).toBe(`250 2.0.0 ${asked.trace}`);
      const question = last();
      expect(fieldOf(question, 'From')).toBe(`"Lara W." <${scene.buyerAlias}>`);
      expect(fieldOf(question, 'To')).toBe(`"Hanna O." <${scene.sellerAlias}>`);
      expect(fieldOf(question, 'Date')).toMatch(/\+0000$/);
      expect(question).toContain('Is it oiled?');
      expect(lastTaken()?.recipients).toEqual([seller.mailbox]);
      const asSeen = fieldOf(question, 'Message-ID').slice(1, -1);

      const fields = [`In-Reply-To: <${asSeen}>`, `References: <unknown@elsewhere.example> <${asSeen}>`];
      await scene.send(
        seller.mailbox,
        scene.buyerAlias,
        fromSeller({ id: 'yes@oakbench.example', subject: 'Re: The shelf', text: 'Twice.', fields }),
      );
      const answer = last();
      expect(lastTaken()?.recipients).toEqual([buyer.mailbox]);
      expect(fieldOf(answer, 'In-Reply-To')).toBe('<ask@mail.buyer.example>');
      expect(fieldOf(answer, 'References')).toBe('<ask@mail.buyer.example>');
      expect(fieldOf(answer, 'Subject')).toBe('Re: The shelf');

      const answerAsSeen = fieldOf(answer, 'Message-ID').slice(1, -1);
      const again = [`In-Reply-To: <${answerAsSeen}>`, `References: <ask@mail.buyer.example> <${answerAsSeen}>`];
      await scene.send(buyer.mailbox, scene.sellerAlias, fromBuyer({ subject: 'Re: The shelf', fields: again }));
      expect(fieldOf(last(), 'In-Reply-To')).toBe('<yes@oakbench.example>');
      expect(fieldOf(last(), 'References')).toBe(`<${asSeen}> <yes@oakbench.example>`);
    });

    test('no mailbox and no full name of either is in any outgoing byte or log line', async () => {
      const text = `Hello,\nwrite to Lara Weber <${buyer.mailbox}>\n> On Monday Hanna Okafor <${seller.mailbox}> wrote:\n> hi\n`;
      const sent = await scene.send(
        buyer.mailbox,
        scene.sellerAlias,
        fromBuyer({ text, subject: `from ${buyer.mailbox}`, fields: ['Organization: Weber', 'X-Originating-IP: [192.0.2.7]'] }),
      );
      expect(sent.code).toBe(250);
      expect(last()).toContain('Hello,');
      for (const secret of [buyer.mailbox, seller.mailbox, buyer.name, seller.name, 'lara.weber', '192.0.2.7']) {
        for (const message of scene.left()) expect(message.toLowerCase()).not.toContain(secret.toLowerCase());
        expect(scene.relay.log().toLowerCase()).not.toContain(secret.toLowerCase());
      }
      expect(last()).not.toContain('buyer.example');
      expect(scene.relay.log()).not.toContain('The shelf');
    });

    test('the same message sent again is answered 250 and handed over once, also after a restart', async () => {
      const message = fromBuyer({ id: 'twice@mail.buyer.example', text: 'Only once, please.' });
      const before = scene.left().length;
      await Promise.all([1, 2, 3].map(() => scene.send(buyer.mailbox, scene.sellerAlias, message)));
      expect((await scene.send(buyer.mailbox, scene.sellerAlias, `Received: by another.example; now\n${message}`)).code).toBe(250);
      expect(scene.left()).toHaveLength(before + 1);
      expect(await scene.relay.stop('SIGTERM')).toBe(0);
      await scene.restart();
      expect((await scene.send(buyer.mailbox, scene.sellerAlias, message)).code).toBe(250);
      expect(scene.left()).toHaveLength(before + 1);
      expect(
        (await scene.send(buyer.mailbox, scene.sellerAlias, fromBuyer({ id: 'twice@mail.buyer.example', text: 'Another text.' }))).code,
      ).toBe(250);
      expect(scene.left()).toHaveLength(before + 2);
      const [one, two] = scene
        .left()
        .slice(-2)
        .map((sent) => fieldOf(sent, 'Message-ID'));
      expect(one).not.toBe(two);
    });

    test('the trace id of the reply tells the story of the message', async () => {
      const { trace } = await scene.send(buyer.mailbox, scene.sellerAlias, fromBuyer());
      const { status, body } = await scene.relay.call('GET', `/v1/messages/${trace}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        trace,
        conversation: scene.conversation,
        direction: 'buyer_to_seller',
        disposition: 'relay',
        reply: `250 2.0.0 ${trace}`,
        findings: [],
      });
      expect(Object.keys(body.steps as object)).toEqual(
        expect.arrayContaining(['header', 'resolve', 'parse', 'judge', 'rewrite', 'gate', 'hand over']),
      );
      expect(last()).toContain(`Postern-Trace: ${trace}`);
      const page = await scene.relay.call('GET', `/v1/conversations/${scene.conversation}/messages?limit=1`);
      expect(page.body).toMatchObject({ messages: [{ trace }] });
    });

    test.each([
      ['an alias that never was', buyer.mailbox, () => 'q2vd8m0x5kzr7w1hnc3ybjt6@relay.localhost', () => fromBuyer(), /^550 5\.1\.1 /],
      ['a domain of others', buyer.mailbox, () => 'someone@elsewhere.example', () => fromBuyer(), /^550 5\.1\.1 /],
      [
        'an author who is no party',
        'eve@evil.example',
        () => scene.sellerAlias,
        () => letter({ from: 'eve@evil.example', to: scene.sellerAlias }),
        /^550 5\.7\.1 You may not/,
      ],
      [
        'two authors',
        buyer.mailbox,
        () => scene.sellerAlias,
        () => letter({ from: `${buyer.mailbox}, eve@evil.example`, to: scene.sellerAlias }),
        /^550 5\.7\.1 /,
      ],
      ['two From fields', buyer.mailbox, () => scene.sellerAlias, () => `From: eve@evil.example\n${fromBuyer()}`, /^550 5\.7\.1 /],
      ['no From', buyer.mailbox, () => scene.sellerAlias, () => 'Subject: hi\n\nhello\n', /^550 5\.7\.1 /],
      ['an empty message', buyer.mailbox, () => scene.sellerAlias, () => '', /^55[04] 5\.[67]\.[01] /],
      ['a header that is none', buyer.mailbox, () => scene.sellerAlias, () => `not a header\n${fromBuyer()}`, /^554 5\.6\.0 /],
      [
        'a message whose parts cannot be found',
        buyer.mailbox,
        () => scene.sellerAlias,
        () => fromBuyer({ fields: ['Content-Type: multipart/mixed; boundary=nowhere'] }),
        /^554 5\.6\.0 /,
      ],
      [
        'a message of ours that comes back',
        buyer.mailbox,
        () => scene.sellerAlias,
        () => fromBuyer({ fields: ['Postern-Trace: k3m9x7q2v8r4t6w1'] }),
        /^554 5\.4\.6 /,
      ],
    ])('%s: refused by the catalogue, nothing leaves', async (_, from, to, message, reply) => {
      const before = scene.left().length;
      const sent = await scene.send(from, to(), message());
      expect(sent.text).toMatch(reply);
      expect(sent.text).not.toMatch(/@/);
      expect(scene.left()).toHaveLength(before);
    });

    test('one octet more than SIZE announces is refused', async () => {
      const message = fromBuyer();
      const room = 12_582_912 - Buffer.byteLength(message.replaceAll('\n', '\r\n'));
      const filling = `${`${'x'.repeat(70)}\n`.repeat(Math.floor(room / 72))}${'y'.repeat(room % 72)}\n`;
      expect((await scene.send(buyer.mailbox, scene.sellerAlias, message + filling)).text).toMatch(/^552 5\.3\.4 /);
    });

    test('a file that is not allowed is taken out, the rest is delivered, and a line says so', async () => {
      const type = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=cut'];
      const parts = [
        '--cut',
        'Content-Type: text/plain',
        '',
        'See the file.',
        '--cut',
        'Content-Type: application/pdf; name="form.pdf"',
        'Content-Disposition: attachment; filename="form.pdf"',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff'.padEnd(200, '\0'), 'latin1').toString('base64'),
        '--cut--',
      ];
      const { trace, code } = await scene.send(seller.mailbox, scene.buyerAlias, fromSeller({ text: parts.join('\n'), fields: type }));
      expect(code).toBe(250);
      expect(last()).toContain('See the file.');
      expect(last()).toMatch(/\[attachment removed:/);
      expect(last()).not.toContain('TVqQ');
      const { body } = await scene.relay.call('GET', `/v1/messages/${trace}`);
      expect(body.findings).toEqual([{ rule: 'attachment-type', action: 'redact', part: 'attachment', region: 'new' }]);
    });

    test('a document that names its author in its words is taken out, the rest is delivered, and the author is told', async () => {
      const type = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=cut'];
      const words = `BT /F1 12 Tf (Questions? ${seller.mailbox}) Tj ET`;
      const objects = [
        '<</Type/Catalog/Pages 2 0 R>>',
        '<</Type/Pages/Kids[3 0 R]/Count 1>>',
        '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R>>',
        `<</Length ${words.length}>>\nstream\n${words}\nendstream`,
      ];
      const form = `%PDF-1.4\n${objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer<</Root 1 0 R>>\n%%EOF\n`;
      const head = ['Content-Type: application/pdf', 'Content-Disposition: attachment; filename="form.pdf"', ''];
      const parts = ['--cut', 'Content-Type: text/plain', '', 'My form.', '--cut', ...head, form, '--cut--'];
      const sent = await scene.send(seller.mailbox, scene.buyerAlias, fromSeller({ text: parts.join('\n'), fields: type }));
      expect(sent.text).toMatch(/^250 2\.0\.0 /);
      expect(last()).toContain('My form.');
      expect(last()).toContain('[attachment removed: attachment-1.pdf: it names its author]');
      expect(last()).not.toContain('application/pdf');
      const { body } = await scene.relay.call('GET', `/v1/messages/${sent.trace}`);
      expect(body).toMatchObject({ disposition: 'relay', findings: [{ rule: 'identity', action: 'redact', part: 'attachment' }] });
      expect(await scene.noticeAbout(sent.trace)).toContain('Your own name or address in a file');
    });

    test('a reply to all brings the own alias back: taken and dropped; alone it is refused', async () => {
      const both = letter({ from: buyer.mailbox, to: `${scene.sellerAlias}, ${scene.buyerAlias}`, text: 'To both.' });
      const before = scene.left().length;
      expect((await scene.send(buyer.mailbox, scene.buyerAlias, both)).code).toBe(250);
      expect((await scene.send(buyer.mailbox, scene.buyerAlias, letter({ from: buyer.mailbox, to: scene.buyerAlias }))).text).toMatch(
        /^550 5\.7\.1 /,
      );
      expect(scene.left()).toHaveLength(before);
    });

    test('an out-of-office answer goes on once a day, with a null reverse-path and its mark; a report to an alias goes nowhere', async () => {
      const away = (text: string) => fromBuyer({ text, fields: ['Auto-Submitted: auto-replied'] });
      await scene.send('', scene.sellerAlias, away('I am away.'));
      expect(lastTaken()?.reversePath).toBe('');
      expect(fieldOf(last(), 'Auto-Submitted')).toBe('auto-replied');
      const before = scene.left().length;
      const again = await scene.send('', scene.sellerAlias, away('I am still away.'));
      expect(again.code).toBe(250);
      expect(scene.left()).toHaveLength(before);
      expect((await scene.relay.call('GET', `/v1/messages/${again.trace}`)).body).toMatchObject({ disposition: 'drop' });
      const report = letter({
        from: 'MAILER-DAEMON@elsewhere.example',
        to: scene.sellerAlias,
        fields: ['Content-Type: multipart/report; boundary=x'],
      });
      expect((await scene.send('', scene.sellerAlias, report)).code).toBe(250);
      expect(scene.left()).toHaveLength(before);
    });

    test('each message has a reverse-path of its own, and a bounce to it is noted in its journal', async () => {
      const { trace } = await scene.send(buyer.mailbox, scene.sellerAlias, fromBuyer());
      const reversePath = lastTaken()?.reversePath ?? '';
      expect(reversePath).toMatch(/^b-[a-z0-9-]+@relay\.localhost$/);
      const bounce = letter({ from: 'MAILER-DAEMON@elsewhere.example', to: reversePath, text: `<${seller.mailbox}>: unknown` });
      expect((await scene.send('someone@elsewhere.example', reversePath, bounce)).text).toMatch(/^550 5\.1\.1 /);
      expect((await scene.send('', reversePath, bounce)).code).toBe(250);
      const { body } = await scene.relay.call('GET', `/v1/messages/${trace}`);
      expect(body.bouncedAt).toEqual(expect.any(String));
      expect((await scene.send('', reversePath.replace(/-.{8}@/, '-aaaaaaaa@'), bounce)).text).toMatch(/^550 5\.1\.1 /);
    });

    test("a buyer's first mail to a seller's public alias opens the conversation", async () => {
      await scene.relay.call('PUT', '/v1/parties/b-2', { role: 'buyer', name: 'Ada Lund', mailboxes: [{ address: 'ada@first.example' }] });
      const { body } = await scene.relay.call('GET', `/v1/parties/${seller.id}`);
      const sent = await scene.send(
        'ada@first.example',
        `${body.publicAlias}`,
        letter({ from: 'ada@first.example', to: `${body.publicAlias}` }),
      );
      expect(sent.code).toBe(250);
      const opened = await scene.relay.call('PUT', '/v1/conversations', { buyer: 'b-2', seller: seller.id });
      expect(fieldOf(last(), 'From')).toBe(`"Ada L." <${opened.body.buyerAlias}>`);
      expect(
        (await scene.send('eve@evil.example', `${body.publicAlias}`, letter({ from: 'eve@evil.example', to: `${body.publicAlias}` }))).text,
      ).toMatch(/^550 5\.7\.1 /);
    });

    test('a party that moves to another mailbox keeps its aliases; a forgotten one is unknown', async () => {
      await scene.relay.call('PUT', '/v1/parties/b-3', { role: 'buyer', name: 'Ada Lund', mailboxes: [{ address: 'ada@old.example' }] });
      const { body } = await scene.relay.call('PUT', '/v1/conversations', { buyer: 'b-3', seller: seller.id });
      await scene.relay.call('PUT', '/v1/parties/b-3', { role: 'buyer', name: 'Ada Lund', mailboxes: [{ address: 'ada@new.example' }] });
      await scene.relay.call('PUT', '/v1/orders/4712', { buyer: 'b-3', seller: seller.id, kind: 'standard' });
      await scene.send(seller.mailbox, `${body.buyerAlias}`, fromSeller({ to: body.buyerAlias }));
      expect(lastTaken()?.recipients).toEqual(['ada@new.example']);
      const old = letter({ from: 'ada@old.example', to: `${body.sellerAlias}` });
      expect((await scene.send('ada@old.example', `${body.sellerAlias}`, old)).text).toMatch(/^550 5\.7\.1 /);
      expect((await scene.relay.call('DELETE', '/v1/parties/b-3')).status).toBe(204);
      expect((await scene.send(seller.mailbox, `${body.buyerAlias}`, fromSeller({ to: body.buyerAlias }))).text).toMatch(
        /^550 5\.1\.1 No such address/,
      );
    });
  });
}
