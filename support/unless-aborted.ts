import { VouchError } from './errors.js';

/** Goes on unless `signal` has fired. Error: INTERRUPTED, with the signal's reason as its cause. */
export function unlessAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal);
}

/** What `work` gives, unless `signal` fires before: then INTERRUPTED at once. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  work.catch(() => {}); // it is reported here, or of no interest any more
  unlessAborted(signal);
  let halt = () => {};
  const stopped = new Promise<never>((_, reject) => {
    halt = () => reject(aborted(signal));
    signal.addEventListener('abort', halt, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', halt);
  }
}

function aborted(signal: AbortSignal): VouchError {
  return new VouchError('INTERRUPTED', 'the run was stopped', { cause: signal.reason });
}
