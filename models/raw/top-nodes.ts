import { RANKS } from '../../features/tokens/kernel.js';
import { LEAST_LOGPROB } from '../../features/tokens/least.js';
import type { Doubles } from '../onnx/doubles.js';
import { Once } from './once.js';
import type { TokenNodes } from './token-nodes.js';

/** Below this, ahead of any log-probability: what is put in place of an alternative that isn't there. */
const NOWHERE = -1e9;
/** A chosen token this much under the likeliest one is outranked; see features/tokens/token-table.ts. */
const SLACK = 1e-5;

/** What the k likeliest alternatives of each token come to; the k + 1 of axis −1 are theirs. [n, T+1] unless said otherwise. */
export class TopNodes {
  readonly #once = new Once();
  readonly #on: Doubles;

  constructor(
    readonly tokens: TokenNodes,
    readonly top: string,
  ) {
    this.#on = tokens.on;
  }

  /** Alternatives in any order with k more that hold nothing, [n, T+1, k'+k]. */
  get #raw(): string {
    return this.#once.get('raw', () => this.#on.padded(this.top, [0, 1, this.tokens.topK]));
  }

  get #has(): string {
    return this.#once.get('has', () => this.#on.not(this.#on.isNaN(this.#raw)));
  }

  /** Whether every token with a log-probability has k alternatives, and there is one, [n, 1]. */
  get any(): string {
    return this.#once.get('any', () => {
      const on = this.#on;
      const count = on.squeeze(on.sum(on.ones(this.#has)));
      const short = on.and(this.tokens.has, on.less(count, this.tokens.topK - 0.5));
      return on.and(this.tokens.any, on.less(on.sum(on.ones(short)), 0.5));
    });
  }

  /** Log-probabilities of the k likeliest, descending, [n, T+1, k]. */
  get #best(): string {
    return this.#once.get('best', () => {
      const { graph } = this.#on;
      const filled = this.tokens.bounded(this.#raw, this.#has, NOWHERE);
      const size = graph.ints([this.tokens.topK], [1]);
      const [best] = graph.ops('TopK', [filled, size], 2, { axis: -1, largest: 1, sorted: 1 });
      return this.#on.most(best, LEAST_LOGPROB);
    });
  }

  get #p(): string {
    return this.#once.get('p', () => this.#on.exp(this.#best));
  }

  /** −p ln p of each, [n, T+1, k]. */
  get #shares(): string {
    return this.#once.get('shares', () => this.#on.neg(this.#on.mul(this.#p, this.#best)));
  }

  /** Log-probability of the likeliest. */
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

  /** Entropy with the rank as weight. */
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
  get spread(): string {
    return this.#once.get('spread', () => {
      const on = this.#on;
      return on.div(on.neg(on.squeeze(on.sum(this.#best))), this.tokens.topK);
    });
  }

  get outranked(): string {
    return this.#once.get('outranked', () => this.#on.less(this.tokens.logprob, this.#on.sub(this.likeliest, SLACK)));
  }

  /** Chosen token over its best rival; with one alternative kept the rival of a top token is the rest. */
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
