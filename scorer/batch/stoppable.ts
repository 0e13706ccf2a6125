import { interrupted } from './errors.js';

/** The same items until `stop` fires, then INTERRUPTED at once, even while the next item is being waited for. */
export async function* stoppable<T>(items: AsyncGenerator<T>, stop: AbortSignal): AsyncGenerator<T> {
  try {
    for (;;) {
      const step = await unlessStopped(items.next(), stop);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    items.return(undefined).catch(() => {}); // not awaited: it may hang with what is being waited for
  }
}

/** What `next` gives, unless `stop` fires before: INTERRUPTED. */
export function unlessStopped<T>(next: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const halt = () => reject(interrupted());
    if (stop.aborted) halt();
    stop.addEventListener('abort', halt, { once: true });
    next.then(resolve, reject).finally(() => stop.removeEventListener('abort', halt));
  });
}
