/** A period that a page shows, divided into steps. Hours since 1970 (UTC). */
export interface Period {
  days: number;
  from: number;
  to: number;
  /** Hours of one step. */
  step: number;
  /** The counts that are read: by hour or by day. */
  span: 1 | 24;
}

/** Days to choose from, with the hours of a step: a chart has at most about 60 points. */
const STEPS: readonly (readonly [days: number, hours: number])[] = [
  [1, 1],
  [7, 6],
  [30, 24],
  [90, 72],
  [365, 168],
];

export const PERIODS: readonly number[] = STEPS.map(([days]) => days);
const USUAL = 30;

/** The period in the query of an address, up to `now` (ms); 30 days if it names none that there is. */
export function periodOf(given: string | undefined, now: number): Period {
  const [days, step] = STEPS.find(([days]) => String(days) === given) ?? STEPS.find(([days]) => days === USUAL)!;
  const to = Math.floor(now / 3_600_000) + 1;
  // counts of days begin at midnight, so steps do too
  const from = Math.floor((to - 24 * days) / step) * step;
  return { days, from, to, step, span: step % 24 === 0 ? 24 : 1 };
}

/** The same period in at most so many steps, each of several of its steps. */
export function inSteps(period: Period, most: number): Period {
  const factor = Math.ceil((period.to - period.from) / period.step / most);
  return { ...period, step: period.step * factor };
}

/** The step of a period in which an hour is, by its first hour. */
export function stepAt({ from, step }: Period, hour: number): number {
  return from + Math.floor((hour - from) / step) * step;
}

/** The beginning of each step, as a date. */
export function stepsOf({ from, to, step }: Period): Date[] {
  const steps: Date[] = [];
  for (let at = from; at < to; at += step) steps.push(dateOf(at));
  return steps;
}

export function dateOf(hour: number): Date {
  return new Date(hour * 3_600_000);
}

/** `the last 30 days`. */
export function periodWords({ days }: Pick<Period, 'days'>): string {
  return days === 1 ? 'the last 24 hours' : `the last ${days} days`;
}
