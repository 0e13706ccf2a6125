import type { Mark } from '../resume/journal.js';
import type { Place } from '../resume/place.js';
import type { Tally } from '../tally.js';
import type { BadRow } from './bad-row.js';
import type { Part } from './format.js';

/** Where scores and bad lines go. */
export interface Sink {
  /** The last safe point of an earlier run that this one goes on with. */
  readonly from?: Mark;
  /** Takes the rows of one block; false when nobody reads them any more. */
  add(part: Part, bad: BadRow[]): Promise<boolean>;
  /** Makes all that was added safe; to be called at points that depend on the rows alone. */
  mark(place: Place, tally: Tally): Promise<void>;
  /** Ends the output and shows it under its name. */
  finish(place: Place, tally: Tally): Promise<void>;
  /** Ends a run that had no good line: shows the bad lines, and no output. */
  finishEmpty(): Promise<void>;
  /** Cleans up after an error and returns it, with what can be gone on with. */
  abandon(error: unknown): Promise<unknown>;
}
