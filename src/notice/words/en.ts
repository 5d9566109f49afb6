/** Notices in English. */
import type { Words } from '../vocabulary.ts';

export const en: Words = {
  service: 'Message service',
  quotes: ['"', '"'],
  tag: '[Important]',
  comma: ', ',
  greeting: 'Hello {own},',
  kinds: {
    refused: {
      state: 'Not delivered',
      title: 'Not delivered: {subject}',
      happened: 'Your message to {other} was not delivered because it does not fit the rules of the marketplace.',
      rest: 'No part of the message was delivered, so {other} has not seen any of it.',
      again: 'Change your message and send it again.',
    },
    redacted: {
      state: 'Delivered with changes',
      title: 'Delivered with changes: {subject}',
      happened: 'Your message to {other} was delivered, but some of it had to be left out under the rules of the marketplace.',
      rest: 'The rest of the message was delivered, so there is no need to send it again.',
      again: 'If something important is missing now, send it in another form.',
    },
    held: {
      state: 'Held',
      title: 'Held: {subject}',
      happened: 'Your message to {other} has not been delivered yet. It is held until it has been looked at.',
      rest: 'The whole message is kept safe, and {other} has not seen any of it so far.',
      again: 'You can simply wait, or change your message and send it again.',
    },
  },
  labels: {
    to: 'To: ',
    subject: 'Subject: ',
    sent: 'Sent: ',
    words: 'In your message: ',
    file: 'Attachment: ',
    mend: 'What to do: ',
    reason: 'Reason: ',
    trace: 'Reference: ',
  },
  headings: { reasons: 'This is why:', now: 'What you can do now:' },
  more: 'and {n} more',
  noSubject: '(no subject)',
  noFilename: '(no file name)',
  send: 'Reply to this mail with the single word SEND, and your message is delivered without the parts shown above.',
  objection: 'You think this is a mistake? Reply to this mail with your reason, and a person will look at it.',
  kept: 'We keep the message for {hours} hours; after that it is deleted.',
  digest: {
    title: 'Messages not delivered as written, {day} ({n})',
    happened: 'These messages of yours were not delivered the way you wrote them, because of the rules of the marketplace.',
    objection: 'You think one of these is a mistake? Reply with its reference and your reason, and a person will look at it.',
  },
  copied: {
    title: 'Others than {other} got your message',
    happened: 'Your message to {other} also names other recipients in To or Cc. We gave it to {other} alone.',
    seen: 'The others got it straight from your own mail program. They see your own address, and they may answer you past the marketplace.',
    mend: 'Next time write to the address of {other} alone. If others must know, write to them in a mail of their own.',
  },
  stranger: {
    title: 'Is {address} yours?',
    happened:
      'A mail in your name came from {address}, a mailbox that we do not know as yours. It is for {other} and has not been delivered yet.',
    approve: 'Reply APPROVE: the mail is delivered, and the mailbox may write in your name from now on.',
    block: 'Reply BLOCK: the mail is deleted, and nothing from this mailbox is taken in your name.',
    page: 'Or choose on this page: {page}',
    kept: 'If you do nothing, the mail is deleted after {hours} hours.',
  },
  bounced: {
    title: 'Not delivered: your message to {other}',
    happened: 'Your message to {other} did not arrive. The mail provider on the other side sent it back to us.',
    question: 'You have a question about this? Reply to this mail, and a person will look at it.',
    reasons: {
      unknown: {
        why: 'The mailbox on the other side no longer exists, or takes no more mail.',
        mend: 'Sending the message again does not help for now. The marketplace can find out whether there is a new mailbox.',
      },
      full: {
        why: 'The mailbox on the other side is full.',
        mend: 'Send the message again in a day or two.',
      },
      policy: {
        why: 'The mail provider on the other side refused the message under its own rules, for example because it took it for spam.',
        mend: 'Send it again in other words, without attachments and pictures if you can.',
      },
      other: {
        why: 'The mail provider on the other side gave no reason that we understand.',
        mend: 'Send the message again later.',
      },
    },
  },
  rules: {
    'contact-email': {
      name: 'Email address',
      what: 'The message contains an email address.',
      mend: 'Leave out email addresses, also ones spelled out in words. A reply to the messages here always arrives without one.',
    },
    'contact-phone': {
      name: 'Phone number',
      what: 'The message contains a phone number.',
      mend: "Leave out phone numbers. Only the carrier's hotline, or the maker's for a warranty claim, may be given; say whose number it is.",
    },
    'contact-handle': {
      name: 'Contact on another service',
      what: 'The message gives a contact on another service, such as WhatsApp or Telegram, or asks to go on there.',
      mend: 'Leave that out and keep the conversation here. You may still mention such a service, for example as a feature of a product.',
    },
    'external-link': {
      name: 'Link to another site',
      what: 'The message contains a link or web address that leads away from the marketplace.',
      mend: 'Remove it, or link to a page of the marketplace instead. Parcel tracking on sites approved by the marketplace is fine.',
    },
    'logo-link': {
      name: 'Picture with a link',
      what: 'A picture or logo in the message links to a site outside the marketplace.',
      mend: 'Insert the picture without a link. If your mail program adds it by itself, remove it from your template.',
    },
    'tracking-pixel': {
      name: 'Content loaded from the internet',
      what: 'The message loads a picture or other content from the internet, which can reveal when it is opened.',
      mend: 'Insert pictures directly or attach them, and turn off read tracking in your mail program.',
    },
    'attachment-type': {
      name: 'Type of file',
      what: 'A file is of a type that cannot be sent here. What counts is its content, not its name.',
      mend: 'Send it as PDF, Word (doc, docx), picture (PNG, JPEG, GIF, WebP, HEIC) or plain text, without a password.',
    },
    'attachment-size': {
      name: 'Size of the attachments',
      what: 'The attachments are larger than {size} MB in all.',
      mend: 'Make the pictures smaller, or send the files in several messages.',
    },
    marketing: {
      name: 'Advertising',
      what: 'The message advertises, for example a discount, a newsletter, other products or your shop.',
      mend: 'Leave the advertising out and write only what the order or the question of the buyer needs.',
    },
    'review-manipulation': {
      name: 'Influence on reviews',
      what: 'The message tries to influence a review: it asks for a good one, offers something for it, wants one changed or prevented, or asks for one again.',
      mend: 'You may ask once for each order for an honest review, good or bad, without offering anything or setting conditions.',
    },
    'opt-out-request': {
      name: 'Request to unsubscribe',
      what: 'The message asks the buyer to unsubscribe from messages or to turn them off.',
      mend: 'Leave that sentence out, also where it stands in a footer of your template. Buyers decide this on their own.',
    },
    'off-platform': {
      name: 'Deal outside the marketplace',
      what: 'The message is about buying, paying or refunding outside the marketplace.',
      mend: 'Leave that out. Purchase, payment and refund all go through the marketplace.',
    },
    'sensitive-info': {
      name: 'Confidential data',
      what: 'The message gives or asks for confidential data, such as a card or account number, an identity document, a password or a code.',
      mend: 'Leave these data out and do not ask for them. Company and VAT numbers on an invoice are fine.',
    },
    'needless-message': {
      name: 'Message without need',
      what: 'The message only says thank you, confirms something, reports an item as sold out, or sends a manual that nobody asked for.',
      mend: 'If you need a decision or information from the buyer, ask for it clearly. Otherwise there is no need to write.',
    },
    'opted-out': {
      name: 'Buyer wants no messages',
      what: 'The buyer does not want messages that a seller starts.',
      mend: 'You may still answer whenever the buyer writes to you, write about orders of custom-made or handmade goods or wine, and send what the order cannot do without, with {tag} in the subject, brackets included.',
    },
    'proactive-window': {
      name: 'Order too long ago',
      what: 'The order was completed more than {days} days ago, and after that sellers may not start a conversation.',
      mend: 'You may answer as soon as the buyer writes to you. If it really matters for the order, put {tag} in the subject, brackets included.',
    },
    'no-order': {
      name: 'No order',
      what: 'There is no order between you and this buyer, so the buyer must write first.',
      mend: 'Wait until the buyer writes to you; then you may answer. A tag in the subject does not change this.',
    },
    identity: {
      name: 'Your own name or address in a file',
      what: 'A file names you: your full name, your mail address or your own web address. The other side does not learn these here.',
      mend: 'Take them out of the file, or write what matters into the mail, and send it again.',
    },
    malware: {
      name: 'Malware',
      what: 'A file carries malware, such as a virus.',
      mend: 'Check your device with a virus scanner, and send the file anew from a source that is clean.',
    },
    other: {
      name: 'Rule of the marketplace',
      what: 'Part of the message is against a rule of the marketplace.',
      mend: 'Change this part. If you do not see what is meant, reply to this mail and ask.',
    },
  },
};
