import { sourceKind } from '../../data/label-sources.js';
import type { Label } from '../../data/record.js';

/** Who rated which answers: entry t is the mean label `value[t]` that rater `rater[t]` gave to row `row[t]`. */
export interface Ratings {
  names: string[];
  isPerson: boolean[];
  row: Int32Array;
  rater: Int32Array;
  value: Float64Array;
}

/** The name of people who are not told apart. */
const PEOPLE = 'people';

/** Collects the labels of answers by who gave them. Labels of unknown source without a rater belong to nobody. */
export class RatingCollector {
  readonly #numbers = new Map<string, number>();
  readonly #isPerson: boolean[] = [];
  readonly #row: number[] = [];
  readonly #rater: number[] = [];
  readonly #value: number[] = [];

  add(row: number, labels: readonly Label[]): void {
    const given = new Map<number, number[]>();
    for (const label of labels) {
      const rater = this.#numberOf(label);
      if (rater === null) continue;
      const values = given.get(rater) ?? [];
      values.push(label.value);
      given.set(rater, values);
    }
    for (const [rater, values] of given) {
      this.#row.push(row);
      this.#rater.push(rater);
      this.#value.push(values.reduce((sum, value) => sum + value, 0) / values.length);
    }
  }

  finish(): Ratings {
    return {
      names: [...this.#numbers.keys()],
      isPerson: this.#isPerson,
      row: Int32Array.from(this.#row),
      rater: Int32Array.from(this.#rater),
      value: Float64Array.from(this.#value),
    };
  }

  #numberOf({ source, rater }: Label): number | null {
    const kind = sourceKind(source);
    const name = rater ?? (kind === 'other' ? source : kind === 'human' ? personIn(source) : null);
    if (name == null) return null;
    let number = this.#numbers.get(name);
    if (number === undefined) {
      this.#numbers.set(name, (number = this.#numbers.size));
      this.#isPerson.push(kind === 'human');
    }
    return number;
  }
}

/** NAME of the source `human:NAME`; else people in general. */
function personIn(source: string | null | undefined): string {
  return /^\s*human:\s*(\S.*)$/i.exec(source ?? '')?.[1].trim() ?? PEOPLE;
}
