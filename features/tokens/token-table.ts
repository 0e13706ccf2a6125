import { hasText, isTextless, tokensBeforeEnd } from '../../data/counted-tokens.js';
import { PackedTokens } from '../../data/packed-tokens.js';
import type { Alternative } from '../../data/record.js';
import type { TokenList } from '../../data/token-list.js';
import { fill, Listed } from './fill.js';
import { type TokenKernel, tokenKernel } from './kernel.js';
import { Column, RANKS, SHARE_MOST } from './kernel-columns.js';
import { bounded, LEAST_LOGPROB } from './least.js';
import { TOKEN_NUMBERS, TokenNumber } from './numbers.js';
import { putPacked } from './put-packed.js';
import { newTotals } from './totals.js';

/**
 * What was recorded of an answer's tokens, in arrays that are reused from record to record. Tokens without a log-probability,
 * end marks and tokens without text are left out. Alternatives are sorted and cut to the k most likely; what a token lacks is
 * filled in (see `fill`). Where more than half of the tokens have too few, `hasTop` is false and what comes of them holds
 * nothing: such an answer was recorded with another k. Sums go in the order of the tokens. Cost: one exp an alternative, two logs a token.
 */
export class TokenTable {
  n = 0;
  hasTop = false;
  /** Tokens had alternatives, but more than half of them too few: their signals are refused. */
  refused = false;
  /** Tokens of the record before its end marks. */
  count = 0;
  /** No token of the record has text, although the answer has: all count. */
  textless = false;
  logprob = new Float64Array(0);
  /** Entropy over the top k and one bucket for the rest, in nats. */
  entropy = new Float64Array(0);
  /** Log-probability of the chosen token over that of its best rival: negative when the chosen one isn't the top. */
  margin = new Float64Array(0);
  /** Place in the record's token list. */
  place = new Int32Array(0);
  /** Where each token of the record ends in their joint text, those left out here too. */
  ends = new Int32Array(0);
  /** What is told of all tokens, see `TokenNumber`. */
  readonly numbers = new Float64Array(TOKEN_NUMBERS);
  /** Over all tokens. */
  readonly totals = newTotals();
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
        const is = listed < topK ? fill(columns, first, stride, listed, topK, columns[n]) : Listed.ENOUGH;
        if (is !== Listed.ALL) voting++;
        if (is === Listed.TOO_FEW) tooFew++;
      }
      n++;
    }
    this.note(n, some, tooFew, voting);
  }

  /** How many tokens were put; whether any has alternatives; how many have too few, of how many whose number tells anything. */
  note(n: number, some: boolean, tooFew: number, voting: number): void {
    this.n = n;
    this.hasTop = some && tooFew * 2 <= voting;
    this.refused = some && !this.hasTop;
  }

  /** One token's alternatives, greatest first, to every `stride`-th place; how many of the k carry a log-probability. */
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

  /** The alternatives with a log-probability, the k greatest, descending: for lists that don't come so. */
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
