/** HDR-01 to HDR-21: fields of authors and their mail clients (RFC 5322). */
import type { Sample } from '../sample.ts';
import { headed, type Row } from './header-rows.ts';

const rows: readonly Row[] = [
  ['HDR-01-plain', ['From: "{{me.name|ew}}" <{{me.mail}}>']],
  ['HDR-01-second-mailbox', ['From: {{me.name|ew}} <{{me.mail2}}>']],
  ['HDR-02-address-as-name', ['From: "{{me.mail}}" <{{me.mail}}>']],
  ['HDR-02-employer', ['From: "{{me.reversed|ew}} (Dept. Kiln 7, Aldermoor Works)" <{{me.mail}}>'], ['Aldermoor Works', 'Kiln 7']],
  ['HDR-02-encoded-words', ['From: =?UTF-8?Q?Aldermoor_Werkst=C3=A4tten?= =?UTF-8?Q?_GmbH?= <{{me.mail}}>'], ['Aldermoor']],
  ['HDR-03-comment', ['From: {{me.mail}} ({{me.name|ew}}, room 417b)'], ['room 417b']],
  ['HDR-03-routing-comment', ['From: {{me.name|ew}} (via mx7.{{me.domain}}) <{{me.mail}}> (ext 5514)'], ['mx7', 'ext 5514']],
  ['HDR-04-two-authors', ['From: {{me.mail}}, Ida <ida.berg@freemail.example>', 'Sender: {{me.mail}}'], ['ida.berg'], { answer: 'either' }],
  ['HDR-05-sender', ['Sender: {{me.name|ew}} <{{me.mail2}}>', 'X-Sender-Id: aldermoor-4471'], ['aldermoor-4471']],
  ['HDR-05-on-behalf', ['Sender: bounces@mta9.aldermoor.example'], ['aldermoor']],
  ['HDR-06-reply-to', ['Reply-To: {{me.name|ew}} <{{me.mail2}}>']],
  ['HDR-06-several', ['Reply-To: {{me.mail2}}, "Workshop" <kiln@aldermoor.example>'], ['aldermoor']],
  ['HDR-06-group', ['Reply-To: Workshop: {{me.mail2}}, kiln@aldermoor.example;'], ['aldermoor']],
  ['HDR-06-duplicate', ['Reply-To: {{me.mail2}}', 'Reply-To: kiln@aldermoor.example'], ['aldermoor']],
  ['HDR-07-return-path', ['Return-Path: <SRS0=4f2a=X7=aldermoor.example={{me.local}}@fwd.{{me.domain}}>'], ['aldermoor', 'SRS0']],
  [
    'HDR-08-submission',
    [
      'Received: from smtpclient.apple (p57a3c1b2.dip0.aldermoor-dsl.example [203.0.113.77])\n\tby mail.{{me.domain}} (Postfix) with ESMTPSA id 4ZBx9K1qYz7\n\tfor <{{you.alias}}>; Tue, 11 Mar 2025 08:12:45 +0100 (CET)',
      'Received: from [192.168.178.31] (unknown [203.0.113.77]) (Authenticated sender: {{me.mail}})\n\tby submission.{{me.domain}}; Tue, 11 Mar 2025 08:12:44 +0100',
    ],
    ['203.0.113.77', '192.168.178.31', 'aldermoor', '4ZBx9K1qYz7', 'p57a3c1b2'],
  ],
  [
    'HDR-08-exchange',
    [
      'Received: from AM9PR04MB8812.eurprd04.prod.outlook.com (2603:10a6:20b:40a::9)\n by AM8PR04MB7396.eurprd04.prod.outlook.com with HTTPS; Tue, 11 Mar 2025 07:12:44 +0000',
      'Received: from LAPTOP-KILN07 (203.0.113.77) by EX01.aldermoor.local (10.20.30.41) with Microsoft SMTP Server id 15.1.2507.44',
    ],
    ['LAPTOP-KILN07', 'EX01.aldermoor.local', '203.0.113.77', '10.20.30.41', 'AM9PR04MB8812'],
  ],
  [
    'HDR-08-helo-user',
    [
      'Received: from kiln-desktop (HELO kiln-desktop) (gholmqvist@aldermoor.example@198.51.100.14)\n  by smtp3.aldermoor.example with SMTP; 11 Mar 2025 07:12:44 -0000',
    ],
    ['kiln-desktop', 'gholmqvist', '198.51.100.14'],
  ],
  ['HDR-09-host', ['Message-ID: <000001db926e$7c3f1a20$75bd4e60$@{{me.domain}}>'], ['000001db926e', '75bd4e60']],
  [
    'HDR-09-login',
    ['Message-ID: <{{me.local}}.20250311081244.kiln07@laptop-kiln07.aldermoor.local>'],
    ['kiln07', 'aldermoor', '20250311081244'],
  ],
  ['HDR-09-pine', ['Message-ID: <Pine.LNX.4.64.2503110812440.gholmqvist@kiln.aldermoor.example>'], ['gholmqvist', 'aldermoor', 'Pine']],
  ['HDR-10-own-id', ['In-Reply-To: <CAF7h2@mail.{{me.domain}}>'], ['CAF7h2']],
  [
    'HDR-10-free-text',
    ['In-Reply-To: Your message of "Mon, 10 Mar 2025" from {{me.name|ew}} <{{me.mail2}}> <a1b2c3@kiln.aldermoor.example>'],
    ['aldermoor', 'a1b2c3'],
  ],
  [
    'HDR-11-references',
    ['References: <one77x@{{me.domain}}> <two88y@kiln.aldermoor.example>\n <three99z@mail.{{me.at}}>'],
    ['one77x', 'two88y', 'three99z', 'aldermoor'],
  ],
  [
    'HDR-12-resent',
    [
      'Resent-From: {{me.name|ew}} <{{me.mail2}}>',
      'Resent-To: {{you.alias}}',
      'Resent-Sender: kiln@aldermoor.example',
      'Resent-Date: Tue, 11 Mar 2025 08:12:44 +0100',
      'Resent-Message-ID: <r5n77@aldermoor.example>',
    ],
    ['aldermoor', 'r5n77'],
  ],
  [
    'HDR-13-originating-ip',
    ['X-Originating-IP: [203.0.113.77]', 'X-Originating-Email: [{{me.mail2}}]', 'X-Originating-Country: NO'],
    ['203.0.113.77'],
  ],
  [
    'HDR-13-relatives',
    [
      'X-Remote-IP: 203.0.113.77',
      'X-Client-IP: 198.51.100.14',
      'X-Source-ASN: AS64501',
      'X-AOL-IP: 203.0.113.79',
      'X-Real-Ip: 192.0.2.131',
      'X-Yahoo-Post-IP: 203.0.113.80',
      'X-EIP: [TvaLd9]',
    ],
    ['203.0.113.77', '198.51.100.14', 'AS64501', '203.0.113.79', '192.0.2.131', '203.0.113.80', 'TvaLd9'],
  ],
  [
    'HDR-14-outlook',
    ['X-Mailer: Microsoft Outlook 16.0 Kiln7Build', 'X-MimeOLE: Produced By Microsoft MimeOLE Kiln7'],
    ['Microsoft Outlook', 'Kiln7'],
  ],
  [
    'HDR-14-thunderbird',
    ['User-Agent: Mozilla/5.0 (X11; Linux kilnbsd; rv:128.0) Thunderbird/128.7', 'X-Account-Key: account17', 'X-Identity-Key: id43'],
    ['Thunderbird', 'kilnbsd', 'account17', 'id43'],
  ],
  [
    'HDR-14-apple',
    [
      'X-Mailer: iPhone Mail (22D72)',
      'X-Apple-Base-Url: x-msg://417/',
      'X-Universally-Unique-Identifier: 9A1C-KILN-77',
      'X-Apple-Mail-Remote-Attachments: NO',
      'X-Uniform-Type-Identifier: com.apple.mail-draft',
    ],
    ['iPhone Mail', 'x-msg', '9A1C-KILN-77', 'mail-draft'],
  ],
  ['HDR-14-mime-version', ['MIME-Version: 1.0 (Mac OS X Mail 16.0 \\(3731.700.6.1.2 kiln\\))'], ['Mac OS X', '3731.700', 'kiln']],
  [
    'HDR-15-organization',
    ['Organization: Aldermoor Works, Kiln Street 7', 'X-Organization: Aldermoor', 'Organisation: Aldermoor Ltd'],
    ['Aldermoor', 'Kiln Street'],
  ],
  [
    'HDR-16-autocrypt',
    ['Autocrypt: addr={{me.mail}}; prefer-encrypt=mutual;\n keydata=mDMEXkilnBYJKwYBBAHaRw8BAQdAkey77'],
    ['mDMEXkiln', 'key77'],
  ],
  [
    'HDR-16-openpgp',
    [
      'OpenPGP: id=8F3C77AA12BD; url=https://{{me.domain}}/key.asc; preference=signencrypt',
      'X-PGP-Key: https://keys.aldermoor.example/8F3C',
      'X-PGP-Fingerprint: 8F3C 77AA 12BD',
    ],
    ['8F3C77AA12BD', 'aldermoor'],
  ],
  [
    'HDR-17-face',
    [
      'Face: iVBORw0KGgoAAAANSUhEUgkiln77',
      'X-Face: "kiln77^Qe&<Hx]:;',
      'BIMI-Selector: v=BIMI1; s=kiln77',
      'X-Image-URL: https://{{me.domain}}/me.png',
    ],
    ['kiln77', 'iVBORw0KGgo'],
  ],
  [
    'HDR-18-thread',
    ['Thread-Topic: {{me.name|ew}} kiln order', 'Thread-Index: AQHbkm58kilnTTqkW0C77A==', 'X-Thread-Info: 450.12.b7kiln.ZvQz'],
    ['AQHbkm58kiln', 'b7kiln', 'ZvQz'],
  ],
  [
    'HDR-19-receipts',
    [
      'Disposition-Notification-To: {{me.name|ew}} <{{me.mail}}>',
      'Return-Receipt-To: {{me.mail2}}',
      'X-Confirm-Reading-To: {{me.mail}}',
      'Disposition-Notification-Options: kilnopt=required,x',
      'Generate-Delivery-Report: yes',
      'Read-Receipt-To: {{me.mail}}',
    ],
    ['Notification-To', 'Receipt-To', 'Reading-To', 'kilnopt', 'Delivery-Report'],
  ],
  [
    'HDR-20-errors',
    [
      'Errors-To: {{me.mail2}}',
      'Warnings-To: kiln@aldermoor.example',
      'Bounces-To: <bounce+kiln77@aldermoor.example>',
      'X-Errors-To: {{me.mail}}',
    ],
    ['aldermoor', 'kiln77', 'Errors-To'],
  ],
  [
    'HDR-21-list',
    [
      'List-Unsubscribe: <mailto:leave-{{me.equals}}@aldermoor.example>',
      'List-Post: <mailto:kiln@aldermoor.example>',
      'List-Id: Kiln people <kiln.aldermoor.example>',
      'List-Owner: <mailto:{{me.mail}}>',
      'List-Archive: <https://{{me.domain}}/a>',
    ],
    ['aldermoor', 'List-Post', 'List-Owner'],
    { answer: 'either' },
  ],
  [
    'HDR-21-followup',
    ['Mail-Followup-To: {{me.mail2}}, {{you.alias}}', 'Mail-Copies-To: {{me.mail}}', 'Mail-Reply-To: {{me.mail}}'],
    ['Mail-Followup-To', 'Mail-Copies-To'],
  ],
];

export const headers: readonly Sample[] = headed(rows);
