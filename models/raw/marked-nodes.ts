import type { TokenNodes } from './token-nodes.js';

/**
 * Marks: tokens that carry the answer, those of them that are new, and those of the deciding word. See
 * features/tokens/key-tokens.ts.
 */
export const markNames = ['informative', 'fresh', 'decisive'] as const;
export type MarkName = (typeof markNames)[number];

/** The tokens that marks select, and sums over them. */
export class MarkedNodes {
  constructor(readonly tokens: TokenNodes) {}

  /** Whether a mark is known for every token with a log-probability, [n, 1]. */
  known(name: MarkName): string {
    const { tokens } = this;
    const { on, once } = tokens;
    return once.get(`${name}/known`, () => {
      const unknown = on.and(tokens.has, on.isNaN(this.#raw(name)));
      return on.less(on.sum(on.ones(unknown)), 0.5);
    });
  }

  /** The tokens that have the mark, [n, T+1]. */
  marked(name: MarkName): string {
    const { on, once, has } = this.tokens;
    return once.get(`${name}/marked`, () => on.and(has, on.greater(this.#raw(name), 0.5)));
  }

  /** Number of tokens that have the mark, [n, 1]. */
  count(name: MarkName): string {
    const { on, once } = this.tokens;
    return once.get(`${name}/count`, () => on.sum(on.ones(this.marked(name))));
  }

  /** The tokens that are used: if none is fresh, the informative ones; if none of those either, all. */
  chosen(name: 'informative' | 'fresh'): string {
    const { on, once, has } = this.tokens;
    return once.get(`${name}/chosen`, () => {
      const others = name === 'fresh' ? this.chosen('informative') : has;
      return on.or(this.marked(name), on.and(on.less(this.count(name), 0.5), others));
    });
  }

  mean(name: 'informative' | 'fresh', values: string): string {
    const { on, once } = this.tokens;
    const n = once.get(`${name}/n`, () => on.most(on.sum(on.ones(this.chosen(name))), 1));
    return on.div(this.tokens.sumWhere(this.chosen(name), values), n);
  }

  /** The first fresh token, [n, T+1]: where the answer proper begins. */
  get onset(): string {
    const { on, once } = this.tokens;
    return once.get('onset', () => {
      const fresh = this.chosen('fresh');
      const rank = on.graph.op('CumSum', [on.ones(fresh), on.graph.ints([1], [])]);
      return on.and(fresh, on.less(rank, 1.5));
    });
  }

  #raw(name: MarkName): string {
    const { on, once, inputs } = this.tokens;
    return once.get(`${name}/raw`, () => on.padded(inputs.marks[name], [0, 1]));
  }
}
