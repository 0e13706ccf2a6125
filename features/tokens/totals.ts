/** What is added up of a token: see the token table. */
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
  return { n: 0, logprob: 0, leastLogprob: 0, entropy: 0, mostEntropy: 0, leastMargin: Number.POSITIVE_INFINITY };
}

export function copyTotals(from: Totals, to: Totals): void {
  set(to, from.n, from.logprob, from.leastLogprob, from.entropy, from.mostEntropy, from.leastMargin);
}

/**
 * Adds up the key and the fresh tokens, in their order, as masks of 0 and 1 tell them: in one pass and without a branch on a
 * mask, which no processor could foresee.
 */
export function addUp(
  { n, hasTop, logprob, entropy, margin }: TokenColumns,
  isKey: Uint8Array,
  isFresh: Uint8Array,
  key: Totals,
  fresh: Totals,
): void {
  let keys = 0;
  let freshes = 0;
  let keyLogprob = 0;
  let freshLogprob = 0;
  let keyLeast = 0;
  let freshLeast = 0;
  let keyEntropy = 0;
  let freshEntropy = 0;
  let keyMost = 0;
  let freshMost = 0;
  let keyMargin = Number.POSITIVE_INFINITY;
  let freshMargin = Number.POSITIVE_INFINITY;
  for (let t = 0; t < n; t++) {
    const ofKey = isKey[t] * logprob[t];
    const ofFresh = isFresh[t] * logprob[t];
    keys += isKey[t];
    freshes += isFresh[t];
    keyLogprob += ofKey;
    freshLogprob += ofFresh;
    if (ofKey < keyLeast) keyLeast = ofKey;
    if (ofFresh < freshLeast) freshLeast = ofFresh;
    if (!hasTop) continue;
    const keyOwn = isKey[t] * entropy[t];
    const freshOwn = isFresh[t] * entropy[t];
    keyEntropy += keyOwn;
    freshEntropy += freshOwn;
    if (keyOwn > keyMost) keyMost = keyOwn;
    if (freshOwn > freshMost) freshMost = freshOwn;
    if (margin[t] < keyMargin && isKey[t] === 1) keyMargin = margin[t];
    if (margin[t] < freshMargin && isFresh[t] === 1) freshMargin = margin[t];
  }
  set(key, keys, keyLogprob, keyLeast, keyEntropy, keyMost, keyMargin);
  set(fresh, freshes, freshLogprob, freshLeast, freshEntropy, freshMost, freshMargin);
}

function set(
  totals: Totals,
  n: number,
  logprob: number,
  leastLogprob: number,
  entropy: number,
  mostEntropy: number,
  leastMargin: number,
): void {
  totals.n = n;
  totals.logprob = logprob;
  totals.leastLogprob = leastLogprob;
  totals.entropy = entropy;
  totals.mostEntropy = mostEntropy;
  totals.leastMargin = leastMargin;
}
