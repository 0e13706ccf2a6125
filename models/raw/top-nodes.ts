import { NOTHING_LEFT } from '../../data/usual-top-k.js';
import { RANKS } from '../../features/tokens/kernel-columns.js';
import { LEAST_LOGPROB } from '../../features/tokens/least.js';
import { BEHIND, ENOUGH } from '../../features/tokens/table/fill.js';
import type { Doubles } from '../onnx/doubles.js';
import { Once } from './once.js';
import type { TokenNodes } from './token-nodes.js';

/** Stands for an alternative that is absent; smaller than any log-probability. */
const NOWHERE = -1e9;
/** A chosen token is outranked if it is this much below the most likely token; see features/tokens/token-table.ts. */
const SLACK = 1e-5;

/**
 * Statistics of the k most likely alternatives of each token. In the last axis, k or k + 1 entries are these
 * alternatives. [n, T+1] if nothing else is stated.
 */
export class TopNodes {
  readonly #once = new Once();
  readonly #on: Doubles;

  constructor(
    readonly tokens: TokenNodes,
    readonly top: string,
  ) {
    this.#on = tokens.on;
  }

  /** Alternatives in any order, with k empty entries added, [n, T+1, k'+k]. */
  get #raw(): string {
    return this.#once.get('raw', () => this.#on.padded(this.top, [0, 1, this.tokens.topK]));
  }

  get #has(): string {
    return this.#once.get('has', () => this.#on.not(this.#on.isNaN(this.#raw)));
  }

  /** Number of recorded alternatives, [n, T+1]. */
  get #listed(): string {
    return this.#once.get('listed', () => this.#on.squeeze(this.#on.sum(this.#on.ones(this.#has))));
  }

  /**
   * Whether any token has alternatives and at most half of them have too few: see features/tokens/token-table.ts. [n,
   * 1].
   */
  get any(): string {
    return this.#once.get('any', () => {
      const on = this.#on;
      const { has, topK } = this.tokens;
      const count = (mask: string) => on.sum(on.ones(on.and(has, mask)));
      const all = on.and(
        on.less(this.#listed, topK - 0.5),
        on.less(on.most(this.#leftOver, on.neg(this.#leftOver)), NOTHING_LEFT),
      );
      const tooFew = on.and(on.less(this.#listed, ENOUGH * topK), on.not(all));
      const voting = count(on.not(all));
      const some = on.greater(count(on.greater(this.#listed, 0.5)), 0.5);
      return on.and(some, on.not(on.greater(on.mul(count(tooFew), 2), voting)));
    });
  }

  /**
   * Log-probabilities of the k most likely recorded alternatives, descending, then NOWHERE; that of the chosen token if
   * none is recorded. [n, T+1, k].
   */
  get #recorded(): string {
    return this.#once.get('recorded', () => {
      const on = this.#on;
      const { graph } = on;
      const { topK, logprob } = this.tokens;
      const filled = this.tokens.bounded(this.#raw, this.#has, NOWHERE);
      const [best] = graph.ops('TopK', [filled, graph.ints([topK], [1])], 2, { axis: -1, largest: 1, sorted: 1 });
      const isFirst = on.greater(
        graph.doubles(
          Array.from({ length: topK }, (_, r) => (r === 0 ? 1 : 0)),
          [topK],
        ),
        0.5,
      );
      const isNone = on.unsqueeze(on.less(this.#listed, 0.5));
      return on.where(on.and(isNone, isFirst), on.unsqueeze(logprob), best);
    });
  }

  get #isRecorded(): string {
    return this.#once.get('isRecorded', () => this.#on.greater(this.#recorded, NOWHERE / 2));
  }

  /** Mass that the recorded alternatives leave over; below 0 if their sum is above 1. */
  get #leftOver(): string {
    return this.#once.get('leftOver', () => {
      const on = this.#on;
      const mass = on.sum(on.where(this.#isRecorded, on.exp(on.most(this.#recorded, LEAST_LOGPROB)), 0));
      return on.sub(1, on.squeeze(mass));
    });
  }

  /**
   * Log-probabilities of the k most likely alternatives, descending; absent ones are filled in as in
   * features/tokens/fill.ts. [n, T+1, k].
   */
  get #best(): string {
    return this.#once.get('best', () => {
      const on = this.#on;
      const { topK } = this.tokens;
      const least = on.squeeze(on.min(on.where(this.#isRecorded, this.#recorded, 0)));
      const lacking = on.sub(topK, on.squeeze(on.sum(on.ones(this.#isRecorded))));
      const share = on.log(on.div(this.#leftOver, on.add(lacking, BEHIND)));
      const each = on.where(on.greater(this.#leftOver, 0), on.least(least, share), LEAST_LOGPROB);
      const filled = on.where(this.#isRecorded, this.#recorded, on.unsqueeze(each));
      return on.most(filled, LEAST_LOGPROB);
    });
  }

  get #p(): string {
    return this.#once.get('p', () => this.#on.exp(this.#best));
  }

  /** −p ln p of each, [n, T+1, k]. */
  get #shares(): string {
    return this.#once.get('shares', () => this.#on.neg(this.#on.mul(this.#p, this.#best)));
  }

  /** Log-probability of the most likely alternative. */
  get likeliest(): string {
    return this.#once.get('likeliest', () => this.#on.squeeze(this.#on.slice(this.#best, 0, 1)));
  }

  /** Mass outside the top k. */
  get rest(): string {
    return this.#once.get('rest', () => {
      const on = this.#on;
      return on.most(on.sub(1, on.squeeze(on.sum(this.#p))), 0);
    });
  }

  get #logRest(): string {
    return this.#once.get('logRest', () => {
      const on = this.#on;
      return on.where(on.greater(this.rest, 0), on.log(this.rest), LEAST_LOGPROB);
    });
  }

  /** Entropy without the bucket for the rest. */
  get bareEntropy(): string {
    return this.#once.get('bareEntropy', () => this.#on.squeeze(this.#on.sum(this.#shares)));
  }

  get entropy(): string {
    return this.#once.get('entropy', () => {
      const on = this.#on;
      return on.sub(this.bareEntropy, on.mul(this.rest, this.#logRest));
    });
  }

  /** Rényi entropy of order 2. */
  get collision(): string {
    return this.#once.get('collision', () => {
      const on = this.#on;
      const squares = on.add(on.squeeze(on.sum(on.mul(this.#p, this.#p))), on.mul(this.rest, this.rest));
      return on.most(on.neg(on.log(squares)), 0);
    });
  }

  /** Entropy weighted by rank. */
  get ranked(): string {
    return this.#once.get('ranked', () => {
      const on = this.#on;
      const { topK } = this.tokens;
      const ranks = on.graph.doubles(
        Array.from({ length: topK }, (_, r) => r + 1),
        [topK],
      );
      return on.squeeze(on.sum(on.mul(this.#shares, ranks)));
    });
  }

  /** Mean surprisal of the top k. */
  get meanSurprisal(): string {
    return this.#once.get('spread', () => {
      const on = this.#on;
      return on.div(on.neg(on.squeeze(on.sum(this.#best))), this.tokens.topK);
    });
  }

  get outranked(): string {
    return this.#once.get('outranked', () => this.#on.less(this.tokens.logprob, this.#on.sub(this.likeliest, SLACK)));
  }

  /**
   * Margin of the chosen token over its best rival. With one alternative recorded, the rival of a top token is the rest
   * of the mass.
   */
  get margin(): string {
    return this.#once.get('margin', () => {
      const on = this.#on;
      const second =
        this.tokens.topK > 1 ? on.squeeze(on.slice(this.#best, 1, 2)) : on.most(this.#logRest, LEAST_LOGPROB);
      return on.sub(this.tokens.logprob, on.where(this.outranked, this.likeliest, second));
    });
  }

  /** −p ln p of the r-th alternative, r from 1; null beyond the top k. */
  share(rank: number): string | null {
    if (rank > Math.min(this.tokens.topK, RANKS)) return null;
    return this.#once.get(`share${rank}`, () => this.#on.squeeze(this.#on.slice(this.#shares, rank - 1, rank)));
  }
}
