/**
 * Before the first message comes, everything on the heavy part's way is compiled and run in, by the dry run of a mail of ours. Without it the first
 * mail after a start would take longer than the policy allows itself, and be put off.
 */
import type { CheckAnswer, CheckInput } from './http/operation.ts';

const lines = [
  'Hello Jane,',
  'the shelf is oiled twice; call me at +44 20 7946 0123 or write to shop (at) shop dot example.',
  'Is Friday all right?',
];
const history = '<div class="gmail_quote">On Monday Jane wrote:<blockquote>Is it <b>oiled</b>? See www.shop.example</blockquote></div>';
const sample = [
  'From: seller@shop.example',
  'To: buyer@relay.example',
  'Subject: Re: The shelf',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  ...lines,
  '',
  '> Is it oiled?',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  `<html><body>${lines.map((line) => `<p style="color:black">${line}</p>`).join('')}<img src="https://shop.example/p.gif">${history}</body></html>`,
  '--b--',
  '',
].join('\r\n');

/** Takes a few hundred milliseconds. `check`: the relay's own dry run. */
export async function warmUp(check: (input: CheckInput) => Promise<CheckAnswer>): Promise<void> {
  const message = Buffer.from(sample);
  for (let round = 0; round < 6; round += 1) {
    const direction = round % 2 === 0 ? 'seller_to_buyer' : 'buyer_to_seller';
    await check({ direction, initiates: round < 3, order: { kind: 'standard', completedDaysAgo: 1 }, buyerOptedOut: false, message });
  }
}
