/** A number found in a text, and how it was written. */
export interface FoundNumber extends Reading {
  percent: boolean;
  /** ±5 means two numbers, so it never equals 5. */
  plusMinus: boolean;
  /** Where it begins and ends in the text. */
  at: number;
  end: number;
  /** Index of its unit among those that differ (`units.ts`). */
  unit?: number;
  /** The value of 1.234 or 1,234 in a text with a decimal comma. */
  elsewhere?: Reading;
}

/** One way to read a number. */
export interface Reading {
  value: number;
  /** Digits after the point as written; Infinity for a fraction. */
  decimals: number;
}
