import { lastTurn, turn } from './turn.js';

/**
 * Milliseconds of work between two passes of the event loop. A request that arrives in the meantime waits for a slice
 * at each step of its processing, so it waits for several slices.
 */
const SLICE = 0.5;

/**
 * For use between the rounds of a loop: returns a promise of its turn once a slice of work is over, and null before
 * that. A turn counts for all work that runs in it. Otherwise, of loops that feed each other, each would wait for a
 * turn while the slice of the next one runs out, in every round.
 */
export function newPace(): () => Promise<void> | null {
  let until = performance.now() + SLICE;
  return () => {
    const now = performance.now();
    if (now < until) return null;
    until = lastTurn() + SLICE;
    if (now < until) return null;
    return turn().then(() => {
      until = performance.now() + SLICE;
    });
  };
}
