/** HDR-22 to HDR-42: fields of servers, gateways and providers. */
import type { Sample } from '../sample.ts';
import { headed, type Row } from './header-rows.ts';

const rows: readonly Row[] = [
  [
    'HDR-22-dkim',
    [
      'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={{me.domain}};\n\ts=kiln77; i={{me.mail}}; t=1741677164;\n\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; h=From:To:Subject;\n\tb=kilnSig77AbCd==',
      'DomainKey-Signature: a=rsa-sha1; s=kiln78; d={{me.domain}}; b=kilnKey==',
    ],
    ['kiln77', 'kiln78', 'kilnSig77', 'kilnKey', '47DEQpj8'],
  ],
  [
    'HDR-23-arc',
    [
      'ARC-Seal: i=1; a=rsa-sha256; d=aldermoor.example; s=arc77; cv=none; b=kilnseal==',
      'ARC-Message-Signature: i=1; d=aldermoor.example; s=arc77; b=kilnams==',
      'ARC-Authentication-Results: i=1; mx.aldermoor.example; smtp.auth={{me.mail}} smtp.mailfrom={{me.mail}}; dkim=pass header.d={{me.domain}}',
    ],
    ['aldermoor', 'arc77', 'kilnseal', 'kilnams'],
  ],
  [
    'HDR-24-results',
    [
      'Authentication-Results: mx.aldermoor.example; spf=pass smtp.mailfrom={{me.mail}} smtp.helo=kiln77; dmarc=pass header.from={{me.at}}',
      'Received-SPF: pass (kiln77: domain of {{me.mail}} designates 203.0.113.77 as permitted sender) client-ip=203.0.113.77',
    ],
    ['aldermoor', 'kiln77', '203.0.113.77'],
  ],
  [
    'HDR-25-delivered',
    [
      'Delivered-To: {{me.mail2}}',
      'X-Original-To: {{me.mail2}}',
      'Envelope-To: kiln@aldermoor.example',
      'X-Envelope-From: <{{me.mail}}>',
      'Apparently-To: {{me.mail2}}',
      'X-Delivered-to: {{me.mail}}',
    ],
    ['aldermoor'],
  ],
  [
    'HDR-26-google',
    [
      'X-Google-DKIM-Signature: v=1; d=1e100.net; s=20230601; x=kilnG77',
      'X-Gm-Message-State: AOJu0YkilnState77',
      'X-Google-Smtp-Source: AGHT+IEkilnSrc77',
      'X-Received: by 2002:a17:907:7e94:b0:abf:kiln with SMTP id qb20kiln77',
    ],
    ['1e100', 'kilnG77', 'kilnState77', 'kilnSrc77', 'qb20kiln77'],
  ],
  [
    'HDR-27-exchange',
    [
      'X-MS-Exchange-Organization-AuthAs: Internal',
      'X-MS-Exchange-CrossTenant-id: 9d1c7788-aaaa-4bbb-8ccc-kiln77tenant',
      'X-MS-Exchange-CrossTenant-userprincipalname: KILNprincipal77hash==',
      'X-OriginatorOrg: {{me.domain}}',
      'x-ms-exchange-senderadcheck: 1',
      'X-MS-Has-Attach: kiln78',
      'x-ms-office365-filtering-correlation-id: 0c77-kilncorr',
    ],
    ['kiln77tenant', 'KILNprincipal77', 'kiln78', 'kilncorr', 'X-MS-'],
  ],
  [
    'HDR-28-yahoo',
    ['X-YMail-OSG: kilnosg77VM1', 'X-Yahoo-Newman-Id: 417.kiln@ymail', 'X-Yahoo-SMTP: kilnsmtp77-', 'X-Rocket-MIMEInfo: kilnrocket'],
    ['kilnosg77', 'kilnsmtp77', 'kilnrocket', '417.kiln'],
  ],
  [
    'HDR-28-icloud',
    ['X-Proofpoint-ORIG-GUID: kilnguid77', 'X-Apple-Action: MOVE_TO_FOLDER/kilnfolder', 'X-Apple-UUID: 77kiln-uuid'],
    ['kilnguid77', 'kilnfolder', '77kiln-uuid'],
  ],
  [
    'HDR-28-gmx',
    ['X-Provags-ID: V03:K1:kilnprov77AbC=', 'UI-OutboundReport: notjunk:1;M01:P0:kilnui77=', 'X-UI-Sender-Class: kilnclass'],
    ['kilnprov77', 'kilnui77', 'kilnclass'],
  ],
  [
    'HDR-28-qq',
    [
      'X-QQ-mid: xmsmtpt1741677164tkiln77',
      'X-QQ-XMAILINFO: NDkiln77INFO',
      'X-QQ-ORGSender: {{me.mail2}}',
      'X-QQ-SSF: 00kiln',
      'X-QQ-STYLE: kilnstyle',
    ],
    ['tkiln77', 'NDkiln77INFO', 'kilnstyle'],
  ],
  [
    'HDR-28-coremail',
    [
      'X-CM-TRANSID: EskvCgkiln77A--',
      'X-CM-SenderInfo: kilnsender77hash',
      'X-Coremail-Antispam: 1Uf129kiln',
      'X-CM-DELIVERINFO: =?B?kiln77deliver?=',
    ],
    ['EskvCgkiln77A', 'kilnsender77hash', '1Uf129kiln', 'kiln77deliver'],
  ],
  [
    'HDR-28-proton-fastmail',
    [
      'X-Pm-Message-ID: kilnpm77',
      'X-Pm-Origin: internal',
      'X-ME-Sender: <xms:kilnxms77>',
      'X-ME-Proxy: <xmx:kilnxmx77>',
      'Feedback-ID: i417kiln:Fastmail',
    ],
    ['kilnpm77', 'kilnxms77', 'kilnxmx77', 'i417kiln'],
  ],
  [
    'HDR-29-feedback',
    [
      'Feedback-ID: camp77:acct417:kiln:aldermoor',
      'X-Report-Abuse: Please report to abuse@aldermoor.example acct417',
      'X-CSA-Complaints: whitelist@aldermoor.example',
    ],
    ['aldermoor', 'acct417', 'camp77'],
  ],
  [
    'HDR-30-ses-sendgrid',
    ['X-SES-Outgoing: 2025.03.11-54.240.77.kiln', 'X-SG-EID: u001.kilneid77', 'X-SG-ID: kilnsgid77', 'X-Entity-ID: u001.kilnent77'],
    ['54.240.77', 'kilneid77', 'kilnsgid77', 'kilnent77'],
  ],
  [
    'HDR-30-mailgun-others',
    [
      'X-Mailgun-Sid: WyJkilnsid77',
      'X-Mandrill-User: md_kiln417',
      'X-PM-Message-Id: kiln417-pm',
      'X-MC-User: kilnmc417',
      'X-Mailjet-Campaign: kilnjet417',
      'X-Mailgun-Sending-Ip: 203.0.113.77',
    ],
    ['kilnsid77', 'kiln417', 'kilnmc417', 'kilnjet417', '203.0.113.77'],
  ],
  [
    'HDR-31-auth-sender',
    [
      'X-Authenticated-Sender: {{me.local}}',
      'X-Auth-User: gholmqvist',
      'X-Sender: {{me.mail2}}',
      'X-X-Sender: gholmqvist@kiln.aldermoor.example',
      'X-Authenticated-User: {{me.mail}}',
      'X-Auth-ID: {{me.mail2}}',
    ],
    ['gholmqvist', 'aldermoor'],
  ],
  [
    'HDR-32-web-host',
    [
      'X-PHP-Script: www.{{me.domain}}/shop/send.php for 203.0.113.77',
      'X-PHP-Originating-Script: 1017:kilnmailer.php',
      'X-Source-Args: /usr/sbin/proxyexec -q -d -s kilnhome77',
      'X-Source-Dir: {{me.domain}}:/public_html',
      'X-AntiAbuse: Primary Hostname - srv77.aldermoor.example',
      'X-Get-Message-Sender-Via: srv77.aldermoor.example: authenticated_id: {{me.mail}}',
    ],
    ['203.0.113.77', 'kilnmailer', 'kilnhome77', 'srv77', 'aldermoor', 'public_html'],
  ],
  [
    'HDR-33-filters',
    [
      'X-Spam-Status: No, score=-1.9 required=5.0 tests=KILN77 autolearn=ham version=3.4.6',
      'X-Spam-Checker-Version: SpamAssassin 3.4.6 on mx7.aldermoor.example',
      'X-Virus-Scanned: amavisd-new at {{me.domain}}',
      'X-Barracuda-Connect: kiln77[203.0.113.77]',
      'X-Mimecast-Originator: {{me.domain}}',
      'X-Proofpoint-GUID: kilnpp77',
      'X-IronPort-AV: E=kiln;i=77',
    ],
    ['KILN77', 'aldermoor', '203.0.113.77', 'kilnpp77', 'amavisd'],
  ],
  ['HDR-34-zone', ['Date: Tue, 11 Mar 2025 13:57:44 +0545 (Nepal Kiln Time)'], ['+0545', 'Nepal Kiln', '13:57:44']],
  [
    'HDR-34-further-dates',
    [
      'Date: Tue, 11 Mar 2025 18:12:44 +1030',
      'Delivery-Date: Tue, 11 Mar 2025 18:12:47 +1030',
      'X-Send-Date: 2025-03-11T18:12:43+10:30',
      'Expiry-Date: Wed, 12 Mar 2025 18:12:44 +1030',
    ],
    ['+1030', '18:12:44', '18:12:47', '18:12:43'],
  ],
  [
    'HDR-35-cc',
    ['Cc: Ida Berg <ida.berg@aldermoor.example>, {{me.mail2}}', 'Bcc: {{me.mail2}}, archive@{{me.domain}}'],
    ['ida.berg', 'Ida Berg', 'aldermoor'],
  ],
  ['HDR-35-reply-all', ['To: {{you.alias}}, {{me.alias}}', 'Cc: {{me.name|ew}} <{{me.mail2}}>']],
  ['HDR-36-group', ['To: Kiln buyers: {{you.alias}}, ida.berg@aldermoor.example;'], ['ida.berg', 'Kiln buyers', 'aldermoor']],
  ['HDR-36-label', ['To: "the picky one from Kilnstrasse" <{{you.alias}}>'], ['picky one', 'Kilnstrasse']],
  [
    'HDR-37-comments',
    [
      'Comments: Authenticated sender is <{{me.mail2}}>',
      'Keywords: kilnkey77, {{me.name|ew}}',
      'X-Notes-Item: CN={{me.name|ew}}/O=Aldermoor; name=From',
      '$KeepPrivate: kiln1',
    ],
    ['Aldermoor', 'kilnkey77', 'kiln1'],
  ],
  [
    'HDR-38-reach',
    [
      'X-URL: https://{{me.domain}}/',
      'Jabber-ID: kiln77@jabber.aldermoor.example',
      'X-ICQ: 41777000',
      'X-Phone: +47 555 01 417',
      'X-Twitter: @kiln77',
    ],
    ['kiln77', '41777000', '47 555 01 417', 'aldermoor'],
  ],
  ['HDR-39-language', ['Content-Language: nn-NO', 'Accept-Language: nn-NO, se-NO', 'X-Language: nn'], ['nn-NO', 'se-NO']],
  [
    'HDR-40-forwarded',
    [
      'X-Forwarded-For: {{me.mail2}} kiln@aldermoor.example',
      'X-Forwarded-To: {{me.mail}}',
      'X-Loop: {{me.mail2}}',
      'X-BeenThere: kiln@aldermoor.example',
      'X-Sieve-Redirected-From: {{me.mail2}}',
      'X-Forwarded-Encrypted: i=1; AJvYkilnenc77',
    ],
    ['aldermoor', 'kilnenc77'],
  ],
  [
    'HDR-41-original',
    [
      'Original-From: {{me.name|ew}} <{{me.mail2}}>',
      'X-Original-From: {{me.mail2}}',
      'Original-Recipient: rfc822;{{me.mail2}}',
      'X-Original-Sender: kiln@aldermoor.example',
      'Original-Message-ID: <o77@aldermoor.example>',
    ],
    ['aldermoor'],
  ],
  [
    'HDR-42-news',
    [
      'Newsgroups: de.rec.kiln77',
      'NNTP-Posting-Host: kiln.aldermoor.example',
      'Path: news.aldermoor.example!not-for-mail',
      'X-Trace: kilntrace77',
      'Cancel-Lock: sha1:kilnlock77',
      'Distribution: kilnworld',
    ],
    ['aldermoor', 'kiln77', 'kilntrace77', 'kilnlock77', 'kilnworld'],
  ],
];

export const trails: readonly Sample[] = headed(rows);
