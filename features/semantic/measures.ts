import type { Feature } from '../feature.js';
import { TokenNumber } from '../tokens/numbers.js';
import type { View } from '../view.js';
import { type Meaning, MOST_IN_GRAPH } from './meaning.js';

/** A signal computed from how the answer and its samples relate in meaning. `name` has no prefix yet. */
export type MeaningMeasure = Omit<Feature, 'needs' | 'of' | 'version' | 'twin' | 'numberAt'> & {
  of(meaning: Meaning, view: View): number;
};

const noTokens = 'a sample has no token log-probabilities';
const noOwnTokens = 'the answer has no token log-probabilities';
const fewer = 'there are fewer than two samples';
const most = Math.log(32);
const kernelSource =
  'Nikitin et al. 2024, section 3.1, eq. 9, and appendix C (t, ν, κ); the division by ln n as in their code';

const sets: MeaningMeasure = {
  name: 'semanticSets',
  plain: 'Number of different meanings among the samples',
  shown: 'number',
  says: 'Number of sets of samples that mean the same, formed in order without the answer.',
  source: 'Kuhn et al. 2023, Algorithm 1; Lin et al. 2024, section 4.2, U_NumSet',
  towards: 'wrong',
  range: [1, 32],
  of: (meaning) => meaning.sets,
};

const entropy: MeaningMeasure = {
  name: 'semanticEntropy',
  plain: 'Disagreement of the samples in meaning',
  shown: 'entropy',
  says: 'Discrete semantic entropy over the sets of samples that mean the same: −Σ_c (n_c / n) ln (n_c / n), in nats.',
  source: 'Farquhar et al. 2024, Methods, discrete semantic entropy',
  towards: 'wrong',
  range: [0, most],
  of: (meaning) => meaning.entropy,
};

const entropyByProbability: MeaningMeasure = {
  name: 'semanticEntropyByProbability',
  plain: 'Disagreement of the samples in meaning, with likely ones counting more',
  shown: 'entropy',
  says:
    'Semantic entropy over likelihoods: −Σ_c P(c) ln P(c), P(c) = Σ_{j ∈ c} e^ℓ̄_j / Σ_j e^ℓ̄_j, where ℓ̄_j is the mean ' +
    'token log-probability of sample j.',
  source:
    'Farquhar et al. 2024, Methods, eq. 5 (Rao–Blackwellised); Kuhn et al. 2023, section 3.3 (length normalisation)',
  unless: noTokens,
  towards: 'wrong',
  range: [0, most],
  of: (meaning) => meaning.entropyByProbability,
};

const eigenvalues: MeaningMeasure = {
  name: 'eigenvalueSum',
  plain: 'Number of different meanings among the samples, counted gradually',
  shown: 'number',
  says: 'Sum of eigenvalues Σ_k max(0, 1 − λ_k) of the normalised Laplacian of the similarities of the samples.',
  source: 'Lin et al. 2024, section 4.2, U_EigV',
  towards: 'wrong',
  range: [1, MOST_IN_GRAPH],
  of: ({ spectrum }) => spectrum.eigenvalueSum,
};

const degree: MeaningMeasure = {
  name: 'degreeUncertainty',
  plain: 'Mean dissimilarity of the samples',
  shown: 'share',
  says: 'Trace(n I − D) / n² of the degree matrix D: one minus the mean similarity over all pairs, i = j included.',
  source: 'Lin et al. 2024, section 4.2, U_Deg',
  towards: 'wrong',
  range: [0, 1],
  of: (meaning) => meaning.degree,
};

const eccentricity: MeaningMeasure = {
  name: 'eccentricity',
  plain: 'Distance of the samples from their centre',
  shown: 'number',
  says:
    'Norm of the distances of the samples from their centre, in the eigenvectors of the normalised Laplacian with ' +
    'eigenvalues below 0.9.',
  source: 'Lin et al. 2024, section 4.2, U_Ecc; the limit 0.9 as in their code',
  towards: 'wrong',
  range: [0, Math.sqrt(MOST_IN_GRAPH)],
  of: ({ spectrum }) => spectrum.eccentricity,
};

const heat: MeaningMeasure = {
  name: 'heatEntropy',
  plain: 'Disagreement of the samples in meaning, counted gradually',
  shown: 'share',
  says:
    'Kernel language entropy with the heat kernel e^(−tL), t = 0.3: the von Neumann entropy of the unit-trace kernel, ' +
    'divided by ln n.',
  source: kernelSource,
  unless: fewer,
  towards: 'wrong',
  range: [0, 1],
  of: (meaning) => meaning.kernelEntropies.heat,
};

const matern: MeaningMeasure = {
  name: 'maternEntropy',
  plain: 'Disagreement of the samples in meaning, with a wide kernel',
  shown: 'share',
  says: 'Kernel language entropy with the Matérn kernel (2ν/κ² I + L)^−ν, ν = κ = 1, divided by ln n.',
  source: kernelSource,
  unless: fewer,
  towards: 'wrong',
  range: [0, 1],
  of: (meaning) => meaning.kernelEntropies.matern,
};

const sar: MeaningMeasure = {
  name: 'sentenceSar',
  plain: 'Surprise of the samples, less where likely samples resemble each other',
  shown: 'number',
  says: 'Sentence-level SAR: (1/n) Σ_j −ln(p_j + Σ_{k ≠ j} g_jk p_k / t), p_j the probability of sample j, t = 0.001.',
  source: 'Duan et al. 2024, section 4.2, eq. 9 and 10; t as in their code',
  unless: noTokens,
  towards: 'wrong',
  range: [-12, 1e6],
  of: (meaning) => meaning.sentenceSar,
};

const density: MeaningMeasure = {
  name: 'semanticDensity',
  plain: 'How densely likely samples lie around the answer in meaning',
  shown: 'share',
  says:
    'Semantic density: Σ_j p̄_j K_j / Σ_j p̄_j over samples with different texts, p̄_j = e^ℓ̄_j, K_j = 1 − P(contradicts) − ' +
    'P(neutral) / 2 given the answer, or else the similarity to the answer.',
  source: 'Qiu & Miikkulainen 2024, section 3; their code takes the mean of P over both directions',
  unless: noTokens,
  towards: 'right',
  range: [0, 1],
  of: (meaning) => meaning.density,
};

/** Signals that also need the token log-probabilities of the answer. */
const cocoaPerToken: MeaningMeasure = {
  name: 'cocoa',
  plain: 'Typical surprise at a token, times the dissimilarity to the samples',
  shown: 'number',
  says: "CoCoA with the answer's mean token surprisal: −ℓ̄ · (1/n) Σ_j (1 − s_j), s_j the similarity to sample j.",
  source: 'Vashurin et al. 2025, CoCoA_PPL',
  unless: noOwnTokens,
  towards: 'wrong',
  range: [0, 30],
  of: (meaning, { tokens }) => meaning.cocoa(surprise(tokens) / tokens.n),
};

const cocoaSequence: MeaningMeasure = {
  ...cocoaPerToken,
  name: 'cocoaSequence',
  plain: 'Surprise at the whole answer, times the dissimilarity to the samples',
  says: "CoCoA with the answer's sequence probability: −Σ_t ℓ_t · (1/n) Σ_j (1 − s_j).",
  source: 'Vashurin et al. 2025, CoCoA_MSP',
  range: [0, 1e6],
  of: (meaning, { tokens }) => meaning.cocoa(surprise(tokens)),
};

/** −Σ_t ln p_t of the answer; NaN without tokens. */
function surprise({ n, numbers }: View['tokens']): number {
  return n === 0 ? NaN : -numbers[TokenNumber.SUM_LOGPROB];
}

/** Measures that need no likelihoods. They are also taken over answers of other models. */
export const disagreementMeasures: readonly MeaningMeasure[] = [
  sets,
  entropy,
  eigenvalues,
  degree,
  eccentricity,
  heat,
  matern,
];

/** All measures over samples of the answer's own model, in order. */
export const meaningMeasures: readonly MeaningMeasure[] = [
  ...disagreementMeasures,
  entropyByProbability,
  sar,
  density,
  cocoaPerToken,
  cocoaSequence,
];
