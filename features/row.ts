import type { Answer } from '../data/token-list.js';
import { VouchError } from '../support/errors.js';
import { categoryReader } from './categories.js';
import { dynamicSignal } from './dynamic.js';
import type { Feature } from './feature.js';
import { type HashShape, hashedWords } from './hashed-words.js';
import { featureNamed } from './list.js';
import { isFromPlugin } from './plugin/signals-of.js';
import { recordedTest } from './recorded.js';
import type { SignalSchema } from './schema.js';
import { type Computed, fillRow, stepsOf } from './steps.js';
import { type EmbeddingShape, embeddingInput, writeVector } from './vectors/embeddings.js';
import { makeView, type View } from './view.js';

/**
 * Turns records into rows of numbers. This is the scorer's hot path. It reuses buffers, so each thread needs its own.
 */
export interface RowMaker {
  /**
   * Writes the signals of a record to `numeric[at…]` (NaN = not recorded) and its category indexes to
   * `categories[catAt…]`.
   */
  row(record: Answer, numeric: Float64Array | Float32Array, at: number, categories: Int32Array, catAt: number): void;
  /** Writes the hashed words of the record of the last row to `ids[at…]`. */
  words(shape: HashShape, ids: Int32Array, at: number): void;
  /** Writes a vector of the record of the last row to `out[at…]`; NaN where it is missing or has another width. */
  vector(shape: EmbeddingShape, out: Float32Array, at: number): void;
  /** Whether the record of the last row has a field or signal; recorded.ts defines the names. */
  holds(name: string): boolean;
  /** The signals of one record by name, without version. Slower than `row`; for inspection. */
  signals(record: Answer): Record<string, number>;
}

/** A signal's name without its version: `tokens.pavg@2` becomes `tokens.pavg`. */
export function plainName(versioned: string): string {
  return versioned.slice(0, versioned.lastIndexOf('@'));
}

/**
 * Creates a row maker for a schema; `own` are the signals of plug-ins (`plugin/signals-of.ts`). Errors: BUNDLE_NEWER,
 * BUNDLE_BAD for an unknown signal or version; BUNDLE_PLUGIN for one of a plug-in that was not given.
 */
export function rowMaker(schema: SignalSchema, own: readonly Feature[] = []): RowMaker {
  const view = makeView(schema.topK);
  const steps = stepsOf(schema.numeric.map((name) => signalOf(name, own)));
  const width = schema.numeric.length;
  const readers = schema.categorical.map(({ name, vocabulary }) => ({
    of: categoryReader(name) ?? unknown(name),
    index: new Map(vocabulary.map((value, i) => [value, i + 1])),
  }));
  const row: RowMaker['row'] = (record, numeric, at, categories, catAt) => {
    view.load(record);
    for (let i = 0; i < width; i++) numeric[at + i] = NaN;
    fillRow(steps, view, numeric, at);
    for (let c = 0; c < readers.length; c++) {
      const value = readers[c].of(record, view);
      categories[catAt + c] = value === null ? 0 : (readers[c].index.get(value) ?? 0);
    }
  };
  const signals: RowMaker['signals'] = (record) => {
    const values = new Float64Array(width);
    row(record, values, 0, new Int32Array(readers.length), 0);
    return Object.fromEntries(schema.numeric.map((name, i) => [plainName(name), values[i]]));
  };
  const numeric = new Set(schema.numeric.map(plainName));
  const texts = new Set(schema.categorical.map(({ name }) => name));
  const vectors = new Map((schema.embeddings ?? []).map((shape) => [embeddingInput(shape.name), shape]));
  const tests = new Map<string, (of: View) => boolean>();
  const holds: RowMaker['holds'] = (name) => {
    let test = tests.get(name);
    if (test === undefined) {
      test = recordedTest(name, { numeric: numeric.has(name), text: texts.has(name), vector: vectors.get(name) });
      tests.set(name, test);
    }
    return test(view);
  };
  return {
    row,
    holds,
    words: (shape, ids, at) => hashedWords(view, shape, ids, at),
    vector: (shape, out, at) => writeVector(view.record, shape, out, at),
    signals,
  };
}

function signalOf(versioned: string, own: readonly Feature[]): Computed {
  const split = versioned.lastIndexOf('@');
  const name = split < 0 ? versioned : versioned.slice(0, split);
  const version = split < 0 ? 1 : Number(versioned.slice(split + 1));
  const feature = featureNamed(name, own);
  if (feature === undefined) {
    const dynamic = dynamicSignal(name);
    return dynamic !== undefined && version === 1 ? dynamic : unknown(versioned);
  }
  if (feature.version === version) return feature;
  if (isFromPlugin(name)) return unknown(versioned);
  throw new VouchError(
    version > feature.version ? 'BUNDLE_NEWER' : 'BUNDLE_BAD',
    `the bundle uses another version of signal ${name} than this program`,
    { expected: `${name}@${feature.version}`, got: versioned },
  );
}

function unknown(name: string): never {
  if (isFromPlugin(name)) {
    throw new VouchError('BUNDLE_PLUGIN', 'the bundle uses a signal of a plug-in that was not given', {
      field: 'signals',
      expected: name,
    });
  }
  throw new VouchError('BUNDLE_NEWER', 'the bundle uses a signal that this program does not know', {
    field: 'signals',
    got: name,
  });
}
