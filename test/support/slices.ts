import { readFileSync } from 'node:fs';

/**
 * The longest piece of work of the event loop's thread between two of its passes, in milliseconds of processor time,
 * and the memory of the process.
 */
export interface Slices {
  longest: number;
  /** Most bytes resident above what was at the start. */
  grown: number;
  stop(): void;
}

/** Watches the event loop. Processor time, not the clock: a busy machine makes no slice longer. What other threads do does not count. */
export function watchSlices(): Slices {
  const base = process.memoryUsage.rss();
  let last = ownTime();
  let going = true;
  const slices: Slices = { longest: 0, grown: 0, stop: () => (going = false) };
  const tick = () => {
    const now = ownTime();
    slices.longest = Math.max(slices.longest, now - last);
    slices.grown = Math.max(slices.grown, process.memoryUsage.rss() - base);
    last = ownTime();
    if (going) setImmediate(tick);
  };
  setImmediate(tick);
  return slices;
}

/** Milliseconds of processor time of this thread; of the process where the system does not tell. */
function ownTime(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ', 1)[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}
