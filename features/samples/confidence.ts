import type { PoolFeature } from './in-pool.js';

const noTokens = 'no sample has token log-probabilities';
const noStated = 'no sample has a stated confidence';

export const sampleLogprob: PoolFeature = {
  towards: 'right',
  range: [-30, 0],
  name: 'meanLogprob',
  plain: 'Typical token probability of the samples',
  shown: 'logprob',
  says: 'Mean over the samples of their mean token log-probability.',
  source:
    'Malinin & Gales 2021, Monte-Carlo estimate of the entropy, normalised by length (negated), there of an ensemble',
  version: 2,
  unless: noTokens,
  of: ({ n, logprobs }) => meanOf(logprobs, n),
};

export const agreeByProbability: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'agreeByProbability',
  plain: 'Agreement with the samples, with likely ones counting more',
  shown: 'share',
  says: 'Agreement weighted by the probability that the model gave each sample: Σ_j e^ℓ̄_j a_j / Σ_j e^ℓ̄_j.',
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

export const sampleStated: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'stated',
  shown: 'share',
  says: 'Mean stated confidence of the samples.',
  unless: noStated,
  of: ({ n, stated }) => meanOf(stated, n),
};

export const sampleStatedDeviation: PoolFeature = {
  towards: 'wrong',
  range: [0, 0.5],
  name: 'statedSpread',
  plain: 'Standard deviation of the confidence that the samples state',
  shown: 'number',
  says: "Standard deviation of the samples' stated confidence. It is large where the model is unsure how sure it is.",
  source: 'own; Xiong et al. 2024 sample stated confidences, but take no spread',
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

export const agreeByStated: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'agreeByStated',
  plain: 'Agreement with the samples, with confident ones counting more',
  shown: 'share',
  says: "Agreement weighted by the samples' stated confidence: Σ_j s_j a_j / Σ_j s_j.",
  source: 'Xiong et al. 2024, section 3.4, eq. 2 (Avg-Conf), there with equal answers only',
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
