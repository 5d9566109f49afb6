/** PORTS: what the ways of all messages stand on, made of the adapters. */
import { aliasesOf, type Core, openProof } from './adapters.ts';
import { createScan } from './malware.ts';
import type { Office } from './notice/item.ts';
import type { Ports } from './relay.ts';

/** Who writes our own mails. */
export const officeOf = ({ settings, own }: Core): Office => ({
  domain: settings.relayDomains[0],
  commandAddressFor: (trace) => own.addressFor({ kind: 'command', trace }),
  helpPageFor: own.helpPageFor,
});

export function portsOf(core: Core): Ports {
  const { settings, vault, own, store, archive, outbound, sender, policy, fence, scanner, recorder } = core;
  const linksFor = (kind: 'approve' | 'unsubscribe', trace: string) => ({
    page: own.pageFor({ kind, trace }),
    mail: own.addressFor({ kind, trace }),
  });
  const linkFor = (kind: 'report' | 'done', trace: string) => own.pageFor({ kind, trace }) ?? `mailto:${own.addressFor({ kind, trace })}`;
  return {
    store,
    outbound,
    recorder,
    policy,
    proof: openProof(settings),
    aliases: aliasesOf(settings, vault),
    transform: (work) => fence.transform(work),
    ...(scanner && { scan: createScan({ scanner, fail: settings.clamd?.fail ?? 'defer', recorder }) }),
    rateLimits: settings.rateLimits,
    reportLinkFor: (trace) => linkFor('report', trace),
    doneLinkFor: (trace) => linkFor('done', trace),
    answerFor: (trace) => linksFor('approve', trace),
    unsubscribeFor: (trace) => linksFor('unsubscribe', trace),
    messageIdFor: (...parts) => `${vault.hash('message-id', parts.join('\0')).replace(/[^A-Za-z0-9]/g, '')}@${settings.relayDomains[0]}`,
    returnPathFor: (trace) => own.addressFor({ kind: 'bounce', trace }),
    office: officeOf(core),
    wake: sender.wake,
    ...(archive && { archive }),
  };
}
