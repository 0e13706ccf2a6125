/** Seconds per step, for reports. Nothing else uses these numbers. */
interface Stopwatch {
  /** Ends the current step under this name and starts the next one. */
  lap(name: string): void;
  seconds: Record<string, number>;
}

export function stopwatch(): Stopwatch {
  const seconds: Record<string, number> = {};
  let last = performance.now();
  return {
    seconds,
    lap: (name) => {
      const now = performance.now();
      seconds[name] = Math.round(now - last) / 1000;
      last = now;
    },
  };
}
