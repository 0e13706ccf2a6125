/** The columns of a token table that are added up. */
interface TokenColumns {
  n: number;
  hasTop: boolean;
  logprob: Float64Array;
  entropy: Float64Array;
  margin: Float64Array;
}

/** Sums, least and greatest values over some tokens. Entropy and margin are set only where there are alternatives. */
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
  to.n = from.n;
  to.logprob = from.logprob;
  to.leastLogprob = from.leastLogprob;
  to.entropy = from.entropy;
  to.mostEntropy = from.mostEntropy;
  to.leastMargin = from.leastMargin;
}

/**
 * Adds up the key tokens and the fresh tokens, in order, given masks of 0 and 1. It multiplies by the mask where
 * possible, since a processor could not predict a branch on it.
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
  key.n = keys;
  key.logprob = keyLogprob;
  key.leastLogprob = keyLeast;
  key.entropy = keyEntropy;
  key.mostEntropy = keyMost;
  key.leastMargin = keyMargin;
  fresh.n = freshes;
  fresh.logprob = freshLogprob;
  fresh.leastLogprob = freshLeast;
  fresh.entropy = freshEntropy;
  fresh.mostEntropy = freshMost;
  fresh.leastMargin = freshMargin;
}
