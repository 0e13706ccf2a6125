import { platt } from '../../models/calibrators/platt.js';
import { logit } from '../../models/numbers.js';
import { pick } from '../../support/pick.js';
import type { Field } from './field.js';
import { columnsIn, type Distribution, distributionOf, fitJoint, type Joint } from './joint.js';
import { chosenBy, type Method } from './policy.js';

/** Answers that fit and answers that are judged by this fit. Their questions differ. */
export interface Split {
  train: Int32Array;
  held: Int32Array;
}

/** The joint probability, fitted to the askings `rows`. It reads what all views of the field have. */
function jointFor({ views, truths, weight }: Field, rows: Int32Array): Joint {
  const chosen = Array.from(rows, (row) => views[row]);
  const shares = Array.from(rows, (row) => truths[row]);
  return fitJoint(chosen, shares, { columns: columnsIn(views), weight: pick(weight, rows) });
}

/** A joint probability with the distributions of some askings, which several methods share. */
interface FittedJoint {
  joint: Joint;
  /** By asking; only those that were asked for have one. */
  distributions: readonly Distribution[];
}

/** All that is fitted for a policy to the askings of a split that train. */
export interface Fit extends FittedJoint {
  /** Slope and intercept of the line for the chosen answer. */
  line: number[];
}

/** Fits to `train`, and computes the distributions there and at `held`. */
export function fittedJoint(field: Field, { train, held }: Split): FittedJoint {
  const joint = jointFor(field, train);
  const distributions: Distribution[] = [];
  for (const rows of [train, held]) {
    for (const row of rows) distributions[row] = distributionOf(joint, field.views[row]);
  }
  return { joint, distributions };
}

/**
 * The line that makes the probability of a chosen answer: p = σ(a·logit P + b), fitted to the answers that the method
 * chooses from `rows`. Several answers may be right and then share the joint probability, so P alone is too low.
 */
export function lineFor(
  method: Method,
  { views, grades, weight }: Field,
  rows: Int32Array,
  distributions: readonly Distribution[],
): number[] {
  const logits = new Float64Array(rows.length);
  const right = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    const chosen = chosenBy(method, views[row], distributions[row]);
    logits[i] = logit(distributions[row].answers[views[row].meaning[chosen]]);
    right[i] = grades[row][chosen];
  });
  return [...platt.fit(logits, right, pick(weight, rows))];
}

/** The calibrated probability of candidate `chosen`. */
export function probabilityOf(line: number[], { answers }: Distribution, meaning: number): number {
  return platt.apply(line, Float64Array.of(logit(answers[meaning])))[0];
}
