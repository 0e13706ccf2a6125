import type { Whole } from '../whole.js';
import type { VouchField } from './vouch-field.js';

/** An answer as the client gets it. */
export interface Acted {
  whole: Whole;
  field: VouchField;
  replaced: Map<number, string>;
  /** A text that replaces the whole response, if it is unclear which part of it is the answer; null: it stays. */
  instead: string | null;
}
