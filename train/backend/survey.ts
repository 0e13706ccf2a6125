import * as tf from '@tensorflow/tfjs-core';
import { rungs } from './ladder.js';
import type { BackendName, RungOptions } from './rung.js';

/** The result of trying one rung on this machine. */
interface Surveyed {
  name: BackendName;
  works: boolean;
  /** What it runs on, or why it does not. */
  says: string;
  remedy: string;
}

/** Tries every rung and multiplies two matrices on each that opens. `auto` would take the first that works. */
export async function surveyBackends(options: RungOptions = {}): Promise<Surveyed[]> {
  const found: Surveyed[] = [];
  for (const { name, remedy, open } of rungs) {
    const tried = await open(tf, options);
    if (!tried.open) found.push({ name, works: false, says: tried.why, remedy });
    else {
      const works = await computes();
      found.push({ name, works, says: works ? tried.what : `${tried.what}, but it computes wrongly`, remedy });
    }
  }
  return found;
}

async function computes(): Promise<boolean> {
  const of = (...values: number[]) => tf.tensor2d(values, [2, 2]);
  const product = tf.tidy(() => tf.matMul(of(1, 2, 3, 4), of(5, 6, 7, 8))); // [2, 2]
  const values = await product.data();
  product.dispose();
  return Array.from(values).join() === '19,22,43,50';
}
