/**
 * Puts texts 0 … n − 1 into sets that mean the same, in their order: a text joins the first set whose first text means
 * the same, else it begins a set. Writes the set of each text to `set`, numbered from 0, and returns how many there are.
 * `same` must hold both ways. Cost: n × sets calls.
 * Source: Kuhn et al. 2023, Algorithm 1 (bidirectional entailment clustering).
 */
export function semanticSets(n: number, same: (i: number, j: number) => boolean, set: Int32Array): number {
  let sets = 0;
  for (let i = 0; i < n; i++) {
    set[i] = -1;
    for (let j = 0, seen = 0; j < i && seen < sets; j++) {
      // the first text of a set is the one with a number not seen before it
      if (set[j] !== seen) continue;
      seen++;
      if (!same(j, i)) continue;
      set[i] = set[j];
      break;
    }
    if (set[i] === -1) set[i] = sets++;
  }
  return sets;
}

/** Numbers given names of sets from 0, in order of first appearance. Returns how many there are. */
export function givenSets(names: readonly (number | string)[], set: Int32Array): number {
  const numbers = new Map<number | string, number>();
  for (let i = 0; i < names.length; i++) {
    let number = numbers.get(names[i]);
    if (number === undefined) numbers.set(names[i], (number = numbers.size));
    set[i] = number;
  }
  return numbers.size;
}

/** Weights of sets, reused by every call. */
let totals = new Float64Array(64);

/**
 * Discrete semantic entropy: −Σ_c (n_c / n) ln (n_c / n) over the sets c, in nats.
 * Source: Farquhar et al. 2024, Methods, discrete variant.
 */
export function discreteEntropy(set: Int32Array, n: number, sets: number): number {
  const counts = cleared(sets);
  for (let i = 0; i < n; i++) counts[set[i]]++;
  return entropyOf(counts, sets, n);
}

/**
 * Semantic entropy over sequence likelihoods: −Σ_c P(c) ln P(c) with P(c) = Σ_{i ∈ c} e^ℓ_i / Σ_i e^ℓ_i. `logprobs` are
 * the log-probabilities ℓ_i of the texts, normalised by length; NaN if one of them is.
 * Source: Farquhar et al. 2024, Methods, eq. 5 (Rao–Blackwellised Monte Carlo estimator); length normalisation as in
 * Kuhn et al. 2023, section 3.3.
 */
export function weightedEntropy(set: Int32Array, n: number, sets: number, logprobs: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(logprobs[i])) return NaN;
    if (logprobs[i] > most) most = logprobs[i];
  }
  const weights = cleared(sets);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const weight = Math.exp(logprobs[i] - most);
    weights[set[i]] += weight;
    total += weight;
  }
  return entropyOf(weights, sets, total);
}

function cleared(size: number): Float64Array {
  if (size > totals.length) totals = new Float64Array(2 * size);
  for (let c = 0; c < size; c++) totals[c] = 0;
  return totals;
}

function entropyOf(weights: Float64Array, sets: number, total: number): number {
  let entropy = 0;
  for (let c = 0; c < sets; c++) if (weights[c] > 0) entropy += (weights[c] / total) * Math.log(total / weights[c]);
  return entropy;
}
