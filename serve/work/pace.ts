import { turn } from './turn.js';

/** Milliseconds of work between two passes of the event loop: what arrives meanwhile waits so long a few times, once for each step of its way. */
const SLICE = 2;

/** Between the rounds of a loop: waits for its turn once a slice of work is over; null while it is not. */
export function newPace(): () => Promise<void> | null {
  let until = performance.now() + SLICE;
  return () => {
    if (performance.now() < until) return null;
    return turn().then(() => {
      until = performance.now() + SLICE;
    });
  };
}
