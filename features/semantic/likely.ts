/** Temperature of SAR. */
const SAR_TEMPERATURE = 0.001;
/** The logarithm of what each text adds for one; −∞ where they have nothing in common. */
let terms = new Float64Array(32);

/**
 * Sentence-level SAR: (1/n) Σ_j −ln(p_j + (1/t) Σ_{k ≠ j} g_jk p_k), where p_j is the probability of text j and g_jk in
 * `w` its similarity to text k. A text that likely other texts resemble is less uncertain. `w` has a row of `stride`
 * numbers for each text; `sums` are log-probabilities, added over tokens. It is computed by logarithms, so that the probability of a long text does not become 0. NaN if a
 * log-probability is.
 * Source: Duan et al. 2024 (SAR), section 4.2, eq. 9 and 10 (sentence-level shifting), t = 0.001 as in their code.
 */
export function sentenceSar(
  w: Float64Array,
  n: number,
  { sums, n: stride }: { sums: Float64Array; n: number },
): number {
  if (terms.length < n) terms = new Float64Array(n);
  let total = 0;
  for (let j = 0; j < n; j++) {
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < n; k++) {
      const term = (terms[k] = j === k ? sums[k] : sums[k] + Math.log(w[j * stride + k] / SAR_TEMPERATURE));
      if (Number.isNaN(term)) return NaN;
      if (term > most) most = term;
    }
    let sum = 0;
    for (let k = 0; k < n; k++) sum += Math.exp(terms[k] - most);
    total -= most + Math.log(sum);
  }
  return total / n;
}

/**
 * Semantic density at the answer: Σ_i p_i K_i / Σ_i p_i over samples with different texts, where p_i is the probability
 * of sample i normalised by length, and K_i = 1 − E‖v − v_i‖² the kernel. `near` holds K_i, `isRepeat` whether an
 * earlier sample has the same text. NaN if a log-probability is.
 * Source: Qiu & Miikkulainen 2024, section 3 (semantic density; E‖v − v_i‖² = P(contradicts) + P(neutral) / 2). Their
 * code takes the mean over both directions, and the answer is one of the samples.
 */
export function semanticDensity(
  near: Float64Array,
  n: number,
  logprobs: Float64Array,
  isRepeat: (i: number) => boolean,
): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(logprobs[i])) return NaN;
    if (logprobs[i] > most) most = logprobs[i];
  }
  let total = 0;
  let weights = 0;
  for (let i = 0; i < n; i++) {
    if (isRepeat(i)) continue;
    const weight = Math.exp(logprobs[i] - most);
    total += weight * near[i];
    weights += weight;
  }
  return total / weights;
}

/**
 * CoCoA: u · (1/n) Σ_i (1 − s_i), the uncertainty of the answer from its own tokens times its mean dissimilarity to the
 * samples. u = −Σ_t ln p_t (CoCoA_MSP) or its mean over tokens (CoCoA_PPL). NaN where u is.
 * Source: Vashurin et al. 2025 (CoCoA), section 3.
 */
export function cocoa(uncertainty: number, similar: Float64Array, n: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += 1 - similar[i];
  return (uncertainty * total) / n;
}
