import type { Answer } from '../data/token-list.js';
import type { Direct } from './direct/direct.js';
import type { Rows } from './run-graph.js';

/** What a score was computed from: enough to compute it again, to the bit, with the same bundle. */
export interface Kept {
  /** Whether the direct scorer or the graph computed it: the last bits of their results may differ. */
  way: 'direct' | 'graph';
  /** SHA-256 of the manifest of the bundle. */
  digest: string;
  features: Float32Array;
  /** 0: unseen. */
  categories: Int32Array;
  words: Int32Array;
  embeddings: Float32Array[];
  /** The names with which the decision was made. */
  model: string | null;
  task: string | null;
  selected: boolean;
  group: string | null;
}

const KEPT = Symbol('what a score was computed from');
type Keeping = object & { [KEPT]?: Kept };

/** What a score was computed from; undefined unless its scorer was opened with `keep`. */
export function keptWith(score: object): Kept | undefined {
  return (score as Keeping)[KEPT];
}

/** Attaches it to a score. JSON and messages between threads do not contain it. */
export function keepWith(score: object, kept: Kept | undefined): void {
  if (kept !== undefined) (score as Keeping)[KEPT] = kept;
}

/** Copies of the vectors with which the direct scorer has just worked. */
export function keptDirect(digest: string, record: Answer, way: Direct, indexes: Int32Array): Kept {
  const { model, task, selected, group } = record;
  return {
    way: 'direct',
    digest,
    features: way.features.slice(),
    categories: indexes.slice(),
    words: way.words.slice(),
    embeddings: way.embeddings.map((vector) => vector.slice()),
    model: model ?? null,
    task: task ?? null,
    selected: selected === true,
    group: group ?? null,
  };
}

/** Copies of the i-th of n rows of the graph's inputs. */
export function keptOfGraph(digest: string, record: Answer, rows: Rows, { i, n }: { i: number; n: number }): Kept {
  const { features, categories, words, embeddings } = rows;
  const part = <A extends Float32Array | Int32Array>(all: A): A => {
    const size = all.length / n;
    return all.slice(i * size, (i + 1) * size) as A;
  };
  const own = categories.slice((i * categories.length) / n, ((i + 1) * categories.length) / n);
  return {
    ...{ way: 'graph', digest, features: part(features), categories: Int32Array.from(own, Number) },
    ...{ words: part(words ?? new Int32Array(0)), embeddings: (embeddings ?? []).map(part), ...namesOf(record) },
  };
}

function namesOf({ model, task, selected, group }: Answer): Pick<Kept, 'model' | 'task' | 'selected' | 'group'> {
  return { model: model ?? null, task: task ?? null, selected: selected === true, group: group ?? null };
}
