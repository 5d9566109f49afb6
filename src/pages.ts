/** What stands behind the links that lead to pages of ours: the last part of a link is the local part of an address of ours, and checked like one. */
import type { Own } from './directory/own-address.ts';
import { answerable, needsNoAnswer } from './done.ts';
import type { HttpPorts } from './http/operation.ts';
import type { Note } from './journal/log.ts';
import type { Tell } from './model/event.ts';
import { languageOf } from './model/route.ts';
import { askedBy, optOut, stopped } from './optout.ts';
import { fileReport, keepOut, reportable } from './report.ts';
import { type AnswerPorts, answer, waitingFor } from './stranger.ts';
import type { Store } from './store/store.ts';

export interface PagePorts {
  readonly store: Store;
  readonly note: Note;
  readonly tell: Tell;
  /** What an address of ours was made for, by its local part. */
  readonly read: (localPart: string) => Own | undefined;
  readonly now: () => number;
  readonly pass: AnswerPorts['pass'];
}

type Pages = Pick<HttpPorts, 'report' | 'block' | 'done' | 'optOut' | 'approval'>;

/** What stands behind a link of this kind; undefined for any other link. */
type Behind = <T>(
  kind: Own['kind'],
  look: (trace: string, store: Store) => Promise<T | undefined>,
) => (token: string) => Promise<T | undefined>;

export function createPages(ports: PagePorts): Pages {
  const behind: Behind = (kind, look) => async (token) => {
    const own = ports.read(token);
    return own?.kind === kind ? look(own.trace, ports.store) : undefined;
  };
  return {
    report: reportPage(behind, ports),
    block: blockPage(behind, ports),
    done: donePage(behind, ports),
    optOut: optOutPage(behind, ports),
    approval: approvalPage(behind, ports),
  };
}

function reportPage(behind: Behind, ports: PagePorts): Pages['report'] {
  const reported = behind('report', reportable);
  return {
    async languageFor(token) {
      const found = await reported(token);
      return found && languageOf(found.recipient.locale);
    },
    async file(token, { text, block }) {
      const found = await reported(token);
      if (found) await fileReport(found, { text, at: ports.now() }, ports);
      if (found && block) await keepOut(found, true, ports);
      return found && languageOf(found.recipient.locale);
    },
  };
}

function blockPage(behind: Behind, ports: PagePorts): Pages['block'] {
  const reported = behind('report', reportable);
  return {
    async read(token) {
      const found = await reported(token);
      if (!found) return undefined;
      const { blockedBy = [] } = await ports.store.directory.state(found.conversation);
      return { language: languageOf(found.recipient.locale), blocked: blockedBy.includes(found.recipient.role) };
    },
    async set(token, blocked) {
      const found = await reported(token);
      if (found) await keepOut(found, blocked, ports);
      return found && { language: languageOf(found.recipient.locale), blocked };
    },
  };
}

function donePage(behind: Behind, ports: PagePorts): Pages['done'] {
  const answered = behind('done', answerable);
  return {
    async languageFor(token) {
      const found = await answered(token);
      return found && languageOf(found.seller.locale);
    },
    async settle(token) {
      const found = await answered(token);
      if (found) await needsNoAnswer(found, ports);
      return found && languageOf(found.seller.locale);
    },
  };
}

function optOutPage(behind: Behind, ports: PagePorts): Pages['optOut'] {
  const asked = behind('unsubscribe', askedBy);
  return {
    async read(token) {
      const found = await asked(token);
      return found && { language: languageOf(found.buyer.locale), choice: found.choice };
    },
    async choose(token, wanted) {
      const found = await asked(token);
      if (!found) return undefined;
      const choice = wanted ?? stopped(found);
      await optOut(found, { choice, at: ports.now() }, ports);
      return { language: languageOf(found.buyer.locale), choice };
    },
  };
}

function approvalPage(behind: Behind, ports: PagePorts): Pages['approval'] {
  const waiting = behind('approve', waitingFor);
  return {
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
  };
}
