/** What messages are asked for by, in JSON Schema. */
import { idPattern } from '../model/ids.ts';
import { closed, pageQuery } from './schemas.ts';
import type { Schema } from './operation.ts';

const id: Schema = { type: 'string', pattern: idPattern.source };
const pageFields = pageQuery.properties as Readonly<Record<string, Schema>>;

export const searchQuery = closed(
  {
    messageId: { type: 'string', minLength: 1, maxLength: 998, description: 'With or without its brackets.' },
    order: { ...id, description: 'The messages of its two.' },
    party: id,
    conversation: id,
    ...pageFields,
  },
  'messageId',
  'order',
  'party',
  'conversation',
  ...Object.keys(pageFields),
);
