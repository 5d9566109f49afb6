import { wholeMessage } from '../../model/verdict.ts';
import { rule } from '../rule.ts';

/** The seller starts and there is no order between the two; no tag lifts it. */
export const noOrder = rule({
  id: 'no-order',
  looksAt: ['initiates', 'order'],
  *find({ initiates, order }) {
    if (initiates && order === null) yield wholeMessage;
  },
});
