/**
 * STATUS: what those who run the relay ask it: is all there that it needs, and what has it counted. Not ready: it cannot take mail, a balancer
 * is to send it elsewhere. What mail can wait for, as the next hop, is said too, and is no reason: 451 is the answer, and another relay has no
 * other next hop.
 */
import type { Core } from './adapters.ts';
import { type Gathered, gatherFrom } from './gather.ts';
import type { HttpPorts } from './http/operation.ts';
import type { Inbound } from './inbound/server.ts';
import { createDepths } from './journal/depths.ts';
import { type Figures, renderAll, type Worker } from './journal/registry.ts';

export function statusOf(core: Core, inbound: Inbound): Pick<HttpPorts, 'ready' | 'metrics'> {
  const { settings, store, fence, recorder, worker } = core;
  const { metrics } = recorder;
  const [load, waiting] = [() => inbound.load(), () => fence.waiting];
  metrics.measure({ load, bytesBudget: settings.maxBytesInMemory, waiting, depths: createDepths(store), now: Date.now });
  const ready = readinessOf(core, inbound);
  if (worker === undefined) return { ready, metrics };
  const all = gatherFrom(process, metrics.figures);
  // Where the process that watches the workers does not answer, one of them is better than none.
  const render = async (): Promise<string> => {
    const workers = await all();
    return workers ? renderAll(workers.map(workerOf)) : metrics.render();
  };
  return { ready, metrics: { ...metrics, render } };
}

const workerOf = ({ name, figures }: Gathered): Worker => (Array.isArray(figures) ? { name, figures: figures as Figures } : { name });

/** Each part says `ok`, or what is the matter in a few words of ours; it answers within three seconds, the store's own patience. */
const readinessOf =
  ({ store, outbound, scanner }: Core, inbound: Inbound): HttpPorts['ready'] =>
  async () => {
    const said = (work: Promise<void>, trouble: string): Promise<string> =>
      work.then(
        () => 'ok',
        () => trouble,
      );
    const [ofStore, ofScanner] = await Promise.all([
      said(store.ping(), 'the store does not answer'),
      scanner && said(scanner.ping(), 'the malware scanner does not answer'),
    ]);
    const needed = { store: ofStore, listener: inbound.closing ? 'shutting down' : 'ok' };
    const nextHop = outbound.room === 0 ? 'the next hop is down, mail is put off' : 'ok';
    return {
      ready: Object.values(needed).every((check) => check === 'ok'),
      checks: { ...needed, nextHop, ...(ofScanner !== undefined && { scanner: ofScanner }) },
    };
  };
