/**
 * What is to be kept out of a message about one party, as plain values: the definition alone. How it is looked for is another matter, and
 * `mask.ts` and `gate.ts` each have their own way, so that a fault in one does not hide in the other (requirement F2, F3).
 */
import { domainToUnicode } from 'node:url';
import { domainOf, localPart } from '../../model/address.ts';
import type { Side } from '../../model/route.ts';
import { isCommonWord } from './common-words.ts';
import { ownHosts } from '../../model/shared-domains.ts';

export interface SecretMailbox {
  /** Without a `+tag`. */
  readonly local: string;
  /** In ASCII, lower case. */
  readonly domain: string;
  /** The provider takes dots in the local part for nothing. */
  readonly dotless: boolean;
}

export interface SecretName {
  /** First name first, without titles and forms of companies. */
  readonly words: readonly string[];
  /** As the marketplace wrote it. */
  readonly written: string;
}

export interface Secrets {
  readonly mailboxes: readonly SecretMailbox[];
  /** Host names that are the party's own, in ASCII and in Unicode: they, and all below them, tell who it is. */
  readonly hosts: readonly string[];
  /** Local parts that tell who it is wherever they stand: `alice.hartwell82`. */
  readonly locals: readonly string[];
  /** Local parts that are one plain word: they tell only where an account's name stands, as in the path of a link. */
  readonly accounts: readonly string[];
  /** Each name that the party goes by; none where it is shown. */
  readonly names: readonly SecretName[];
  /** Words that the other side sees. */
  readonly shown: ReadonlySet<string>;
}

const minLocal = 6;
/** So long a local part, without a tag, is the end of nobody else's: whatever stands right before it, who reads it sees the mailbox. */
export const minTellingEnd = 10;
const dotless = new Set(['gmail.com', 'googlemail.com']);

/** Local parts of offices, which name no person. */
const roles = new Set(
  (
    'abuse billing bookkeeping buchhaltung cs customercare customerservice customersupport einkauf facturacion gestion helpdesk hostmaster ' +
    'informacion informatica infos kundendienst kundtjanst marketing noreply no-reply donotreply ordini personal presse reception reclami ' +
    'rechnung rechnungen reklamation retouren returns sekretariat servicio shipping soporte spedition tienda vendite ventas vertrieb webshop ' +
    'assistenza commerciale comercial kontakta redaktion bewerbung atendimento contato vendas pedidos boutique bonjour hallo servizioclienti'
  ).split(' '),
);

const titles = new Set(
  'mr mrs ms miss mx dr prof professor sir madam herr frau dipl ing mag lic signor signora sig sr sra srta senor senora mme mlle monsieur madame dhr mevr jr iii ii phd md msc mba'.split(
    ' ',
  ),
);
const companies = new Set(
  'gmbh mbh ltd limited inc llc llp plc corp co kg ohg ug ag ek gbr se sa sas sarl srl spa snc sl slu bv nv vof ab as aps oy oyj kft sro spzoo doo pty pte cv pt tbk lda eirl'.split(
    ' ',
  ),
);

/** Words that join the parts of a family name. */
export const particles: ReadonlySet<string> = new Set(
  'van von vom zu zur zum der den dem de del della dello di da dal dos das do du la le las los el al bin binti ibn ben af av ter ten te'.split(
    ' ',
  ),
);
/** Words that join names. */
export const joints: ReadonlySet<string> = new Set('and und et og och en of the by for mit con avec dan'.split(' '));

const found = new WeakMap<Side, Secrets>();

/** Told once of each side of a message, for the mask and for the gate. */
export function secretsOf(side: Side): Secrets {
  const known = found.get(side) ?? readSecrets(side);
  found.set(side, known);
  return known;
}

function readSecrets({ mailboxes, openHosts = [], name, face }: Side): Secrets {
  const shown = new Set(wordsOf(face.name));
  const names =
    plain(face.name) === plain(name)
      ? []
      : piecesOf(name).filter(({ words }) => words.some((word, at) => isHidden(plain(word), { shown, isLast: at === words.length - 1 })));
  const own = mailboxes.map((mailbox): SecretMailbox => {
    const domain = domainOf(mailbox);
    return { local: localPart(mailbox).replace(/(?<=.)\+.*$/, ''), domain, dotless: dotless.has(domain) };
  });
  const relay = domainOf(face.alias);
  const isOpen = (host: string) => openHosts.some((open) => host === open || host.endsWith(`.${open}`));
  const hosts = own
    .flatMap(({ domain }) => ownHosts(domain))
    .filter((host) => relay !== host && !relay.endsWith(`.${host}`) && !isOpen(host));
  const telling = [...new Set(own.map(({ local }) => local))].filter((local) => isTelling(local, shown));
  const known = names.flatMap(({ words }) => words).map(plain);
  return {
    mailboxes: own,
    hosts: [...new Set(hosts.flatMap((host) => [host, domainToUnicode(host).toLowerCase()]))].filter((host) => host !== ''),
    locals: telling.filter((local) => isDistinct(local, known)),
    accounts: telling.filter((local) => !isDistinct(local, known)),
    names,
    shown,
  };
}

/** A word by which a name can be looked for. A particle is one where it is the family name itself: `Anh Le`. */
export const isHidden = (word: string, { shown, isLast }: { readonly shown: ReadonlySet<string>; readonly isLast: boolean }): boolean =>
  word.length > 1 && !shown.has(word) && (isLast || !particles.has(word)) && !joints.has(word);

/** Lower case, without accents. */
export const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

const wordsOf = (text: string): string[] =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** `Hanna Okafor | Oak Bench` are two names. */
const piecesOf = (name: string): SecretName[] =>
  name
    .split(/[|/·•()[\]]+/)
    .map((piece) => {
      const words = piece.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
      const own = words.filter((word) => !titles.has(plain(word)) && !companies.has(plain(word)));
      return { words: own.length > 0 ? own : words, written: piece.trim().replace(/\s+/g, ' ') };
    })
    .filter(({ words }) => words.some((word) => word.length > 1 || words.length > 1));

/** Long enough, and nothing but an office's name or what is shown anyway. */
function isTelling(local: string, shown: ReadonlySet<string>): boolean {
  const parts = wordsOf(local.replace(/\d+/g, ' '));
  const says = (word: string) => word.length > 1 && !shown.has(word) && !roles.has(word) && !isCommonWord(word);
  const isNumbered = /\d{2}/.test(local) && parts.length > 0 && !parts.some((word) => roles.has(word) || isCommonWord(word));
  // `hunter.leather`: no text joins two words so.
  const isJoined = /\p{L}{2}[._]\p{L}{2}/u.test(local) && !parts.every((word) => shown.has(word) || roles.has(word));
  return local.length >= minLocal && !roles.has(local) && (parts.some(says) || isNumbered || isJoined);
}

/** Made of more than one plain word, or of the party's name: no text holds it by chance. */
const isDistinct = (local: string, names: readonly string[]): boolean =>
  /[\d._+-]/.test(local) || names.some((word) => word.length >= 4 && local.includes(word.slice(0, 6)));
