import type { AdaptedModel } from '../adapt/adapt-model.js';
import type { Adaptation } from '../adapt/adaptation.js';
import type { Probabilities } from '../models/numbers.js';
import { crossedBy } from './candidates.js';
import type { ChangeMade } from './change.js';
import type { FreshParts } from './parts.js';
import { crossedByWhole, type FreshToTrain, type WholeTrained } from './whole.js';

/** Trains anew on old and fresh answers, of which the certify part only certifies. */
export type TrainAnew = (fresh: FreshToTrain) => Promise<WholeTrained>;

/** Each change, fitted to the fit part. */
export interface Tried {
  models: Map<ChangeMade, AdaptedModel>;
  whole: WholeTrained | null;
  crossed: Map<ChangeMade, Probabilities>;
}

/** Makes each change on the fit part, with its cross-validated probabilities. */
export async function triedChanges(
  trainAnew: TrainAnew | undefined,
  {
    fresh,
    unused,
    adaptation,
    before,
  }: { fresh: FreshParts; unused: ReadonlySet<string>; adaptation: Adaptation; before: Probabilities },
): Promise<Tried> {
  const { fit, certify } = fresh.parts;
  const models = new Map<ChangeMade, AdaptedModel>();
  const crossed = new Map<ChangeMade, Probabilities>([['none', before]]);
  for (const change of ['threshold', 'calibrator', 'adapt'] as const) {
    const model = await adaptation.changed(change, fit);
    models.set(change, model);
    if (change !== 'threshold') crossed.set(change, crossedBy(model, fit, before));
  }
  const isPossible = trainAnew !== undefined && fresh.use !== 'feedback'; // its certify part must be drawn
  const whole = !isPossible ? null : await trainAnew({ data: fresh.data, fit, certify, unused });
  if (whole !== null) crossed.set('whole', crossedByWhole(whole, fresh.data, fit, before));
  return { models, whole, crossed };
}
