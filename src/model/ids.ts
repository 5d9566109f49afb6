/** The forms of ids: ours of a message, and the marketplace's of what it registers. */

/** Whether a text has the form of a trace id: 16 letters and digits, as `mintTrace` makes them. */
export const isTrace = (text: string): boolean => /^[a-z0-9]{16}$/.test(text);

/** An id of the marketplace's. */
export const idPattern = /^[A-Za-z0-9_.:-]{1,64}$/;
