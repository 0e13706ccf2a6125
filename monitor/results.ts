import type { Drift } from '../scorer/batch/drift.js';
import type { SignalDrift } from './drift/drift.js';
import type { Expected } from './expected.js';
import type { FeedbackStanding } from './feedback.js';
import type { BadSlice } from './promise/slices.js';
import type { Standing } from './promise/standing.js';
import type { ErrorEstimate } from './promise/tally.js';
import type { QueueRow } from './queue/draw.js';
import type { Notice } from './state.js';

/** What one run of the monitor found. */
export interface MonitorResult {
  bundle: string;
  run: number;
  /** Times of the first answer that the state knows of, and of the last. */
  since: string | null;
  until: string | null;
  answers: {
    /** New answers; answers that were skipped, because an earlier run saw them or saw later ones. */
    new: number;
    known: number;
    /** Answers of a store that another bundle scored, or whose content was deleted. */
    leftOut: { otherBundle: number; deleted: number };
    /** Questions looked at, and whether they are a random part of all. */
    questions: number;
    isSample: boolean;
    accepted: number;
  };
  /** Promises, one per certified claim. */
  promises: Standing[];
  /**
   * The same estimate for answers that no claim accepted, and the number of labels that correct it; null if none of them
   * was drawn.
   */
  rest: (ErrorEstimate & { labels: number }) | null;
  slices: BadSlice[];
  /** Null if the bundle does not say how its training answers were distributed. */
  drift: SignalDrift[] | null;
  unseen: Drift;
  /** Without labels: right among all answers, wrong among accepted ones, if calibration is unchanged. */
  expected: { right: Expected | null; wrongAccepted: Expected | null };
  feedback: FeedbackStanding;
  /** Labels of this run: drawn ones that arrived, feedback, and those in the file of labels that were not used. */
  labels: { drawn: number; feedback: number; unused: number };
  queue: QueueRow[];
  /** Alarms that are on, and what is new: alarms that began, and alarms that are over. */
  alerts: Notice[];
  notices: Notice[];
}
