/** What the marketplace tells the relay of the soak before the first mail: parties, orders, conversations. */
import { buyers, everybody, goneSeller, type Person, sellers } from './mail.ts';

export interface Api {
  readonly url: string;
  readonly token: string;
}

/** The alias to which an author writes to reach a reader. */
export type AliasFor = (author: Person, reader: Person) => string;

/** Registers everybody; each buyer has an order with each seller, and they know each other's alias. */
export async function registerAll(api: Api): Promise<AliasFor> {
  const aliases = new Map<string, string>();
  for (const { id, role, name, mailbox, untold } of everybody) {
    await put(api, `/v1/parties/${id}`, { role, name, mailboxes: [{ address: mailbox }], ...(untold && { notices: 'off' }) });
  }
  for (const buyer of buyers) {
    for (const seller of [...sellers, goneSeller]) {
      await put(api, `/v1/orders/${buyer.id}-${seller.id}`, { buyer: buyer.id, seller: seller.id, kind: 'standard' });
      const { buyerAlias, sellerAlias } = await put(api, '/v1/conversations', { buyer: buyer.id, seller: seller.id });
      aliases.set(`${seller.id} ${buyer.id}`, String(buyerAlias));
      aliases.set(`${buyer.id} ${seller.id}`, String(sellerAlias));
    }
  }
  return (author, reader) => aliases.get(`${author.id} ${reader.id}`) ?? '';
}

async function put({ url, token }: Api, path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(url + path, { method: 'PUT', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text === '' ? {} : JSON.parse(text);
}
