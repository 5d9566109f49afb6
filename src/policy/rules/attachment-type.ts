import { rule } from '../rule.ts';

const allowed: ReadonlySet<string> = new Set(['pdf', 'doc', 'docx', 'png', 'jpeg', 'gif', 'webp', 'heic', 'txt']);

/** PDF, Word, pictures and plain text, by content: nothing else. */
export const attachmentType = rule({
  id: 'attachment-type',
  looksAt: ['attachments'],
  *find({ attachments }) {
    for (const { filename, type, file } of attachments) {
      if (!allowed.has(type)) yield { part: 'attachment', region: 'new', span: filename, file };
    }
  },
});
