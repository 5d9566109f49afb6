/** Values of header fields that we write anew, in a relayed message and in a notice alike. */

/** RFC 5322 section 3.3, in UTC: an author's time zone tells where the author is. */
export const dateOf = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');

/** A message id in its brackets; `''` where it is none. */
export const idOf = (id: string): string => (/^[\x21-\x3b\x3d\x3f-\x7e]{1,250}$/.test(id) ? `<${id}>` : '');
