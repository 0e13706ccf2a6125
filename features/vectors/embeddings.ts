import type { Answer } from '../../data/token-list.js';

/** A vector that a model reads: the record's `embeddings.NAME`, with `size` numbers. */
export interface EmbeddingShape {
  name: string;
  size: number;
}

/** The group of signals that embeddings belong to, and the name of the channel that reads them. */
export const EMBEDDINGS = 'embeddings';

/** The name of a vector as an input of the graph, and in `missing`. */
export function embeddingInput(name: string): string {
  return `${EMBEDDINGS}.${name}`;
}

/** The vector of this name; undefined if the record has none. An empty list is none. */
export function vectorOf({ embeddings }: Pick<Answer, 'embeddings'>, name: string): readonly number[] | undefined {
  if (embeddings == null || !Object.hasOwn(embeddings, name)) return undefined;
  const vector = embeddings[name];
  return vector == null || vector.length === 0 ? undefined : vector;
}

/** Whether a record has a vector of this name and width, each number of which float32 can hold. */
export function holdsVector(record: Pick<Answer, 'embeddings'>, { name, size }: EmbeddingShape): boolean {
  const vector = vectorOf(record, name);
  return vector !== undefined && vector.length === size && vector.every((value) => Number.isFinite(Math.fround(value)));
}

/** Writes a record's vector to `out[at … at + size)`; NaN if the record has none, or one of another width. */
export function writeVector(
  record: Pick<Answer, 'embeddings'>,
  shape: EmbeddingShape,
  out: Float32Array,
  at: number,
): void {
  if (holdsVector(record, shape)) out.set(vectorOf(record, shape.name) as number[], at);
  else out.fill(Number.NaN, at, at + shape.size);
}
