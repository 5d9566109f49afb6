/** Pictures to be scanned that lead to the author's own pages: a link that nobody can click. What a picture holds is told by its words alone. */
import { matchesIn } from '../../model/matches.ts';
import type { Passage } from '../rule.ts';
import { words } from './invitation-words.ts';

/** A mention; offsets in the folded text. */
export interface PictureCode {
  readonly from: number;
  readonly to: number;
}

const code = /qr[ -]?(?:codes?|kod(?:en|e|u)?|codici?|códigos?)?(?![a-z])|二维码|qrコード/gu;
/** "our size chart", "unsere Preisliste": no carrier's label and no maker's page. */
const own = new RegExp(
  `${words('our|my|unser*|mein*|nostr[aoie]|vår*|nuestr[ao]s?|notre|nos|onze|ons|mijn|noss[ao]s?|minha|nasz*|moj[ae]|kami|toko')}|本店|我们|我家|小店|当店`,
  'u',
);
const pages = new RegExp(
  `${words(
    'shop|store|site|website|web|page|catalogue?|price list|prices|list|chart|menu|range|collection|seite|laden|webshop|katalog*|preisliste|tabelle|sito|negozio|catalogo|listino|tabella|hemsida|butik*|prislista|tabell*|página|tienda|catálogo|lista|tabla|boutique|tarifs?|tableau|winkel|prijslijst|tabel|maattabel|loja|tabela|stron*|sklep*|cennik*|situs|daftar',
  )}|网店|目录|价目|尺码表|サイト|ショップ|一覧|カタログ`,
  'u',
);
/** Somebody else's, or there for the parcel or the machine. */
const others =
  /ret(?:our|urn|ur)|res[oi](?!\p{L})|rücksend|devoluc|devolução|zwrot|label|etikett|etiquet|étiquette|garanti|warrant|serial|退货|保修|返品/u;
const REACH = 60;

export function pictureCodesIn({ region, hidden, folded: { text } }: Passage): readonly PictureCode[] {
  if (region !== 'new' || hidden || !(text.includes('qr') || text.includes('二维码'))) return [];
  return [...matchesIn(text, code)].flatMap(({ 0: it, index }): PictureCode[] => {
    const behind = text.slice(index + it.length, index + it.length + REACH).split(/[.!?。\n]/, 1)[0] ?? '';
    return !others.test(behind) && own.test(behind) && pages.test(behind) ? [{ from: index, to: index + it.length + behind.length }] : [];
  });
}
