import type { Vectors } from '../../../features/vectors/collect-vectors.js';
import type { EmbeddingShape } from '../../../features/vectors/embeddings.js';
import { readVector } from '../../../features/vectors/vector-rows.js';
import { inputsOf, type Standardiser, standardise } from '../../../models/embeddings/channel.js';

/** Standard deviations below this count as 0: the number is constant. */
const CONSTANT = 1e-9;

/** Mean and 1 / standard deviation of each number, over the rows that have the vector; 0 if it is constant. */
export function fitStandardiser({ shapes, values }: Vectors, rows: Int32Array): Standardiser {
  const d = shapes.reduce((sum, { size }) => sum + size, 0);
  const centre = new Float32Array(d);
  const slope = new Float32Array(d);
  let first = 0;
  shapes.forEach(({ size }, k) => {
    // sums are of differences from the first vector, so that a constant number has a deviation of exactly 0
    const start = new Float64Array(size);
    const sums = new Float64Array(size);
    const squares = new Float64Array(size);
    const vector = new Float32Array(size);
    let n = 0;
    for (const row of rows) {
      readVector(values[k], size, row, vector);
      if (Number.isNaN(vector[0])) continue;
      if (n++ === 0) start.set(vector);
      for (let j = 0; j < size; j++) {
        const value = vector[j] - start[j];
        sums[j] += value;
        squares[j] += value * value;
      }
    }
    for (let j = 0; j < size && n > 0; j++) {
      const shift = sums[j] / n;
      const mean = start[j] + shift;
      const deviation = Math.sqrt(Math.max(0, squares[j] / n - shift * shift));
      centre[first + j] = mean;
      slope[first + j] = deviation < CONSTANT * Math.max(1, Math.abs(mean)) ? 0 : 1 / deviation;
    }
    first += size;
  });
  return { shapes, centre, slope };
}

/** Reads rows of the sheet as the channel does: standardised numbers, then a flag for each missing vector. */
export interface StandardRows {
  shapes: readonly EmbeddingShape[];
  /** Numbers per row: D and the flags. */
  inputs: number;
  /** Writes a row to `x[at … at + inputs)`. */
  read(row: number, x: Float32Array, at: number): void;
}

/** Standardised rows, read from memory or from the file of the vectors. Memory: one row. */
export function standardRows(standardiser: Standardiser, { shapes, values }: Vectors): StandardRows {
  const own = shapes.map(({ size }) => new Float32Array(size));
  return {
    shapes,
    inputs: inputsOf(standardiser),
    read: (row, x, at) => {
      shapes.forEach(({ size }, k) => {
        readVector(values[k], size, row, own[k]);
      });
      standardise(standardiser, own, 0, x, at);
    },
  };
}

/**
 * Rows as ridge and projection read them: standardised numbers over √D, so that a row has a length of about 1, then a
 * flag for each missing vector.
 */
export interface UnitRows {
  /** Numbers per row: D and the flags. */
  inputs: number;
  /** Factor of each input. */
  scale: Float64Array;
  /** A row of the sheet, until the next one is asked for. */
  row(row: number): Float32Array;
}

/** The most bytes of unit rows that are kept in memory. Otherwise each row is made again whenever it is read. */
const MOST_BYTES = 2 ** 28;

/** Makes the unit rows of some rows of the sheet. Memory: a copy of these rows, or one row if it would be too large. */
export function unitRows(standardiser: Standardiser, vectors: Vectors, rows: Int32Array, most = MOST_BYTES): UnitRows {
  const standard = standardRows(standardiser, vectors);
  const { inputs } = standard;
  const d = standardiser.centre.length;
  const scale = new Float64Array(inputs).fill(1).fill(1 / Math.sqrt(d), 0, d);
  const write = (row: number, x: Float32Array, at: number) => {
    standard.read(row, x, at);
    for (let j = 0; j < d; j++) x[at + j] *= scale[j];
  };
  if (rows.length * inputs * Float32Array.BYTES_PER_ELEMENT > most) {
    const x = new Float32Array(inputs);
    return {
      inputs,
      scale,
      row: (row) => {
        write(row, x, 0);
        return x;
      },
    };
  }
  const x = new Float32Array(rows.length * inputs);
  const place = new Int32Array(rows.reduce((last, row) => Math.max(last, row), -1) + 1).fill(-1);
  rows.forEach((row, i) => {
    place[row] = i;
    write(row, x, i * inputs);
  });
  return { inputs, scale, row: (row) => x.subarray(place[row] * inputs, (place[row] + 1) * inputs) };
}
