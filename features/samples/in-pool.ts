import type { Feature } from '../feature.js';
import type { MeaningMeasure } from '../semantic/measures.js';
import type { View } from '../view.js';
import type { Pool } from './pool.js';

/** A signal over a pool of samples. `name` has no prefix yet, because the pool is not yet chosen. */
export type PoolFeature = Omit<Feature, 'needs' | 'of' | 'version'> & {
  version?: number;
  of(pool: Pool, view: View): number;
};

/** The signal over samples of the answer's own model: `samples.NAME`. */
export function overOwn(feature: PoolFeature): Feature {
  return {
    version: 1,
    ...feature,
    name: `samples.${feature.name}`,
    needs: 'samples',
    of: (view) => feature.of(view.own, view),
  };
}

/** The signal over answers of other models: `others.NAME`. */
export function overOthers(feature: PoolFeature): Feature {
  return {
    version: 1,
    ...feature,
    name: `others.${feature.name}`,
    needs: 'otherModels',
    of: (view) => feature.of(view.others, view),
  };
}

/** A measure of how the texts of a pool relate in meaning, as far as words show it. */
export function byWords({ of, ...described }: MeaningMeasure): PoolFeature {
  return { ...described, of: ({ meaning }, view) => of(meaning, view) };
}
