/** What is added up of each token: see the token table. */
export interface TokenColumns {
  n: number;
  hasTop: boolean;
  logprob: Float64Array;
  entropy: Float64Array;
  margin: Float64Array;
}

/** Sum, least and greatest over some tokens; of entropy and margin only where there are alternatives. */
export interface Totals {
  n: number;
  logprob: number;
  leastLogprob: number;
  entropy: number;
  mostEntropy: number;
  leastMargin: number;
}

export function newTotals(): Totals {
  return { n: 0, logprob: 0, leastLogprob: 0, entropy: 0, mostEntropy: 0, leastMargin: 0 };
}

/** Adds up the tokens that a mask marks, all of them without one, in their order: one pass for what a dozen signals are made of. */
export function addUp(
  { n, hasTop, logprob, entropy, margin }: TokenColumns,
  mask: Uint8Array | null,
  totals: Totals,
): void {
  let count = 0;
  let logprobs = 0;
  let leastLogprob = 0;
  let entropies = 0;
  let mostEntropy = 0;
  let leastMargin = Number.POSITIVE_INFINITY;
  for (let t = 0; t < n; t++) {
    if (mask !== null && mask[t] === 0) continue;
    count++;
    logprobs += logprob[t];
    if (logprob[t] < leastLogprob) leastLogprob = logprob[t];
    if (!hasTop) continue;
    entropies += entropy[t];
    if (entropy[t] > mostEntropy) mostEntropy = entropy[t];
    if (margin[t] < leastMargin) leastMargin = margin[t];
  }
  totals.n = count;
  totals.logprob = logprobs;
  totals.leastLogprob = leastLogprob;
  totals.entropy = entropies;
  totals.mostEntropy = mostEntropy;
  totals.leastMargin = leastMargin;
}
