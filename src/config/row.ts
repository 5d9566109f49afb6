/** The shape of a setting. */
import type { Reader } from './readers.ts';

/** One setting. Its name is that of the environment variable and of the member of the settings file. */
export interface Row<T, Default extends string | undefined = string | undefined> {
  readonly read: Reader<T>;
  /** As one would write it; undefined where there is none. */
  readonly default: Default;
  /** What happens where it is not given, if the default does not say it all. */
  readonly otherwise?: string;
  /** What fits, for people. */
  readonly takes: string;
  /** Its value is never shown. */
  readonly secret?: boolean;
  /** The file may give an array. */
  readonly list?: boolean;
  /** The value is a file that must be there. */
  readonly file?: boolean;
  /** Meaning, for people. */
  readonly sentence: string;
}

/** With its types as narrow as they are written. */
export const row = <T, const Default extends string | undefined>(it: Row<T, Default>): Row<T, Default> => it;
