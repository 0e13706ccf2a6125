const waiting: (() => void)[] = [];

/**
 * Resolves at a later pass of the event loop. Each pass serves one waiter, in order: many long works together hold others up no
 * longer than one of them does.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
