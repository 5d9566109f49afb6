/** Port: where the archive's copies lie. What is put there is sealed already, and its address says nothing. */

export interface Blobs {
  /** Durable when it resolves. The same address again replaces what is there. */
  put(address: string, bytes: Uint8Array): Promise<void>;
  get(address: string): Promise<Buffer | undefined>;
  /** Its first bytes, as many as tell its secret. */
  head(address: string): Promise<Buffer | undefined>;
  /** Nothing happens where there is none. */
  delete(address: string): Promise<void>;
}

export const headBytes = 5;

/** 32 hexadecimal digits. */
export const isAddress = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);
