/**
 * The longest piece of work of this process between two passes of its event loop, in milliseconds of processor time,
 * and its memory.
 */
export interface Slices {
  longest: number;
  /** Most bytes resident above what was at the start. */
  grown: number;
  stop(): void;
}

/** Watches the event loop. Processor time, not the clock: a busy machine makes no slice longer. */
export function watchSlices(): Slices {
  const base = process.memoryUsage.rss();
  let last = process.cpuUsage();
  let going = true;
  const slices: Slices = { longest: 0, grown: 0, stop: () => (going = false) };
  const tick = () => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    slices.longest = Math.max(slices.longest, (user + system) / 1000);
    slices.grown = Math.max(slices.grown, process.memoryUsage.rss() - base);
    if (going) setImmediate(tick);
  };
  setImmediate(tick);
  return slices;
}
