import { peers } from './peers.js';
import type { Row } from './table.js';

/**
 * The bars of log-loss: against every single peer (upper end), against the best four together (mean), at few labels
 * (mean).
 */
const SINGLE = 0.005;
const TOGETHER = 0.002;
export const FEW_LABELS = 0.003;

/** The predictor with extra signals. It must be better than the best four, not only as good. */
const WITH_EXTRAS = 'ours+';

export interface Bar {
  says: string;
  met: boolean;
}

/** Whether `own` meets the bars against single peers and against the mean of the best four. */
export function barsOf(own: string, peers: Row[], together: Row | undefined): Bar[] {
  const bars: Bar[] = [];
  const upper = (row: Row) => row.difference[own].high ?? Number.POSITIVE_INFINITY;
  const failed = peers.filter((row) => upper(row) > SINGLE);
  if (peers.length > 0) {
    const worst = peers.reduce((a, b) => (upper(b) > upper(a) ? b : a));
    const missed = failed.length === 0 ? '' : `; above it against ${failed.map(({ name }) => name).join(', ')}`;
    bars.push({
      says: `${own}: upper end at most +${SINGLE} against every single peer: most is ${signed(upper(worst))}${missed}`,
      met: failed.length === 0,
    });
  }
  if (together !== undefined) {
    const mean = together.difference[own].value ?? Number.POSITIVE_INFINITY;
    const isExtra = own === WITH_EXTRAS;
    bars.push({
      says: `${own}: mean against the best four ${isExtra ? 'below 0' : `at most +${TOGETHER}`}: ${signed(mean)}`,
      met: isExtra ? mean < 0 : mean <= TOGETHER,
    });
  }
  return bars;
}

/** A peer that could not run counts as a bar that was not met. */
export function failedBar(peer: string): Bar {
  return { says: `${peers[peer]} failed and is left out`, met: false };
}

export function printBars(bars: Bar[]): void {
  console.log('');
  for (const { says, met } of bars) console.log(`- ${met ? 'met' : 'NOT MET'}: ${says}`);
}

export function signed(x: number): string {
  return `${x >= 0 ? '+' : ''}${x.toFixed(4)}`;
}
