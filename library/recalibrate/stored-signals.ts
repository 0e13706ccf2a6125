import { features as listed } from '../../features/list.js';
import { fixedNames } from '../../features/recorded.js';
import { plainName } from '../../features/row.js';
import { embeddingInput } from '../../features/vectors/embeddings.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { neededBy } from '../../scorer/needed.js';
import type { StoredAnswer } from '../../store/read/answers-since.js';
import { unpackSignals } from '../../store/signals.js';
import { VouchError } from '../../support/errors.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

type Signals = TrainingData['signals'];

/**
 * The signals of stored answers as columns, exactly as the bundle that scored them read them. A category that the bundle
 * does not know is missing: the store has only its number. `said`: the option that the text of each answer names, if the
 * store has texts. Error: STORE_BAD if a row has other signals than the bundle.
 */
export function storedSignals(
  rows: readonly StoredAnswer[],
  { signals: schema, thresholds, data }: Manifest,
  { shown, base }: { shown: string; base: Signals },
): Signals {
  const { numeric, categorical, words, embeddings = [] } = schema;
  const n = rows.length;
  const columns = new Map(numeric.map((name) => [name, new Float64Array(n)]));
  const categories = new Map(categorical.map(({ name }) => [name, new Array<string | null>(n).fill(null)]));
  const hashed = words === undefined || words.length === 0 ? null : new Int32Array(n * words.length);
  const values = embeddings.map(({ size }) => new Float32Array(n * size));
  const recordedOf = recordedBy({ schema, thresholds, fields: data.fields ?? [] });
  const sets = new Map<string, number>();
  const recorded = new Int32Array(n);
  rows.forEach((row, i) => {
    const packed = row.signals === null ? null : unpackSignals(row.signals);
    const isWhole =
      packed !== null &&
      packed.features.length >= numeric.length &&
      packed.categories.length >= categorical.length &&
      (hashed === null || packed.words.length >= words!.length) &&
      embeddings.every(({ size }, k) => packed.embeddings[k]?.length === size);
    if (!isWhole) {
      throw new VouchError('STORE_BAD', `the signals of row ${row.seq} cannot be read`, {
        file: shown,
        hint: 'Run vouch audit --verify.',
      });
    }
    numeric.forEach((name, k) => {
      columns.get(name)![i] = packed.features[k];
    });
    categorical.forEach(({ name, vocabulary }, k) => {
      categories.get(name)![i] = vocabulary[packed.categories[k] - 1] ?? null;
    });
    hashed?.set(packed.words.subarray(0, words!.length), i * words!.length);
    for (const [k, { size }] of embeddings.entries()) values[k].set(packed.embeddings[k], i * size);
    const names = recordedOf(row, packed).join('\n');
    const known = sets.get(names) ?? sets.size;
    sets.set(names, known);
    recorded[i] = known;
  });
  return {
    ...base,
    ...{ n, names: [...numeric], columns, categories, words: hashed },
    vectors: embeddings.length === 0 ? null : { shapes: embeddings, values },
    ...{ recorded, recordedSets: [...sets.keys()].map((names) => (names === '' ? [] : names.split('\n'))) },
  };
}

type Packed = NonNullable<ReturnType<typeof unpackSignals>>;

/** Reasons that were found before the signals of a row were looked at. */
const BEFORE_SIGNALS: ReadonlySet<string | null> = new Set(['selected', 'missing field']);

/**
 * Which fields and signals a stored answer certainly has: those that the claims of the bundle need and that were not
 * missing, and those behind signals that have a value. So a new claim needs what the claims before it needed.
 */
function recordedBy({
  schema: { numeric, categorical, embeddings = [] },
  thresholds,
  fields,
}: {
  schema: Manifest['signals'];
  thresholds: Manifest['thresholds'];
  fields: readonly string[];
}): (row: StoredAnswer, packed: Packed) => string[] {
  const needed = thresholds.map((claim) => ({ pattern: claim.pattern, of: neededBy(claim) }));
  const behind = numeric.map((name) => sourceOf(plainName(name)));
  return (row, { features, categories, embeddings: vectors }) => {
    const missing = new Set<string>(row.missing === null ? [] : JSON.parse(row.missing));
    const all = new Set<string>();
    if (row.model !== null) all.add('model');
    if (row.task !== null) all.add('task');
    if (row.prompt !== null || (fields.includes('prompt') && row.why !== 'selected')) all.add('prompt');
    if (!BEFORE_SIGNALS.has(row.why)) {
      for (const { pattern, of } of needed) if (pattern === row.pattern) for (const name of of(row)) all.add(name);
    }
    behind.forEach((name, k) => {
      if (name !== null && !Number.isNaN(features[k])) all.add(name);
    });
    categorical.forEach(({ name }, k) => {
      if (name.startsWith('features.') && categories[k] > 0) all.add(name);
    });
    embeddings.forEach(({ name }, k) => {
      if (!Number.isNaN(vectors[k][0])) all.add(embeddingInput(name));
    });
    return [...all].filter((name) => !missing.has(name)).sort();
  };
}

const needs = new Map(listed.map(({ name, needs: need }) => [name, need === 'otherModels' ? 'others' : need]));

/** The field or signal of a record that a numeric signal is computed from, as claims name it; null if none is. */
function sourceOf(name: string): string | null {
  const need = needs.get(name);
  if (need !== undefined) return fixedNames.includes(need) ? need : null;
  if (name.endsWith('.logit')) return null; // a twin of another signal
  if (/^(similarities|entailments)\./.test(name)) return name.slice(0, name.lastIndexOf('.'));
  return /^(features|verifiers|agreeWith)\./.test(name) ? name : null;
}
