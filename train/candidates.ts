import type { Logits } from '../models/numbers.js';
import { blendOf } from './blend.js';
import type { TrainingData } from './data.js';
import { isSimple, type Kind, type Share } from './learner.js';
import type { LearnerName } from './options.js';
import { isSmall } from './small.js';

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

/** The learners that the fitted kinds make: each on its own, their blend where there are several, and the mean on few questions. */
export function composed(
  data: TrainingData,
  rows: Int32Array,
  fold: Int32Array,
  learners: readonly LearnerName[],
  fitted: Map<Kind, CrossFitted>,
): Map<LearnerName, Composed> {
  const blended = new Map([...fitted].filter(([kind]) => !isSimple(kind)));
  const blend = learners.includes('blend') && blended.size > 1 ? blendedOf(data, rows, fold, blended) : null;
  const alone = (kind: Kind): Composed | null => {
    const own = fitted.get(kind);
    return own === undefined ? null : { parts: [{ kind, stages: own.stages, share: 1 }], logits: own.logits };
  };
  const found = new Map<LearnerName, Composed>();
  for (const learner of learners) {
    const made =
      learner === 'blend'
        ? blend
        : learner === 'mean'
          ? meanOf(isSmall(data, rows) ? [alone('signal'), alone('logistic'), blend] : [])
          : alone(learner);
    if (made !== null) found.set(learner, made);
  }
  return found;
}

function blendedOf(data: TrainingData, rows: Int32Array, fold: Int32Array, fitted: Map<Kind, CrossFitted>): Composed {
  const { shares, logits } = blendOf(
    data,
    rows,
    fold,
    Array.from(fitted.values(), ({ logits }) => logits),
  );
  const parts = Array.from(fitted, ([kind, { stages }], k) => ({ kind, stages, share: shares[k] }));
  return { parts: parts.filter(({ share }) => share > 0), logits };
}

/** The mean of some learners' logits; null where one of them is not there. */
function meanOf(learners: readonly (Composed | null)[]): Composed | null {
  const all = learners.filter((learner) => learner !== null);
  if (all.length === 0 || all.length < learners.length) return null;
  const parts = new Map<Kind, Share>();
  for (const { kind, stages, share } of all.flatMap((learner) => learner.parts)) {
    parts.set(kind, { kind, stages, share: (parts.get(kind)?.share ?? 0) + share / all.length });
  }
  const logits = all[0].logits.map((_, i) => all.reduce((sum, learner) => sum + learner.logits[i], 0) / all.length);
  return { parts: [...parts.values()], logits };
}
