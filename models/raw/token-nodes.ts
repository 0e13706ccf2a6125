import { LEAST_LOGPROB } from '../../features/tokens/least.js';
import { TAIL } from '../../features/tokens/tail.js';
import { WINDOW } from '../../features/tokens/worst-window.js';
import type { Doubles } from '../onnx/doubles.js';
import { Once } from './once.js';

/** Token inputs of a raw graph. All are float64, NaN = absent; T and k are free, and may be 0. */
interface TokenInputs {
  /** [n, T]: tokens without a log-probability are NaN and are left out, at any position. */
  logprobs: string;
  /** [n, T, k], in any order; null if the bundle reads no alternatives. */
  top: string | null;
  /** The marks that are read, by name, [n, T]: 1 if a token is marked, 0 if not, NaN if unknown. */
  marks: Record<string, string>;
}

/**
 * The token table of features/tokens/token-table.ts as nodes of a graph, in float64. An empty entry is added after the
 * last token, so that no axis has length 0. Shapes: [n, T+1] per token, [n, 1] per row.
 */
export class TokenNodes {
  readonly once = new Once();

  constructor(
    readonly on: Doubles,
    readonly inputs: TokenInputs,
    readonly topK: number,
  ) {}

  /** Log-probabilities as given, [n, T+1]. */
  get #raw(): string {
    return this.once.get('raw', () => this.on.padded(this.inputs.logprobs, [0, 1]));
  }

  /** Whether a token has a log-probability. */
  get has(): string {
    return this.once.get('has', () => this.on.not(this.on.isNaN(this.#raw)));
  }

  /** The same as 1 and 0. */
  get ones(): string {
    return this.once.get('ones', () => this.on.ones(this.has));
  }

  /** Log-probabilities clipped to [−30, 0]; 0 if there is none. */
  get logprob(): string {
    return this.once.get('logprob', () => this.bounded(this.#raw, this.has, 0));
  }

  get probability(): string {
    return this.once.get('probability', () => this.on.exp(this.logprob));
  }

  /** Number of tokens with a log-probability, [n, 1]. */
  get n(): string {
    return this.once.get('n', () => this.on.sum(this.ones));
  }

  /** Whether there is any, [n, 1]. */
  get any(): string {
    return this.once.get('any', () => this.on.greater(this.n, 0));
  }

  /** Rank among the tokens with a log-probability: 1, 2, …; a token without one has the rank of the one before. */
  get rank(): string {
    return this.once.get('rank', () => {
      const { graph } = this.on;
      return graph.op('CumSum', [this.ones, graph.ints([1], [])]);
    });
  }

  get totalLogprob(): string {
    return this.once.get('totalLogprob', () => this.on.sum(this.logprob));
  }

  get totalProbability(): string {
    return this.once.get('totalProbability', () => this.sumOver(this.probability));
  }

  get first(): string {
    return this.once.get('first', () => this.on.and(this.has, this.on.less(this.rank, 1.5)));
  }

  get last(): string {
    return this.once.get('last', () => this.on.and(this.has, this.on.greater(this.rank, this.on.sub(this.n, 0.5))));
  }

  get tail(): string {
    return this.once.get('tail', () =>
      this.on.and(this.has, this.on.greater(this.rank, this.on.sub(this.n, TAIL - 0.5))),
    );
  }

  /**
   * Smallest mean of five consecutive log-probabilities, tokens without one left out; of all if there are fewer than
   * five. [n, 1].
   */
  get worstWindow(): string {
    return this.once.get('worstWindow', () => {
      const { on } = this;
      const { graph } = on;
      // moves tokens with a log-probability to the front, in order: keys T − i for them, −i for the others
      const rank = graph.op('CumSum', [on.add(on.mul(this.ones, 0), 1), graph.ints([1], [])]);
      const width = on.add(on.max(rank), 1);
      const keys = on.sub(on.mul(this.ones, width), rank);
      const size = graph.op('Shape', [this.#raw], { start: 1 });
      const [, order] = graph.ops('TopK', [keys, size], 2, { axis: 1, largest: 1, sorted: 1 });
      const packed = graph.op('GatherElements', [this.logprob, order], { axis: 1 });
      const wide = graph.op('Pad', [packed, graph.ints([0, 0, 0, WINDOW - 1], [4]), on.of(0)]); // [n, T+1+4]
      const shifted = Array.from({ length: WINDOW }, (_, j) => on.slice(wide, j, j - WINDOW + 1 || undefined));
      const sums = shifted.reduce((total, part) => on.add(total, part)); // [n, T+1]
      const whole = on.less(rank, on.sub(this.n, WINDOW - 1.5));
      const least = on.div(on.min(on.where(whole, sums, 0)), WINDOW);
      return on.where(on.less(this.n, WINDOW), this.mean(this.totalLogprob), least);
    });
  }

  /** Sum over the tokens with a log-probability, [n, 1]. */
  sumOver(values: string): string {
    return this.on.sum(this.on.where(this.has, values, 0));
  }

  /** Sum over the tokens that a mask marks. */
  sumWhere(mask: string, values: string): string {
    return this.on.sum(this.on.where(mask, values, 0));
  }

  /** A sum divided by the number of tokens; never divides by 0. */
  mean(total: string): string {
    return this.on.div(
      total,
      this.once.get('atLeastOne', () => this.on.most(this.n, 1)),
    );
  }

  /** Standard deviation about the mean, [n, 1]. */
  std(values: string): string {
    const { on } = this;
    const off = on.sub(values, this.mean(this.sumOver(values)));
    return on.sqrt(this.mean(this.sumOver(on.mul(off, off))));
  }

  /** Values clipped to [−30, 0]; `none` if `has` is false. */
  bounded(values: string, has: string, none: number): string {
    const { on } = this;
    return on.where(has, on.most(on.least(values, 0), LEAST_LOGPROB), none);
  }
}
