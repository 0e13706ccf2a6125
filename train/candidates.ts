import type { Logits } from '../models/numbers.js';
import { blendOf } from './blend.js';
import type { TrainingData } from './data.js';
import { isSimple, type Kind, type Share } from './learner.js';
import type { LearnerName } from './options.js';

/** A kind fitted on every fold: its out-of-fold logits, and the stage they are from. */
export interface CrossFitted {
  logits: Logits;
  stages: number;
}

/** What a learner is made of, and its out-of-fold logits. */
export interface Composed {
  parts: Share[];
  logits: Logits;
}

/** The learners that the fitted kinds make: each on its own, and, where there are several, their blend. */
export function composed(
  data: TrainingData,
  rows: Int32Array,
  fold: Int32Array,
  learners: readonly LearnerName[],
  fitted: Map<Kind, CrossFitted>,
): Map<LearnerName, Composed> {
  const found = new Map<LearnerName, Composed>();
  const blended = new Map([...fitted].filter(([kind]) => !isSimple(kind)));
  for (const learner of learners) {
    if (learner === 'blend') {
      if (blended.size < 2) continue;
      const { shares, logits } = blendOf(
        data,
        rows,
        fold,
        Array.from(blended.values(), ({ logits }) => logits),
      );
      const parts = Array.from(blended, ([kind, { stages }], k) => ({ kind, stages, share: shares[k] }));
      found.set(learner, { parts: parts.filter(({ share }) => share > 0), logits });
      continue;
    }
    const own = fitted.get(learner);
    if (own !== undefined) {
      found.set(learner, { parts: [{ kind: learner, stages: own.stages, share: 1 }], logits: own.logits });
    }
  }
  return found;
}
