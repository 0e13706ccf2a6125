import { turn } from './turn.js';

/** Milliseconds of work between two passes of the event loop. */
const SLICE = 6;

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
