import { groupsIn } from '../../features/pattern.js';
import type { SignalSchema } from '../../features/schema.js';
import type { EmbeddingShape } from '../../features/vectors/embeddings.js';
import { hasRow } from '../../features/vectors/vector-rows.js';
import type { TrainingData } from './training-data.js';

/**
 * The signals of all rows as inputs of the graph: numeric [n, d] float32 (NaN = missing), categories [n, c] (0 =
 * unseen), in memory that threads share.
 */
export interface Matrix {
  schema: SignalSchema;
  numeric: Float32Array;
  categories: Int32Array;
}

/** The fewest rows that a category needs to get its own index, and the most categories of a column. */
const RARE = 10;
const MOST_CATEGORIES = 50;

/**
 * Chooses the columns that vary over `rows` (the fit part; certify rows have no influence) and writes all rows into a
 * matrix. A column needs two different recorded values, and must be recorded in 1% of the rows or in ten rows. The schema
 * also names the embeddings that are recorded so often.
 */
export function matrixOf(data: TrainingData, rows: ArrayLike<number>): Matrix {
  const { names, columns, categories } = data.signals;
  const numericNames = names.filter((name) => varies(columns.get(name) as Float64Array, rows));
  const categorical = [...categories.entries()]
    .map(([name, values]) => ({ name, vocabulary: vocabularyOf(values, rows) }))
    .filter(({ vocabulary }) => vocabulary.length > 1);
  const embeddings = usualVectors(data.signals, rows);
  return matrixFor(data, {
    ...{ topK: data.topK, numeric: numericNames, categorical },
    ...(embeddings.length === 0 ? {} : { embeddings }),
  });
}

/**
 * Writes rows into a matrix for a given schema. A signal that these answers do not have is NaN in all rows. If only the
 * groups of `pattern` count as recorded and log-probabilities are not among them, the option is the one that the text
 * names.
 */
export function matrixFor(data: TrainingData, schema: SignalSchema, pattern?: string): Matrix {
  const { columns, categories, optionSaid } = data.signals;
  const saidOnly = pattern !== undefined && !groupsIn(pattern).includes('logprobs');
  const d = schema.numeric.length;
  const c = schema.categorical.length;
  const numeric = new Float32Array(new SharedArrayBuffer(4 * data.n * d));
  schema.numeric.forEach((name, j) => {
    const column = columns.get(name);
    for (let i = 0; i < data.n; i++) numeric[i * d + j] = column === undefined ? Number.NaN : column[i];
  });
  const indexes = new Int32Array(new SharedArrayBuffer(4 * data.n * c));
  schema.categorical.forEach(({ name, vocabulary }, k) => {
    const values = saidOnly && name === 'option' ? optionSaid : categories.get(name);
    if (values === undefined) return;
    const index = new Map(vocabulary.map((value, v) => [value, v + 1]));
    for (let i = 0; i < data.n; i++) {
      const value = values[i];
      indexes[i * c + k] = value === null ? 0 : (index.get(value) ?? 0);
    }
  });
  return { schema, numeric, categories: indexes };
}

function varies(column: Float64Array, rows: ArrayLike<number>): boolean {
  let seen = 0;
  let first = Number.NaN;
  let differs = false;
  for (let r = 0; r < rows.length; r++) {
    const value = column[rows[r]];
    if (Number.isNaN(value)) continue;
    if (seen++ === 0) first = value;
    else if (value !== first) differs = true;
  }
  return differs && seen >= leastOf(rows);
}

/** In how many rows a column must be recorded. */
function leastOf({ length }: ArrayLike<number>): number {
  return Math.min(10, 0.01 * length);
}

/** The embeddings that are recorded in enough rows. */
function usualVectors({ vectors }: TrainingData['signals'], rows: ArrayLike<number>): EmbeddingShape[] {
  return (vectors?.shapes ?? []).filter(({ size }, k) => {
    let seen = 0;
    for (let r = 0; r < rows.length; r++) if (hasRow(vectors!.values[k], size, rows[r])) seen++;
    return seen > 0 && seen >= leastOf(rows);
  });
}

function vocabularyOf(values: (string | null)[], rows: ArrayLike<number>): string[] {
  const counts = new Map<string, number>();
  for (let r = 0; r < rows.length; r++) {
    const value = values[rows[r]];
    if (value !== null && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts.entries()]
    .filter(([, count]) => count >= RARE)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST_CATEGORIES)
    .map(([value]) => value);
}
