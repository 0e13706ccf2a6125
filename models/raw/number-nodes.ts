import { MOST } from '../../features/dynamic.js';
import { LOGIT_FLOOR } from '../../features/twins.js';
import { STATED_EDGE } from '../../features/verifiers/stated.js';
import type { Doubles } from '../onnx/doubles.js';
import { Once } from './once.js';

/**
 * The numbers that a raw graph is given, and the signals computed from them: logits, and the joint scores of the
 * verifiers.
 */
export class NumberNodes {
  readonly #once = new Once();

  /** `numbers`: float64 [n, r], NaN = not recorded. */
  constructor(
    readonly on: Doubles,
    readonly numbers: string,
  ) {}

  /** The numbers as they are used, [n, r]: infinite ones count as not recorded. */
  get #usable(): string {
    return this.#once.get('usable', () => {
      const { on } = this;
      const finite = on.less(on.graph.op('Abs', [this.numbers]), Number.POSITIVE_INFINITY);
      return on.where(finite, on.most(on.least(this.numbers, MOST), -MOST), Number.NaN);
    });
  }

  /** Some columns of them, [n, columns]. */
  columns(of: readonly number[]): string {
    const { graph } = this.on;
    return this.#once.get(`columns/${of}`, () =>
      graph.op('Gather', [this.#usable, graph.ints(of, [of.length])], { axis: 1 }),
    );
  }

  /** Logits of values clipped to [1e-7, 1 − 1e-7]; NaN stays NaN. */
  logit(values: string): string {
    const { on } = this;
    const p = on.least(on.most(values, LOGIT_FLOOR), 1 - LOGIT_FLOOR);
    return on.where(on.isNaN(values), Number.NaN, on.sub(on.log(p), on.log(on.sub(1, p))));
  }

  statedLogit(values: string): string {
    const { on } = this;
    const p = on.least(on.most(values, STATED_EDGE), 1 - STATED_EDGE);
    return on.where(on.isNaN(values), Number.NaN, on.log(on.div(p, on.sub(1, p))));
  }

  /** A joint score of the verifiers in these columns, [n, 1]. Scores outside 0..1 are left out. */
  panel(name: string, of: readonly number[]): string {
    const { on } = this;
    const key = `panel/${of}`;
    const scores = this.columns(of);
    const speak = this.#once.get(`${key}/speak`, () =>
      on.and(on.not(on.less(scores, 0)), on.not(on.or(on.isNaN(scores), on.greater(scores, 1)))),
    );
    const n = this.#once.get(`${key}/n`, () => on.sum(on.ones(speak)));
    const mean = (values: string) => on.div(on.sum(on.where(speak, values, 0)), on.most(n, 1));
    return on.where(on.greater(n, 0), this.#together(name, scores, speak, mean), Number.NaN);
  }

  #together(name: string, scores: string, speak: string, mean: (values: string) => string): string {
    const { on } = this;
    switch (name) {
      case 'panel.mean':
        return mean(scores);
      case 'panel.least':
        return on.min(on.where(speak, scores, 1));
      case 'panel.most':
        return on.max(on.where(speak, scores, 0));
      case 'panel.spread': {
        const off = on.sub(scores, mean(scores));
        return on.sqrt(mean(on.mul(off, off)));
      }
      case 'panel.logit':
        return mean(this.logit(scores));
      case 'panel.vote':
        return mean(on.where(on.greater(scores, 0.5), 1, on.where(on.less(scores, 0.5), 0, 0.5)));
      default:
        throw new RangeError(`the graph cannot compute ${name} from the verifiers`);
    }
  }
}
