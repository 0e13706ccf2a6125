import { thousands } from '../words/thousands.js';

/** How far a piece of work is. */
export interface Pace {
  label: string;
  /** What is counted, for example `rows`. */
  unit: string;
  done: number;
  /** Units in all; 0 if unknown. */
  total: number;
  ended: boolean;
}

/** How fast it is. */
interface Speed {
  /** Seconds since it began. */
  seconds: number;
  /** Units per second; 0 before the first one is done, and for steps. */
  rate: number;
  /** Seconds left at this rate; null if the total or the rate is not known, or too little is done to tell. */
  left: number | null;
}

/** Fewer units than this say too little about the time left. */
const ENOUGH = 4;

/** Rate and time left after some milliseconds of work. Steps are not alike, so they have neither. */
export function paceOf({ done, total, unit }: Pick<Pace, 'done' | 'total' | 'unit'>, milliseconds: number): Speed {
  const seconds = milliseconds / 1000;
  const rate = done === 0 || unit === 'steps' ? 0 : done / Math.max(seconds, 1e-3);
  const isKnown = total > 0 && rate > 0 && done >= ENOUGH;
  return { seconds, rate, left: isKnown ? Math.max(0, total - done) / rate : null };
}

/**
 * One line about it: `train: 12/61 fits (19%), 1.45/s, about 34s left`. Without a total: `read: 1,200 answers, 900/s`.
 * At the end: `train: 61 fits in 42s, 1.45/s`.
 */
export function paceText({ label, unit, done, total, ended }: Pace, { seconds, rate, left }: Speed): string {
  const count = thousands(done);
  const speed = rate === 0 ? '' : `, ${rate >= 100 ? thousands(rate) : rate.toPrecision(3)}/s`;
  if (ended) return `${label}: ${count} ${unit} in ${clock(seconds)}${speed}`;
  if (total === 0) return `${label}: ${count} ${unit}${speed}`;
  const percent = Math.floor((100 * done) / total);
  const rest = left === null ? '' : `, about ${clock(left)} left`;
  return `${label}: ${count}/${thousands(total)} ${unit} (${percent}%)${speed}${rest}`;
}

function clock(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m${String(s % 60).padStart(2, '0')}s`;
  return `${Math.floor(s / 3600)}h${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}m`;
}
