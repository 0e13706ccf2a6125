const waiting: (() => void)[] = [];
let served = Number.NEGATIVE_INFINITY;

/**
 * Resolves at a later pass of the event loop. Each pass serves one waiter, in order. So many long pieces of work delay
 * other requests no more than a single one does.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

/** When the last waiter was served, by `performance.now()`. */
export function lastTurn(): number {
  return served;
}

function next(): void {
  served = performance.now();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
