import type { Threshold } from '../models/bundle/manifest.js';

export type Decision = 'accept' | 'abstain' | 'escalate' | null;

/**
 * The decision for a probability: `accept` at or above the certified threshold of the row's pattern of signals, `abstain`
 * below it, null where no threshold is certified for that pattern.
 */
export function decider(thresholds: Threshold[]): (pattern: string, probability: number) => Decision {
  const certified = new Map<string, number>();
  for (const { pattern, threshold } of thresholds) if (threshold !== null) certified.set(pattern, threshold);
  return (pattern, probability) => {
    const threshold = certified.get(pattern);
    if (threshold === undefined || !(probability >= 0)) return null;
    return probability >= threshold ? 'accept' : 'abstain';
  };
}
