/** What the other side gets to see of a party's name: safe, and no more than the setting allows. */
import { aliasAt } from '../model/address.ts';
import type { Conversation, Face, Language, Party, Role } from '../model/route.ts';

/** `initial`: first name and initial; `full`: as registered; `role`: the bare word for buyer or seller. */
export type DisplayNames = 'initial' | 'full' | 'role';

const roleWords: Readonly<Record<Language, Readonly<Record<Role, string>>>> = {
  en: { buyer: 'Buyer', seller: 'Seller' },
  de: { buyer: 'Käufer', seller: 'Verkäufer' },
  it: { buyer: 'Acquirente', seller: 'Venditore' },
  sv: { buyer: 'Köpare', seller: 'Säljare' },
  zh: { buyer: '买家', seller: '卖家' },
  id: { buyer: 'Pembeli', seller: 'Penjual' },
  es: { buyer: 'Comprador', seller: 'Vendedor' },
  fr: { buyer: 'Acheteur', seller: 'Vendeur' },
};

/** Names written without spaces: family name first, so the rest is what is hidden. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,}$/u;

/** An address, a number or a link has no place in a name: then the role's word stands there, in the reader's language. */
const telling = /@|\p{Nd}{3}|:\/\/|\p{L}\.\p{L}{2}/u;

/** At most 64 characters, without controls, bidi marks and the specials of RFC 5322. */
export function faceName(party: Pick<Party, 'name' | 'role'>, style: DisplayNames, reader: Language): string {
  const role = roleWords[reader][party.role];
  const name = party.name
    .normalize('NFC')
    .replace(/[\p{C}<>()[\]:;,"\\]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 64);
  if (style === 'role' || name === '' || telling.test(party.name.normalize('NFKC')) || telling.test(name)) return role;
  return style === 'full' ? name : shorten(name);
}

function shorten(name: string): string {
  if (unspaced.test(name)) return `${[...name][0]}**`;
  const words = name.split(' ');
  const [first = '', last = ''] = [words[0], words.at(-1)];
  return words.length === 1 ? first : `${first} ${[...last][0]}.`;
}

/** What a party is shown as in a conversation, to a reader of this language. */
export const faceIn = (
  { buyerLocal, sellerLocal }: Conversation,
  party: Pick<Party, 'name' | 'role'>,
  reader: Language,
  { domains, displayNames }: { readonly domains: readonly string[]; readonly displayNames: DisplayNames },
): Face => ({
  name: faceName(party, displayNames, reader),
  alias: aliasAt(party.role === 'buyer' ? buyerLocal : sellerLocal, domains[0] ?? ''),
});
