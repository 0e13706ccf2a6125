import { LEAST } from '../../features/choices/choice-table.js';
import type { Doubles } from '../onnx/doubles.js';
import { Once } from './once.js';

/**
 * A distribution over options as nodes: the choice table of features/choices/, without the parts that need the answer's
 * text.
 */
export class ChoiceNodes {
  readonly #once = new Once();

  /** `choices`: masses [n, options], NaN = no such option. */
  constructor(
    readonly on: Doubles,
    readonly choices: string,
  ) {}

  get #raw(): string {
    return this.#once.get('raw', () => this.on.padded(this.choices, [0, 2]));
  }

  /** Number of recorded options, [n, 1]. */
  get n(): string {
    return this.#once.get('n', () => this.on.sum(this.on.ones(this.on.not(this.on.isNaN(this.#raw)))));
  }

  /** Masses, descending; scaled down if their sum is above 1, [n, options + 2]. */
  get #masses(): string {
    return this.#once.get('masses', () => {
      const { on } = this;
      const { graph } = on;
      const given = on.where(on.isNaN(this.#raw), 0, this.#raw);
      const size = graph.op('Shape', [this.#raw], { start: 1 });
      const [sorted] = graph.ops('TopK', [given, size], 2, { axis: -1, largest: 1, sorted: 1 });
      return on.div(sorted, on.most(on.sum(sorted), 1));
    });
  }

  /** The mass that no option has. */
  get #rest(): string {
    return this.#once.get('rest', () => this.on.most(this.on.sub(1, this.on.sum(this.#masses)), 0));
  }

  get top(): string {
    return this.#once.get('top', () => this.on.slice(this.#masses, 0, 1));
  }

  get margin(): string {
    return this.on.sub(this.top, this.on.slice(this.#masses, 1, 2));
  }

  get entropy(): string {
    const { on } = this;
    const shares = on.neg(on.mul(this.#masses, on.log(on.most(this.#masses, 1e-300))));
    const rest = this.#rest;
    const ofRest = on.where(on.greater(rest, LEAST), on.mul(rest, on.log(on.most(rest, LEAST))), 0);
    return on.sub(on.sum(shares), ofRest);
  }

  /** ln of the top option's mass over the rest of the mass. */
  get topLogit(): string {
    const { on } = this;
    const others = on.add(on.sum(on.slice(this.#masses, 1)), this.#rest);
    return on.sub(on.log(on.most(this.top, LEAST)), on.log(on.most(others, LEAST)));
  }
}

/** The signals of features/choices/ that need no text, [n, 1] each. */
export const choiceSignals: readonly { name: string; emit(choices: ChoiceNodes): string }[] = [
  { name: 'choices.count', emit: ({ n }) => n },
  { name: 'choices.top', emit: ({ top }) => top },
  { name: 'choices.top.logit', emit: ({ topLogit }) => topLogit },
  { name: 'choices.margin', emit: ({ margin }) => margin },
  { name: 'choices.entropy', emit: ({ entropy }) => entropy },
];
