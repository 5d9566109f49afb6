/**
 * Forged authors: what one mail program shows as the seller and another one does not. Either the message is refused at its header, or the
 * author is the mailbox in the brackets, which the seller did not register; never the seller.
 */
import { readHeader } from '../../src/mime/header.ts';
import { parseMailbox } from '../../src/model/address.ts';
import { replyTo } from '../../src/model/reply.ts';

/** The mailbox that a seller registered. */
const seller = 'hanna@shop.example';

/** Who the author is, or the reply that the message gets. */
function authorOf(lines: readonly string[], encoding: BufferEncoding = 'utf8'): string {
  try {
    return readHeader(Buffer.from([...lines, 'Subject: hello', '', 'text', ''].join('\r\n'), encoding)).author;
  } catch (error) {
    const { code, enhanced } = replyTo(error);
    return `${code} ${enhanced}`;
  }
}

const eve = 'eve@evil.example';
const noAuthor = '550 5.7.1';
const unreadable = '554 5.6.0';

const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

const forged: readonly (readonly [attack: string, lines: readonly string[], outcome: string])[] = [
  ['two From fields, the seller first', [`From: ${seller}`, `From: ${eve}`], noAuthor],
  ['two From fields, the seller last', [`From: ${eve}`, `From: ${seller}`], noAuthor],
  ['the same From twice', [`From: ${seller}`, `From: ${seller}`], noAuthor],
  ['two From fields in different case', [`FROM: ${eve}`, `from: ${seller}`], noAuthor],
  ['two mailboxes in From', [`From: ${seller}, ${eve}`], noAuthor],
  ['two mailboxes in From, with brackets', [`From: Hanna <${seller}>, Eve <${eve}>`], noAuthor],
  ['two mailboxes parted by a semicolon', [`From: ${seller}; ${eve}`], noAuthor],
  ['two mailboxes parted by nothing', [`From: <${seller}> <${eve}>`], noAuthor],
  ['two mailboxes glued together', [`From: <${seller}><${eve}>`], noAuthor],
  ['brackets within brackets', [`From: <<${seller}>${eve}>`], noAuthor],
  ['a mailbox before brackets', [`From: ${seller} <${eve}>`], noAuthor],
  ['a mailbox behind brackets', [`From: <${eve}> ${seller}`], noAuthor],
  ['an empty group', ['From: undisclosed-recipients:;'], noAuthor],
  ['a group with one member', [`From: Shop: ${seller};`], noAuthor],
  ['a group within a group', [`From: Shop: Team: ${seller};;`], noAuthor],
  ['a group that is not closed', [`From: Shop: <${seller}>`], noAuthor],
  ['Sender without From', [`Sender: ${seller}`], noAuthor],
  ['no author at all', ['To: x@relay.example'], noAuthor],
  ['an empty From', ['From:'], noAuthor],
  ['Sender names the seller', [`From: ${eve}`, `Sender: ${seller}`], eve],
  ['Reply-To names the seller', [`From: ${eve}`, `Reply-To: ${seller}`], eve],
  ['Resent-From names the seller', [`Resent-From: ${seller}`, `From: ${eve}`], eve],
  ['X-Original-From names the seller', [`X-Original-From: ${seller}`, `From: ${eve}`], eve],
  ['Return-Path field names the seller', [`Return-Path: <${seller}>`, `From: ${eve}`], eve],
  ['a forged Received-SPF', ['Received-SPF: pass', `From: ${eve}`], eve],
  ['blank before the colon', [`From : ${seller}`, `From: ${eve}`], unreadable],
  ['tab before the colon', [`From\t: ${seller}`, `From: ${eve}`], unreadable],
  ['the field name is folded away', [`From`, ` : ${seller}`, `From: ${eve}`], unreadable],
  ['a first line that is folded', [` From: ${seller}`, `From: ${eve}`], unreadable],
  ['a line without a colon before From', ['garbage', `From: ${seller}`], unreadable],
  ['an mbox line before the header', [`From ${seller} Mon Mar 10 10:00:00 2025`, `From: ${eve}`], unreadable],
  ['a field name in UTF-8', [`Ｆrom: ${seller}`, `From: ${eve}`], unreadable],
  ['a zero-width space in the field name', [`Fr\u200bom: ${seller}`, `From: ${eve}`], unreadable],
  ['a NUL in the field name', [`From\0: ${seller}`, `From: ${eve}`], unreadable],
  ['a NUL in From', [`From: ${seller}\0 <${eve}>`], unreadable],
  ['a bare CR in From', [`From: Eve\rFrom: ${seller}`], unreadable],
  ['From only in the body', ['To: x@relay.example', '', `From: ${seller}`], noAuthor],
  ['From folded onto further lines', ['From:', ' Eve', `\t<${eve}>`], eve],
  ['an encoded word that is an address', [`From: ${word(seller)} <${eve}>`], eve],
  ['an encoded word that is a whole mailbox', [`From: ${word(`Hanna <${seller}>`)} <${eve}>`], eve],
  ['an encoded word with a line break and a field', [`From: ${word(`Eve\r\nFrom: ${seller}`)} <${eve}>`], eve],
  [
    'an encoded word with a NUL behind the address',
    [`From: ${word(`${seller}\0`)}@evil.example`],
    `${word(`${seller}\0`).toLowerCase()}@evil.example`,
  ],
  ['encoded words within encoded words', [`From: ${word(word(`<${seller}>`))} <${eve}>`], eve],
  ['an encoded word as the mailbox', [`From: <${word(seller)}>`], noAuthor],
  ['an encoded word as the local part', [`From: <${word('hanna')}@evil.example>`], '=?utf-8?b?agfubme=?=@evil.example'],
  ['an encoded domain', [`From: hanna@${word('shop.example')}`], noAuthor],
  ['an address in a quoted name', [`From: "${seller}" <${eve}>`], eve],
  ['a mailbox in a quoted name', [`From: "Hanna <${seller}>" <${eve}>`], eve],
  ['an escaped quote mark in the name', [`From: "Hanna \\" <${seller}>" <${eve}>`], eve],
  ['an address in a comment', [`From: (${seller}) <${eve}>`], eve],
  ['a mailbox in a comment behind', [`From: <${eve}> (<${seller}>)`], eve],
  ['nested comments', [`From: (a (<${seller}>) b) <${eve}>`], eve],
  ['a comment within the brackets', [`From: <hanna(@evil.example)@shop.example>`], noAuthor],
  ['a comment that is not closed', [`From: (<${eve}> <${seller}>`], noAuthor],
  ['a quote that is not closed', [`From: "Eve <${eve}>, <${seller}>`], noAuthor],
  ['a bracket that is not closed', [`From: Hanna <${seller}`], noAuthor],
  ['a bracket that was never opened', [`From: Hanna ${seller}>`], noAuthor],
  ['a quoted local part', ['From: "hanna"@shop.example'], noAuthor],
  ['a quoted local part with an address in it', [`From: "${seller}"@evil.example`], noAuthor],
  ['a quoted local part with a blank', ['From: <"hanna okafor"@shop.example>'], noAuthor],
  ['two @', [`From: <${seller}@evil.example>`], noAuthor],
  ['a source route', [`From: <@shop.example:${eve}>`], noAuthor],
  ['a source route of two hosts', [`From: <@shop.example,@x.example:${eve}>`], noAuthor],
  ['percent hack', ['From: <hanna%shop.example@evil.example>'], 'hanna%shop.example@evil.example'],
  ['bang path', ['From: <shop.example!hanna@evil.example>'], 'shop.example!hanna@evil.example'],
  ['an address literal', ['From: <hanna@[192.0.2.1]>'], noAuthor],
  ['an IPv6 address literal', ['From: <hanna@[IPv6:2001:db8::1]>'], noAuthor],
  ['a number as domain', ['From: <hanna@3221225985>'], noAuthor],
  ['a domain without dot', ['From: <hanna@shop>'], noAuthor],
  ['a local part of 65 octets', [`From: <${'h'.repeat(65)}@shop.example>`], noAuthor],
  ['an address of 255 octets', [`From: <h@${'shop.'.repeat(50)}example>`], noAuthor],
  ['From over 1 kB', [`From: ${'Hanna '.repeat(200)}<${seller}>`], noAuthor],
  ['a port behind the domain', [`From: <${seller}:25>`], noAuthor],
  ['a path behind the domain', ['From: <hanna@shop.example/.evil.example>'], noAuthor],
  ['a query behind the domain', ['From: <hanna@shop.example?.evil.example>'], noAuthor],
  ['a fragment behind the domain', ['From: <hanna@shop.example#.evil.example>'], noAuthor],
  ['a backslash behind the domain', ['From: <hanna@shop.example\\.evil.example>'], noAuthor],
  ['a soft hyphen in the domain', ['From: <hanna@sh\u00adop.example>'], noAuthor],
  ['a zero-width space in the domain', ['From: <hanna@sh\u200bop.example>'], noAuthor],
  ['a percent-encoded domain', ['From: <hanna@shop%2eexample>'], noAuthor],
];

test.each(forged)('forged From: %s', (_, lines, outcome) => {
  const author = authorOf(lines);
  expect(author).toBe(outcome);
  expect(author).not.toBe(seller);
});

describe('names that look or sound the same', () => {
  const other: readonly (readonly [attack: string, from: string])[] = [
    ['a Cyrillic a in the domain', 'hanna@sh\u043ep.example'],
    ['a Cyrillic a in the local part', 'h\u0430nna@shop.example'],
    ['a Greek omicron', 'hanna@sh\u03bfp.example'],
    ['a dotless i', 'bo@sh\u0131p.example'],
    ['a zero-width joiner in the local part', 'han\u200dna@shop.example'],
    ['a soft hyphen in the local part', 'han\u00adna@shop.example'],
    ['a right-to-left override in the local part', '\u202eannah@shop.example'],
    ['full-width letters in the local part', 'ｈanna@shop.example'],
    ['a look-alike in punycode', 'hanna@xn--shp-qmc.example'],
    ['the parent domain', 'hanna@example'],
    ['a subdomain', 'hanna@mail.shop.example'],
    ['a tag behind the local part', 'hanna+x@shop.example'],
    ['a dot in the local part', 'han.na@shop.example'],
  ];

  test.each(other)('is somebody else or nobody: %s', (_, from) => {
    expect(parseMailbox(from)).not.toBe(seller);
    expect(authorOf([`From: <${from}>`])).not.toBe(seller);
  });

  const same: readonly (readonly [what: string, from: string, registered: string])[] = [
    ['letter case', 'Hanna@SHOP.Example', seller],
    ['U-label and A-label', 'hanna@bücher.example', 'hanna@xn--bcher-kva.example'],
    ['A-label and U-label', 'hanna@xn--bcher-kva.example', 'hanna@bücher.example'],
    ['full-width letters in the domain, as IDNA maps them', 'hanna@ｓhop.example', seller],
    ['NFC and NFD in the local part', 'andre\u0301@shop.example', 'andr\u00e9@shop.example'],
    ['NFC and NFD in the domain', 'hanna@bu\u0308cher.example', 'hanna@bücher.example'],
  ];

  test.each(same)('is the same: %s', (_, from, registered) => {
    expect(authorOf([`From: <${from}>`])).toBe(parseMailbox(registered));
  });

  test('a dot behind the domain is no mailbox', () => {
    expect(authorOf(['From: <hanna@shop.example.>'])).toBe(noAuthor);
  });

  test('8-bit bytes that are no UTF-8 are read byte by byte, and are nobody registered', () => {
    expect(authorOf(['From: "H\xe4nna" <hanna@evil.example>'], 'latin1')).toBe('hanna@evil.example');
    expect(authorOf(['From: <h\xe4nna@shop.example>'], 'latin1')).not.toBe(seller);
  });

  test.each(['\u202eelpmaxe.pohs@annah\u202c', `${seller}\u200b`, 'Hanna Okafor | Shop'])('a display name decides nothing: %s', (name) => {
    expect(authorOf([`From: "${name}" <${eve}>`])).toBe(eve);
    expect(authorOf([`From: ${word(name)} <${eve}>`])).toBe(eve);
  });
});
