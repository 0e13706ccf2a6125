import type { Manifest } from '../models/bundle/manifest.js';

export type Decision = 'accept' | 'abstain' | 'escalate' | null;

/** Why there is no decision. */
export type NoDecision =
  | 'no answer'
  | 'no probability'
  | 'unseen task'
  | 'shifted'
  | 'unknown pattern'
  | 'uncertified pattern'
  | 'unknown slice'
  | 'uncertified slice';

/** What a decision is made from. */
export interface Asked {
  pattern: string;
  probability: number;
  /** The slice of the row, where decisions go by slice; else null. */
  slice?: string | null;
  /** The row is too unlike the answers trained on for a promise to cover it. */
  shifted?: boolean;
  /** Its task is none that was trained on. */
  unseenTask?: boolean;
}

export interface Decided {
  decision: Decision;
  /** Set exactly where the decision is null. */
  why: NoDecision | null;
}

const decided = (decision: Decision, why: NoDecision | null = null): Decided => Object.freeze({ decision, why });
const accept = decided('accept');
const abstain = decided('abstain');
const escalate = decided('escalate');

/**
 * The rule of a bundle: `accept` at or above the certified threshold of the row's pattern of signals (and slice, where
 * decisions go by slice), `abstain` below it, or `escalate` where the cost table makes that cheaper. Null, with the reason,
 * where no promise covers the row: its task or its signals are unlike those trained on, or nothing is certified for it.
 */
export function decider({ thresholds, decisions }: Pick<Manifest, 'thresholds' | 'decisions'>) {
  const bySlice = decisions?.by === 'slice';
  const escalateFrom = decisions?.cuts?.escalate ?? Infinity;
  const patterns = new Set(thresholds.map(({ pattern }) => pattern));
  const certified = new Map<string, number | null>();
  for (const { pattern, slice, threshold } of thresholds) certified.set(keyOf(pattern, slice), threshold);
  const none = bySlice ? decided(null, 'uncertified slice') : decided(null, 'uncertified pattern');
  const unknownSlice = decided(null, 'unknown slice');
  const unknownPattern = decided(null, 'unknown pattern');
  const shiftedAway = decided(null, 'shifted');
  const unseen = decided(null, 'unseen task');
  const impossible = decided(null, 'no probability');

  return ({ pattern, probability, slice, shifted = false, unseenTask = false }: Asked): Decided => {
    if (!(probability >= 0)) return impossible;
    if (unseenTask) return unseen;
    if (shifted) return shiftedAway;
    const threshold = certified.get(keyOf(pattern, bySlice ? slice : null));
    if (threshold === undefined) return patterns.has(pattern) ? unknownSlice : unknownPattern;
    if (threshold === null) return none;
    if (probability >= threshold) return accept;
    return probability >= escalateFrom ? escalate : abstain;
  };
}

function keyOf(pattern: string, slice: string | null | undefined): string {
  return slice == null ? pattern : `${pattern}\n${slice}`;
}
