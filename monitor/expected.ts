import { normalQuantile } from '../metrics/special/normal.js';

/** A share expected from calibrated probabilities. The limits hold only if calibration is unchanged. */
export interface Expected {
  value: number;
  low: number;
  high: number;
  answers: number;
  questions: number;
}

interface Given {
  /** The expected value of each answer, a probability. */
  expected: ArrayLike<number>;
  question: ArrayLike<number>;
  /** 1 if the answers are only a sample of the questions, so that other questions could have been in it. */
  isSample: boolean;
}

/** Confidence of the limits. */
const LEVEL = 0.95;

/**
 * The share of right answers (or of errors) among these answers, without a label: the mean of the calibrated
 * probabilities. Answers to one question may be right or wrong together, so the variance of a question's sum is at most
 * (Σ √(p(1 − p)))²; the limits use that bound and are rather too wide. In a sample of questions the differences between
 * them add (n/(n−1)) Σ (sum − value · size)² / N². Null without answers. Source: NannyML, "CBPE" (confidence-based
 * performance estimation), which bins and resamples instead.
 */
export function expectedShare({ expected, question, isSample }: Given): Expected | null {
  const n = expected.length;
  if (n === 0) return null;
  const groups = new Map<number, { size: number; sum: number; deviation: number }>();
  for (let i = 0; i < n; i++) {
    const group = groups.get(question[i]) ?? { size: 0, sum: 0, deviation: 0 };
    group.size++;
    group.sum += expected[i];
    group.deviation += Math.sqrt(expected[i] * (1 - expected[i]));
    groups.set(question[i], group);
  }
  const all = [...groups.values()];
  const value = all.reduce((sum, group) => sum + group.sum, 0) / n;
  const within = all.reduce((sum, { deviation }) => sum + deviation ** 2, 0);
  const between = all.reduce((sum, group) => sum + (group.sum - value * group.size) ** 2, 0);
  const correction = all.length > 1 ? all.length / (all.length - 1) : 1;
  const variance = (within + (isSample ? correction * between : 0)) / n ** 2;
  const reach = normalQuantile((1 + LEVEL) / 2) * Math.sqrt(variance);
  return {
    value,
    low: Math.max(0, value - reach),
    high: Math.min(1, value + reach),
    answers: n,
    questions: all.length,
  };
}
