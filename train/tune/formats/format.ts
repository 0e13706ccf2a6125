import type { Example, TunePart } from '../results.js';

/** A file format of fine-tuning sets: one JSON line per row, and files that go with them. */
export interface RowFormat {
  /** The fields of a row. */
  row(example: Example): Record<string, unknown>;
  /** Further files by name. `parts`: those with rows. */
  files?(facts: FormatFacts): Record<string, string>;
}

/** What further files need to know. */
export interface FormatFacts {
  /** Whether rows are pairs. */
  isPairs: boolean;
  /** The model to tune. */
  baseModel: string;
  parts: readonly TunePart[];
  seed: number;
}
