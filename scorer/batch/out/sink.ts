import type { Mark } from '../resume/journal.js';
import type { Place } from '../resume/place.js';
import type { Tally } from '../tally.js';
import type { BadRow } from './bad-row.js';
import type { Part } from './format.js';

/** Where scores and bad lines go. */
export interface Sink {
  /** The last mark of an earlier run that this run continues. */
  readonly from?: Mark;
  /** When the run began: that of an earlier run that this run continues. */
  readonly started?: string;
  /** Adds the rows of one block; returns false if nobody reads them any more. */
  add(part: Part, bad: BadRow[]): Promise<boolean>;
  /** Puts everything added so far safely on disk. Call it only at points that depend on nothing but the rows. */
  mark(place: Place, tally: Tally): Promise<void>;
  /** Completes the output and gives it its final name. */
  finish(place: Place, tally: Tally): Promise<void>;
  /** Ends a run that had no good line: publishes the bad lines, and no output. */
  finishEmpty(): Promise<void>;
  /** Cleans up after an error and returns it, with a hint if the run can be resumed. */
  abandon(error: unknown): Promise<unknown>;
}
