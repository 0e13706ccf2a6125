/** Milliseconds between two lines in the log about the same trouble. */
const SAY_EVERY = 10_000;

/** A function that is true at most once in ten seconds: for log lines about a trouble that lasts. */
export function newSeldom(): () => boolean {
  let saidAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - saidAt < SAY_EVERY) return false;
    saidAt = now;
    return true;
  };
}
