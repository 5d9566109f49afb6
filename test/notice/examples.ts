/** Notices as the relay would write them; people and shops are made up. */
import type { Digest, DigestEntry } from '../../src/notice/digest.ts';
import { mentioned, type Notice } from '../../src/notice/notice.ts';
import { aliasAt } from '../../src/model/address.ts';
import { type Language, languages } from '../../src/model/route.ts';
import type { Action, Finding, Verdict } from '../../src/model/verdict.ts';

const domain = 'relay.market.example';

export const spot = (span: string, part: Finding['part'] = 'text', region: Finding['region'] = 'new'): Finding => ({ part, region, span });
export const verdict = (rule: string, action: Action, ...findings: Finding[]): Verdict => ({ rule, action, findings });

/** `no-order`: no spot is to blame. */
export const whole = spot('', 'message');

const base = {
  trace: '7x2k9mfp3q8w5tzh',
  at: Date.UTC(2026, 2, 9, 14, 5),
  messageId: 'CAF+1@mail.oakbench.example',
  own: { name: 'Hanna O.', alias: aliasAt('h4nn', domain) },
  other: { name: 'Lara W.', alias: aliasAt('l4r4', domain) },
  canSend: false,
  commandAddress: `notices@${domain}`,
  domain,
} as const;

export const refused: Notice = {
  ...base,
  kind: 'refused',
  language: 'en',
  subject: 'Your bench, and our spring offers',
  verdicts: [
    verdict(
      'contact-phone',
      'redact',
      spot('+44 7700 900 123'),
      spot('+44 7700 900 123', 'html'),
      spot('07700 900 999', 'text', 'signature'),
    ),
    verdict('marketing', 'reject', spot('30 % off all cushions until Sunday'), spot('visit our shop')),
    verdict('external-link', 'observe', spot('www.observed.example')),
  ],
};

export const redacted: Notice = {
  ...base,
  kind: 'redacted',
  language: 'en',
  subject: 'Re: Drawing of the bench',
  verdicts: [
    verdict('contact-email', 'redact', spot('hanna@oakbench.example')),
    verdict(
      'attachment-type',
      'redact',
      ...['parts.xlsx', 'drawing.dwg', 'a.zip', 'b.zip', 'c.zip', 'd.zip', ''].map((name) => spot(name, 'attachment')),
    ),
    verdict('attachment-size', 'redact', spot('photos.pdf', 'attachment')),
  ],
};

export const held: Notice = {
  ...base,
  kind: 'held',
  language: 'en',
  subject: '',
  canSend: true,
  keptHours: 72,
  verdicts: [verdict('sensitive-info', 'hold', spot('GB33 BUKB 2020 1555 5555 55'))],
};

const subjects: Readonly<Record<Language, string>> = {
  en: 'A question about the colour',
  de: 'Frage zur Farbe der Bank',
  it: 'Una domanda sul colore della panca',
  sv: 'En fråga om bänkens färg',
  zh: '关于长凳颜色的问题',
  id: 'Pertanyaan tentang warna bangku',
  es: 'Una pregunta sobre el color del banco',
  fr: 'Une question sur la couleur du banc',
};

/** The buyer has opted out, in every language but English, with what was written and what was attached beside it. */
export const optedOut = (language: Language): Notice => ({
  ...base,
  kind: 'refused',
  language,
  subject: subjects[language],
  verdicts: [
    verdict('opted-out', 'reject', whole),
    verdict('proactive-window', 'reject', whole),
    verdict('external-link', 'redact', spot('www.oakbench.example')),
    verdict('attachment-size', 'redact', spot('a.pdf', 'attachment'), spot('b.pdf', 'attachment')),
  ],
});

export const notices: Readonly<Record<string, Notice>> = {
  'en-refused': refused,
  'en-redacted': redacted,
  'en-held': held,
  ...Object.fromEntries(languages.filter((it) => it !== 'en').map((it) => [`${it}-refused`, optedOut(it)])),
};

export const entryOf = ({ verdicts, other, ...about }: Notice): DigestEntry => ({
  ...about,
  other: other.name,
  rules: mentioned(verdicts).map(({ rule }) => rule),
});

export const digest: Digest = {
  language: 'en',
  trace: 'd1g3st0000000000',
  at: Date.UTC(2026, 2, 9, 23, 0),
  own: base.own,
  entries: [refused, redacted, held].map(entryOf),
  commandAddress: base.commandAddress,
  domain,
};
