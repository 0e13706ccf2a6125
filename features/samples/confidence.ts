import type { PoolFeature } from './in-pool.js';

const noTokens = 'no sample has token log-probabilities';
const noStated = 'no sample has a stated confidence';

/** Mean over samples of their mean token log-probability. Source: Malinin & Gales 2021, Monte-Carlo predictive entropy (negated). */
export const sampleLogprob: PoolFeature = {
  towards: 'right',
  range: [-30, 0],
  name: 'meanLogprob',
  version: 2,
  unless: noTokens,
  of: ({ n, logprobs }) => meanOf(logprobs, n),
};

/** Agreement weighted by the samples' own probability: Σ_j e^ℓ̄_j a_j / Σ_j e^ℓ̄_j. */
export const agreeByProbability: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'agreeByProbability',
  version: 2,
  unless: noTokens,
  of: ({ n, logprobs, agree }) => {
    let total = 0;
    let weights = 0;
    for (let j = 0; j < n; j++) {
      const weight = Math.exp(logprobs[j]);
      if (!(weight > 0)) continue;
      total += weight * agree[j];
      weights += weight;
    }
    return total / weights;
  },
};

/** Mean stated confidence of the samples. */
export const sampleStated: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'stated',
  unless: noStated,
  of: ({ n, stated }) => meanOf(stated, n),
};

/** Standard deviation of the samples' stated confidence: a model unsure how sure it is. Source: Xiong et al. 2024. */
export const sampleStatedDeviation: PoolFeature = {
  towards: 'wrong',
  range: [0, 0.5],
  name: 'statedSpread',
  unless: noStated,
  of: ({ n, stated }) => {
    const centre = meanOf(stated, n);
    let squares = 0;
    let count = 0;
    for (let j = 0; j < n; j++) {
      if (Number.isNaN(stated[j])) continue;
      squares += (stated[j] - centre) ** 2;
      count++;
    }
    return Math.sqrt(squares / count);
  },
};

/** Agreement weighted by stated confidence: Σ_j s_j a_j / Σ_j s_j. Source: Xiong et al. 2024, average confidence. */
export const agreeByStated: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'agreeByStated',
  unless: 'no sample has a stated confidence above 0',
  of: ({ n, stated, agree }) => {
    let total = 0;
    let weights = 0;
    for (let j = 0; j < n; j++) {
      if (!(stated[j] > 0)) continue;
      total += stated[j] * agree[j];
      weights += stated[j];
    }
    return total / weights;
  },
};

/** Mean of the first n values that are numbers; NaN where none is. */
function meanOf(values: Float64Array, n: number): number {
  let total = 0;
  let count = 0;
  for (let j = 0; j < n; j++) {
    if (Number.isNaN(values[j])) continue;
    total += values[j];
    count++;
  }
  return total / count;
}
