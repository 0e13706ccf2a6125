import type { Alternative, Token } from '../../data/record.js';
import { fastExp } from './fast-exp.js';

/** Log-probabilities below this are "practically never": APIs send −9999 or −Infinity for them. */
export const LEAST_LOGPROB = -30;

/** Ranks of alternatives whose share of the entropy is kept apart. */
export const RANKS = 5;

/**
 * What was recorded of an answer's tokens, in arrays that are reused from record to record. Tokens without a log-probability
 * are left out. Alternatives are sorted and cut to the k most likely; where any token has fewer, `hasTop` is false and the
 * arrays that come of them hold nothing.
 */
export class TokenTable {
  n = 0;
  hasTop = false;
  /** Tokens had alternatives, but fewer than the top k: their signals are refused. */
  refused = false;
  logprob = new Float64Array(0);
  probability = new Float64Array(0);
  /** Entropy over the top k and one bucket for the rest, in nats. */
  entropy = new Float64Array(0);
  /** Rényi entropy of order 2 over the same buckets. */
  collision = new Float64Array(0);
  /** Mass outside the top k. */
  rest = new Float64Array(0);
  /** Log-probability of the chosen token over that of its best rival: negative when the chosen one isn't the top. */
  margin = new Float64Array(0);
  /** −p ln p of the r-th alternative, its sum and its greatest over the tokens, at [r]. */
  readonly rankSum = new Float64Array(RANKS);
  readonly rankMost = new Float64Array(RANKS);
  /** Σ −p ln p · r, the entropy with rank r as weight. */
  ranked = new Float64Array(0);
  /** Mean surprisal of the top k: −(1/k) Σ_k ln p_tk, large where all mass is on one. */
  spread = new Float64Array(0);
  /** The chosen token has an alternative above it. */
  outranked = new Uint8Array(0);
  /** Place in the record's token list. */
  place = new Int32Array(0);
  readonly #sorted: Float64Array;

  constructor(readonly topK: number) {
    this.#sorted = new Float64Array(topK + 1);
  }

  load(tokens: readonly Token[] | null | undefined): void {
    this.n = 0;
    this.hasTop = this.refused = false;
    this.rankSum.fill(0);
    this.rankMost.fill(0);
    if (tokens == null || tokens.length === 0) return;
    if (this.logprob.length < tokens.length) this.#grow(tokens.length);
    let hasTop = this.topK > 0;
    let some = false;
    let n = 0;
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i];
      const logprob = token.logprob;
      if (logprob == null || Number.isNaN(logprob)) continue;
      const chosen = bounded(logprob);
      this.logprob[n] = chosen;
      this.probability[n] = fastExp(chosen);
      this.place[n] = i;
      const top = token.top;
      if (top != null && top.length > 0) some = true;
      if (hasTop) hasTop = top != null && top.length >= this.topK && this.#loadTop(n, chosen, top);
      n++;
    }
    this.n = n;
    this.hasTop = hasTop && n > 0;
    this.refused = !this.hasTop && some && this.topK > 0;
  }

  /** One token's alternatives; false when fewer than k carry a log-probability. */
  #loadTop(at: number, chosen: number, top: readonly Alternative[]): boolean {
    const k = this.topK;
    if (this.#takeTop(top) < k) return false;
    const sorted = this.#sorted;
    let mass = 0;
    let entropy = 0;
    let squares = 0;
    let ranked = 0;
    let surprisal = 0;
    for (let r = 0; r < k; r++) {
      const logprob = sorted[r];
      const p = fastExp(logprob);
      const share = -p * logprob;
      mass += p;
      surprisal -= logprob;
      entropy += share;
      squares += p * p;
      ranked += share * (r + 1);
      if (r < RANKS) {
        this.rankSum[r] += share;
        if (share > this.rankMost[r]) this.rankMost[r] = share;
      }
    }
    const rest = mass < 1 ? 1 - mass : 0;
    if (rest > 0) {
      entropy -= rest * Math.log(rest);
      squares += rest * rest;
    }
    this.rest[at] = rest;
    this.entropy[at] = entropy;
    this.collision[at] = squares < 1 ? -Math.log(squares) : 0;
    this.ranked[at] = ranked;
    this.spread[at] = surprisal / k;
    const outranked = chosen < sorted[0] - 1e-5;
    this.outranked[at] = outranked ? 1 : 0;
    // with one alternative kept the best rival of a top token is the rest
    const rival = outranked
      ? sorted[0]
      : k > 1
        ? sorted[1]
        : rest > 0
          ? Math.max(Math.log(rest), LEAST_LOGPROB)
          : LEAST_LOGPROB;
    this.margin[at] = chosen - rival;
    return true;
  }

  /** The k greatest log-probabilities, descending. Returns how many there are. */
  #takeTop(top: readonly Alternative[]): number {
    const sorted = this.#sorted;
    const k = this.topK;
    let count = 0;
    let last = 0;
    for (let a = 0; a < top.length; a++) {
      const raw = top[a].logprob;
      if (raw == null || Number.isNaN(raw)) continue;
      const logprob = bounded(raw);
      if (logprob > last) return this.#sortTop(top);
      if (count < k) sorted[count++] = last = logprob;
    }
    return count;
  }

  /** The same for lists that don't come sorted. */
  #sortTop(top: readonly Alternative[]): number {
    const sorted = this.#sorted;
    const k = this.topK;
    let count = 0;
    for (let a = 0; a < top.length; a++) {
      const raw = top[a].logprob;
      if (raw == null || Number.isNaN(raw)) continue;
      const logprob = bounded(raw);
      if (count === k && logprob <= sorted[k - 1]) continue;
      let at = count < k ? count++ : k - 1;
      for (; at > 0 && sorted[at - 1] < logprob; at--) sorted[at] = sorted[at - 1];
      sorted[at] = logprob;
    }
    return count;
  }

  #grow(n: number): void {
    const size = Math.max(64, n * 2);
    this.logprob = new Float64Array(size);
    this.entropy = new Float64Array(size);
    this.collision = new Float64Array(size);
    this.rest = new Float64Array(size);
    this.margin = new Float64Array(size);
    this.probability = new Float64Array(size);
    this.ranked = new Float64Array(size);
    this.spread = new Float64Array(size);
    this.outranked = new Uint8Array(size);
    this.place = new Int32Array(size);
  }
}

/** A log-probability between LEAST_LOGPROB and 0: rounding above 0 and the ways of saying "none" are both taken in. */
function bounded(logprob: number): number {
  return logprob >= 0 ? 0 : Math.max(logprob, LEAST_LOGPROB);
}
