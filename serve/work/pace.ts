import { lastTurn, turn } from './turn.js';

/**
 * Milliseconds of work between two passes of the event loop. A request that arrives meanwhile waits for a slice at each step of its way,
 * so it waits this long several times.
 */
const SLICE = 2;

/**
 * Between the rounds of a loop: waits for its turn once a slice of work is over; null while it is not. A turn counts for all works that
 * go on in it: of loops that feed each other, each would else wait for a turn while the slice of the next one runs out, every round.
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
