import type { Source } from './world.js';

/** The share of the questions that each source answers in a week. */
export type Mix = Readonly<Record<Source, number>>;

/** What happens in a simulated year. Everything was fixed before any result of the measured seeds was seen. */
export const script = {
  /** Questions that train the first version, each with the answer of the first model. */
  training: 500,
  /** The promise: at most this share of errors among accepted answers, with this confidence. */
  targetError: 0.1,
  confidence: 0.95,
  weeks: 52,
  /** Questions per week, each with one answer. */
  perWeek: 250,
  /**
   * How many of them the queue draws, on average. The same number in every week: the labels of a week together stand for
   * its answers, so a week with few labels would outweigh the others.
   */
  queue: 65,
  /** The smallest chance of a draw; docs/recalibrate.md advises a larger one than the default. */
  leastChance: 0.25,
  /** The first week of month 5, with the second model, and of month 9, with the new task. */
  changes: [17, 35],
  /** From an alarm on, so many labels of the queue are collected before `recalibrate` runs. */
  labels: 230,
  /** After a recalibration that did not ship, so many more. */
  more: 120,
  /** Calibration is measured with the version that is in service when so many labels have come since a change. */
  within: 300,
} as const;

const MIXES: readonly Mix[] = [
  { first: 1, second: 0, task: 0 },
  { first: 0.5, second: 0.5, task: 0 },
  { first: 1 / 3, second: 1 / 3, task: 1 / 3 },
];

/** How often something has changed before this week. */
export function phaseOf(week: number): number {
  return script.changes.filter((change) => week >= change).length;
}

export function mixAt(week: number): Mix {
  return MIXES[phaseOf(week)];
}

/** A year in which nothing changes. */
export const quietMix: Mix = MIXES[0];

/** Shifts of several sizes, by who takes which share of the questions, from this week on. */
export const shifts = {
  week: 13,
  mixes: [
    ...[0.1, 0.25, 0.5, 1].map((second): Mix => ({ first: 1 - second, second, task: 0 })),
    ...[0.05, 0.1, 0.2, 0.4].map((task): Mix => ({ first: 1 - task, second: 0, task })),
  ],
} as const;
