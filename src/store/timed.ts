/** A store whose calls are timed, by port. The caller gets the very promise that the port made: to look at it costs no further turn. */
import type { Store } from './store.ts';

/** One call has ended. Must not throw. */
export type Timed = (port: string, seconds: number, outcome: 'ok' | 'failed') => void;

type Method = (...values: unknown[]) => unknown;

export function timed(store: Store, told: Timed): Store {
  const ports = Object.entries(store).map(([name, port]: [string, object | Method]) => [
    name,
    typeof port === 'function' ? timedMethod(port as Method, name, told) : timedPort(port, name, told),
  ]);
  return { ...store, ...Object.fromEntries(ports) };
}

const timedPort = (port: object, name: string, told: Timed): object =>
  Object.fromEntries(
    Object.entries(port).map(([key, value]) => [
      key,
      typeof value === 'function' ? timedMethod((...values) => (value as Method).apply(port, values), name, told) : value,
    ]),
  );

function timedMethod(method: Method, port: string, told: Timed): Method {
  return (...values) => {
    const began = performance.now();
    const end = (outcome: 'ok' | 'failed') => (): void => told(port, (performance.now() - began) / 1000, outcome);
    let answer: unknown;
    try {
      answer = method(...values);
    } catch (error) {
      end('failed')();
      throw error;
    }
    if (answer instanceof Promise) answer.then(end('ok'), end('failed'));
    return answer;
  };
}
