import type { Sample } from '../../data/record.js';
import type { PoolFeature } from './in-pool.js';

/** Mean token log-probability of a sample; NaN where none was recorded. */
function meanLogprobOf(sample: Sample): number {
  let total = 0;
  let count = 0;
  for (const { logprob } of sample.tokens ?? []) {
    if (logprob == null || Number.isNaN(logprob)) continue;
    total += logprob > 0 ? 0 : Math.max(logprob, -30);
    count++;
  }
  return total / count;
}

const noTokens = 'no sample has token log-probabilities';
const noStated = 'no sample has a stated confidence';

/** Mean over samples of their mean token log-probability. Source: Malinin & Gales 2021, Monte-Carlo predictive entropy (negated). */
export const sampleLogprob: PoolFeature = {
  towards: 'right',
  range: [-30, 0],
  name: 'meanLogprob',
  unless: noTokens,
  of: ({ samples }) => meanOf(samples, meanLogprobOf),
};

/** Agreement weighted by the samples' own probability: Σ_j e^ℓ̄_j a_j / Σ_j e^ℓ̄_j. */
export const agreeByProbability: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'agreeByProbability',
  unless: noTokens,
  of: ({ samples, agree }) => weightedBy(samples, agree, (sample) => Math.exp(meanLogprobOf(sample))),
};

/** Mean stated confidence of the samples. */
export const sampleStated: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'stated',
  unless: noStated,
  of: ({ samples }) => meanOf(samples, (sample) => sample.stated ?? NaN),
};

/** Standard deviation of the samples' stated confidence: a model unsure how sure it is. Source: Xiong et al. 2024. */
export const sampleStatedSpread: PoolFeature = {
  towards: 'wrong',
  range: [0, 0.5],
  name: 'statedSpread',
  unless: noStated,
  of: ({ samples }) => {
    const centre = meanOf(samples, (sample) => sample.stated ?? NaN);
    return Math.sqrt(meanOf(samples, (sample) => ((sample.stated ?? NaN) - centre) ** 2));
  },
};

/** Agreement weighted by stated confidence: Σ_j s_j a_j / Σ_j s_j. Source: Xiong et al. 2024, average confidence. */
export const agreeByStated: PoolFeature = {
  towards: 'right',
  range: [0, 1],
  name: 'agreeByStated',
  unless: 'no sample has a stated confidence above 0',
  of: ({ samples, agree }) => weightedBy(samples, agree, (sample) => sample.stated ?? NaN),
};

function meanOf(samples: readonly Sample[], of: (sample: Sample) => number): number {
  let total = 0;
  let count = 0;
  for (const sample of samples) {
    const value = of(sample);
    if (Number.isNaN(value)) continue;
    total += value;
    count++;
  }
  return total / count;
}

function weightedBy(samples: readonly Sample[], agree: Float64Array, of: (sample: Sample) => number): number {
  let total = 0;
  let weights = 0;
  for (let j = 0; j < samples.length; j++) {
    const weight = of(samples[j]);
    if (!(weight > 0)) continue;
    total += weight * agree[j];
    weights += weight;
  }
  return total / weights;
}
