import { labelBelow } from '../../report/axes.js';
import type { Period } from '../read/period.js';
import { dateOf } from '../read/period.js';

/** The axis of time of a period, in UTC. */
export function timeAxis({ from, to, days }: Period) {
  return {
    type: 'utc' as const,
    domain: [dateOf(from), dateOf(to)],
    ticks: days === 1 ? 6 : 5,
    label: 'time (UTC)',
    ...labelBelow,
  };
}

/** The middle of a step that begins at this hour, within the period. */
export function middleOf({ to, step }: Pick<Period, 'to' | 'step'>, hour: number): Date {
  return dateOf((hour + Math.min(to, hour + step)) / 2);
}

/** The beginning of a step as people read it: `2026-01-05`, with the hour if steps are shorter than a day. */
export function stepWords(at: Date, { step }: Pick<Period, 'step'>): string {
  const text = at.toISOString();
  return step < 24 ? `${text.slice(0, 10)} ${text.slice(11, 16)}` : text.slice(0, 10);
}
