import { deltaOf } from '../metrics/interval/delta-of.js';
import { leastGroups } from '../metrics/interval/least-groups.js';
import { cutsOf } from '../models/costs.js';
import { pick } from '../support/pick.js';
import type { Random } from '../support/random.js';
import { groupsNeeded } from '../train/certify/power.js';
import { outlooks } from '../train/certify/threshold-candidates.js';
import type { TrainOptions } from '../train/options.js';
import { type FitAndCertify, partsOf } from '../train/prepare/fit-and-certify.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import type { AdaptedModel } from './adapt-model.js';

/** Questions are kept for certification only if the chance of a certified threshold is at least this. */
const WORTH = 0.5;

/**
 * Which answers adapt and which certify. Questions are kept for certification only if they could certify anything:
 * there are as many as a promise needs when all accepted answers are right, and by cross-validated error rates the
 * chance is at least one half. Otherwise all answers adapt, because every label counts. This choice reads the labels,
 * but it cannot invalidate a promise: it can only withdraw a test, never add one.
 */
export async function chooseParts(
  data: TrainingData,
  options: TrainOptions,
  random: Random,
  adaptTo: (rows: Int32Array) => Promise<AdaptedModel>,
): Promise<{ parts: FitAndCertify; adapted: AdaptedModel }> {
  const parts = partsOf(data, options, random);
  const all = Int32Array.from({ length: data.n }, (_, i) => i);
  const together = async () => ({
    parts: { fit: all, certify: new Int32Array(0) },
    adapted: await adaptTo(all),
  });
  const groups = new Set(parts.certify.map((row) => data.group[row])).size;
  if (groups < leastGroups(options.targetError, deltaOf(options.confidence))) return together();
  const adapted = await adaptTo(parts.fit);
  return couldCertify(data, adapted, groups, options) ? { parts, adapted } : together();
}

function couldCertify(data: TrainingData, { adapted }: AdaptedModel, groups: number, options: TrainOptions): boolean {
  const { targetError, confidence, costs } = options;
  const floor = costs === undefined ? 0 : cutsOf(costs).accept;
  return adapted.some(({ rows, decided }) => {
    const places = Int32Array.from(rows.keys()).filter((i) => !Number.isNaN(decided[i]));
    const at = places.map((i) => rows[i]);
    const seen = {
      probability: pick(decided, places),
      label: pick(data.y, at),
      weight: pick(data.w, at),
      group: at.map((row) => data.group[row]),
    };
    const needed = groupsNeeded(outlooks(seen, targetError, floor), targetError, deltaOf(confidence), WORTH);
    return needed !== null && needed.groups <= groups;
  });
}
