import { PackedTokens } from '../../data/packed-tokens.js';
import type { Alternative } from '../../data/record.js';
import type { TokenList } from '../../data/token-list.js';
import { fastExp } from './fast-exp.js';
import { addUp, newTotals } from './totals.js';

/** Log-probabilities below this are "practically never": APIs send −9999 or −Infinity for them. */
export const LEAST_LOGPROB = -30;

/** Ranks of alternatives whose share of the entropy is kept apart. */
export const RANKS = 5;

/**
 * What was recorded of an answer's tokens, in arrays that are reused from record to record. Tokens without a log-probability
 * are left out. Alternatives are sorted and cut to the k most likely; where any token has fewer, `hasTop` is false and what
 * comes of them holds nothing. Sums go in the order of the tokens. Cost: one exp an alternative, two logs a token.
 */
export class TokenTable {
  n = 0;
  hasTop = false;
  /** Tokens had alternatives, but fewer than the top k: their signals are refused. */
  refused = false;
  logprob = new Float64Array(0);
  /** Entropy over the top k and one bucket for the rest, in nats. */
  entropy = new Float64Array(0);
  /** Log-probability of the chosen token over that of its best rival: negative when the chosen one isn't the top. */
  margin = new Float64Array(0);
  /** Place in the record's token list. */
  place = new Int32Array(0);
  /** Where each token of the record ends in their joint text, those left out here too. */
  ends = new Int32Array(0);
  /** Σ p of the chosen tokens. */
  probabilities = 0;
  /** Over all tokens. */
  readonly totals = newTotals();
  /** Σ over the tokens of the entropy without the bucket for the rest. */
  bareEntropies = 0;
  /** Σ of the Rényi entropies of order 2 over the same buckets, and of the log-probabilities of the likeliest tokens. */
  collisions = 0;
  tops = 0;
  /** Σ of the mass outside the top k. */
  rests = 0;
  /** Σ of −p ln p · r, the entropy with rank r as weight. */
  ranked = 0;
  /** Σ of the mean surprisal of the top k, −(1/k) Σ_k ln p_tk: large where all mass is on one. */
  spreads = 0;
  /** Tokens with an alternative above the chosen one. */
  outranked = 0;
  /** −p ln p of the r-th alternative, its sum and its greatest over the tokens, at [r]. */
  readonly rankSum = new Float64Array(RANKS);
  readonly rankMost = new Float64Array(RANKS);
  /** −p ln p of the alternatives of the token at hand. */
  readonly #shares: Float64Array;
  /** Log-probabilities of its alternatives. */
  #raw = new Float64Array(64);

  constructor(readonly topK: number) {
    this.#shares = new Float64Array(topK);
  }

  load(tokens: TokenList | null | undefined): void {
    this.n = 0;
    this.hasTop = this.refused = false;
    if (tokens == null || tokens.length === 0) return;
    if (this.logprob.length < tokens.length) this.#grow(tokens.length);
    this.#clearSums();
    if (tokens instanceof PackedTokens) this.#loadPacked(tokens);
    else this.#loadList(tokens);
    addUp(this, null, this.totals);
  }

  #loadList(tokens: TokenList): void {
    const { topK } = this;
    let hasTop = topK > 0;
    let some = false;
    let probabilities = 0;
    let end = 0;
    let n = 0;
    let i = 0;
    for (const { token, logprob, top } of tokens) {
      end += token.length;
      this.ends[i] = end;
      const place = i++;
      if (logprob == null || Number.isNaN(logprob)) continue;
      const chosen = bounded(logprob);
      this.logprob[n] = chosen;
      this.place[n] = place;
      probabilities += fastExp(chosen);
      if (top != null && top.length > 0) some = true;
      if (hasTop) hasTop = top != null && top.length >= topK && this.#loadTop(n, chosen, this.#gather(top));
      n++;
    }
    this.#finish(n, probabilities, hasTop, some);
  }

  /** The same from packed numbers. */
  #loadPacked({ length, logprobs, units, unitsAt, counts, countsAt, stride }: PackedTokens): void {
    const { topK } = this;
    let hasTop = topK > 0;
    let some = false;
    let probabilities = 0;
    let end = 0;
    let n = 0;
    let at = 0;
    for (let i = 0; i < length; i++) {
      end += units[unitsAt + i * stride];
      this.ends[i] = end;
      const logprob = logprobs[at++];
      const count = Math.max(0, counts[countsAt + i * stride]);
      at += count;
      if (Number.isNaN(logprob)) continue;
      const chosen = bounded(logprob);
      this.logprob[n] = chosen;
      this.place[n] = i;
      probabilities += fastExp(chosen);
      if (count > 0) some = true;
      if (hasTop) hasTop = count >= topK && this.#loadTop(n, chosen, this.#take(logprobs, at - count, at));
      n++;
    }
    this.#finish(n, probabilities, hasTop, some);
  }

  #finish(n: number, probabilities: number, hasTop: boolean, some: boolean): void {
    this.n = n;
    this.probabilities = probabilities;
    this.hasTop = hasTop && n > 0;
    this.refused = !this.hasTop && some && this.topK > 0;
  }

  /** Puts the log-probabilities of a list into `#raw`, greatest first; gives how many there are. */
  #gather(top: readonly Alternative[]): number {
    if (this.#raw.length < top.length) this.#raw = new Float64Array(top.length * 2);
    let r = 0;
    for (let a = 0; a < top.length; a++) {
      const { logprob } = top[a];
      if (logprob != null && !Number.isNaN(logprob)) this.#insert(bounded(logprob), r++);
    }
    return r;
  }

  #take(logprobs: Float64Array, from: number, to: number): number {
    if (this.#raw.length < to - from) this.#raw = new Float64Array((to - from) * 2);
    let r = 0;
    for (let a = from; a < to; a++) if (!Number.isNaN(logprobs[a])) this.#insert(bounded(logprobs[a]), r++);
    return r;
  }

  /** Adds a number to the r that are in order. */
  #insert(logprob: number, r: number): void {
    const raw = this.#raw;
    let at = r;
    for (; at > 0 && raw[at - 1] < logprob; at--) raw[at] = raw[at - 1];
    raw[at] = logprob;
  }

  /** One token's alternatives, of which `count` lie in `#raw`; false when these are fewer than k. */
  #loadTop(at: number, chosen: number, count: number): boolean {
    const k = this.topK;
    const shares = this.#shares;
    const raw = this.#raw;
    if (count < k) return false;
    const first = raw[0];
    const second = raw[1];
    let mass = 0;
    let entropy = 0;
    let squares = 0;
    let ranked = 0;
    let surprisal = 0;
    for (let r = 0; r < k; r++) {
      const logprob = raw[r];
      const p = fastExp(logprob);
      const share = -p * logprob;
      shares[r] = share;
      mass += p;
      surprisal -= logprob;
      entropy += share;
      squares += p * p;
      ranked += share * (r + 1);
    }
    this.#addRanks();
    const rest = mass < 1 ? 1 - mass : 0;
    const logRest = rest > 0 ? Math.log(rest) : LEAST_LOGPROB;
    entropy -= rest * logRest;
    squares += rest * rest;
    this.entropy[at] = entropy;
    this.bareEntropies += entropy + rest * logRest;
    this.collisions += squares < 1 ? -Math.log(squares) : 0;
    this.tops += first;
    this.rests += rest;
    this.ranked += ranked;
    this.spreads += surprisal / k;
    const outranked = chosen < first - 1e-5;
    if (outranked) this.outranked++;
    // with one alternative kept the best rival of a top token is the rest
    this.margin[at] = chosen - (outranked ? first : k > 1 ? second : Math.max(logRest, LEAST_LOGPROB));
    return true;
  }

  #addRanks(): void {
    const { rankSum, rankMost } = this;
    const shares = this.#shares;
    for (let r = 0; r < RANKS && r < shares.length; r++) {
      const share = shares[r];
      rankSum[r] += share;
      if (share > rankMost[r]) rankMost[r] = share;
    }
  }

  #clearSums(): void {
    this.probabilities = this.bareEntropies = this.collisions = this.tops = 0;
    this.rests = this.ranked = this.spreads = this.outranked = 0;
    this.rankSum.fill(0);
    this.rankMost.fill(0);
  }

  #grow(n: number): void {
    const size = Math.max(64, n * 2);
    this.logprob = new Float64Array(size);
    this.entropy = new Float64Array(size);
    this.margin = new Float64Array(size);
    this.place = new Int32Array(size);
    this.ends = new Int32Array(size);
  }
}

/** A log-probability between LEAST_LOGPROB and 0: rounding above 0 and the ways of saying "none" are both taken in. */
function bounded(logprob: number): number {
  return logprob >= 0 ? 0 : Math.max(logprob, LEAST_LOGPROB);
}
