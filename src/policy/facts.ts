/** Message + situation -> Facts: each is taken out at the first look of a rule, and only once. */
import type { Message } from '../model/message.ts';
import type { Situation } from '../model/route.ts';
import { allowedFor, limitsFor, type Policy } from './policy.ts';
import { addressesIn } from './reading/addresses.ts';
import { attachmentsOf } from './reading/attachments.ts';
import { callsOf } from './reading/calls.ts';
import { isCritical, isCriticalKind } from './reading/critical.ts';
import { linksOf } from './reading/links.ts';
import { passagesOf } from './reading/passages.ts';
import { regionsOf } from './reading/regions.ts';
import { resourcesOf } from './reading/resources.ts';
import type { Facts } from './rule.ts';
import { asksForReview } from './rules/review-manipulation.ts';

/** What is not looked at costs nothing. */
export function factsOf(message: Message, situation: Situation, policy: Policy): Facts {
  const { direction, initiates, order, buyerOptedOut, tagCounts } = situation;
  const allowed = allowedFor(policy, order?.kind);
  const regions = once(() => regionsOf(message));
  const isTagged = isCritical(message.subject, order, tagCounts);
  const passages = once(() => passagesOf(message, regions()));
  const addresses = once(() => passages().flatMap((passage) => addressesIn(passage, allowed)));
  const lazy = {
    // A request for a review is nothing that an order cannot do without, whatever its subject says.
    critical: once(() => isCriticalKind(order) || (isTagged && !asksForReview({ passages: passages(), phrases: policy.phrases }))),
    calls: once(() => callsOf(message, regions())),
    links: once(() => linksOf(message, { passages: passages(), addresses: addresses(), regions: regions(), allowed })),
    resources: once(() => resourcesOf(message, regions(), allowed)),
    attachments: once(() => attachmentsOf(message)),
  };
  return {
    direction,
    initiates,
    order,
    buyerOptedOut,
    allowed,
    limits: limitsFor(policy, order?.kind),
    phrases: policy.phrases,
    get critical() {
      return lazy.critical();
    },
    get passages() {
      return passages();
    },
    get addresses() {
      return addresses();
    },
    get calls() {
      return lazy.calls();
    },
    get links() {
      return lazy.links();
    },
    get resources() {
      return lazy.resources();
    },
    get attachments() {
      return lazy.attachments();
    },
  };
}

/** Keeps what the first call gave. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
