/** Port: where the archive's copies lie. What is put there is sealed already, and its address says nothing. */

export interface Blobs {
  /** Durable when it resolves. The same address again replaces what is there. */
  put(address: string, bytes: Uint8Array): Promise<void>;
  get(address: string): Promise<Buffer | undefined>;
  /** Nothing happens where there is none. */
  delete(address: string): Promise<void>;
  /** Addresses in their order, those behind `after`. */
  list(limit: number, after?: string): Promise<readonly string[]>;
}

/** 32 hexadecimal digits. */
export const isAddress = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);
