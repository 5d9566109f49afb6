/** HDR-43 to HDR-51: fields of the relay itself, unknown and malformed ones, and subjects. */
import type { Sample } from '../sample.ts';
import { headed, type Row } from './header-rows.ts';

const rows: readonly Row[] = [
  [
    'HDR-43-relay-own',
    [
      'Postern-Sender: {{me.mail}}',
      'X-Postern-Party: {{me.name|ew}}',
      'X-Relay-Original-From: {{me.mail2}}',
      'X-Alias-Real: {{me.mail}}',
      'X-SimpleLogin-Envelope-From: {{me.mail}}',
      'X-AnonAddy-Original-Sender: {{me.mail}}',
    ],
    ['Original-Sender', 'Envelope-From'],
  ],
  [
    'HDR-44-unknown',
    [
      'X-Kilnfirm-Customer-No: 41777',
      'Kiln-Ticket: KT-77810',
      'X-A-Header-Nobody-Knows: {{me.name|ew}} {{me.mail}}',
      'X-CRM-Contact: kilncrm77',
    ],
    ['41777', 'KT-77810', 'kilncrm77'],
  ],
  [
    'HDR-45-content-fields',
    [
      'Content-Description: kilnletter of {{me.name|ew}}',
      'Content-Location: file:///C:/Users/gholmqvist/letter.htm',
      'Content-ID: <kiln77@laptop.aldermoor.local>',
      'Content-Base: http://intranet.aldermoor.local/',
      'Content-Class: urn:kiln:message',
      'Content-Duration: 77',
    ],
    ['kilnletter', 'gholmqvist', 'aldermoor', 'kiln77', 'urn:kiln'],
  ],
  ['HDR-46-address', ['Subject: Re: Brass ring, write to {{me.mail2}} please'], [], { answer: 'either', keep: ['Brass ring'] }],
  ['HDR-46-domain', ['Subject: [{{me.domain}} #77810] Brass ring question'], [], { answer: 'either', keep: ['Brass ring question'] }],
  ['HDR-46-name', ['Subject: Brass ring question from {{me.name|ew}}'], [], { keep: ['Brass ring question'] }],
  [
    'HDR-46-encoded',
    ['Subject: =?UTF-8?Q?Brass_ring_=E2=80=93_?= =?UTF-8?B?{{me.base64}}?='],
    [],
    { answer: 'either', keep: ['Brass ring'] },
  ],
  [
    'HDR-47-flags',
    [
      'X-Message-Flag: Call {{me.name|ew}} kilnflag77',
      'Reply-By: Tue, 18 Mar 2025 18:12:44 +1030',
      'X-Priority: 1 (kilnprio77)',
      'Importance: high',
      'X-Auto-Response-Suppress: kilnsup',
    ],
    ['kilnflag77', 'kilnprio77', '+1030', 'kilnsup'],
  ],
  ['HDR-48-space-colon', ['Reply-To : {{me.mail2}}', 'X-Odd : kilnodd77'], ['kilnodd77'], { answer: 'either' }],
  ['HDR-48-no-colon', ['this line of {{me.name}} has no colon kilnline77'], ['kilnline77'], { answer: 'either' }],
  ['HDR-48-from-twice', ['From: {{me.mail}}', 'From: {{me.name|ew}} <{{me.mail2}}>'], [], { answer: 'either' }],
  ['HDR-48-empty-name', [': kilnempty77 {{me.mail2}}'], ['kilnempty77'], { answer: 'either' }],
  ['HDR-48-8bit-name', ['X-Größe: kilngross77 {{me.mail2}}'], ['kilngross77'], { answer: 'either' }],
  [
    'HDR-49-raw-utf8',
    ['X-Absender: Gärtnerei Aldermoor Süd', 'Reply-To: gärtner@äldermoor.example', 'Comments: søster kiln77'],
    ['äldermoor', 'Aldermoor', 'kiln77'],
  ],
  ['HDR-49-idn', ['Sender: kiln@xn--ldermoor-n2a.example', 'Reply-To: Keramik <info@töpferei-kilnhof.example>'], ['ldermoor', 'kilnhof']],
  ['HDR-50-subject', ['Subject: =?UTF-8?Q?Brass_ring=0D=0AReply-To:_{{me.equals}}?='], [], { answer: 'either', keep: ['Brass ring'] }],
  [
    'HDR-50-bcc',
    ['Subject: =?UTF-8?B?QnJhc3MgcmluZw0KQmNjOiBraWxuQGFsZGVybW9vci5leGFtcGxlDQpYLUtpbG46IDc3?='],
    ['aldermoor'],
    { answer: 'either', keep: ['Brass ring'] },
  ],
  [
    'HDR-51-running-numbers',
    ['X-Campaign-Id: kilncamp77', 'X-Customer-Seq: 000417', 'X-Queue-Id: Q417kiln', 'X-Order-Account: acct-kiln-417'],
    ['kilncamp77', '000417', 'Q417kiln', 'acct-kiln-417'],
  ],
];

export const oddHeaders: readonly Sample[] = headed(rows);
