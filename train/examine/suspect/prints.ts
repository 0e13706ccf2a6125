import type { Answer } from '../../../data/token-list.js';
import { type Fingerprint, fingerprinter, HASHES, MARKS, SKETCH } from './fingerprint.js';

/** The fingerprints of all rows, one after another: 100 bytes per row. */
export interface Prints extends Fingerprint {
  n: number;
}

/** Gathers fingerprints in arrays that double when they are full. */
export function printCollector(): { add(record: Answer): void; finish(): Prints } {
  const printOf = fingerprinter();
  let room = 1024;
  let n = 0;
  let all = {
    hashes: new Float64Array(room * HASHES),
    marks: new Int32Array(room * MARKS),
    sketch: new Uint8Array(room * SKETCH),
  };
  const add = (record: Answer): void => {
    if (n === room) {
      room *= 2;
      all = {
        hashes: twice(all.hashes, Float64Array),
        marks: twice(all.marks, Int32Array),
        sketch: twice(all.sketch, Uint8Array),
      };
    }
    const { hashes, marks, sketch } = printOf(record);
    all.hashes.set(hashes, n * HASHES);
    all.marks.set(marks, n * MARKS);
    all.sketch.set(sketch, n * SKETCH);
    n++;
  };
  const finish = (): Prints => ({
    n,
    hashes: all.hashes.slice(0, n * HASHES),
    marks: all.marks.slice(0, n * MARKS),
    sketch: all.sketch.slice(0, n * SKETCH),
  });
  return { add, finish };
}

function twice<T extends { length: number; set(from: T): void }>(values: T, make: new (length: number) => T): T {
  const wider = new make(values.length * 2);
  wider.set(values);
  return wider;
}
