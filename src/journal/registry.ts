/** Counters, times and states in Prometheus' text format, of one process or of several: the door of prom-client. */
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, type MetricObject, Registry } from 'prom-client';

/** By name of the label. */
type Labels = Readonly<Record<string, string>>;

/** Makes one family each; what it answers is told of each case. */
export interface Kit {
  counter(name: string, help: string, ...labels: string[]): (labels?: Labels) => void;
  histogram(name: string, help: string, buckets: readonly number[], ...labels: string[]): (value: number, labels?: Labels) => void;
  /** Undefined: nobody knows; then it is not there. */
  gauge(name: string, help: string): (value: number | undefined) => void;
  /** Is it so now, and how often did it begin? What is over before the next scrape shows in the count alone. */
  spell(name: string, help: string): (on: boolean) => void;
}

/** Plain values, that can be sent to another process. */
export type Figures = readonly MetricObject[];

/** One of several processes on the same listeners; without figures where it did not answer. */
export interface Worker {
  readonly name: string;
  readonly figures?: Figures;
}

export interface Registered extends Kit {
  render(): Promise<string>;
  figures(): Promise<Figures>;
  readonly contentType: string;
}

/** With what Node says of itself. `worker`: a label of all that is counted here. Two registries in one process do not count into one another. */
export function openRegistry(worker?: string): Registered {
  const register = new Registry();
  const registers = [register];
  if (worker !== undefined) register.setDefaultLabels({ worker });
  collectDefaultMetrics({ register });
  const counter: Kit['counter'] = (name, help, ...labelNames) => {
    const made = new Counter({ name, help, labelNames, registers });
    return (labels = {}) => made.inc(labels);
  };
  return {
    counter,
    histogram(name, help, buckets, ...labelNames) {
      const made = new Histogram({ name, help, buckets: [...buckets], labelNames, registers });
      return (value, labels = {}) => made.observe(labels, value);
    },
    gauge(name, help) {
      const made = new Gauge({ name, help, registers });
      made.remove();
      return (value) => (value === undefined ? made.remove() : made.set(value));
    },
    spell(name, help) {
      const now = new Gauge({ name: `postern_${name}`, help: `${help}: 1 while it is so.`, registers });
      const begun = counter(`postern_${name}_total`, `${help}: how often it began.`);
      return (on) => {
        now.set(on ? 1 : 0);
        if (on) begun();
      };
    },
    render: () => register.metrics(),
    figures: () => register.getMetricsAsJSON(),
    contentType: register.contentType,
  };
}

/**
 * The figures of several workers as one text. Each has series of its own, told apart by the label `worker`: the sum of counters would fall
 * whenever one of them starts anew, and a rate over it would be wrong.
 */
export function renderAll(workers: readonly Worker[]): Promise<string> {
  const answered = workers.map(({ name, figures }) => ({ labels: { worker: name }, value: figures ? 1 : 0 }));
  const up = { name: 'postern_worker_up', help: 'Whether the worker answered this scrape.', type: 'gauge', values: answered };
  // No two series are the same, so that it does not matter how they would be joined; by its own word some would be left out.
  const all = workers.flatMap(({ figures = [] }) => [figures.map((one) => ({ ...one, aggregator: 'sum' as const }))]);
  return AggregatorRegistry.aggregate([[{ ...up, aggregator: 'sum' }], ...all]).metrics();
}
