import { Presets, SingleBar } from 'cli-progress';
import { type Pace, paceOf, paceText } from './pace.js';

/**
 * Progress display for long work: on a terminal a bar with rate and time left, in a pipe one plain line every few
 * seconds. Where the total is not known, it shows what is done and the rate, and no percentage.
 */
export interface Progress {
  /** Adds `n` units of work done. */
  add(n: number): void;
  /** Sets the units done, and the total once it is known. */
  set(done: number, total?: number): void;
  /** Raises the total by `n` units, when more work turns out to be needed. */
  expect?(n: number): void;
  /** Ends the display. In a pipe, prints the last line. */
  done(note?: string): void;
}

interface ProgressOptions {
  /** Total units of work, if known. */
  total?: number;
  /** The unit that is counted, for example `rows`. */
  unit?: string;
  /** If true, prints nothing. */
  quiet?: boolean;
  stream?: NodeJS.WriteStream;
  /** Seconds between plain lines in a pipe. */
  every?: number;
}

/** Where work is shown: starts a display for a stage of it. */
export type ShowProgress = (label: string, options?: { unit?: string; total?: number }) => Progress;

/** Shows nothing. */
export const silent: ShowProgress = () => ({ add: () => {}, set: () => {}, done: () => {} });

/** Starts a progress display on stderr. stdout is kept for data. */
export function progress(label: string, options: ProgressOptions = {}): Progress {
  const { unit = 'rows', quiet = false, stream = process.stderr, every = 5, total = 0 } = options;
  if (quiet) return silent(label);
  const pace: Pace = { label, unit, done: 0, total, ended: false };
  return stream.isTTY ? bar(pace, stream) : lines(pace, stream, every);
}

/** Characters of the bar. */
const WIDTH = 30;

function bar(pace: Pace, stream: NodeJS.WriteStream): Progress {
  const started = performance.now();
  const format = () => {
    const text = paceText(pace, paceOf(pace, performance.now() - started));
    if (pace.total === 0) return text; // unknown, or nothing to do
    const filled = Math.floor((WIDTH * pace.done) / pace.total);
    return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${text}`;
  };
  // The library redraws five times a second, so the time left goes on while a long piece of work runs.
  const display = new SingleBar({ format, stream, fps: 5 }, Presets.shades_grey);
  display.start(1, 0);
  return counting(pace, {
    changed: () => display.update(0),
    ended: (note) => {
      display.update(0);
      display.stop();
      if (note) stream.write(`${note}\n`);
    },
  });
}

/** `every`: seconds between plain lines. */
function lines(pace: Pace, stream: NodeJS.WriteStream, every: number): Progress {
  const started = performance.now();
  let last = started;
  const line = (now: number) => stream.write(`${paceText(pace, paceOf(pace, now - started))}\n`);
  return counting(pace, {
    changed: () => {
      const now = performance.now();
      if (now - last < every * 1000) return;
      last = now;
      line(now);
    },
    ended: (note) => {
      line(performance.now());
      if (note) stream.write(`${note}\n`);
    },
  });
}

/** Keeps count, and tells the display of each change. The count never exceeds a known total. */
function counting(pace: Pace, shown: { changed(): void; ended(note?: string): void }): Progress {
  const to = (done: number, total: number) => {
    pace.done = done;
    pace.total = total === 0 ? 0 : Math.max(total, done);
    shown.changed();
  };
  return {
    add: (n) => to(pace.done + n, pace.total),
    set: (done, total) => to(done, total ?? pace.total),
    expect: (n) => to(pace.done, pace.total + n),
    done: (note) => {
      if (pace.total > 0) pace.total = pace.done; // a plan may hold more than was needed
      pace.ended = true;
      shown.ended(note);
    },
  };
}
