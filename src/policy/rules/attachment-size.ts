import { rule } from '../rule.ts';

/** All attachments together have a limit, in decoded bytes; exactly that is still allowed. All are listed: only their sum is wrong. */
export const attachmentSize = rule({
  id: 'attachment-size',
  looksAt: ['attachments', 'limits'],
  *find({ attachments, limits }) {
    const total = attachments.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= limits.attachmentBytes) return;
    for (const { filename, file } of attachments) yield { part: 'attachment', region: 'new', span: filename, file };
  },
});
