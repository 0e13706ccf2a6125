import { Presets, SingleBar } from 'cli-progress';

/**
 * Progress display for long work: on a terminal a bar with rate and time left, in a pipe one plain line every few
 * seconds.
 */
export interface Progress {
  /** Adds `n` units of work done. */
  add(n: number): void;
  /** Sets the units done, and the total once it is known. */
  set(done: number, total?: number): void;
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
  const display = { label, unit, stream, total };
  return stream.isTTY ? bar(display) : lines(display, every);
}

interface Display {
  label: string;
  unit: string;
  stream: NodeJS.WriteStream;
  /** Units of work in all; 0 if unknown. */
  total: number;
}

function bar({ label, unit, stream, total }: Display): Progress {
  const started = performance.now();
  const format = `${label} {bar} {percentage}% {value}/{total} ${unit} {rate}/s, {left} left`;
  const display = new SingleBar(
    { format, stream, hideCursor: true, clearOnComplete: false, fps: 5 },
    Presets.shades_grey,
  );
  let count = 0;
  let end = total;
  display.start(end, 0, { rate: '-', left: '-' });
  const show = () => display.update(Math.min(count, end || count), status(count, end, started));
  return {
    add: (n) => {
      count += n;
      show();
    },
    set: (value, newTotal) => {
      count = value;
      if (newTotal !== undefined) {
        end = newTotal;
        display.setTotal(newTotal);
      }
      show();
    },
    done: (note) => {
      if (!end) display.setTotal(count);
      show();
      display.stop();
      if (note) stream.write(`${note}\n`);
    },
  };
}

/** `every`: seconds between plain lines. */
function lines({ label, unit, stream, total }: Display, every: number): Progress {
  const started = performance.now();
  let last = started;
  let count = 0;
  let end = total;
  const line = () => {
    const { rate, left } = status(count, end, started);
    const of = end ? `/${end}` : '';
    stream.write(`${label}: ${count}${of} ${unit}, ${rate}/s${end ? `, ${left} left` : ''}\n`);
  };
  const tick = () => {
    const now = performance.now();
    if (now - last < every * 1000) return;
    last = now;
    line();
  };
  return {
    add: (n) => {
      count += n;
      tick();
    },
    set: (value, newTotal) => {
      count = value;
      end = newTotal ?? end;
      tick();
    },
    done: (note) => {
      line();
      if (note) stream.write(`${note}\n`);
    },
  };
}

function status(count: number, total: number, started: number): { rate: string; left: string } {
  const seconds = (performance.now() - started) / 1000;
  const rate = count / Math.max(seconds, 1e-9);
  const left = total > count && rate > 0 ? (total - count) / rate : 0;
  return { rate: rate >= 100 ? rate.toFixed(0) : rate.toPrecision(3), left: clock(left) };
}

function clock(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m${String(s % 60).padStart(2, '0')}s`;
  return `${Math.floor(s / 3600)}h${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}m`;
}
