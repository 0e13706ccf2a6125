import { random } from '../../support/random.js';
import type { OpenBackend } from '../../train/backend/ladder.js';
import { fitMember } from '../../train/learn/networks/loop.js';
import { type Case, drawnRows } from './cases.js';

/** How fast one case ran on one backend. */
export interface Timed {
  name: string;
  rows: number;
  /** Rows that went through the training loop per second of wall time: the median of the runs. */
  rowsPerSecond: number;
  /** The loss after the fit, to see that the backends compute the same. */
  loss: number;
}

/**
 * Times the training loop of vouch: one run to warm up (kernels are compiled and loaded), then runs until `seconds` are
 * over, at least two.
 */
export async function timed({ tf }: OpenBackend, one: Case, seconds: number): Promise<Timed> {
  const fitRows = drawnRows(one);
  const watch = { x: fitRows.x.subarray(0, 32 * one.architecture.inputs), y: fitRows.y.subarray(0, 32) };
  const once = () =>
    fitMember({
      tf,
      architecture: one.architecture,
      fitRows,
      watch: { ...watch, w: fitRows.w.subarray(0, 32) },
      options: one.loop,
      random: random('fit'),
    });
  const { loss } = await once();
  const speeds: number[] = [];
  const until = performance.now() + 1000 * seconds;
  while (speeds.length < 2 || performance.now() < until) {
    const began = performance.now();
    const { rows } = await once();
    speeds.push((1000 * rows) / (performance.now() - began));
  }
  speeds.sort((a, b) => a - b);
  return { name: one.name, rows: one.rows, rowsPerSecond: speeds[speeds.length >> 1], loss };
}
