/** What stands behind the links that lead to pages of ours: the last part of a link is the local part of an address of ours, and checked like one. */
import type { Own } from './directory/own-address.ts';
import type { HttpPorts } from './http/operation.ts';
import type { Note } from './journal/log.ts';
import { languageOf } from './model/route.ts';
import { askedBy, optOut } from './optout.ts';
import { fileReport, reportable } from './report.ts';
import { type AnswerPorts, answer, waitingFor } from './stranger.ts';
import type { Store } from './store/store.ts';

export interface PagePorts {
  readonly store: Store;
  readonly note: Note;
  /** What an address of ours was made for, by its local part. */
  readonly read: (localPart: string) => Own | undefined;
  readonly now: () => number;
  readonly pass: AnswerPorts['pass'];
}

export function createPages(ports: PagePorts): Pick<HttpPorts, 'report' | 'optOut' | 'approval'> {
  const { store, read, now } = ports;
  const behind =
    <T>(kind: Own['kind'], look: (trace: string, store: Store) => Promise<T | undefined>) =>
    async (token: string): Promise<T | undefined> => {
      const own = read(token);
      return own?.kind === kind ? look(own.trace, store) : undefined;
    };
  const reported = behind('report', reportable);
  const asked = behind('unsubscribe', askedBy);
  const waiting = behind('approve', waitingFor);
  return {
    report: {
      async languageFor(token) {
        const found = await reported(token);
        return found && languageOf(found.recipient.locale);
      },
      async file(token, text) {
        const found = await reported(token);
        if (found) await fileReport(found, { text, at: now() }, ports);
        return found && languageOf(found.recipient.locale);
      },
    },
    approval: {
      async read(token) {
        const found = await waiting(token);
        return found && { language: languageOf(found.party.locale), address: found.header.author };
      },
      async answer(token, verdict) {
        const found = await waiting(token);
        if (!found) return undefined;
        const { code } = await answer(found, verdict, ports);
        return { language: languageOf(found.party.locale), done: code < 400 };
      },
    },
    optOut: {
      async read(token) {
        const found = await asked(token);
        return found && { language: languageOf(found.buyer.locale), choice: found.choice };
      },
      async choose(token, choice) {
        const found = await asked(token);
        if (found) await optOut(found, choice, ports);
        return found && languageOf(found.buyer.locale);
      },
    },
  };
}
