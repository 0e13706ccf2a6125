import { sameShares } from './drift/category-drift.js';

/** Accepted questions by what users said of them. */
export interface FeedbackCounts {
  none: number;
  right: number;
  wrong: number;
}

/** What users' feedback shows. It may be biased: who gives feedback, and when, depends on the answer. */
export interface FeedbackStanding {
  now: FeedbackCounts;
  before: FeedbackCounts;
  /** Share of accepted questions reported wrong, now and before; null without questions. */
  reported: [before: number | null, now: number | null];
  /** p-value of "the same shares of no feedback, right and wrong as in all earlier runs"; null in the first run. */
  pvalue: number | null;
  alarm: boolean;
}

/** Adds up what users said of accepted questions; a question counts once, in parts if its answers differ. */
export function feedbackCounts(questions: readonly (readonly (number | null)[])[]): FeedbackCounts {
  const counts = { none: 0, right: 0, wrong: 0 };
  for (const labels of questions) {
    for (const label of labels) {
      if (label === null) counts.none += 1 / labels.length;
      else {
        counts.right += label / labels.length;
        counts.wrong += (1 - label) / labels.length;
      }
    }
  }
  return counts;
}

/** The same with feedback on questions of earlier runs, which takes the place of questions without feedback. */
export function withLater(now: FeedbackCounts, later: FeedbackCounts): FeedbackCounts {
  const right = now.right + later.right;
  const wrong = now.wrong + later.wrong;
  return { none: Math.max(0, now.none - later.right - later.wrong), right, wrong };
}

/** This run against all earlier ones, by a chi-square test; the alarm needs more reports of errors than before. */
export function feedbackStanding(before: FeedbackCounts, now: FeedbackCounts, level: number): FeedbackStanding {
  const all = (counts: FeedbackCounts) => counts.none + counts.right + counts.wrong;
  const sizes = { before: all(before), now: all(now) };
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const reported: FeedbackStanding['reported'] = [share(before.wrong, sizes.before), share(now.wrong, sizes.now)];
  if (sizes.before === 0 || sizes.now === 0) return { now, before, reported, pvalue: null, alarm: false };
  const shares = (counts: FeedbackCounts) =>
    [counts.none, counts.right, counts.wrong].map((part) => part / all(counts));
  const pvalue = sameShares(shares(before), shares(now), sizes);
  return { now, before, reported, pvalue, alarm: pvalue <= level && reported[1]! > reported[0]! };
}
