/** A number found in a text, and how it was written. */
export interface FoundNumber extends Reading {
  percent: boolean;
  /** ±5: two numbers, and never 5. */
  plusMinus: boolean;
  /** Where it begins and ends in the text. */
  at: number;
  end: number;
  /** Which of the units that differ (`units.ts`) it has. */
  unit?: number;
  /** What 1.234 or 1,234 is where decimals stand behind a comma. */
  elsewhere?: Reading;
}

/** A number as it may be read. */
export interface Reading {
  value: number;
  /** Digits after the point as written; Infinity for a fraction. */
  decimals: number;
}
