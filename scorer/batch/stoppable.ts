import { interrupted } from './errors.js';

/** Yields the same items until `stop` fires, then throws INTERRUPTED at once, even while it waits for the next item. */
export async function* stoppable<T>(items: AsyncGenerator<T>, stop: AbortSignal): AsyncGenerator<T> {
  try {
    for (;;) {
      const step = await unlessStopped(items.next(), stop);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    items.return(undefined).catch(() => {}); // not awaited: it may hang on the same wait
  }
}

/** The value of `next`; INTERRUPTED if `stop` fires first. */
export function unlessStopped<T>(next: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const halt = () => reject(interrupted());
    if (stop.aborted) halt();
    stop.addEventListener('abort', halt, { once: true });
    next.then(resolve, reject).finally(() => stop.removeEventListener('abort', halt));
  });
}
