import type { Logits } from '../../models/numbers.js';
import { isSmall } from '../../report/small.js';
import type { AnyLearner, Share, SingleLearner } from '../learn/learner.js';
import { isSimple } from '../learn/list.js';
import type { TrainingData } from '../prepare/training-data.js';
import { blendOf } from './blend.js';

/** A learner fitted on every fold: its out-of-fold logits, and the stage they are from. */
export interface CrossFitted {
  logits: Logits;
  stages: number;
}

/** What a learner is made of, and its out-of-fold logits. */
export interface Composed {
  parts: Share[];
  logits: Logits;
}

/**
 * The candidates: each fitted learner alone, and their blend if there are several. On few questions the blend also
 * contains Platt scaling of one signal: the pull towards equal shares lets this signal reduce the noise. If no learner
 * has a share left, there is no blend.
 */
export function composed(
  data: TrainingData,
  rows: Int32Array,
  fold: Int32Array,
  learners: readonly AnyLearner[],
  fitted: Map<SingleLearner, CrossFitted>,
): Map<AnyLearner, Composed> {
  const few = isSmall(data, rows);
  const blended = new Map([...fitted].filter(([kind]) => !isSimple(kind) || (few && kind === 'signal')));
  const found = new Map<AnyLearner, Composed>();
  for (const learner of learners) {
    if (learner === 'blend') {
      const blend = blended.size > 1 ? blendedOf(data, rows, fold, blended) : null;
      if (blend !== null && blend.parts.length > 0) found.set(learner, blend);
      continue;
    }
    const own = fitted.get(learner);
    if (own === undefined) continue;
    found.set(learner, { parts: [{ kind: learner, stages: own.stages, share: 1 }], logits: own.logits });
  }
  return found;
}

function blendedOf(
  data: TrainingData,
  rows: Int32Array,
  fold: Int32Array,
  fitted: Map<SingleLearner, CrossFitted>,
): Composed {
  const { shares, logits } = blendOf(
    data,
    rows,
    fold,
    Array.from(fitted.values(), ({ logits }) => logits),
  );
  const parts = Array.from(fitted, ([kind, { stages }], k) => ({ kind, stages, share: shares[k] }));
  return { parts: parts.filter(({ share }) => share > 0), logits };
}
