/** What is said of a mailbox that writes in a party's name: the marketplace's own word, which takes the place of the party's. */
import { type Mailbox, parseMailbox } from '../model/address.ts';
import { idPattern } from '../model/ids.ts';
import type { Admission, Party } from '../model/route.ts';
import type { Directory } from '../store/store.ts';
import type { Call, FieldError, HttpSettings, Operation, ShowAlias } from './operation.ts';
import { addressError, showParty } from './parties.ts';
import { notFound, problem } from './problem.ts';
import { admissionBody, idAndAddress } from './schemas.ts';

export function mailboxOperations(directory: Directory, { relayDomains }: HttpSettings, show: ShowAlias): readonly Operation[] {
  const known = async (id: string): Promise<Party | undefined> => (idPattern.test(id) ? directory.party(id) : undefined);
  const common = { path: '/v1/parties/:id/mailboxes/:address', tag: 'parties', access: 'token', params: idAndAddress } as const;
  return [
    {
      ...common,
      id: 'admitMailbox',
      method: 'PUT',
      summary: 'Approves or blocks a mailbox that writes in the name of the party, whatever the party said of it before.',
      body: admissionBody,
      answers: { 200: { description: 'The party.', schema: { $ref: 'Party#' } } },
      check: ({ params }) => errorsOf(params, relayDomains),
      async run(call) {
        const { id, address } = namedIn(call);
        const party = await known(id);
        if (!party || !address) return notFound('party');
        if (party.mailboxes.some((mailbox) => mailbox.address === address))
          return problem(409, 'The party is registered with this mailbox: put the party to change that.');
        await directory.admit(id, address, { verdict: (call.body as { readonly verdict: Admission }).verdict });
        return { status: 200, body: showParty((await directory.party(id)) ?? party, show) };
      },
    },
    {
      ...common,
      id: 'unsayMailbox',
      method: 'DELETE',
      summary: 'Takes back what was said of a mailbox: the party is asked again when somebody writes from it.',
      answers: { 204: { description: 'Nothing is said of it any more.' } },
      async run(call) {
        const { id, address } = namedIn(call);
        const said = (await known(id))?.admitted?.find((one) => one.address === address);
        if (!said) return notFound('word about this mailbox');
        await directory.admit(id, said.address, undefined);
        return { status: 204 };
      },
    },
  ];
}

const namedIn = ({ params: { id = '', address = '' } }: Call): { readonly id: string; readonly address: Mailbox | undefined } => ({
  id,
  address: parseMailbox(address),
});

function errorsOf({ address = '' }: Call['params'], relayDomains: readonly string[]): readonly FieldError[] {
  const message = addressError(address, relayDomains);
  return message === undefined ? [] : [{ field: '{address}', message }];
}
