import { wilson } from './wilson.js';

/** Sums over the rows behind a weighted share, and over their questions. */
interface ShareSums {
  /** Σ w and Σ w·y over rows. */
  weight: number;
  hit: number;
  /** Σ w² over rows. */
  rowSquares: number;
  /** Over questions, with W = Σ w and Y = Σ w·y of the question: Σ W², Σ Y·W, Σ Y². */
  groupSquares: number;
  cross: number;
  hitSquares: number;
}

/**
 * The effective number of trials behind a share: the number of questions if all rows of a question agree, the number of
 * rows if they do not (a design effect below 1 counts as 1). Source: Kish 1965.
 */
export function effectiveTrials({ weight, hit, rowSquares, groupSquares, cross, hitSquares }: ShareSums): number {
  const share = hit / weight;
  const clustered = (hitSquares - 2 * share * cross + share * share * groupSquares) / weight ** 2;
  // All rows agree: what is left of the difference is rounding.
  const agree = share * (1 - share) < 1e-12 || clustered <= 1e-12 / (weight ** 2 / groupSquares);
  return agree ? weight ** 2 / groupSquares : Math.min(weight ** 2 / rowSquares, (share * (1 - share)) / clustered);
}

/** How many rows count as one trial (at least 1), because rows of one question are alike. */
export function designEffect(sums: ShareSums): number {
  return sums.weight ** 2 / sums.rowSquares / effectiveTrials(sums);
}

/** The Wilson interval of a share with the effective number of trials. */
export function shareInterval(sums: ShareSums, level: number): { low: number; high: number } {
  return wilson(sums.hit / sums.weight, effectiveTrials(sums), level);
}

/** Adds up the sums row by row; `group` is a number from 0 to `groups` − 1. */
export class ShareCounter implements ShareSums {
  weight = 0;
  hit = 0;
  rowSquares = 0;
  groupSquares = 0;
  cross = 0;
  hitSquares = 0;
  readonly #weightOf: Float64Array;
  readonly #hitOf: Float64Array;

  constructor(groups: number) {
    this.#weightOf = new Float64Array(groups);
    this.#hitOf = new Float64Array(groups);
  }

  add(group: number, weight: number, hit: number): void {
    const [w, h] = [this.#weightOf[group], this.#hitOf[group]];
    this.weight += weight;
    this.hit += hit;
    this.rowSquares += weight * weight;
    this.groupSquares += weight * (2 * w + weight);
    this.cross += h * weight + w * hit + hit * weight;
    this.hitSquares += hit * (2 * h + hit);
    this.#weightOf[group] = w + weight;
    this.#hitOf[group] = h + hit;
  }
}
