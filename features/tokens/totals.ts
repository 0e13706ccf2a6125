/** What is added up of a token: see the token table. */
export interface TokenColumns {
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

export function clearTotals(totals: Totals): void {
  totals.n = totals.logprob = totals.leastLogprob = totals.entropy = totals.mostEntropy = 0;
  totals.leastMargin = Number.POSITIVE_INFINITY;
}

export function copyTotals(from: Totals, to: Totals): void {
  to.n = from.n;
  to.logprob = from.logprob;
  to.leastLogprob = from.leastLogprob;
  to.entropy = from.entropy;
  to.mostEntropy = from.mostEntropy;
  to.leastMargin = from.leastMargin;
}

/** Adds token t of a table; tokens come in their order. */
export function addToken(totals: Totals, { hasTop, logprob, entropy, margin }: TokenColumns, t: number): void {
  totals.n++;
  totals.logprob += logprob[t];
  if (logprob[t] < totals.leastLogprob) totals.leastLogprob = logprob[t];
  if (!hasTop) return;
  totals.entropy += entropy[t];
  if (entropy[t] > totals.mostEntropy) totals.mostEntropy = entropy[t];
  if (margin[t] < totals.leastMargin) totals.leastMargin = margin[t];
}
