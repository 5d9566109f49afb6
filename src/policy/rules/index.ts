/** The list of rules, in the order of `ruleIds`; the only place where a rule is registered. */
import type { Rule } from '../rule.ts';
import { attachmentSize } from './attachment-size.ts';
import { attachmentType } from './attachment-type.ts';
import { contactEmail } from './contact-email.ts';
import { contactHandle } from './contact-handle.ts';
import { contactPhone } from './contact-phone.ts';
import { externalLink } from './external-link.ts';
import { logoLink } from './logo-link.ts';
import { marketing } from './marketing.ts';
import { needlessMessage } from './needless-message.ts';
import { noOrder } from './no-order.ts';
import { offPlatform } from './off-platform.ts';
import { optOutRequest } from './opt-out-request.ts';
import { optedOut } from './opted-out.ts';
import { proactiveWindow } from './proactive-window.ts';
import { reviewManipulation } from './review-manipulation.ts';
import { sensitiveInfo } from './sensitive-info.ts';
import { trackingPixel } from './tracking-pixel.ts';

export const rules: readonly Rule[] = [
  contactEmail,
  contactPhone,
  contactHandle,
  externalLink,
  logoLink,
  trackingPixel,
  attachmentType,
  attachmentSize,
  marketing,
  reviewManipulation,
  optOutRequest,
  offPlatform,
  sensitiveInfo,
  needlessMessage,
  optedOut,
  proactiveWindow,
  noOrder,
];
