import { hasText, isTextless, tokensBeforeEnd } from '../../../data/counted-tokens.js';
import { PackedTokens } from '../../../data/packed-tokens.js';
import type { Alternative } from '../../../data/record.js';
import type { TokenList } from '../../../data/token-list.js';
import { type TokenKernel, tokenKernel } from '../kernel.js';
import { Column, RANKS, SHARE_MOST } from '../kernel-columns.js';
import { bounded, LEAST_LOGPROB } from '../least.js';
import { TOKEN_NUMBERS, TokenNumber } from '../numbers.js';
import { fill, Listed, type TopColumns } from './fill.js';
import { putPacked } from './put-packed.js';
import { newTotals, type Totals } from './totals.js';

/**
 * The tokens of an answer, in arrays that are reused for every record. Tokens without a log-probability, end marks and
 * tokens without text are left out. Alternatives are sorted and cut to the k likeliest; missing ones are filled in (see
 * `fill`). If more than half of the tokens have too few alternatives, the answer was recorded with another k; then
 * `hasTop` is false, and the values computed from alternatives are undefined. Sums are in the order of the tokens.
 * Cost: one exp per alternative, two logs per token.
 */
export class TokenTable {
  n = 0;
  hasTop = false;
  /** Whether tokens have alternatives, but more than half of them too few. Their signals are then missing. */
  refused = false;
  /** Number of tokens of the record before its end marks. */
  count = 0;
  /** Whether no token has text although the answer has some. Then all tokens count. */
  textless = false;
  logprob = new Float64Array(0);
  /** Entropy over the top k and one bucket for the remaining mass, in nats. */
  entropy = new Float64Array(0);
  /**
   * Log-probability of the chosen token minus that of the best other one: negative where the chosen one is not the
   * likeliest.
   */
  margin = new Float64Array(0);
  /** Index in the record's token list. */
  place = new Int32Array(0);
  /** Where each token of the record ends in their joined text, including tokens that are left out here. */
  ends = new Int32Array(0);
  /** Statistics over all tokens; see `TokenNumber`. */
  readonly numbers = new Float64Array(TOKEN_NUMBERS);
  /** Totals over all tokens. */
  readonly totals: Totals = newTotals();
  readonly #sorted: Alternative[] = [];

  constructor(readonly topK: number) {}

  load(tokens: TokenList | null | undefined, answer = ''): void {
    this.n = this.count = 0;
    this.hasTop = this.refused = this.textless = false;
    if (tokens == null || tokens.length === 0) return;
    this.count = tokensBeforeEnd(tokens, answer);
    if (this.count === 0) {
      if (!isTextless(tokens, answer)) return;
      this.textless = true;
      this.count = tokens.length;
    }
    if (this.logprob.length < tokens.length) this.#grow(tokens.length);
    const kernel = tokenKernel();
    kernel.room(tokens.length, this.topK);
    if (tokens instanceof PackedTokens) putPacked(this, kernel, tokens);
    else this.#putList(kernel, tokens);
    if (this.n > 0) this.#compute(kernel);
  }

  #putList({ columns, stride }: TokenKernel, tokens: TokenList): void {
    const { topK, count, textless } = this;
    const columnsOfTop: TopColumns = { columns, stride, k: topK };
    const reads = topK > 0 && hasAlternatives(tokens, count);
    let some = false;
    let tooFew = 0;
    let voting = 0;
    let end = 0;
    let n = 0;
    let i = -1;
    for (const token of tokens) {
      if (++i === count) break;
      const { logprob } = token;
      end += token.token.length;
      this.ends[i] = end;
      if (logprob == null || Number.isNaN(logprob) || !(textless || hasText(token))) continue;
      this.logprob[n] = columns[n] = bounded(logprob);
      this.place[n] = i;
      if (reads) {
        const first = Column.TOP * stride + n;
        const listed = token.top == null ? 0 : this.#putTop(columns, first, stride, token.top);
        if (listed > 0) some = true;
        const is = listed < topK ? fill(columnsOfTop, first, listed, columns[n]) : Listed.ENOUGH;
        if (is !== Listed.ALL) voting++;
        if (is === Listed.TOO_FEW) tooFew++;
      }
      n++;
    }
    this.note(n, some, tooFew, voting);
  }

  /**
   * Ends the reading of tokens: `n` is the number of tokens, `some` whether any has alternatives. `tooFew` of the
   * `voting` tokens (those that do not list everything there is) have too few.
   */
  note(n: number, some: boolean, tooFew: number, voting: number): void {
    this.n = n;
    this.hasTop = some && tooFew * 2 <= voting;
    this.refused = some && !this.hasTop;
  }

  /**
   * Writes one token's alternatives in descending order to every `stride`-th place. Returns how many of the k have a
   * log-probability.
   */
  #putTop(columns: Float64Array, at: number, stride: number, top: readonly Alternative[]): number {
    const end = at + this.topK * stride;
    let to = at;
    let last = 0;
    let listed = 0;
    for (let a = 0; a < top.length; a++) {
      const { logprob } = top[a];
      let x = logprob as number;
      if (!(x < 0 && x >= LEAST_LOGPROB)) {
        if (logprob == null || Number.isNaN(logprob)) continue;
        x = bounded(logprob);
      }
      if (x > last) return this.#putTop(columns, at, stride, this.#sort(top));
      if (to === end) continue;
      columns[to] = last = x;
      to += stride;
      listed++;
    }
    return listed;
  }

  #compute(kernel: TokenKernel): void {
    const { n, hasTop, totals, numbers, logprob } = this;
    kernel.run(n, hasTop ? this.topK : 0);
    const { sums } = kernel;
    for (let c = 0; c < SHARE_MOST; c++) numbers[c] = sums[c] / n;
    for (let c = SHARE_MOST; c < SHARE_MOST + RANKS; c++) numbers[c] = sums[c];
    const centre = numbers[TokenNumber.LOGPROB];
    let squares = 0;
    let low = 0;
    let least = 0;
    for (let t = 0; t < n; t++) {
      const own = logprob[t];
      squares += (own - centre) ** 2;
      low += own < -Math.LN2 ? 1 : 0;
      if (own < least) least = own;
    }
    totals.n = n;
    totals.logprob = numbers[TokenNumber.SUM_LOGPROB] = sums[Column.LOGPROB];
    totals.leastLogprob = numbers[TokenNumber.LEAST_LOGPROB] = least;
    numbers[TokenNumber.FIRST_LOGPROB] = logprob[0];
    numbers[TokenNumber.LAST_LOGPROB] = logprob[n - 1];
    numbers[TokenNumber.STD_LOGPROB] = Math.sqrt(squares / n);
    numbers[TokenNumber.LOW] = low / n;
    totals.entropy = totals.mostEntropy = 0;
    totals.leastMargin = Number.POSITIVE_INFINITY;
    if (hasTop) this.#takeTop(kernel);
  }

  #takeTop({ sums, columns, stride }: TokenKernel): void {
    const { n, totals, numbers, entropy, margin } = this;
    const entropies = Column.ENTROPY * stride;
    const margins = Column.MARGIN * stride;
    const centre = numbers[TokenNumber.ENTROPY];
    let squares = 0;
    let most = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let t = 0; t < n; t++) {
      const own = columns[entropies + t];
      entropy[t] = own;
      squares += (own - centre) ** 2;
      if (own > most) most = own;
      margin[t] = columns[margins + t];
      if (margin[t] < least) least = margin[t];
    }
    totals.entropy = sums[Column.ENTROPY];
    totals.mostEntropy = numbers[TokenNumber.MOST_ENTROPY] = most;
    totals.leastMargin = numbers[TokenNumber.LEAST_MARGIN] = least;
    numbers[TokenNumber.FIRST_ENTROPY] = entropy[0];
    numbers[TokenNumber.STD_ENTROPY] = Math.sqrt(squares / n);
    numbers[TokenNumber.FIRST_MARGIN] = margin[0];
    for (let r = this.topK; r < RANKS; r++) numbers[Column.SHARE + r] = numbers[SHARE_MOST + r] = Number.NaN;
  }

  /** The k greatest alternatives with a log-probability, descending, for lists in another order. */
  #sort(top: readonly Alternative[]): readonly Alternative[] {
    const sorted = this.#sorted;
    sorted.length = 0;
    for (const alternative of top) {
      const { logprob } = alternative;
      if (logprob == null || Number.isNaN(logprob)) continue;
      let at = sorted.length;
      for (; at > 0 && (sorted[at - 1].logprob as number) < logprob; at--) sorted[at] = sorted[at - 1];
      sorted[at] = alternative;
      if (sorted.length > this.topK) sorted.length = this.topK;
    }
    return sorted;
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

function hasAlternatives(tokens: TokenList, count: number): boolean {
  let i = 0;
  for (const { top } of tokens) {
    if (i++ === count) return false;
    if (top != null && top.length > 0) return true;
  }
  return false;
}
