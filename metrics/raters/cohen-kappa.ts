/** How much a disagreement counts: all the same, by its distance, or by the square of its distance. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/**
 * Cohen's kappa of two raters: κ = 1 − Σ w o / Σ w e, with the observed table o, the table e that is expected if both
 * rate independently, and the weights w of the disagreements. 1: they always agree; 0: as often as by chance; below 0:
 * less often. `table[i · classes + j]` counts the items that the first rater puts into class i and the second into
 * class j; weighted kappa needs ordered classes. NaN without items, or if both use one and the same class only. Source:
 * Cohen 1960, eq. 1; weighted: Cohen 1968.
 */
export function cohenKappa(table: ArrayLike<number>, classes: number, weights: KappaWeights = 'none'): number {
  const rows = new Float64Array(classes);
  const columns = new Float64Array(classes);
  let n = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const count = table[i * classes + j];
      rows[i] += count;
      columns[j] += count;
      n += count;
    }
  }
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < classes; j++) {
      const weight = weightOf(i, j, weights);
      observed += weight * table[i * classes + j];
      expected += (weight * rows[i] * columns[j]) / n;
    }
  }
  return 1 - observed / expected;
}

function weightOf(i: number, j: number, weights: KappaWeights): number {
  if (weights === 'none') return i === j ? 0 : 1;
  return weights === 'linear' ? Math.abs(i - j) : (i - j) ** 2;
}

/** Counts the pairs of classes (0 to classes − 1) of two raters, as `cohenKappa` takes them. */
export function pairTable(a: ArrayLike<number>, b: ArrayLike<number>, classes: number): Float64Array {
  const table = new Float64Array(classes * classes);
  for (let i = 0; i < a.length; i++) table[a[i] * classes + b[i]]++;
  return table;
}
